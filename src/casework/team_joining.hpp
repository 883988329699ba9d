// The step that opening, joining, closing and the team page share: an involvement written down, and access given or
// taken with it. Callers have passed the door.
#pragma once
#include "casework/team_service.hpp"
#include "casework/team_store.hpp"

namespace kasane::casework {

/// Writes the involvement (guarded where asked for, and always for an agency that is guarded wherever it works), adds the agency to the team in access, notes the act.
Result<InvolvementId> put_on_team(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewInvolvement& in);
/// Ends one involvement with the day before `on`; access by way of the team ends with it unless `stays`.
/// Errors: stale.
Result<> take_off_team(db::WriteTx& tx, const access::Actor& actor, HouseholdId household, const store::TeamRow& row, Date on, bool stays);

}  // namespace kasane::casework
