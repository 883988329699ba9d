// Agencies whose being involved with somebody is itself a matter of abuse (a women's counselling window): which they are,
// and whether a viewer would see something that no row of its own stands for.
#pragma once
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"

namespace kasane::access {

/// Keeps exactly these parties as guarded.
void set_guarded(db::WriteTx& tx, const std::vector<AgencyId>& agencies);
/// The one place that says whether an agency is guarded wherever it works.
bool is_guarded(db::ReadTx& tx, AgencyId agency);
std::vector<AgencyId> guarded_agencies(db::ReadTx& tx);

/// Whether the viewer would see a record with these facts that is about these persons (each of them; the person in
/// `facts` does not count): for what hangs on another record but is not about all whom that one concerns.
bool would_see(db::ReadTx& tx, const Gate& gate, SubjectFacts facts, const std::vector<PersonId>& persons = {});

/// Whether a ground of this kind and source opens the root to the party (on whatever days).
bool reaches_by(db::ReadTx& tx, AgencyId party, std::int64_t root, GroundKind kind, std::int64_t source);

}  // namespace kasane::access
