// What a holder keeps about a person, for a 開示請求.
#pragma once
#include <vector>

#include "access/permit.hpp"
#include "archive/disclosure_model.hpp"

namespace kasane::archive::store {

struct Asked {
  PersonId person;
  AgencyId holder;
};
/// All texts held by `holder` about the person, of whatever household, and about each household as such of the days on
/// which the person belonged to it; as far as the viewer may know their records. Rows with a door of their own come with it.
std::vector<FoundPart> gather(access::Gate& gate, const Asked& asked);
/// Who else holds records on the person, as far as the viewer may know of these records. Each once.
std::vector<AgencyId> other_holders(access::Gate& gate, const Asked& asked);
/// Where the person has ever belonged.
std::vector<HouseholdId> households_of(db::ReadTx& tx, PersonId person);

}  // namespace kasane::archive::store
