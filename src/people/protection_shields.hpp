// The step between facts and shields: what a standing measure, or a declared relation, keeps from whom is computed anew
// and put into access as a whole.
#pragma once
#include "people/protection_store.hpp"

namespace kasane::people {

struct Refreshed {
  std::vector<std::int64_t> joined;    // agencies that are new on the other side
  std::vector<AccountId> turned;       // exempt until now, and at work for a 相手方: exempt no more
};
/// Puts new agencies of the other side on the list, withdraws exemptions of who has come to work for a 相手方, and puts all
/// shields anew: on the protected person, on the measure's household and on every household she belongs to today.
Refreshed refresh_measure(db::WriteTx& tx, const protection_store::Standing& m, const access::Actor& actor);
/// As refresh_measure, with these accounts exempt from now on instead of those before.
void put_exempt(db::WriteTx& tx, const protection_store::Standing& m, const std::vector<AccountId>& exempt, Date today);
/// Takes every shield of the source away.
void drop_shields(db::WriteTx& tx, std::int64_t source);
/// Keeps the account from the household and everybody who ever belonged to it.
void shield_relation(db::WriteTx& tx, const protection_store::StandingRelation& relation, Date from);

}  // namespace kasane::people
