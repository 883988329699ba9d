// The list for a disaster: open households by area, on paper, for when neither power nor network is there.
#pragma once
#include "programme/context.hpp"

namespace kasane::desk {

/// /disaster, /disaster/sheet
void add_disaster_routes(programme::Router& router);

}  // namespace kasane::desk
