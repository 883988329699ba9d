// Types of the room people: households, who lives there since when, how they are reached. Texts that come out of the
// database are Personal: already masked for the viewer.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace kasane::people {

using PersonalText = Personal<std::string>;

/// What is typed about one person. Only a family name or a given name is needed; all else may stay empty.
struct PersonFields {
  std::string family;
  std::string given;
  std::string kana;
  std::optional<PartialDate> birth;
  std::string sex;                  // code of the table "sexes"; "" unknown
  std::optional<Date> deceased_on;
};

/// How one person is reached; `safe` says how without danger to the person (W-73).
struct ContactFields {
  std::string address;
  std::string phone;
  std::string safe;
  bool empty() const { return address.empty() && phone.empty() && safe.empty(); }
};

/// How somebody belongs to a household.
struct MembershipFields {
  std::string relation;             // code of the table "relations", to the head of the household; "" unknown
  bool lives_in = true;             // false: belongs to it but lives elsewhere
  std::optional<Date> from;         // nothing: not known
  std::optional<Date> until;        // last day, inclusive; nothing: still
};

struct NewPerson {
  PersonFields fields;
  ContactFields contact;
  MembershipFields membership;
};

/// A household as it is registered. One of the two is enough: a label, or one person's family name (KN-3, KN-56).
struct NewHousehold {
  std::string label;                 // "": the first person's family name and 家
  std::string area;                  // area code of the city; "" unknown
  std::string address;
  std::string phone;
  std::string number_prefix = "世";  // the city's own
  std::vector<NewPerson> persons;
};

struct Registered {
  HouseholdId household;
  std::vector<PersonId> persons;     // in the order given
};

struct PersonContact {
  PersonalText address;
  PersonalText phone;
  PersonalText safe;
  std::int64_t version = 0;          // 0: nothing stored yet
};

/// One line of "who lives there". A person who is not for this viewer is simply not in the list.
struct Member {
  PersonId person;
  MembershipId membership;
  std::int64_t membership_version = 0;
  PersonalText name;                 // family name, space, given name
  PersonalText kana;
  PersonalText birth;                // as stored ("1950-04"); for reading see birth_text() and age_text() in rules.hpp
  std::string sex;
  std::optional<Date> deceased_on;
  std::string relation;
  bool lives_in = true;
  std::optional<Date> from;
  std::optional<Date> until;
  std::optional<PersonContact> contact;  // nothing: none stored, or not for this viewer

  /// Belongs to the household on that day.
  bool belongs_on(Date day) const { return (!from || *from <= day) && (!until || *until >= day); }
};

struct HouseholdView {
  HouseholdId id;
  std::string number;                // 世R08-00012
  PersonalText label;
  std::string area;                  // area code; "" unknown
  Date made_on;
  AgencyId holder;
  std::int64_t version = 0;
  PersonalText address;
  PersonalText phone;
  std::int64_t contact_version = 0;  // 0: nothing stored, or not for this viewer
  bool shows_contact = false;        // whether the form to change it may hold the contact
  std::vector<Member> members;       // those of today and of earlier, in the order of registration
};

/// A home as a list prints it: who belongs there and lives, and how they are reached.
struct HomeLine {
  HouseholdId id;
  std::string number;
  PersonalText address;
  PersonalText phone;
  std::vector<Member> members;       // in the order of registration
};

/// Number and label, for lines of lists.
struct HouseholdLabel {
  HouseholdId id;
  std::string number;
  PersonalText label;
};

struct PersonName {
  PersonId id;
  PersonalText name;
  PersonalText kana;
};

/// One person as the form to change it shows it.
struct PersonView {
  PersonId id;
  HouseholdId household;             // the household the person belongs to now
  PersonalText family, given, kana, birth;
  std::string sex;
  std::optional<Date> deceased_on;
  std::int64_t version = 0;
  bool shows_contact = false;
  PersonContact contact;
};

/// What those who visit should know first (W-72). Never part of HouseholdView, so that no paper can hold it.
struct SafetyNote {
  std::vector<std::string> codes;    // table "safety_note"
  PersonalText note;
  Date set_on;
  std::int64_t version = 0;
};

}  // namespace kasane::people
