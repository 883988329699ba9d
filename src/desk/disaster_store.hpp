// SQL of the list for a disaster: open cases by area.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"

namespace kasane::desk::store {

struct OpenHousehold {
  CaseId of_case;
  HouseholdId household;
  std::string area;         // code; '' unknown
  bool protected_here = false;  // somebody there stands under a protection
};
/// Households with an open case that the viewer may know, of one area ('': of every one), at most `limit`.
std::vector<OpenHousehold> open_households(access::Gate& gate, const std::string& area, int limit);

}  // namespace kasane::desk::store
