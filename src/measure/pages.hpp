// Pages of counts: all numbers of a period with their definitions, the records behind one, and the file for a table
// calculation.
#pragma once
#include "programme/context.hpp"

namespace kasane::measure {

/// /counts, /counts.csv, /counts/{code}
void add_routes(programme::Router& router);

}  // namespace kasane::measure
