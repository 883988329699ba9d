#include "planning/sitting_wait.hpp"

#include <algorithm>

#include "due/service.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

namespace {

constexpr const char* kSitting = "plan.sitting";
constexpr const char* kDecide = "plan.decide";

SubjectRef subject_of(PlanId id) { return {SubjectKind::plan, id.value}; }

/// Those who are waiting for this plan already: to whom the deciding falls was settled when it was submitted.
std::vector<std::int64_t> waiting_for(db::ReadTx& tx, const PlanHead& plan, std::initializer_list<std::string_view> kinds) {
  std::vector<std::int64_t> parties;
  for (const due::DueLine& line : due::open_about(tx, plan.household.value))
    if (line.subject == subject_of(plan.id) && std::find(kinds.begin(), kinds.end(), line.kind) != kinds.end()) parties.push_back(line.party);
  return parties;
}

void sitting_by(db::WriteTx& tx, const PlanHead& plan, Date on, UtcMs now) {
  for (const std::int64_t party : waiting_for(tx, plan, {kSitting})) due::await(tx, {kSitting, party, plan.household.value, subject_of(plan.id), on}, now);
}

}  // namespace

void lay_before_sitting(db::WriteTx& tx, PlanId id, const Laid& laid, UtcMs now) {
  const auto head = store::plan_head(tx, id);
  if (!head || head->state != PlanState::submitted) return;
  store::set_laid(tx, id, laid);
  sitting_by(tx, *head, laid.on, now);
}

void take_from_sitting(db::WriteTx& tx, PlanId id, AgendaItemId item, Date today, UtcMs now) {
  const auto laid = store::laid(tx, id);
  if (!laid || laid->item != item) return;
  store::set_laid(tx, id, std::nullopt);
  const auto head = store::plan_head(tx, id);
  if (head && head->state == PlanState::submitted) sitting_by(tx, *head, today.plus_days(kSittingWithinDays), now);
}

void wait_for_decision(db::WriteTx& tx, const PlanHead& plan, Date found_on, const access::Actor& actor) {
  const auto parties = waiting_for(tx, plan, {kSitting, kDecide});
  due::settle(tx, subject_of(plan.id), kSitting, actor);
  for (const std::int64_t party : parties)
    due::await(tx, {kDecide, party, plan.household.value, subject_of(plan.id), found_on.plus_days(kDecideWithinDays)}, actor.now);
}

std::optional<Laid> laid_before(db::ReadTx& tx, PlanId id) { return store::laid(tx, id); }

}  // namespace kasane::planning
