#include "planning/early_service.hpp"

#include <algorithm>

#include "access/guarded.hpp"
#include "casework/case_service.hpp"
#include "casework/case_store.hpp"
#include "casework/naming.hpp"
#include "due/service.hpp"
#include "planning/early_store.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

namespace {

SubjectRef subject_of(CaseId id) { return {SubjectKind::support_case, id.value}; }

std::vector<FieldError> faults(db::ReadTx& tx, const Settings& city, const NewEarlyStart& in, Date today) {
  std::vector<FieldError> found;
  if (city.m.service(in.service) == nullptr) found.push_back({"service", "始める事業を選んでください。"});
  if (city.dir.name(in.agency).empty()) found.push_back({"agency", "始める機関を選んでください。"});
  if (in.started_on > today) found.push_back({"started_on", "始めた日は、今日までの日を入れてください。"});
  const auto& reasons = city.m.rules.pre_decision_reasons;
  const bool known = std::any_of(reasons.begin(), reasons.end(), [&](const auto& r) { return r.code == in.reason; });
  if (!in.reason.empty() && !known) found.push_back({"reason", "理由を一覧から選んでください。"});
  if (in.reason.empty() && in.free_reason.empty())
    found.push_back({reasons.empty() ? "free_reason" : "reason", "決定の前に始める理由を書いてください。"});
  if (in.plan) {
    const auto plan = store::plan_head(tx, *in.plan);
    if (!plan || plan->case_id != in.case_id) found.push_back({"plan", "このケースのプランから選んでください。"});
  }
  return found;
}

/// Whom the start is about: those of its plan, else the 本人 of the case.
std::vector<PersonId> persons_of(db::ReadTx& tx, CaseId id, const std::optional<PlanId>& plan, Date today) {
  if (!plan) return casework::store::case_persons(tx, id, today);
  std::vector<PersonId> all;
  for (const PlanPerson& p : store::persons(tx, *plan)) all.push_back(p.person);
  return all;
}

/// A start hangs on the case, but it is about its persons as a plan is: what others in the household agreed to does not
/// show it. The agency that starts sees it.
bool is_seen(db::ReadTx& tx, access::Gate& gate, AgencyId case_holder, const EarlyStart& e) {
  access::SubjectFacts facts;
  facts.kind = SubjectKind::plan;
  facts.root = e.household.value;
  facts.holder = case_holder;
  facts.topics = access::Topic::plan;
  facts.sharing = access::Sharing::team;
  if (casework::works_guarded(tx, e.household, e.agency)) facts.topics = facts.topics | access::Topic::abuse;
  return gate.viewer().in_agency(e.agency) || access::would_see(tx, gate, facts, persons_of(tx, e.case_id, e.plan, gate.today()));
}

/// One due item for the case: the soonest ratification that is open.
void keep_due(db::WriteTx& tx, CaseId id, HouseholdId household, AgencyId party, const access::Actor& actor) {
  due::settle(tx, subject_of(id), "early.ratify", actor);
  if (const auto next = store::next_to_ratify(tx, id)) due::await(tx, {"early.ratify", party.value, household.value, subject_of(id), *next}, actor.now);
}

}  // namespace

Result<std::int64_t> start_early(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewEarlyStart& in) {
  const auto permit = gate.write(in.case_id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = casework::case_facts(tx, gate, in.case_id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == casework::CaseState::closed) return fail(ErrorCode::conflict, "このケースは終結しています。");
  if (auto found = faults(tx, city, in, gate.today()); !found.empty()) return invalid(std::move(found));
  EarlyStart start;
  start.id = next_id();
  start.household = facts->household;
  start.plan = in.plan;
  start.service = in.service;
  start.agency = in.agency;
  start.started_on = in.started_on;
  start.reason = in.reason;
  start.ratify_by = gate.today().plus_days(city.m.rules.days.ratify);
  store::add_early(*permit, tx, start, in.free_reason);
  keep_due(tx, in.case_id, facts->household, actor.agency, actor);
  const auto about = persons_of(tx, in.case_id, in.plan, gate.today());
  const auto person = about.size() == 1 ? std::optional(about.front()) : std::nullopt;
  access::note_act(tx, {"early.started", in.started_on, facts->household.value, person, subject_of(in.case_id),
                        in.reason.empty() ? "free" : in.reason, in.service, {}}, actor);
  return start.id;
}

Result<std::vector<EarlyStart>> early_starts_of(db::ReadTx& tx, access::Gate& gate, CaseId case_id) {
  const auto permit = gate.read(case_id);
  if (!permit) return tl::unexpected(permit.error());
  auto all = store::early_of_case(*permit);
  std::erase_if(all, [&](const EarlyStart& e) { return !is_seen(tx, gate, permit->facts().holder, e); });
  return all;
}

std::vector<EarlyStartLine> early_starts_to_ratify(db::ReadTx& tx, access::Gate& gate) {
  auto all = store::to_ratify(gate.scope<CaseTag>(access::Topic::plan | access::Topic::basic));
  std::erase_if(all, [&](const EarlyStartLine& line) {
    const auto holder = store::holder_of_case(tx, line.start.case_id);
    return !holder || !is_seen(tx, gate, *holder, line.start);
  });
  return all;
}

Result<> ratify(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, std::int64_t early, Date on) {
  const auto facts = store::early_facts(tx, early);
  if (!facts) return fail(ErrorCode::not_found, "見つかりません。");
  if (auto may = may_state_on(item, facts->household); !may) return may;
  if (facts->ratified_on) return fail(ErrorCode::conflict, "この開始は、もう会議で確かめられています。");
  if (on > gate.today()) return invalid("on", "会議の日は、今日までの日を入れてください。");
  store::set_ratified(tx, early, item.id(), on);
  keep_due(tx, facts->case_id, facts->household, facts->agency, actor);
  access::note_act(tx, {"early.ratified", on, facts->household.value, {}, subject_of(facts->case_id), {}, facts->service, {}}, actor);
  return {};
}

}  // namespace kasane::planning
