#include "casework/pages.hpp"

#include "casework/abuse_pages.hpp"
#include "casework/advice_pages.hpp"
#include "casework/case_pages.hpp"
#include "casework/intake_pages.hpp"
#include "casework/notice_pages.hpp"
#include "casework/referral_pages.hpp"

namespace kasane::casework {

void add_routes(programme::Router& router) {
  add_notice_routes(router);
  add_abuse_routes(router);
  add_intake_routes(router);
  add_referral_routes(router);
  add_advice_routes(router);
  add_case_routes(router);
  add_record_routes(router);
  add_issue_routes(router);
  add_task_routes(router);
  add_consent_routes(router);
  add_conference_request_routes(router);
}

}  // namespace kasane::casework
