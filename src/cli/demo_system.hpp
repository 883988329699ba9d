// For demo data: what single cases have shown about the system, and what people meet about. Nothing here is about anybody.
#pragma once
#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// 河内長野: the review of the quarter looks at this household; what it shows about the system goes to the plenary, to a working
/// group, and becomes a resource. Two months, ended a month ago.
void one_issue_through_the_bodies(World& w, const Home& at);
/// Issues raised by hand, at several points of their way.
void run_issues(World& w);
/// A gathering that was held, with who came as numbers and a survey that is closed; one to come.
void run_gatherings(World& w);

}  // namespace kasane::cli::invented
