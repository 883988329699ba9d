#include "meeting/common_issue_agenda.hpp"

#include <algorithm>

#include "meeting/common_issue_rules.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/common_issue_store.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

namespace {

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }

std::string question_of(const CommonIssue& issue) { return issue.text.empty() ? issue.title : issue.title + "\n" + issue.text; }

/// A raised issue stands at the plenary from the day on which it comes onto its agenda.
Result<> bring_before(db::WriteTx& tx, const access::Actor& actor, CommonIssue issue, const std::string& body, Date on, AgendaItemId item) {
  if (issue.state != IssueState::raised) return {};
  const std::int64_t version = issue.version;
  issue.state = state_after(issue.state, StepKind::to_plenary);
  if (!store::set_issue_state(tx, issue, version)) return tl::unexpected(saved_by_other());
  store::insert_step(tx, {{StepKind::to_plenary, on, body, {}, {}, {}, actor.agency}, issue.id, item, actor.account, actor.now});
  return {};
}

}  // namespace

std::vector<CommonIssue> common_issues_waiting(db::ReadTx& tx, access::Gate& gate, const programme::Body& body) {
  if (!gate.role_may(SubjectKind::meeting_session, access::Act::read)) return {};
  if (is_plenary(body.function)) return store::waiting(tx, {}, gate.today());
  if (may_carry(body.function)) return store::waiting(tx, body.code, gate.today());
  return {};
}

Result<AgendaItemId> put_issue_on_agenda(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId session_id,
                                   const std::string& body_code, CommonIssueId id) {
  const auto issue = store::issue(tx, id);
  if (!issue) return tl::unexpected(unknown());
  const programme::Body* body = city.m.body(body_code);
  if (body == nullptr) return invalid("body", "この回で開く会議を選んでください。");
  const auto waiting = common_issues_waiting(tx, gate, *body);
  if (std::none_of(waiting.begin(), waiting.end(), [&](const CommonIssue& i) { return i.id == id; }))
    return fail(ErrorCode::conflict, "この課題は、もう議題になっているか、この会議で扱うものではありません。");
  NewItem in;
  in.session = session_id;
  in.body = body_code;
  in.agenda_kind = agenda_kind_for_issue(*body);
  in.question = question_of(*issue);
  const auto item = add_item(tx, gate, actor, city, in);
  if (!item) return item;
  store::insert_issue_item(tx, *item, id);
  if (is_plenary(body->function))
    if (auto done = bring_before(tx, actor, *issue, body_code, gate.today(), *item); !done) return tl::unexpected(done.error());
  return item;
}

std::optional<CommonIssue> issue_treated_by(db::ReadTx& tx, access::Gate& gate, AgendaItemId item) {
  if (!gate.may(item, access::Act::read)) return std::nullopt;
  const auto id = store::issue_of(tx, item);
  return id ? store::issue(tx, *id) : std::nullopt;
}

Result<> decide_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item, std::int64_t item_version,
                      std::int64_t issue_version, NewStep step) {
  const auto permit = gate.read(item);
  if (!permit) return tl::unexpected(permit.error());
  const auto issue = store::issue_of(tx, item);
  const auto head = store::head(tx, item);
  if (!issue || !head) return tl::unexpected(unknown());
  const auto session = meeting::session(tx, gate, head->session);
  if (!session) return tl::unexpected(session.error());
  Outcome outcome;
  outcome.version = item_version;
  outcome.deferred = step.kind == StepKind::kept;
  outcome.note = step.text;
  if (auto done = record_outcome(tx, gate, actor, city, item, outcome); !done) return done;
  step.body = head->body;
  step.on = session->held_on;
  return take_step(tx, gate, actor, city, *issue, issue_version, step, item);
}

}  // namespace kasane::meeting
