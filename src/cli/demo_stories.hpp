// The one household of each city that is told at length.
#pragma once
#include "casework/team_service.hpp"
#include "cli/demo_plan_steps.hpp"

namespace kasane::cli::invented {

/// The story of this city; nothing for a city that has none.
void run_story(World& w);

/// Puts the agency of an account on the team, that account as its contact person.
void involve(World& w, Who who, const Home& at, Who whom, const char* what, const std::optional<PersonId>& person = {});

void run_tsuruoka(World& w);
void run_kawachinagano(World& w);
void run_aizuwakamatsu(World& w);
void run_kitakami(World& w);
void run_nagaokakyo(World& w);

}  // namespace kasane::cli::invented
