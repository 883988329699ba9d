#include "desk/disaster_store.hpp"

namespace kasane::desk::store {

std::vector<OpenHousehold> open_households(access::Gate& gate, const std::string& area, int limit) {
  return gate.scope<CaseTag>().list<OpenHousehold>(
      R"sql(SELECT c.id, c.household_id, h.area_code
            FROM support_case c JOIN household h ON h.id = c.household_id
            WHERE c.state <> 'closed' AND (h.area_code = $1 OR $2 = 1) AND {scope:c.id}
            ORDER BY h.area_code, h.number, c.id LIMIT $3)sql",
      db::params(area, std::int64_t{area.empty()}, static_cast<std::int64_t>(limit)), [](const access::SealedRow& r) {
        return OpenHousehold{r.id<CaseTag>(0), r.id<HouseholdTag>(1), r.text(2)};
      });
}

std::unordered_set<HouseholdId> known_protected(access::Gate& gate, const std::vector<HouseholdId>& ids, Date day) {
  std::unordered_set<HouseholdId> homes;
  gate.scope<ProtectiveMeasureTag>(access::Topic::basic | access::Topic::abuse).list<bool>(
      R"sql(SELECT p.id, p.household_id, m.household_id
            FROM protective_measure p LEFT JOIN membership m ON m.person_id = p.person_id AND (m.valid_until IS NULL OR m.valid_until >= $2)
            WHERE p.ended_on IS NULL AND (p.household_id IN {ids:$1} OR m.household_id IN {ids:$1}) AND {scope:p.id})sql",
      db::params(db::id_list(ids), day), [&](const access::SealedRow& r) {
        homes.insert(r.id<HouseholdTag>(1));
        if (!r.is_null(2)) homes.insert(r.id<HouseholdTag>(2));
        return true;
      });
  return homes;
}

}  // namespace kasane::desk::store
