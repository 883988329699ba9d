// Changing one's own password.
#pragma once
#include "programme/context.hpp"

namespace kasane::programme {

void add_password_routes(Router& router);

}  // namespace kasane::programme
