// Leave to write down what a sitting found. The finding is the meeting's, not the author's: who runs the agenda item states
// it, also where another agency holds the plan and nothing else of the plan may be written. The proof is a permit to change
// the item; that its holder runs the body, and that the item lays this matter before the sitting, the meeting room has seen.
#pragma once
#include "access/permit.hpp"
#include "base/result.hpp"

namespace kasane::planning {

using ItemLeave = access::Permit<AgendaItemTag>;

/// Errors: not_permitted (the permit is for looking); not_found (the item is about something else).
Result<> may_state_on(const ItemLeave& item, HouseholdId household);
/// The same for a plan, which one has to see to judge it: by itself, or in the item. Errors: as above, not_found (hidden).
Result<> may_state_on(access::Gate& gate, const ItemLeave& item, HouseholdId household, PlanId plan);

}  // namespace kasane::planning
