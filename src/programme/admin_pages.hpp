// Pages of the administrator (accounts, posts, the city's settings as loaded) and of the auditor (events without
// content). Neither sees a household.
#pragma once
#include "programme/context.hpp"

namespace kasane::programme {
void add_admin_routes(Router& router);
}  // namespace kasane::programme
