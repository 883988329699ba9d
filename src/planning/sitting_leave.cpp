#include "planning/sitting_leave.hpp"

namespace kasane::planning {

Result<> may_state_on(const ItemLeave& item, HouseholdId household) {
  if (item.facts().root != household.value) return fail(ErrorCode::not_found, "見つかりません。");
  if (item.act() != access::Act::write) return fail(ErrorCode::not_permitted, "会議の判断は、会議を開く機関の担当の役割の方が書きます。");
  return {};
}

Result<> may_state_on(access::Gate& gate, const ItemLeave& item, HouseholdId household, PlanId plan) {
  if (auto may = may_state_on(item, household); !may) return may;
  if (!gate.may(plan, access::Act::read) && !item.shows(access::Topic::plan)) return fail(ErrorCode::not_found, "見つかりません。");
  return {};
}

}  // namespace kasane::planning
