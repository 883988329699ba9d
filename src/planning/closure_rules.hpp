// What a good evaluation and a good closure need. Pure: no clock, no I/O.
#pragma once
#include <vector>

#include "base/result.hpp"
#include "planning/closure_service.hpp"

namespace kasane::planning {

inline constexpr int kLowestMark = 1;
inline constexpr int kHighestMark = 5;

/// Each fault at its field: made_on, change, goal_<number of the goal>, dim_<code>_before, dim_<code>_after.
std::vector<FieldError> faults_of_evaluation(const programme::Municipality& m, const PlanView& plan, const NewEvaluation& in, Date today);
/// reason, main_contact, watcher, watch_channel, access_until, proposed_on.
std::vector<FieldError> faults_of_closure(const NewClosure& in, Date today);

}  // namespace kasane::planning
