#include "meeting/common_issue_service.hpp"

#include <algorithm>
#include <iterator>

#include "base/japanese.hpp"
#include "due/service.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/session_service.hpp"
#include "meeting/small_number_rules.hpp"
#include "meeting/telling_words.hpp"

namespace kasane::meeting {

namespace {

constexpr int kMostIssues = 200;

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }
Error not_a_role() { return {ErrorCode::not_permitted, "この操作は、あなたの役割ではできません。", {}}; }
bool meets(const access::Gate& gate) { return gate.role_may(SubjectKind::meeting_session, access::Act::read); }
SubjectRef ref(CommonIssueId id) { return {SubjectKind::statistic, id.value}; }

IssueText tidied(const IssueText& typed) {
  IssueText in = typed;
  in.title = std::string(trim(in.title));
  in.text = std::string(trim(in.text));
  return in;
}

void note(db::WriteTx& tx, const char* kind, CommonIssueId id, Date on, std::string_view code, const access::Actor& actor) {
  access::note_act(tx, {kind, on, id.value, {}, ref(id), std::string(code), {}, {}}, actor);
}

/// What was checked already is kept.
CommonIssueId keep_new(db::WriteTx& tx, const access::Actor& actor, const IssueText& in, const std::string& body, Date on) {
  CommonIssue issue;
  issue.id = fresh_id<CommonIssueTag>();
  issue.title = in.title;
  issue.text = in.text;
  issue.field = in.field;
  issue.kind = in.kind;
  issue.area = in.area;
  issue.raised_on = on;
  store::insert_issue(tx, issue);
  store::insert_step(tx, {{StepKind::raised, on, body, {}, {}, {}, actor.agency}, issue.id, {}, actor.account, actor.now});
  note(tx, "common_issue.raised", issue.id, on, code_of(in.field), actor);
  return issue.id;
}

/// What tells the household of the item.
Telling telling_words_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const store::ItemPermit& permit) {
  const ItemView view = store::view(tx, permit);
  Telling words;
  if (!view.label.shown().empty()) words.known.push_back(view.label.shown());
  if (!view.head.household) return words;
  Telling more = telling_words_of_household(tx, gate, city, *view.head.household);
  std::ranges::move(more.known, std::back_inserter(words.known));
  words.unseen = std::move(more.unseen);
  return words;
}

/// What tells one of the households behind an issue, for another wording of it and for what is done about it.
Telling telling_words_behind(db::ReadTx& tx, access::Gate& gate, const Settings& city, CommonIssueId id) {
  Telling words;
  for (const IssueSource& s : store::sources(gate.scope<AgendaItemTag>(access::Topic::basic | access::Topic::meeting), id))
    if (!s.label.shown().empty()) words.known.push_back(s.label.shown());
  for (const HouseholdId household : store::behind(tx, id))
    for (std::string& word : words_of_register(tx, gate, city, household)) words.unseen.push_back(std::move(word));
  return words;
}

const char* act_of(StepKind kind) {
  switch (kind) {
    case StepKind::carried: return "common_issue.carried";
    case StepKind::answered: return "common_issue.answered";
    case StepKind::not_taken: return "common_issue.not_taken";
    case StepKind::raised:
    case StepKind::to_plenary:
    case StepKind::kept:
    case StepKind::looked_again:
    case StepKind::reopened:
    case StepKind::withdrawn: return nullptr;
  }
  return nullptr;
}

/// The issue as the step leaves it.
CommonIssue after(CommonIssue issue, const NewStep& step) {
  issue.state = state_after(issue.state, step.kind);
  issue.look_on = step.look_on;
  if (step.kind == StepKind::carried) {
    issue.carrier_body = step.to_body;
    issue.carrier = step.to_agency;
  } else if (step.kind == StepKind::reopened) {
    issue.carrier_body.clear();
    issue.carrier.reset();
  }
  return issue;
}

NewStep tidied(const NewStep& typed, Date today) {
  NewStep in = typed;
  in.text = std::string(trim(in.text));
  if (in.kind != StepKind::carried) {
    in.to_body.clear();
    in.to_agency.reset();
  }
  if (in.kind == StepKind::withdrawn || in.kind == StepKind::not_taken) in.look_on.reset();
  if (in.answer.since == Date()) in.answer.since = in.on == Date() ? today : in.on;
  return in;
}

}  // namespace

Result<CommonIssueId> raise_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const IssueText& typed, const std::string& body) {
  if (!gate.viewer().roles().meets(kIssueRaisers)) return tl::unexpected(not_a_role());
  const IssueText in = tidied(typed);
  if (auto faults = faults_of(city.m, in, {}); !faults.empty()) return invalid(std::move(faults));
  return keep_new(tx, actor, in, named_origin(city.m, body), gate.today());
}

Result<std::vector<CommonIssueId>> raise_from_item(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item,
                                                   const std::vector<IssueText>& typed, const std::vector<CommonIssueId>& known) {
  const auto permit = gate.read(item);
  if (!permit) return tl::unexpected(permit.error());
  if (!gate.viewer().roles().meets(kIssueRaisers)) return tl::unexpected(not_a_role());
  const auto head = store::head(tx, item);
  if (!head) return tl::unexpected(unknown());
  if (head->state != ItemState::treated) return fail(ErrorCode::conflict, "会議で扱ったあとに書けます。");
  const auto telling = telling_words_of(tx, gate, city, *permit);
  std::vector<IssueText> in;
  std::vector<FieldError> faults;
  for (std::size_t n = 0; n < typed.size() && n < static_cast<std::size_t>(kIssuesOfItem); ++n) {
    in.push_back(tidied(typed[n]));
    const IssueText& last = in.back();
    if (last.title.empty() && last.text.empty()) {
      in.pop_back();
      continue;
    }
    for (FieldError& fault : faults_of(city.m, last, telling, "_" + std::to_string(n + 1))) faults.push_back(std::move(fault));
  }
  if (!faults.empty()) return invalid(std::move(faults));
  if (in.empty() && known.empty()) return invalid("title_1", "課題を短い言葉で入力するか、すでにある課題を選んでください。");
  std::vector<CommonIssueId> ids;
  for (const CommonIssueId id : known) {
    const auto issue = store::issue(tx, id);
    if (!issue || issue->state == IssueState::withdrawn) return tl::unexpected(unknown());
    ids.push_back(id);
  }
  for (const IssueText& one : in) ids.push_back(keep_new(tx, actor, one, named_origin(city.m, head->body), gate.today()));
  for (const CommonIssueId id : ids) store::link(tx, id, *head, gate.today());
  return ids;
}

Result<> reword_issue(db::WriteTx& tx, access::Gate& gate, const Settings& city, CommonIssueId id, std::int64_t version, const IssueText& typed) {
  if (!gate.viewer().roles().meets(kIssueStewards)) return tl::unexpected(not_a_role());
  const auto issue = store::issue(tx, id);
  if (!issue) return tl::unexpected(unknown());
  if (issue->state == IssueState::withdrawn) return fail(ErrorCode::conflict, "この課題は取り下げられました。");
  const IssueText in = tidied(typed);
  if (auto faults = faults_of(city.m, in, telling_words_behind(tx, gate, city, id)); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_issue_text(tx, id, version, in)) return tl::unexpected(saved_by_other());
  return {};
}

Result<> take_step(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, CommonIssueId id, std::int64_t version,
                   const NewStep& typed, std::optional<AgendaItemId> item) {
  if (!gate.viewer().roles().meets(kIssueStewards)) return tl::unexpected(not_a_role());
  const auto issue = store::issue(tx, id);
  if (!issue) return tl::unexpected(unknown());
  if (issue->version != version) return tl::unexpected(saved_by_other());
  const NewStep in = tidied(typed, gate.today());
  if (auto faults = faults_of(city.m, in, telling_words_behind(tx, gate, city, id), issue->state, gate.today()); !faults.empty()) return invalid(std::move(faults));
  const CommonIssue next = after(*issue, in);
  if (!store::set_issue_state(tx, next, version)) return tl::unexpected(saved_by_other());
  const std::int64_t step = store::insert_step(tx, {{in.kind, in.on, in.body, in.to_body, in.to_agency, in.text, actor.agency}, id, item, actor.account, actor.now});
  if (in.kind == StepKind::answered) store::insert_answer(tx, id, step, in.answer);
  if (const char* act = act_of(in.kind)) note(tx, act, id, in.on, in.kind == StepKind::answered ? code_of(in.answer.kind) : std::string_view(), actor);
  due::settle(tx, ref(id), "common_issue.look", actor);
  if (next.look_on) due::await(tx, {"common_issue.look", next.carrier.value_or(actor.agency).value, id.value, ref(id), *next.look_on}, actor.now);
  return {};
}

Result<IssueView> issue_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, CommonIssueId id) {
  if (!meets(gate)) return tl::unexpected(unknown());
  auto issue = store::issue(tx, id);
  if (!issue) return tl::unexpected(unknown());
  IssueView view;
  view.issue = *std::move(issue);
  view.steps = store::steps(tx, id);
  view.answers = store::answers(tx, id);
  view.households = told_in_band(store::households_behind(tx, id), small_number(city.m), "世帯");
  view.sources = store::sources(gate.scope<AgendaItemTag>(access::Topic::basic | access::Topic::meeting), id);
  view.on_agenda = store::on_agenda(tx, id);
  return view;
}

std::vector<CommonIssue> issues_like(db::ReadTx& tx, access::Gate& gate, const store::IssueFilter& filter) {
  if (!meets(gate)) return {};
  return store::issues(tx, filter, kMostIssues);
}

std::vector<CommonIssue> issues_of_item(db::ReadTx& tx, access::Gate& gate, AgendaItemId item) {
  if (const auto permit = gate.read(item); !permit) return {};
  return store::issues_of_item(tx, item);
}

}  // namespace kasane::meeting
