// The archive's pages: 開示請求, retention, legal hold, disposal.
#pragma once
#include "programme/context.hpp"

namespace kasane::archive {

void add_disclosure_routes(programme::Router& router);
void add_disposal_routes(programme::Router& router);
/// All of them.
inline void add_routes(programme::Router& router) {
  add_disclosure_routes(router);
  add_disposal_routes(router);
}

/// Those who answer for what an agency keeps.
inline constexpr Roles kKeepers{Role::city_officer, Role::head};

}  // namespace kasane::archive
