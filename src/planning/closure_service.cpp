#include "planning/closure_service.hpp"

#include "access/groups.hpp"
#include "casework/case_service.hpp"
#include "casework/naming.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "planning/closure_rules.hpp"
#include "planning/closure_store.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_steps.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

using access::Topic;

Result<EvaluationId> evaluate(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewEvaluation& in) {
  const auto permit = gate.write(in.plan);
  if (!permit) return tl::unexpected(permit.error());
  const auto view = store::plan_view(*permit);
  if (!view) return fail(ErrorCode::not_found, "見つかりません。");
  if (!in_force(view->head.state)) return fail(ErrorCode::conflict, "決定されて続いているプランだけ、評価できます。");
  if (auto found = faults_of_evaluation(city.m, *view, in, gate.today()); !found.empty()) return invalid(std::move(found));
  const AgencyId agency = gate.acting_agency(SubjectKind::evaluation, access::Act::create, view->head.household.value).value_or(actor.agency);
  const HouseholdId household = view->head.household;
  const auto made = gate.create<EvaluationTag>(tx, {household.value, agency, permit->facts().person, Topic::plan, access::Sharing::team});
  if (!made) return tl::unexpected(made.error());
  store::add_evaluation(*made, tx, in, view->head.case_id, agency);
  PlanHead head = view->head;
  head.state = PlanState::under_review;
  if (!store::set_head(tx, head, in.plan_version)) return tl::unexpected(saved_by_other());
  due::settle(tx, ref(in.plan), "plan.review", actor);
  access::note_act(tx, {"evaluation.made", in.made_on, household.value, {}, {SubjectKind::evaluation, made->id().value},
                        std::string(code_of(in.verdict)), services_of(city.m, head.kind), {}}, actor);
  return made->id();
}

std::vector<Evaluation> evaluations_of(db::ReadTx& tx, access::Gate& gate, PlanId plan) {
  return store::evaluations(tx, gate.scope<EvaluationTag>(Topic::plan), plan);
}

Result<ClosureId> propose_closure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewClosure& in) {
  const auto permit = gate.write(in.case_id);
  if (!permit) return tl::unexpected(permit.error());
  const auto facts = casework::case_facts(tx, gate, in.case_id);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->state == casework::CaseState::closed) return fail(ErrorCode::conflict, "このケースは、もう終結しています。");
  if (store::closure_open(tx, in.case_id)) return fail(ErrorCode::conflict, "終結は、もう提案されています。会議の判断を待っています。");
  if (auto found = faults_of_closure(in, gate.today()); !found.empty()) return invalid(std::move(found));
  const AgencyId agency = gate.acting_agency(SubjectKind::closure, access::Act::create, facts->household.value).value_or(actor.agency);
  const auto made = gate.create<ClosureTag>(tx, {facts->household.value, agency, {}, Topic::plan, access::Sharing::team});
  if (!made) return tl::unexpected(made.error());
  access::set_persons(tx, {SubjectKind::closure, made->id().value}, facts->subjects);
  store::add_closure(*made, tx, in, facts->household, facts->episode);
  return made->id();
}

Result<> withdraw_closure(db::WriteTx& tx, access::Gate& gate, const access::Actor&, ClosureId id) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  if (!store::set_withdrawn(tx, id, gate.today())) return fail(ErrorCode::conflict, "この提案は、もう扱われています。");
  return {};
}

namespace {

/// Who stays after the closure, as far as it may be named to this viewer.
void leave_out_unnamed(casework::Naming& naming, Closure& c) {
  if (!naming.may_name(c.household, c.main_contact)) c.main_contact = AgencyId();
  if (c.watcher && !naming.may_name(c.household, *c.watcher)) c.watcher.reset();
}

}  // namespace

std::vector<ClosureLine> closures_waiting(db::ReadTx& tx, access::Gate& gate) {
  auto all = store::closures_waiting(gate.scope<ClosureTag>(Topic::plan | Topic::basic));
  casework::Naming naming(tx, gate);
  for (ClosureLine& line : all) leave_out_unnamed(naming, line.closure);
  return all;
}
std::vector<Closure> closures_of(db::ReadTx& tx, access::Gate& gate, CaseId case_id) {
  auto all = store::closures(gate.scope<ClosureTag>(Topic::plan), case_id);
  casework::Naming naming(tx, gate);
  for (Closure& c : all) leave_out_unnamed(naming, c);
  return all;
}

namespace {

/// `today`: from when the deciders read these plans no more.
Result<> end_plans(db::WriteTx& tx, const access::Actor& actor, CaseId id, Date on, Date today) {
  for (PlanHead plan : store::open_of_case(tx, id)) {
    const bool was_in_force = in_force(plan.state);
    plan.state = PlanState::closed;
    plan.ended_on = on;
    if (!store::set_head(tx, plan, plan.version)) return tl::unexpected(saved_by_other());
    due::settle(tx, ref(plan.id), "", actor);
    access::revoke_grounds(tx, plan.id.value, today);
    if (was_in_force)
      access::note_act(tx, {"plan.closed", on, plan.household.value, {}, ref(plan.id), std::string(code_of(plan.kind)), {}, {}}, actor);
  }
  return {};
}

}  // namespace

Result<> close_by_meeting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ClosureId id, AgendaItemId item, Date on) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto closure = store::closure(*permit);
  if (!closure) return fail(ErrorCode::not_found, "見つかりません。");
  const auto leave = gate.write(closure->case_id);
  if (!leave) return tl::unexpected(leave.error());
  if (!store::set_closed(tx, id, item, on)) return fail(ErrorCode::conflict, "この提案は、もう扱われています。");
  if (auto ended = end_plans(tx, actor, closure->case_id, on, gate.today()); !ended) return ended;
  // What was agreed to was for this work: it lapses with the time-boxed reading, so a reopened case asks again.
  const Date last_day = closure->access_until < on ? on : closure->access_until;
  if (const auto lapse = consent::let_lapse(tx, gate, actor, closure->household, last_day); !lapse) return tl::unexpected(lapse.error());
  casework::CloseCase close;
  close.on = on;
  close.reason = closure->reason;
  close.main_contact = closure->main_contact;
  if (closure->watcher) close.watchers.push_back(*closure->watcher);
  close.access_until = last_day;
  return casework::close_case(tx, gate, actor, closure->case_id, close);
}

}  // namespace kasane::planning
