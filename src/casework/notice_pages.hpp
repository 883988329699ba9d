// Pages of notices: /notices, /notices/new, /notices/{id}. A commissioner reports here and sees 受け止めました, no more.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

void add_notice_routes(programme::Router& router);

}  // namespace kasane::casework
