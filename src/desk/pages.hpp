// Pages of the desk: Today, the page of a household with its ecomap, the sheet of a household on one A4, the page of a
// case. They compose what the rooms below know, filtered to the viewer, and hold no rules of their own.
#pragma once
#include "programme/context.hpp"

namespace kasane::desk {

/// /today, /today/snooze
void add_today_routes(programme::Router& router);
/// /households/{id}
void add_household_routes(programme::Router& router);
/// /households/{id}/sheet
void add_sheet_routes(programme::Router& router);
/// /cases/{id}
void add_case_routes(programme::Router& router);
/// /why, /why/{id}, /households/{id}/seen, /settings/access
void add_access_routes(programme::Router& router);
void add_routes(programme::Router& router);

}  // namespace kasane::desk
