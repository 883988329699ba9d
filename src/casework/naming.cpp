#include "casework/naming.hpp"

#include <algorithm>

#include "access/guarded.hpp"
#include "casework/team_store.hpp"

namespace kasane::casework {

bool works_guarded(db::ReadTx& tx, HouseholdId household, AgencyId agency) {
  return access::is_guarded(tx, agency) || store::all_rows_guarded(tx, household, agency);
}

Naming::Naming(db::ReadTx& tx, access::Gate& gate) : tx_(tx), gate_(gate), sensitive_(access::guarded_agencies(tx)) {}

bool Naming::is_sensitive(AgencyId agency) const { return std::binary_search(sensitive_.begin(), sensitive_.end(), agency); }

bool Naming::may_name(HouseholdId household, AgencyId agency) {
  if (gate_.viewer().in_agency(agency)) return true;
  const auto known = known_.find({household, agency});
  if (known != known_.end()) return known->second;
  const bool guarded = is_sensitive(agency) || store::all_rows_guarded(tx_, household, agency);
  return known_[{household, agency}] = !guarded || knows_involvement(household, agency);
}

bool Naming::knows_involvement(HouseholdId household, AgencyId agency) {
  if (store::knows_involvement(gate_.scope<InvolvementTag>(access::Topic::basic), household, agency)) return true;
  // No row of it is known: would one be?
  access::SubjectFacts row;
  row.kind = SubjectKind::involvement;
  row.root = household.value;
  row.holder = agency;
  row.topics = access::Topic::basic | access::Topic::abuse;
  row.sharing = access::Sharing::team;
  return access::would_see(tx_, gate_, row);
}

}  // namespace kasane::casework
