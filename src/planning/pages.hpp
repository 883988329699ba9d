// Pages of planning: assessment, own voices, plan and its editor, submission, 支援決定, copy for the home, start before the decision,
// evaluation, closure.
#pragma once
#include "programme/context.hpp"

namespace kasane::planning {

void add_assessment_routes(programme::Router& router);
void add_voice_routes(programme::Router& router);
void add_plan_routes(programme::Router& router);
void add_decision_routes(programme::Router& router);
void add_home_copy_routes(programme::Router& router);
void add_early_routes(programme::Router& router);
void add_closure_routes(programme::Router& router);
void add_routes(programme::Router& router);

}  // namespace kasane::planning
