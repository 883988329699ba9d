// The parts of people's pages, put together by add_routes() in pages.cpp.
#pragma once
#include "programme/context.hpp"

namespace kasane::people {

void add_household_routes(programme::Router& router);
void add_person_routes(programme::Router& router);
void add_protection_routes(programme::Router& router);
void add_search_routes(programme::Router& router);

}  // namespace kasane::people
