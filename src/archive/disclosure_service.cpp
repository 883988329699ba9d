#include "archive/disclosure_service.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "access/explain.hpp"
#include "archive/disclosure_rules.hpp"
#include "archive/disclosure_store.hpp"
#include "archive/gather_store.hpp"
#include "archive/keepers.hpp"
#include "archive/part_words.hpp"
#include "casework/naming.hpp"
#include "casework/progress_service.hpp"
#include "due/service.hpp"
#include "planning/early_service.hpp"
#include "programme/account_store.hpp"

namespace kasane::archive {

namespace {

constexpr const char* kPropose = "disclosure.propose";
constexpr const char* kApprove = "disclosure.approve";

using Permit = access::Permit<DisclosureTag>;

tl::unexpected<Error> stale() { return fail(ErrorCode::stale, "ほかの人が先に変えました。いまの内容を確かめて、もう一度行ってください。"); }

access::ActEntry act(const char* kind, const Disclosure& d, Date on, std::string_view code = {}) {
  return {kind, on, d.household.value, d.person, {SubjectKind::disclosure, d.id.value}, std::string(code), "", {}};
}

/// Whether this keeper may know of the request at all.
bool may_know(db::ReadTx& tx, AccountId keeper, const Disclosure& d, UtcMs now) {
  const access::Viewer viewer = viewer_of(tx, keeper, d.holder, office_day(now));
  access::Trail unused;
  access::Gate gate(tx, viewer, now, unused);
  return gate.may(d.id, access::Act::read) && !kept_from_parts(tx, gate, d.id);
}

/// Waits for each keeper of the holder by name, not for the agency: its other colleagues may not know of the request.
/// `but`: who proposed does not approve.
void wait_for(db::WriteTx& tx, const char* kind, const Disclosure& d, Date due_on, UtcMs now, AccountId but = {}) {
  for (const AccountId keeper : keepers_of(tx, d.holder, office_day(now)))
    if (keeper != but && may_know(tx, keeper, d, now)) due::await(tx, {kind, keeper.value, d.household.value, {SubjectKind::disclosure, d.id.value}, due_on}, now);
}

struct Opened {
  Permit permit;
  Disclosure facts;
};
tl::unexpected<Error> unknown(access::Gate& gate, DisclosureId id) {
  gate.trail().denied(SubjectKind::disclosure, id.value);
  return fail(ErrorCode::not_found, "見つかりません。");
}

Result<Opened> open(db::ReadTx& tx, access::Gate& gate, DisclosureId id) {
  if (kept_from_parts(tx, gate, id)) return unknown(gate, id);
  auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::load(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return Opened{*permit, std::move(*found)};
}

std::string number_of(FiscalYear year, std::int64_t serial) {
  // 令和1年 is 2019.
  std::string digits = std::to_string(serial);
  digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
  const std::string era = std::to_string(year.year - 2018);
  return "開示R" + (era.size() < 2 ? "0" + era : era) + "-" + digits;
}

std::vector<FieldError> faults(const NewDisclosure& in, Date today) {
  std::vector<FieldError> found;
  if (in.received_on > today) found.push_back({"received_on", "受けた日は、今日までの日を入れてください。"});
  if (in.identity.empty()) found.push_back({"identity", "本人であることをどう確かめたかを選んでください。"});
  if (in.asker != Asker::self && in.asker_name.empty()) found.push_back({"asker_name", "代わりに請求した人の氏名を入れてください。"});
  return found;
}

/// The list goes to whoever asks: an agency that works guarded in a home of the person, wherever or there alone, is not on it.
bool nameable(db::ReadTx& tx, const std::vector<HouseholdId>& homes, AgencyId agency) {
  return std::ranges::none_of(homes, [&](HouseholdId home) { return casework::works_guarded(tx, home, agency); });
}

/// The pages leave out what hangs on a case and fewer may know than the case: a request does not go round them.
bool is_known(db::ReadTx& tx, access::Gate& gate, casework::Naming& naming, const FoundPart& part) {
  if (!part.door) return true;
  if (part.source == "progress.answer") return casework::knows_question(gate, naming, part.door->household, part.door->agencies.front(), part.door->agencies.back());
  const auto starts = planning::early_starts_of(tx, gate, CaseId(part.subject.id));
  return starts && std::ranges::find(*starts, part.door->row, &planning::EarlyStart::id) != starts->end();
}

/// What the holder keeps and the viewer may know. What tells that a guarded agency is there is a matter of abuse.
std::vector<FoundPart> found_of(db::ReadTx& tx, access::Gate& gate, const store::Asked& asked) {
  auto found = store::gather(gate, asked);
  casework::Naming naming(tx, gate);
  std::erase_if(found, [&](const FoundPart& part) { return !is_known(tx, gate, naming, part); });
  for (FoundPart& part : found)
    if (part.door && std::ranges::any_of(part.door->agencies, [&](AgencyId a) { return casework::works_guarded(tx, part.door->household, a); }))
      part.topics = part.topics | access::Topic::abuse;
  return found;
}

/// A copy is to be seen by nobody who may not see what it was copied from: the request has the topics of all its parts.
access::Topics topics_of(const std::vector<FoundPart>& parts) {
  access::Topics all = access::Topic::basic;
  for (const FoundPart& part : parts) all = all | part.topics | topics_of_source(part.source);
  return all;
}

void keep_parts(db::WriteTx& tx, access::Gate& gate, const Settings& city, const Permit& permit, const store::Asked& asked, const NewDisclosure& in,
                const std::vector<FoundPart>& found) {
  int number = 0;
  for (const FoundPart& part : found)
    store::add_part(tx, permit, ++number, part, part_words(city.m, in.forms, part.source, part.text.shown()),
                    propose(part.source, part.part, part.own, part.topics, in.asker));
  const auto homes = store::households_of(tx, asked.person);
  for (const AgencyId agency : store::other_holders(gate, asked))
    if (nameable(tx, homes, agency)) store::add_elsewhere(tx, permit.id(), agency);
}

std::string name_of(db::ReadTx& tx, const std::optional<AccountId>& account) {
  if (!account) return {};
  const auto row = programme::account_by_id(tx, *account);
  return row ? row->display_name : std::string();
}

}  // namespace

int days_of_term(const programme::Municipality& m, std::string_view code) {
  const auto list = m.code_lists.find("disclosure_term");
  if (list == m.code_lists.end()) return 0;
  // A city that shortened the term by ordinance adds "decide_city" or "extend_city".
  for (const std::string& key : {std::string(code) + "_city", std::string(code)}) {
    const auto days = list->second.groups.find(key);
    int number = 0;
    if (days != list->second.groups.end() && std::from_chars(days->second.data(), days->second.data() + days->second.size(), number).ec == std::errc()) return number;
  }
  return 0;
}

std::string law_text(const programme::Municipality& m) {
  const auto list = m.code_lists.find("disclosure_ground");
  return list == m.code_lists.end() ? std::string() : list->second.version_text;
}

Result<DisclosureId> receive(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewDisclosure& in) {
  const Date today = gate.today();
  if (auto wrong = faults(in, today); !wrong.empty()) return invalid(std::move(wrong));
  const auto person = gate.read(in.person);
  if (!person) return tl::unexpected(person.error());
  const HouseholdId household(person->facts().root);
  const auto holder = gate.acting_agency(SubjectKind::disclosure, access::Act::create, household.value);
  if (!holder) return fail(ErrorCode::not_permitted, "開示請求は、保有機関の担当か課長が受けます。");
  if (const auto open = store::open_number(gate, in.person, *holder))
    return fail(ErrorCode::conflict, "この人の開示請求（" + *open + "）がまだ決定していません。");
  const store::Asked asked{in.person, *holder};
  const auto found = found_of(tx, gate, asked);
  auto permit = gate.create<DisclosureTag>(tx, {household.value, *holder, in.person, topics_of(found), access::Sharing::own});
  if (!permit) return tl::unexpected(permit.error());
  store::DisclosureRow row;
  const FiscalYear year = FiscalYear::of(in.received_on);
  row.number = number_of(year, store::next_disclosure_serial(tx, year));
  row.household = household;
  row.person = in.person;
  row.holder = *holder;
  row.asker = in.asker;
  row.asker_name = in.asker == Asker::self ? std::string() : in.asker_name;
  row.identity = in.identity;
  row.received_on = in.received_on;
  row.due_on = in.received_on.plus_days(days_of_term(city.m, "decide"));
  row.law = law_text(city.m);
  store::add(tx, *permit, row);
  keep_parts(tx, gate, city, *permit, asked, in, found);
  Disclosure facts;
  facts.id = permit->id();
  facts.household = household;
  facts.person = in.person;
  facts.holder = *holder;
  access::note_act(tx, act("disclosure.received", facts, in.received_on, code_of(in.asker)), actor);
  wait_for(tx, kPropose, facts, row.due_on, actor.now);
  return permit->id();
}

int DisclosureView::undecided() const {
  int n = 0;
  for (const Part& p : parts) n += p.decision == PartDecision::none;
  return n;
}

bool kept_from_parts(db::ReadTx& tx, access::Gate& gate, DisclosureId id) {
  std::map<std::int64_t, bool> touched;  // roots where a shield keeps the viewer from somebody
  for (const store::Origin& origin : store::origins(tx, id)) {
    const auto [root, fresh] = touched.try_emplace(origin.root, false);
    if (fresh) root->second = gate.kept_from_somebody(origin.root);
    if (!root->second) continue;
    // Of a record that is gone only the copy is left; nobody can say any more whom it was about.
    if (origin.gone) return true;
    const auto found = gate.explain(origin.subject, access::Act::read);
    if (!found) continue;
    if (found->verdict.why == access::Why::shielded) return true;
    if (found->verdict.why == access::Why::holder && !found->verdict.visible.has_all(topics_of_source(origin.source))) return true;
  }
  return false;
}

Result<DisclosureView> disclosure(db::ReadTx& tx, access::Gate& gate, DisclosureId id) {
  if (kept_from_parts(tx, gate, id)) return unknown(gate, id);
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto facts = store::load(*permit);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  DisclosureView view;
  view.proposed_by = name_of(tx, facts->proposed_by);
  view.approved_by = name_of(tx, facts->approved_by);
  view.facts = std::move(*facts);
  view.parts = store::parts(*permit);
  view.elsewhere = store::elsewhere(tx, id);
  return view;
}

std::vector<DisclosureLine> disclosures(db::ReadTx& tx, access::Gate& gate, int limit) {
  auto lines = store::disclosure_lines(gate, limit);
  std::erase_if(lines, [&](const DisclosureLine& line) { return kept_from_parts(tx, gate, line.id); });
  return lines;
}

Result<> choose(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisclosureId id, std::int64_t version,
                const std::vector<PartChoice>& choices) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  if (opened->facts.state != DisclosureState::sorting) return fail(ErrorCode::conflict, "仕分けは終わっています。直すには、承認する人が差し戻します。");
  const auto grounds = city.m.code_table("disclosure_ground");
  const auto parts = store::parts(opened->permit);
  std::vector<FieldError> found;
  for (const PartChoice& c : choices) {
    if (c.number < 1 || c.number > static_cast<int>(parts.size())) return fail(ErrorCode::not_found, "見つかりません。");
    for (FieldError& f : faults_of_choice(c, parts[static_cast<std::size_t>(c.number - 1)].text.shown())) found.push_back(std::move(f));
    if (!c.ground.empty() && (!grounds || grounds->find(c.ground) == nullptr))
      found.push_back({"ground_" + std::to_string(c.number), std::to_string(c.number) + "番: 根拠を一覧から選んでください。"});
  }
  if (!found.empty()) return invalid(std::move(found));
  if (!store::touch(tx, id, version)) return stale();
  for (const PartChoice& c : choices) store::set_choice(tx, opened->permit, c, actor.account);
  return {};
}

Result<> extend(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, DisclosureId id, std::int64_t version, const std::string& reason) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  if (reason.empty()) return invalid("reason", "延長する理由を入れてください。請求した人への通知に書きます。");
  if (opened->facts.extended_on) return fail(ErrorCode::conflict, "期限は、すでに一度延長されています。");
  const Date due_on = opened->facts.due_on.plus_days(days_of_term(city.m, "extend"));
  if (!store::set_extended(tx, opened->permit, version, gate.today(), due_on, reason)) return stale();
  access::note_act(tx, act("disclosure.extended", opened->facts, gate.today()), actor);
  const bool proposed = opened->facts.state == DisclosureState::proposed;
  wait_for(tx, proposed ? kApprove : kPropose, opened->facts, due_on, actor.now, proposed ? opened->facts.proposed_by.value_or(AccountId()) : AccountId());
  return {};
}

Result<> put_forward(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  std::string numbers;
  for (const Part& p : store::parts(opened->permit))
    if (p.decision == PartDecision::none) numbers += (numbers.empty() ? "" : "、") + std::to_string(p.number);
  if (!numbers.empty()) return fail(ErrorCode::conflict, "まだ決めていない部分があります（" + numbers + "番）。");
  if (!store::set_proposed(tx, opened->permit, version, actor.account, gate.today())) return stale();
  access::note_act(tx, act("disclosure.proposed", opened->facts, gate.today()), actor);
  due::settle(tx, {SubjectKind::disclosure, id.value}, kPropose, actor);
  wait_for(tx, kApprove, opened->facts, opened->facts.due_on, actor.now, actor.account);
  return {};
}

Result<> approve(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  if (opened->facts.state != DisclosureState::proposed) return fail(ErrorCode::conflict, "承認を待っている案がありません。");
  if (opened->facts.proposed_by == actor.account) return fail(ErrorCode::conflict, "案を出した人は、自分の案を承認できません。別の担当か課長が承認してください。");
  std::vector<PartDecision> decisions;
  for (const Part& p : store::parts(opened->permit)) decisions.push_back(p.decision);
  const DisclosureResult result = result_of(decisions);
  if (!store::set_approved(tx, id, version, result, actor.account, gate.today())) return stale();
  access::note_act(tx, act("disclosure.decided", opened->facts, gate.today(), code_of(result)), actor);
  due::settle(tx, {SubjectKind::disclosure, id.value}, "", actor);
  return {};
}

Result<> give_back(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version, const std::string& why) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  if (why.empty()) return invalid("why", "差し戻す理由を入れてください。");
  if (!store::set_returned(tx, opened->permit, version, why)) return stale();
  due::settle(tx, {SubjectKind::disclosure, id.value}, kApprove, actor);
  wait_for(tx, kPropose, opened->facts, opened->facts.due_on, actor.now);
  return {};
}

Result<> hand_out(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisclosureId id, std::int64_t version, Date on) {
  const auto opened = open(tx, gate, id);
  if (!opened) return tl::unexpected(opened.error());
  if (opened->facts.state != DisclosureState::approved) return fail(ErrorCode::conflict, "交付できるのは、決定したものだけです。");
  if (on > gate.today() || on < opened->facts.decided_on) return invalid("handed_on", "交付した日は、決定の日から今日までの日を入れてください。");
  if (!store::set_handed(tx, id, version, on)) return stale();
  access::note_act(tx, act("disclosure.handed", opened->facts, on), actor);
  return {};
}

}  // namespace kasane::archive
