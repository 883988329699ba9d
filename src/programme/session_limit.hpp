// How long a session lives that nobody uses.
#pragma once
#include "base/clock.hpp"

namespace kasane::programme {

inline constexpr UtcMs kIdleLimit = 12 * 60 * UtcMs{60'000};

}  // namespace kasane::programme
