#include "desk/pages.hpp"

#include "desk/disaster_pages.hpp"

namespace kasane::desk {

void add_routes(programme::Router& router) {
  add_today_routes(router);
  add_household_routes(router);
  add_sheet_routes(router);
  add_case_routes(router);
  add_access_routes(router);
  add_disaster_routes(router);
}

}  // namespace kasane::desk
