#include "cli/routes.hpp"

#include "casework/case_pages.hpp"
#include "casework/notice_pages.hpp"
#include "consent/pages.hpp"
#include "people/pages.hpp"
#include "programme/admin_pages.hpp"
#include "programme/sign_in_pages.hpp"

namespace kasane::cli {

programme::Router all_routes() {
  programme::Router router;
  programme::add_sign_in_routes(router);
  programme::add_admin_routes(router);
  people::add_routes(router);
  consent::add_routes(router);
  casework::add_notice_routes(router);
  casework::add_case_routes(router);
  casework::add_record_routes(router);
  casework::add_issue_routes(router);
  casework::add_task_routes(router);
  casework::add_consent_routes(router);
  casework::add_conference_request_routes(router);
  return router;
}

}  // namespace kasane::cli
