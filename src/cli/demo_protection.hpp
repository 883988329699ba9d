// For demo data: protection inside households.
#pragma once
#include "cli/demo_steps.hpp"

namespace kasane::cli::invented {

/// 佐瀬家: the mother is protected from what the son's side may learn, from the day of the report.
void protect_from(World& w, Who who, const Home& at, PersonId person, PersonId from, const char* informed);
/// A DV等支援措置 near the end of its term, with the 相手方 in another household that another office serves (長岡京).
void run_dv_measure(World& w);

}  // namespace kasane::cli::invented
