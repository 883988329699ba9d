#include "people/protection_shields.hpp"

#include <algorithm>

#include "access/shields.hpp"
#include "people/protection_rules.hpp"

namespace kasane::people {

namespace store = protection_store;

namespace {

// No term of days ends a shield: what was protected does not come out because nobody looked at a date.
Date forever() { return *Date::from_iso(access::kForever); }

Nearness nearness_of(db::ReadTx& tx, const store::Standing& m, HouseholdId household, Date today) {
  const store::Belonging found = store::belonging(tx, m, household, today);
  if ((m.same_roof && household == m.household) || found.lives_there) return Nearness::same_roof;
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
  std::vector<access::Shield> shields;
  if (!parties.empty()) {
    // The home she fled to is kept as well; of herself is kept what the farthest of her homes asks for.
    std::vector<HouseholdId> homes = store::homes(tx, m, today);
    bool with_opponent = !homes.empty();
    for (const HouseholdId home : homes)
      if (nearness_of(tx, m, home, today) != Nearness::same_roof) with_opponent = false;
    if (std::find(homes.begin(), homes.end(), m.household) == homes.end()) homes.push_back(m.household);
    shields.push_back({parties, m.person.value, kept_by(with_opponent ? Nearness::same_roof : Nearness::separated, m.whole).of_person, today, forever()});
    for (const HouseholdId home : homes)
      shields.push_back({parties, home.value, kept_by(nearness_of(tx, m, home, today), m.whole).of_household, today, forever()});
  }
  access::put_shields(tx, m.id.value, shields, spared);
}

}  // namespace

Refreshed refresh_measure(db::WriteTx& tx, const store::Standing& m, const access::Actor& actor) {
  const Date today = office_day(actor.now);
  std::vector<AccountId> exempt = access::exempt_from(tx, m.id.value);
  Refreshed found;
  found.turned = store::turned_helpers(tx, m, today);
  for (const AccountId account : found.turned) std::erase(exempt, account);
  for (const std::int64_t party : store::serving(tx, m, today)) {
    if (!store::add_side(tx, m.id, party, true, false, today)) continue;
    found.joined.push_back(party);
    // An office of both sides: who there has worked for the protected person alone stays, until the holder says otherwise.
    if (store::serves_both(tx, m, party, today))
      for (const AccountId helper : store::helpers(tx, m, party, today)) exempt.push_back(helper);
  }
  put(tx, m, exempt, today);
  return found;
}

void put_exempt(db::WriteTx& tx, const store::Standing& m, const std::vector<AccountId>& exempt, Date today) { put(tx, m, exempt, today); }

void drop_shields(db::WriteTx& tx, std::int64_t source) { access::put_shields(tx, source, {}, {}); }

// A relative stays one in another home: it is kept away as well, with all that hangs on it.
void shield_relation(db::WriteTx& tx, const store::StandingRelation& relation, Date from) {
  const std::vector<std::int64_t> account{relation.account.value};
  std::vector<access::Shield> shields{{account, relation.household.value, access::kAllTopics, from, forever()}};
  for (const PersonId person : store::members_ever(tx, relation.household)) shields.push_back({account, person.value, access::kAllTopics, from, forever()});
  for (const HouseholdId home : store::homes_since(tx, relation.household, relation.from)) shields.push_back({account, home.value, access::kAllTopics, from, forever()});
  access::put_shields(tx, relation.id.value, shields, {});
}

}  // namespace kasane::people
