#include "base/near_date.hpp"

#include <cstdlib>
#include <string>

namespace kasane {

namespace {

/// With the year put before it in each of the ways in which a date is written; at most one of them can be read.
std::optional<Date> in_year(int year, std::string_view typed) {
  for (const char* between : {"年", "/", "-", "."})
    if (const auto day = parse_date(std::to_string(year) + between + std::string(typed))) return *day;
  return std::nullopt;
}

}  // namespace

std::optional<Date> near_date(std::string_view typed, Date near) {
  if (parse_date(typed)) return std::nullopt;
  std::optional<Date> nearest;
  const auto distance = [&](Date day) { return std::abs(day.days() - near.days()); };
  for (int year = near.year() - 1; year <= near.year() + 1; ++year) {
    const auto day = in_year(year, typed);
    if (day && (!nearest || distance(*day) < distance(*nearest))) nearest = day;
  }
  return nearest;
}

}  // namespace kasane
