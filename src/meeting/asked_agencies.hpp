// Whose attendance at a sitting is expected, as far as the viewer is told: what the lists of who was there begin with.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// Who runs the body, its members, who sits in that part, and who is asked along to its items; `known`: items that the viewer
/// may open.
std::vector<AgencyId> asked_to_part(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session, const std::string& body,
                                    const std::vector<ItemHead>& known);
/// Agencies that answered that they can come at the time that was settled on.
std::vector<AgencyId> coming_to(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);

}  // namespace kasane::meeting
