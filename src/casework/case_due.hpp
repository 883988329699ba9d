// What a case makes somebody wait for: the next contact, an owner, the consent of its 本人. Kept in step with the case
// by whoever changes it.
#pragma once
#include "access/facts.hpp"
#include "casework/case_store.hpp"

namespace kasane::casework {

/// The agency awaited for a case: its owner, else the one that coordinates, else nobody (0).
AgencyId awaited_agency(db::ReadTx& tx, const store::CaseRow& row);
/// The next contact is awaited anew, after one was made or the cadence changed.
void keep_contact_due(db::WriteTx& tx, const store::CaseRow& row, AgencyId party, const access::Actor& actor);
/// Brings the due items of the case in line with it: case.contact while it is open, case.owner while nobody owns it,
/// consent.seek for each 本人 who was never asked while it is before_consent.
void keep_due(db::WriteTx& tx, const store::CaseRow& row, const access::Actor& actor);

}  // namespace kasane::casework
