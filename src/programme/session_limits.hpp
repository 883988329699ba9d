// When a sign-in ends by itself; the same for every city that the program serves.
#pragma once
#include "base/date.hpp"

namespace kasane::programme {

struct SessionLimits {
  UtcMs idle = 60 * 60'000LL;          // after so long without a request
  UtcMs longest = 12 * 60 * 60'000LL;  // after so long, however busy
};

}  // namespace kasane::programme
