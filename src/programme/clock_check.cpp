#include "programme/clock_check.hpp"

#include <algorithm>

#include "access/audit_store.hpp"

namespace kasane::programme {

std::optional<UtcMs> event_from_the_future(City& city) {
  constexpr UtcMs kSlack = 60'000;  // clocks are set back by seconds
  const auto at_of = [](const std::vector<access::audit_store::StoredEvent>& events) { return events.empty() ? UtcMs{0} : events.front().event.at; };
  UtcMs newest = city.db().read([&](db::ReadTx& tx) { return at_of(access::audit_store::newest_writes(tx, 0, 1)); });
  if (const auto years = city.audit.years(); !years.empty()) {
    db::Database& reads = city.audit.file_for(start_of(*Date::from_ymd(years.back(), 4, 1)));
    newest = std::max(newest, reads.read([&](db::ReadTx& tx) { return at_of(access::audit_store::newest_reads(tx, 0, 1)); }));
  }
  return newest > city.clock.now() + kSlack ? std::optional(newest) : std::nullopt;
}

}  // namespace kasane::programme
