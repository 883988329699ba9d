// SQL of the list for a disaster: open cases by area.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "access/permit.hpp"

namespace kasane::desk::store {

struct OpenHousehold {
  CaseId of_case;
  HouseholdId household;
  std::string area;         // code; '' unknown
};
/// Households with an open case that the viewer may know, of one area ('': of every one), at most `limit`.
std::vector<OpenHousehold> open_households(access::Gate& gate, const std::string& area, int limit);

/// Those of the homes in which somebody stands under a measure that the viewer may know of; of other measures nothing is read.
std::unordered_set<HouseholdId> known_protected(access::Gate& gate, const std::vector<HouseholdId>& ids, Date day);

}  // namespace kasane::desk::store
