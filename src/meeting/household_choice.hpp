// Which household a sitting is about: chosen among those that the viewer works with, so that no number is typed from memory.
#pragma once
#include <vector>

#include "meeting/page_parts.hpp"

namespace kasane::meeting {

/// "household": cases of the viewer's agencies and the households registered last, bounded; "household_number", folded away,
/// for one that is not listed. `asked`: stands in the list whatever else does, where the viewer knows it.
std::vector<form::Field> household_fields(programme::Ctx& ctx, std::string hint, std::optional<HouseholdId> asked = {});
/// Nothing where neither was given. Errors: invalid (household, household_number).
Result<std::optional<HouseholdId>> chosen_household(db::ReadTx& tx, access::Gate& gate, const form::Answers& answers);

}  // namespace kasane::meeting
