// Which agencies may be named to a viewer together with a household. That a guarded agency (a women's counselling window)
// is involved is itself a matter of abuse: whoever may not know its involvement is not told of it by a task, a due item,
// an owner or a question either. What may not be named is left out, never masked: nothing shows that something is hidden.
#pragma once
#include <map>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

/// Whether what the agency does for this household is protected: it is guarded wherever it works, or all its rows on this
/// household's team are (all past ones, where none stands). What is written about it takes the topic of abuse.
bool works_guarded(db::ReadTx& tx, HouseholdId household, AgencyId agency);

class Naming {
 public:
  Naming(db::ReadTx& tx, access::Gate& gate);
  /// Guarded wherever it works.
  bool is_sensitive(AgencyId agency) const;
  /// The agency works unguarded there; or the viewer belongs to it, or knows or would know its involvement.
  bool may_name(HouseholdId household, AgencyId agency);

 private:
  bool knows_involvement(HouseholdId household, AgencyId agency);

  db::ReadTx& tx_;
  access::Gate& gate_;
  std::vector<AgencyId> sensitive_;
  std::map<std::pair<HouseholdId, AgencyId>, bool> known_;
};

}  // namespace kasane::casework
