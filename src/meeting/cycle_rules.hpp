// When a body sits next, pure: from its last sitting and the cycle that the city's plan gives. What the plan leaves open
// is not invented: such a body repeats the distance of its last two sittings, or waits for somebody to call it.
#pragma once
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "programme/municipality.hpp"
#include "programme/office_days.hpp"

namespace kasane::meeting {

/// Days until a first sitting where there was none before.
inline constexpr int kFirstSittingDays = 14;
/// A series never holds more sittings than these.
inline constexpr std::size_t kLongestSeries = 24;

/// The distance between two sittings: months, or days where a body sits more often than monthly.
struct Step {
  int months = 0;
  int days = 0;
  friend bool operator==(const Step&, const Step&) = default;
};
/// Nothing: on demand, or the plan gives no number.
std::optional<Step> step_of(const programme::Cycle& cycle);
/// The distance of two sittings, for a body that sits 定期的 without a number.
Step step_between(Date before, Date last);

/// Months on: the same weekday in the same week of the month (第2火曜), its last one where the month has no fifth.
Date sitting_after(Date last, Step step);
/// The first sitting after `today` in steps from the last; without a last one the first working day kFirstSittingDays on.
Date next_sitting(std::optional<Date> last, Step step, Date today);
/// The day that the last sitting was meant for: the closed day from which it was put off, where the one before tells so. The
/// next one is counted from that, so that 第2木曜 does not become 第2金曜 after one holiday.
Date meant_for(std::optional<Date> before, Date last, Step step, const programme::OfficeDays& days);
/// From `first` on until that day, at most kLongestSeries.
std::vector<Date> series_of(Date first, Step step, Date until);

}  // namespace kasane::meeting
