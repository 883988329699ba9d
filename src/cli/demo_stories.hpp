// The one household of each city that is told at length.
#pragma once
#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// The story of this city; nothing for a city that has none.
void run_story(World& w);

void run_tsuruoka(World& w);
void run_kawachinagano(World& w);
void run_aizuwakamatsu(World& w);
void run_kitakami(World& w);
void run_nagaokakyo(World& w);

}  // namespace kasane::cli::invented
