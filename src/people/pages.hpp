// Pages of people: finding and registering households, changing persons, moving in and out, the visit-safety note.
#pragma once
#include "programme/context.hpp"

namespace kasane::people {

void add_routes(programme::Router& router);

}  // namespace kasane::people
