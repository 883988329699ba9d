// Pages of meetings: list and new session, session with its agenda and what waits, item with packet and results,
// agenda and item sheet on paper.
#pragma once
#include "programme/context.hpp"

namespace kasane::meeting {

void add_session_routes(programme::Router& router);
void add_series_routes(programme::Router& router);
void add_prepare_routes(programme::Router& router);
void add_preparation_routes(programme::Router& router);
void add_item_routes(programme::Router& router);
void add_paper_routes(programme::Router& router);
void add_law_routes(programme::Router& router);
void add_packet_routes(programme::Router& router);
void add_secrecy_routes(programme::Router& router);
void add_guest_routes(programme::Router& router);
/// What a guest opens without an account.
void add_guest_door_routes(programme::Router& router);
/// Register of common issues, common issues on items and sessions, the plenary's paper.
void add_issue_routes(programme::Router& router);
void add_issue_item_routes(programme::Router& router);
void add_plenary_routes(programme::Router& router);
/// Gatherings, and their surveys, which open without an account.
void add_gathering_routes(programme::Router& router);
void add_survey_routes(programme::Router& router);
void add_routes(programme::Router& router);

}  // namespace kasane::meeting
