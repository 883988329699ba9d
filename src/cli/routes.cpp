#include "cli/routes.hpp"

#include "archive/pages.hpp"
#include "casework/pages.hpp"
#include "consent/pages.hpp"
#include "desk/pages.hpp"
#include "measure/pages.hpp"
#include "meeting/pages.hpp"
#include "people/pages.hpp"
#include "planning/pages.hpp"
#include "programme/admin_pages.hpp"
#include "programme/audit_pages.hpp"
#include "programme/sign_in_pages.hpp"

namespace kasane::cli {

programme::Router all_routes() {
  programme::Router router;
  programme::add_sign_in_routes(router);
  programme::add_admin_routes(router);
  programme::add_audit_routes(router);
  people::add_routes(router);
  consent::add_routes(router);
  casework::add_routes(router);
  planning::add_routes(router);
  meeting::add_routes(router);
  desk::add_routes(router);
  measure::add_routes(router);
  archive::add_routes(router);
  return router;
}

}  // namespace kasane::cli
