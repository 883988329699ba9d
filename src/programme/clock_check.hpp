// A machine whose clock stands before what it has recorded: said when the program starts, because sessions, deadlines and the
// order of the audit all rest on it.
#pragma once
#include <optional>

#include "programme/context.hpp"

namespace kasane::programme {

/// When the newest event of reading or writing was, where that is later than now.
std::optional<UtcMs> event_from_the_future(City& city);

}  // namespace kasane::programme
