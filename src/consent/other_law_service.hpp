// Items of a joint sitting that rest on a meeting under another law (生活困窮者自立支援法9条, 介護保険法115条の48, 児童福祉法
// 25条の2, 障害者総合支援法89条の3, by the folder's statutes): which one, and the persons of the household whom it is about.
// What the item gives to its attendees is the meeting's business, within what is kept here.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "base/result.hpp"
#include "consent/settings.hpp"

namespace kasane::consent {

struct OtherLaw {
  std::string basis;               // key@version
  access::Topics topics;           // what the law is about, as it was when chosen
  std::vector<PersonId> persons;   // none: the item alone is shown, nothing of the household
  std::vector<PersonId> expectant = {};  // of these, noted as 特定妊婦
};
struct NewOtherLaw {
  AgendaItemId item;
  HouseholdId household;
  std::string key;
  std::vector<PersonId> persons;
  std::vector<PersonId> expectant = {};  // noted as 特定妊婦, where the law is about homes with a child
};

/// Sets or changes it. The viewer may change the item. The caller then gives the item's grounds anew.
/// Errors: invalid (law: not such an article; persons: not of this household, or not whom the law is about), not_found,
/// not_permitted.
Result<> rest_on_other_law(db::WriteTx& tx, access::Gate& gate, const Settings& city, const NewOtherLaw& what);
/// Nothing where the item rests on something else. Plain facts: the caller has passed a permit for the item.
std::optional<OtherLaw> other_law_of(db::ReadTx& tx, AgendaItemId item);

}  // namespace kasane::consent
