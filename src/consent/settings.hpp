// What the grounds that are asked for need of the city: its folder and its agencies.
#pragma once
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::consent {

struct Settings {
  const programme::Municipality& m;
  const programme::Directory& dir;
};

/// 8 for 令和8年度; the year itself before 令和.
int year_of_era(FiscalYear year);

}  // namespace kasane::consent
