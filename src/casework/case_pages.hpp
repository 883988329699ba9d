// The pages of casework that this file's neighbours hold: cases and team, records, issues, tasks and progress,
// consents, requests for the 支援会議.
#pragma once
#include <functional>

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
/// /households/{id}/consents: what was recorded
void add_consent_routes(programme::Router& router);
/// What else changes in the same transaction when a person says no to sharing after all (the plans are marked).
using SharingRefused = std::function<void(db::WriteTx&, PersonId)>;
/// /households/{id}/consents: recording. Registered by the room that knows the plans.
void add_consent_recording_routes(programme::Router& router, SharingRefused refused);
/// /households/{id}/conference-requests/new
void add_conference_request_routes(programme::Router& router);

}  // namespace kasane::casework
