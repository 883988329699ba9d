#include "desk/disaster_store.hpp"

namespace kasane::desk::store {

std::vector<OpenHousehold> open_households(access::Gate& gate, const std::string& area, int limit) {
  return gate.scope<CaseTag>().list<OpenHousehold>(
      R"sql(SELECT c.id, c.household_id, h.area_code,
              CASE WHEN EXISTS (SELECT 1 FROM protective_measure p WHERE p.household_id = c.household_id AND p.ended_on IS NULL)
                     OR EXISTS (SELECT 1 FROM membership m JOIN protective_measure q ON q.person_id = m.person_id
                                WHERE m.household_id = c.household_id AND q.ended_on IS NULL) THEN 1 ELSE 0 END
            FROM support_case c JOIN household h ON h.id = c.household_id
            WHERE c.state <> 'closed' AND (h.area_code = $1 OR $2 = 1) AND {scope:c.id}
            ORDER BY h.area_code, h.number, c.id LIMIT $3)sql",
      db::params(area, std::int64_t{area.empty()}, static_cast<std::int64_t>(limit)), [](const access::SealedRow& r) {
        return OpenHousehold{r.id<CaseTag>(0), r.id<HouseholdTag>(1), r.text(2), r.boolean(3)};
      });
}

}  // namespace kasane::desk::store
