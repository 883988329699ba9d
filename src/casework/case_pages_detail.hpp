// Handlers of add_case_routes() and add_task_routes() that live in files of their own.
#pragma once
#include "programme/context.hpp"

namespace kasane::casework::detail {

web::Reply case_list(programme::Ctx& ctx);
void add_team_routes(programme::Router& router);
void add_progress_routes(programme::Router& router);

}  // namespace kasane::casework::detail
