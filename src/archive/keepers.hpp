// Who answers for what an agency keeps: its officers and heads, by name.
#pragma once
#include <vector>

#include "db/tx.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"

namespace kasane::archive {

/// Accounts with a post of city_officer or head in the agency on that day, each once.
std::vector<AccountId> keepers_of(db::ReadTx& tx, AgencyId agency, Date on);

}  // namespace kasane::archive
