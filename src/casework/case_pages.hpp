// The pages of casework that this file's neighbours hold: cases and team, records, issues, tasks and progress,
// consents, requests for the 支援会議.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework {

/// /cases, /cases/{id}/edit, /cases/{id}/team…, /involvements/{id}…, /cases/{id}/reopen
void add_case_routes(programme::Router& router);
/// /households/{id}/records, /households/{id}/records/new, /records/{id}, /records/{id}/correct
void add_record_routes(programme::Router& router);
/// /households/{id}/issues/new, /issues/{id}/edit
void add_issue_routes(programme::Router& router);
/// /tasks, /households/{id}/tasks/new, /tasks/{id}/done, /cases/{id}/progress
void add_task_routes(programme::Router& router);
/// /households/{id}/consents
void add_consent_routes(programme::Router& router);
/// /households/{id}/conference-requests/new
void add_conference_request_routes(programme::Router& router);

}  // namespace kasane::casework
