// SQL of households, persons, memberships, contacts and the visit-safety note.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "people/model.hpp"
#include "people/service.hpp"

namespace kasane::people {

using HouseholdPermit = access::Permit<HouseholdTag>;
using PersonPermit = access::Permit<PersonTag>;

/// The next number of the fiscal year, from 1.
std::int64_t next_serial(db::WriteTx& tx, FiscalYear year);
void insert_household(db::WriteTx& tx, const HouseholdPermit& permit, const std::string& number, const std::string& label,
                      const std::string& area, Date made_on);
/// False when a contact is stored already.
bool insert_household_contact(db::WriteTx& tx, const HouseholdPermit& permit, const std::string& address, const std::string& phone);
void insert_person(db::WriteTx& tx, const PersonPermit& permit, const PersonFields& fields);
bool insert_person_contact(db::WriteTx& tx, const PersonPermit& permit, const ContactFields& contact);
MembershipId insert_membership(db::WriteTx& tx, HouseholdId household, PersonId person, const MembershipFields& fields);

// Updates that answer false when the version moved on.
bool update_household(db::WriteTx& tx, const HouseholdPermit& permit, const HouseholdEdit& edit);
bool update_household_contact(db::WriteTx& tx, const HouseholdPermit& permit, const HouseholdEdit& edit);
bool update_person(db::WriteTx& tx, const PersonPermit& permit, const PersonFields& fields, std::int64_t version);
bool update_person_contact(db::WriteTx& tx, const PersonPermit& permit, const ContactFields& contact, std::int64_t version);
bool update_membership(db::WriteTx& tx, MembershipId id, const MembershipFields& fields, std::int64_t version);
/// Every membership that lasts to `on` or longer ends with the day before.
void end_memberships(db::WriteTx& tx, PersonId person, Date on);

HouseholdView load_household(const HouseholdPermit& permit);
std::string household_number_of(const HouseholdPermit& permit);
std::vector<Member> load_members(access::Gate& gate, HouseholdId household);
std::vector<HomeLine> load_homes(access::Gate& gate, const std::vector<HouseholdId>& ids, Date day);
std::vector<HouseholdLabel> load_labels(access::Gate& gate, const std::vector<HouseholdId>& ids);
std::vector<HouseholdLabel> load_recent(access::Gate& gate, int limit);
std::optional<HouseholdLabel> load_by_number(access::Gate& gate, const std::string& number);
std::vector<PersonName> load_names(access::Gate& gate, const std::vector<PersonId>& ids);
PersonView load_person(const PersonPermit& permit);
PersonName load_name(const PersonPermit& permit);
struct StoredMembership {
  HouseholdId household;
  PersonId person;
  MembershipFields fields;
  std::int64_t version = 0;
};
std::optional<StoredMembership> load_membership(db::ReadTx& tx, MembershipId id);
bool belongs(db::ReadTx& tx, HouseholdId household, PersonId person);
/// Belongs today or later.
bool still_belongs(db::ReadTx& tx, HouseholdId household, PersonId person, Date today);

struct StoredSafety {
  SafetyNote note;
  std::int64_t ground_source = 0;
};
std::optional<StoredSafety> load_safety(const HouseholdPermit& permit);
/// Whether one of the agencies has a reach to the root that covers all these topics today.
bool any_reaches(db::ReadTx& tx, std::int64_t root, const std::vector<AgencyId>& agencies, access::Topics topics, Date today);
bool any_in_team(db::ReadTx& tx, std::int64_t root, const std::vector<AgencyId>& agencies, Date today);
/// False when a note is stored already.
bool insert_safety(db::WriteTx& tx, const HouseholdPermit& permit, const SafetyEdit& edit, std::int64_t ground_source,
                   const access::Actor& actor);
bool update_safety(db::WriteTx& tx, const HouseholdPermit& permit, const SafetyEdit& edit, const access::Actor& actor);
bool delete_safety(db::WriteTx& tx, const HouseholdPermit& permit, std::int64_t version);

}  // namespace kasane::people
