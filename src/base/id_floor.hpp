// Ids rise within a process. After a restart under a clock that was set back they would fall behind what is already
// stored; a floor keeps them rising where an order rests on them (the audit of writes).
#pragma once
#include <cstdint>

#include "base/date.hpp"

namespace kasane {

/// Every id made from now on is larger than this one.
void ids_after(std::int64_t id);
/// Ids made before that moment are smaller than this one (while the clock has not been set back since).
std::int64_t first_id_at(UtcMs at);

}  // namespace kasane
