// Pages of 通告・通報: /abuse/new, /abuse/{id}. Reached from every page of first contact and from the household.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_abuse_routes(programme::Router& router);

}  // namespace kasane::casework
