// Counts of a city for a period, and the records behind a number as far as the viewer may know them.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "measure/model.hpp"

namespace kasane::measure {

/// What the viewer's posts are told.
Told told_to(const access::Viewer& viewer);

/// Numbers below this are not told to whom small ones are protected; the city's own where it has one.
inline constexpr std::int64_t kSmall = 5;

/// All numbers, in the order of the definitions, as far as they are for this viewer (allowed_period of the period).
/// not_permitted for those whose posts do not see counts.
Result<std::vector<Figure>> figures(db::ReadTx& tx, access::Gate& gate, const std::vector<MeasureDef>& defs, const Period& period, std::int64_t small = kSmall);

inline constexpr int kLinesPerPage = 50;
struct Behind {
  std::int64_t value = 0;               // as in Figure
  std::string told;
  std::vector<AgencyFigure> agencies;   // by the agency that acted; empty for stocks
  std::vector<Line> lines;              // newest first; a record once, acts each
  std::optional<LineCursor> next;
};
/// The number and the page of records behind it that the viewer may know.
Result<Behind> behind(db::ReadTx& tx, access::Gate& gate, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from,
                      std::int64_t small = kSmall);

}  // namespace kasane::measure
