// Whom the 本人 keeps away from what is shared, looked for behind whoever is asked along: an agency, a person with posts, a
// guest who says where he works.
#pragma once
#include <string_view>
#include <vector>

#include "db/tx.hpp"
#include "meeting/item_grounds.hpp"

namespace kasane::meeting {

/// Agencies with which one of those who consent shares nothing; each once.
std::vector<AgencyId> left_out_by(const std::vector<Support>& supports);
/// The agency itself; of an account, the agencies in which it holds a post on that day or later.
std::vector<AgencyId> agencies_behind(db::ReadTx& tx, const Settings& city, std::int64_t party, Date on);
/// The agency of which this is the name, with or without the city's before it.
std::optional<AgencyId> agency_of_office(const Settings& city, std::string_view office);
/// Whether this party is left out, or works for an agency that is. An item is not split by person: one exception keeps all of
/// it away.
bool kept_from(db::ReadTx& tx, const Settings& city, const std::vector<Support>& supports, std::int64_t party, Date on);

}  // namespace kasane::meeting
