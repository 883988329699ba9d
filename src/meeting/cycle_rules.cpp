#include "meeting/cycle_rules.hpp"

#include <algorithm>

namespace kasane::meeting {

using programme::Cycle;
using programme::CycleKind;
using programme::weekday;

namespace {

constexpr int kMonthsOfYear = 12;
constexpr int kDaysOfYear = 365;
constexpr int kDaysOfMonth = 30;

Date first_of_month(Date day) { return day.plus_days(1 - day.day()); }

/// `week` from 0.
Date weekday_of_month(Date first, int wanted, int week) {
  const Date earliest = first.plus_days((wanted - weekday(first) + 7) % 7);
  const Date day = earliest.plus_days(7 * week);
  return day.month() == first.month() ? day : day.plus_days(-7);
}

std::optional<Step> times_a_year(std::optional<int> times) {
  if (!times || *times < 1) return std::nullopt;
  if (*times <= kMonthsOfYear) return Step{kMonthsOfYear / *times, 0};
  return Step{0, std::max(1, kDaysOfYear / *times)};
}

}  // namespace

std::optional<Step> step_of(const Cycle& cycle) {
  switch (cycle.kind) {
    case CycleKind::monthly: return Step{1, 0};
    case CycleKind::quarterly: return Step{3, 0};
    case CycleKind::times_per_year:
    case CycleKind::regular: return times_a_year(cycle.at_least ? cycle.at_least : cycle.at_most);
    case CycleKind::on_demand:
    case CycleKind::unstated: return std::nullopt;
  }
  return std::nullopt;
}

Step step_between(Date before, Date last) {
  const int days = std::max(1, last.days() - before.days());
  const int months = (days + kDaysOfMonth / 2) / kDaysOfMonth;
  return months >= 1 ? Step{months, 0} : Step{0, days};
}

Date sitting_after(Date last, Step step) {
  if (step.months < 1) return last.plus_days(std::max(1, step.days));
  return weekday_of_month(first_of_month(last).plus_months(step.months), weekday(last), (last.day() - 1) / 7);
}

Date next_sitting(std::optional<Date> last, Step step, Date today) {
  if (!last) {
    Date first = today.plus_days(kFirstSittingDays);
    while (weekday(first) > 4) first = first.plus_days(1);
    return first;
  }
  // Months are counted from the last sitting itself, so that a fifth Friday is not forgotten on the way.
  for (int n = 1;; ++n) {
    const Date day = sitting_after(*last, {step.months * n, step.months > 0 ? 0 : std::max(1, step.days) * n});
    if (day > today) return day;
  }
}

std::vector<Date> series_of(Date first, Step step, Date until) {
  std::vector<Date> days;
  for (int n = 0; days.size() < kLongestSeries; ++n) {
    const Date day = n == 0 ? first : sitting_after(first, {step.months * n, step.months > 0 ? 0 : std::max(1, step.days) * n});
    if (day > until) break;
    days.push_back(day);
  }
  return days;
}

Date meant_for(std::optional<Date> before, Date last, Step step, const programme::OfficeDays& days) {
  if (!before) return last;
  const Date meant = sitting_after(*before, step);
  return days.put_off(meant) == last ? meant : last;
}

}  // namespace kasane::meeting
