#include "people/pages.hpp"

#include "people/routes.hpp"

namespace kasane::people {

void add_routes(programme::Router& router) {
  add_search_routes(router);
  add_household_routes(router);
  add_person_routes(router);
  add_protection_routes(router);
}

}  // namespace kasane::people
