// Use cases of people: registering, reading and changing households and persons. Every function passes the door first:
// unknown and unknowable records answer not_found alike; who sees a record but may not change it gets not_permitted.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "people/model.hpp"

namespace kasane::people {

/// Registers a household with its persons. Holder is the viewer's agency whose post may register.
/// Errors: invalid (label: neither a label nor a person; p1_family …), not_permitted.
Result<Registered> register_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, NewHousehold what);

/// Adds a person to a household that the viewer may change. The person is held by the household's holder: a household
/// has one register. Errors: invalid (family), not_found, not_permitted.
Result<PersonId> add_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household, NewPerson what);

/// The household with those members whom the viewer may know. Holds no visit-safety note: see visit_safety().
Result<HouseholdView> household_view(db::ReadTx& tx, access::Gate& gate, HouseholdId id);

/// Those of the homes that the viewer may know, with the members whom the viewer may know and who belong there on that day
/// and live. The same four statements for one home and for three hundred.
std::unordered_map<HouseholdId, HomeLine> homes_on(db::ReadTx& tx, access::Gate& gate, const std::vector<HouseholdId>& ids, Date day);

/// Number and label of those of the households that the viewer may know; one statement for a whole list.
std::unordered_map<HouseholdId, HouseholdLabel> household_labels(db::ReadTx& tx, access::Gate& gate, const std::vector<HouseholdId>& ids);
/// Names of those of the persons whom the viewer may know; one statement for a whole list.
std::unordered_map<PersonId, PersonName> names_of(db::ReadTx& tx, access::Gate& gate, const std::vector<PersonId>& ids);
/// The household that a person belongs to, if the viewer may know that person.
Result<HouseholdId> household_of(db::ReadTx& tx, access::Gate& gate, PersonId id);
/// Whether the person belongs or belonged to the household. A plain fact: the caller has passed a permit.
bool is_member(db::ReadTx& tx, HouseholdId household, PersonId person);
/// The viewer's own newest households (held by its agencies or reached), at most 20.
std::vector<HouseholdLabel> recent_households(db::ReadTx& tx, access::Gate& gate);
/// The household with exactly this number ("世R08-00012", in any width), if the viewer may know it.
std::optional<HouseholdLabel> household_by_number(db::ReadTx& tx, access::Gate& gate, std::string_view number);

/// For the form that changes a person.
Result<PersonView> person_view(db::ReadTx& tx, access::Gate& gate, PersonId id);

struct PersonEdit {
  PersonFields fields;
  std::int64_t version = 0;
  std::optional<ContactFields> contact;  // nothing: the form did not show it, so it is not written
  std::int64_t contact_version = 0;      // 0: none was stored
};
/// Errors: invalid, stale (either version moved on; nothing is written), not_found, not_permitted.
Result<> edit_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PersonId id, PersonEdit edit);

struct HouseholdEdit {
  std::string label;
  std::string area;
  std::int64_t version = 0;
  bool with_contact = false;             // false: the form did not show it, so it is not written
  std::string address;
  std::string phone;
  std::int64_t contact_version = 0;
};
Result<> edit_household(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId id, HouseholdEdit edit);

/// One membership with its household, for the form that changes it. Errors: not_found.
struct MembershipView {
  MembershipId id;
  HouseholdId household;
  PersonId person;
  PersonName name;
  MembershipFields fields;
  std::int64_t version = 0;
};
Result<MembershipView> membership_view(db::ReadTx& tx, access::Gate& gate, MembershipId id);
/// Moving in or out, relation. Errors: invalid (until before from), stale, not_found, not_permitted.
Result<> edit_membership(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, MembershipId id, MembershipFields fields,
                         std::int64_t version);
/// The person leaves its household with the day before `on` and belongs to `to` from then on. What was recorded in
/// the old household stays there; consent to sharing is given per household and does not move along.
/// Errors: invalid (household: already a member), not_found, not_permitted.
Result<> move_person(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PersonId id, HouseholdId to,
                     MembershipFields fields, Date on);

/// The visit-safety note, for posts that visit (window counsellor, coordinator, field worker) of the holder or of an
/// agency in the team. Nothing when there is none or it is not for this viewer: the two look alike. Errors: not_found.
Result<std::optional<SafetyNote>> visit_safety(db::ReadTx& tx, access::Gate& gate, HouseholdId id);
/// Whether some post of the viewer visits.
bool visits(const access::Viewer& viewer);
struct SafetyEdit {
  std::vector<std::string> codes;
  std::string note;
  std::int64_t version = 0;              // 0: there was none
};
/// Sets the note and the ground on which visiting agencies of the team see it; with neither code nor note it is taken
/// away and the ground ends. Errors: stale, not_found, not_permitted (no visiting post in the holder or the team).
Result<> set_safety(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId id, SafetyEdit edit);

}  // namespace kasane::people
