// SQL behind proposals: whom plans and cases are about, and cases with the signs by which a body looks at them again.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/proposal_rules.hpp"

namespace kasane::meeting::store {

/// 本人 of plans; those of cases today. Plain facts about records that a scope has listed.
std::unordered_map<PlanId, std::vector<PersonId>> persons_of_plans(db::ReadTx& tx, const std::vector<PlanId>& plans);
std::unordered_map<CaseId, std::vector<PersonId>> persons_of_cases(db::ReadTx& tx, const std::vector<CaseId>& cases);

struct CaseLine {
  CaseId id;
  HouseholdId household;
  PersonalText label;
  std::string number;
  CaseSigns signs;
};
/// Open cases that the viewer may know and that were opened, reached or to be looked at since then, or are silent on that
/// day, the longest silent first; at most `limit`. Without overdue tasks and referrals.
std::vector<CaseLine> cases_to_look_at(const access::Scope<CaseTag>& scope, Date since, Date on, int limit);
/// Cases whose tasks are past their day: the oldest day of each; at most 500 tasks.
std::unordered_map<CaseId, Date> overdue_tasks(const access::Scope<TaskTag>& scope, Date on);
/// Cases that a referral came to since then: the newest day of each; at most 500 referrals.
std::unordered_map<CaseId, Date> referred_since(const access::Scope<ReferralTag>& scope, Date since);
/// The lines of these cases, as far as the viewer may know them.
std::vector<CaseLine> case_lines(const access::Scope<CaseTag>& scope, const std::vector<CaseId>& cases);

/// Open cases with a plan in force whose last contact (the day they were opened, where there was none) is before this day.
std::unordered_map<CaseId, Date> quiet_in_support(const access::Scope<PlanTag>& scope, Date before);
/// Households without a case that a 支援会議 wanted to see again by that day (K-77); at most 200.
struct WatchedHousehold {
  HouseholdId household;
  PersonalText label;
  Date look_on;
};
std::vector<WatchedHousehold> to_look_at_again(const access::Scope<AgendaItemTag>& scope, const std::string& body, Date on);
/// Those of the households that have a case of which the viewer may know.
std::set<HouseholdId> with_case(const access::Scope<CaseTag>& scope, const std::vector<HouseholdId>& households);
/// Households that the body treated on that day. Plain facts.
std::set<HouseholdId> looked_at_on(db::ReadTx& tx, const std::string& body, Date on);
/// The last day on which the body sat before; nothing when it never did.
std::optional<Date> last_sitting(db::ReadTx& tx, const std::string& body, Date before);

}  // namespace kasane::meeting::store
