// The step between facts and shields: what a standing measure, or a declared relation, keeps from whom is computed anew
// and put into access as a whole.
#pragma once
#include "people/protection_store.hpp"

namespace kasane::people {

/// Puts new agencies of the other side on the list and all shields anew. The agencies that were new.
std::vector<std::int64_t> refresh_measure(db::WriteTx& tx, const protection_store::Standing& m, const access::Actor& actor);
/// As refresh_measure, with these accounts exempt from now on instead of those before.
void put_exempt(db::WriteTx& tx, const protection_store::Standing& m, const std::vector<AccountId>& exempt, Date today);
/// Takes every shield of the source away.
void drop_shields(db::WriteTx& tx, std::int64_t source);
/// Keeps the account from the household and everybody who ever belonged to it.
void shield_relation(db::WriteTx& tx, const protection_store::StandingRelation& relation, HouseholdId household, Date from);

}  // namespace kasane::people
