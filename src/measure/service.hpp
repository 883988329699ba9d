// Counts of a city for a period, and the records behind a number as far as the viewer may know them.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "measure/model.hpp"

namespace kasane::measure {

/// All numbers, in the order of the definitions. not_permitted for those whose posts do not see counts.
Result<std::vector<Figure>> figures(db::ReadTx& tx, access::Gate& gate, const std::vector<MeasureDef>& defs, const Period& period);

inline constexpr int kLinesPerPage = 50;
struct Behind {
  std::int64_t value = 0;
  std::vector<AgencyFigure> agencies;   // by the agency that acted; empty for stocks
  std::vector<Line> lines;              // newest first; a record once, acts each
  std::optional<LineCursor> next;
};
/// The number and the page of records behind it that the viewer may know.
Result<Behind> behind(db::ReadTx& tx, access::Gate& gate, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from);

}  // namespace kasane::measure
