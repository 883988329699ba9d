// The city's 支援決定: entered by a head of a deciding agency, stored apart from the meeting's finding; what it sets
// in motion.
#include <algorithm>

#include "access/groups.hpp"
#include "casework/case_due.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_store.hpp"
#include "casework/task_service.hpp"
#include "due/service.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_service.hpp"
#include "planning/plan_steps.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

using casework::CaseState;

namespace {

/// The viewer's agency that decides: a post of a head in one of the city's deciding agencies.
Result<AgencyId> deciding_agency(const access::Viewer& viewer, const Settings& city) {
  const auto deciders = city.dir.ids(city.m.deciders());
  for (const access::Post& post : viewer.posts)
    if (post.role == kasane::Role::head && std::find(deciders.begin(), deciders.end(), post.agency) != deciders.end()) return post.agency;
  return fail(ErrorCode::not_permitted, city.m.wording("decision", "支援決定") + "は、市が決めた課の長が行います。");
}

std::vector<FieldError> faults(const Decide& in, Date today) {
  std::vector<FieldError> found;
  if (in.on > today) found.push_back({"on", "決定の日は、今日までの日を入れてください。"});
  if (!in.approve && in.note.empty()) found.push_back({"note", "決定しない理由を書いてください。"});
  return found;
}

/// The decision moves the case; a head takes no part in the case and so needs no leave to change it.
void start_support(db::WriteTx& tx, const access::Actor& actor, const PlanHead& plan) {
  auto row = casework::store::case_row(tx, plan.case_id);
  if (!row) return;
  // A household that is accompanied or watched over stays so when its plan is only renewed.
  if (row->state == CaseState::watching && plan.revision > 1) return;
  const CaseState ready = casework::after_consent(row->state, true);
  if (!casework::may_step(ready, CaseState::active)) return;
  row->state = CaseState::active;
  casework::store::set_case(tx, *row, row->version);
  casework::keep_due(tx, *row, actor);
}

/// `today`: when it is entered; the duty on which the deciders read the earlier version ends with that.
Result<> supersede_earlier(db::WriteTx& tx, const access::Actor& actor, const PlanHead& plan, Date on, Date today) {
  for (const PlanId id : store::in_force_of_lineage(tx, plan.lineage, plan.id)) {
    auto earlier = store::plan_head(tx, id);
    if (!earlier) continue;
    earlier->state = PlanState::superseded;
    earlier->ended_on = on;
    if (!store::set_head(tx, *earlier, earlier->version)) return tl::unexpected(saved_by_other());
    due::settle(tx, ref(id), "", actor);
    access::revoke_grounds(tx, id.value, today);
  }
  return {};
}

void note_decided(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const PlanHead& plan, Date on) {
  for (const CountedKind& counted : counted_kinds(city.m, plan))
    access::note_act(tx, {"plan.decided", on, plan.household.value, {}, ref(plan.id), counted.code, counted.services, {}}, actor);
  if (plan.revision > 1)
    access::note_act(tx, {"plan.replanned", on, plan.household.value, {}, ref(plan.id), std::string(code_of(plan.kind)), services_of(city.m, plan.kind), {}}, actor);
}

Result<> approve(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const access::Permit<PlanTag>& permit,
                 const PlanHead& plan, Date on) {
  if (auto done = supersede_earlier(tx, actor, plan, on, gate.today()); !done) return done;
  if (auto made = make_tasks(tx, gate, actor, permit, plan); !made) return tl::unexpected(made.error());
  if (plan.review_on)
    due::await(tx, {"plan.review", plan.author.value, plan.household.value, ref(plan.id), *plan.review_on}, actor.now);
  start_support(tx, actor, plan);
  note_decided(tx, actor, city, plan, on);
  return {};
}

}  // namespace

Result<> decide(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, const Decide& in) {
  const auto permit = gate.decide(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto agency = deciding_agency(gate.viewer(), city);
  if (!agency) return tl::unexpected(agency.error());
  auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (head->state != PlanState::submitted) return fail(ErrorCode::conflict, "このプランは、決定を待っていません。");
  if (auto found = faults(in, gate.today()); !found.empty()) return invalid(std::move(found));
  if (in.approve) {
    const PlanConsent consent = consent_of_plan(tx, id, gate.today());
    if (!consent.ok) return fail(ErrorCode::conflict, consent.why_not.front() + "決定できません。");
  }
  const auto made = gate.create<DecisionTag>(tx, {head->household.value, *agency, permit->facts().person, access::Topic::plan, access::Sharing::team});
  if (!made) return tl::unexpected(made.error());
  const auto finding = store::finding(tx, id);
  store::add_decision(*permit, tx, {made->id(), head->case_id, in.approve, in.on, actor.account, *agency,
                                    finding ? std::optional(finding->item) : std::nullopt, in.note, actor.now});
  head->state = in.approve ? PlanState::active : PlanState::refused;
  head->decided_on = in.on;
  if (!in.approve) head->ended_on = in.on;
  if (!store::set_head(tx, *head, in.version)) return tl::unexpected(saved_by_other());
  due::settle(tx, ref(id), "", actor);  // also where the city decides without waiting for a sitting
  const access::Actor decider{actor.account, *agency, actor.now};
  if (in.approve) return approve(tx, gate, decider, city, *permit, *head, in.on);
  // The deciders still see today what they answered; their duty is done.
  access::revoke_grounds(tx, id.value, gate.today().plus_days(1));
  access::note_act(tx, {"plan.refused", in.on, head->household.value, {}, ref(id), std::string(code_of(head->kind)), services_of(city.m, head->kind), {}}, decider);
  return {};
}

Result<int> make_tasks(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const access::Permit<PlanTag>& permit, const PlanHead& plan) {
  int made = 0;
  std::vector<PersonId> about;
  for (const PlanPerson& p : store::persons(tx, plan.id)) about.push_back(p.person);
  for (const PlanRole& role : store::roles_without_task(permit)) {
    casework::NewTask task;
    task.household = plan.household;
    task.case_id = plan.case_id;
    task.agency = *role.agency;
    task.source = ref(plan.id);
    task.what = role.what.shown();
    task.how_often = role.how_often;
    task.due_on = role.by_on;
    task.topics = access::Topics(access::Topic::plan) | role.topic;
    task.took_on = true;
    const auto added = casework::add_task(tx, gate, actor, task);
    if (!added) return tl::unexpected(added.error());
    access::set_persons(tx, {SubjectKind::task, added->value}, about);
    store::set_task(tx, role.id, *added);
    ++made;
  }
  return made;
}

Result<int> make_missing_tasks(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::plan_head(tx, id);
  if (!head || !in_force(head->state)) return fail(ErrorCode::conflict, "決定されたプランだけ、タスクを作れます。");
  return make_tasks(tx, gate, actor, *permit, *head);
}

Result<std::vector<PlanRole>> roles_without_task(db::ReadTx& tx, access::Gate& gate, PlanId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::plan_head(tx, id);
  if (!head || !in_force(head->state)) return std::vector<PlanRole>{};
  return store::roles_without_task(*permit);
}

}  // namespace kasane::planning
