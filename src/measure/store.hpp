// SQL of counts: over the register of acts, which has no personal column. Lists go through the access door.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "measure/model.hpp"

namespace kasane::measure::store {

struct LineCursor {
  Date on;
  std::int64_t act = 0;
};

std::int64_t count(db::ReadTx& tx, const MeasureDef& def, const Period& period);
/// By the agency that acted, most first, at most 200. Not for stocks.
std::vector<AgencyFigure> by_agency(db::ReadTx& tx, const MeasureDef& def, const Period& period);
/// One page of the records behind a number, newest first.
template <class Tag>
std::vector<Line> lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit);

}  // namespace kasane::measure::store
