// 長岡京 and 河内長野: an item before the next sitting, with a section, a teacher who is let in by a link, and an adviser who
// gets a summary without names.
#pragma once
#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

/// Nothing for other cities.
void run_packets(World& w);

}  // namespace kasane::cli::invented
