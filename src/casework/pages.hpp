// All pages of casework.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_routes(programme::Router& router);

}  // namespace kasane::casework
