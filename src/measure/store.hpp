// SQL of counts: over the register of acts, which has no personal column. Lists go through the access door.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "access/permit.hpp"
#include "measure/model.hpp"

namespace kasane::measure::store {

/// All counts that arise in a period, in the order of the definitions: one statement. Stocks stay 0.
std::vector<std::int64_t> flows(db::ReadTx& tx, std::span<const MeasureDef> defs, const Period& period);
/// All stocks on a day, in the order of the definitions: one statement. Flows stay 0.
std::vector<std::int64_t> stocks(db::ReadTx& tx, std::span<const MeasureDef> defs, Date day);
/// By the agency that acted, most first, at most 200. Not for stocks.
std::vector<AgencyFigure> by_agency(db::ReadTx& tx, const MeasureDef& def, const Period& period);

/// One page of what a number counted, newest first: for each counted thing its last act, where the viewer may know
/// the record of that act.
template <class Tag>
std::vector<Line> lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit);
/// The same for sittings, whose day and body are no secret and hold nothing about anybody.
std::vector<Line> session_lines(db::ReadTx& tx, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit);
/// The same for a stock: what stands open on the last day of the period.
template <class Tag>
std::vector<Line> open_lines(const access::Scope<Tag>& scope, const MeasureDef& def, const Period& period, const std::optional<LineCursor>& from, int limit);

}  // namespace kasane::measure::store
