// A day that was typed without its year, as people say it in the office: 11/23, 11月23日, 11-23, 11.23.
#pragma once
#include <optional>
#include <string_view>

#include "base/date.hpp"

namespace kasane {

/// The day of that month nearest to `near`, before or after it: of two days equally far the earlier. Nothing where the text
/// is no month and day, or names its year.
std::optional<Date> near_date(std::string_view typed, Date near);

}  // namespace kasane
