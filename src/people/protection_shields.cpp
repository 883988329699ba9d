#include "people/protection_shields.hpp"

#include <algorithm>

#include "access/shields.hpp"
#include "people/protection_rules.hpp"

namespace kasane::people {

namespace store = protection_store;

namespace {

// No term of days ends a shield: what was protected does not come out because nobody looked at a date.
Date forever() { return *Date::from_iso(access::kForever); }

Nearness nearness_of(db::ReadTx& tx, const store::Standing& m, Date today) {
  const store::Belonging found = store::belonging(tx, m, today);
  if (m.same_roof || found.lives_there) return Nearness::same_roof;
  return found.ever ? Nearness::separated : Nearness::apart;
}

void put(db::WriteTx& tx, const store::Standing& m, const std::vector<AccountId>& exempt, Date today) {
  std::vector<std::int64_t> parties;
  std::vector<AccountId> spared = exempt;
  for (const SideRow& side : store::sides(tx, m.id)) {
    if (side.lifted) continue;
    parties.push_back(side.party);
    if (!side.agency) std::erase(spared, AccountId(side.party));  // who is related is never spared
  }
  const Kept kept = kept_by(nearness_of(tx, m, today), m.whole);
  std::vector<access::Shield> shields;
  if (!parties.empty())
    shields = {{parties, m.person.value, kept.of_person, today, forever()}, {parties, m.household.value, kept.of_household, today, forever()}};
  access::put_shields(tx, m.id.value, shields, spared);
}

}  // namespace

std::vector<std::int64_t> refresh_measure(db::WriteTx& tx, const store::Standing& m, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  std::vector<AccountId> exempt = access::exempt_from(tx, m.id.value);
  std::vector<std::int64_t> fresh;
  for (const std::int64_t party : store::serving(tx, m, today)) {
    if (!store::add_side(tx, m.id, party, true, false, today)) continue;
    fresh.push_back(party);
    // An office of both sides: who there has worked for the protected person alone stays, until the holder says otherwise.
    if (store::serves_both(tx, m, party, today))
      for (const AccountId helper : store::helpers(tx, m, party, today)) exempt.push_back(helper);
  }
  put(tx, m, exempt, today);
  return fresh;
}

void put_exempt(db::WriteTx& tx, const store::Standing& m, const std::vector<AccountId>& exempt, Date today) { put(tx, m, exempt, today); }

void drop_shields(db::WriteTx& tx, std::int64_t source) { access::put_shields(tx, source, {}, {}); }

void shield_relation(db::WriteTx& tx, const store::StandingRelation& relation, HouseholdId household, Date from) {
  const std::vector<std::int64_t> account{relation.account.value};
  std::vector<access::Shield> shields{{account, household.value, access::kAllTopics, from, forever()}};
  for (const PersonId person : store::members_ever(tx, household)) shields.push_back({account, person.value, access::kAllTopics, from, forever()});
  access::put_shields(tx, relation.id.value, shields, {});
}

}  // namespace kasane::people
