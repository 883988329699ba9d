// Who answers for what an agency keeps: its officers and heads, by name.
#pragma once
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::archive {

/// Accounts with a post of city_officer or head in the agency on that day, each once.
std::vector<AccountId> keepers_of(db::ReadTx& tx, AgencyId agency, Date on);
/// The account as it stands in that agency: to ask what it may know before something waits for it.
access::Viewer viewer_of(db::ReadTx& tx, AccountId account, AgencyId agency, Date on);

}  // namespace kasane::archive
