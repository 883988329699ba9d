// Types of in-household protection: DV等支援措置, abuse, a counsellor's own protective flag; the named 相手方; who stands on
// that side; staff related to a household.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "people/model.hpp"

namespace kasane::people {

enum class ProtectionKind : std::uint8_t { dv, abuse, own };
inline constexpr ProtectionKind kProtectionKinds[] = {ProtectionKind::dv, ProtectionKind::abuse, ProtectionKind::own};
std::string_view code_of(ProtectionKind kind);
std::string_view label_of(ProtectionKind kind);
std::optional<ProtectionKind> protection_kind_of(std::string_view code);

/// How long a DV等支援措置 runs, from the city's folder (national values where it says nothing).
struct ProtectionTerms {
  int months = 12;
  int warn_days = 30;      // before the end
  std::string basis;       // the rule with the date of its text
};

struct NewMeasure {
  HouseholdId household;
  PersonId person;                        // whom it protects
  ProtectionKind kind = ProtectionKind::own;
  Date from;                              // 申出日 of a DV等支援措置
  std::optional<Date> review_on;          // own flag: when it is looked at again
  bool whole = false;                     // everything about the person, not only report, consultation, contact and plan
  bool same_roof = false;                 // a 相手方 who is not registered lives there
  std::string reason;
  std::vector<PersonId> opponents;        // 相手方 of the register
  std::vector<std::string> opponent_names;  // 相手方 who is not
  std::vector<AgencyId> informed;         // agencies that may know of it besides the holder
  std::vector<AgencyId> other_side;       // agencies known to serve a 相手方 of whom no record here tells
};

struct MeasureLine {
  ProtectiveMeasureId id;
  HouseholdId household;
  PersonId person;
  ProtectionKind kind = ProtectionKind::own;
  Date from;
  std::optional<Date> until;
  std::optional<Date> ended_on;
  std::int64_t version = 0;
  bool whole = false;
  bool same_roof = false;
  PersonalText reason;
};

struct Opponent {
  std::optional<PersonId> person;
  PersonalText name;                      // of one who is not registered
};

struct MeasureTerm {
  Date filed_on;
  Date until;
  std::string basis;
};

/// Why an agency or account is on the other side, and how it stands.
struct SideRow {
  std::int64_t party = 0;
  bool agency = true;                     // false: an account
  bool named = false;                     // by the holder; false: computed from what it does
  bool lifted = false;
  Date since;
};

struct ProtectionAlarm {
  std::int64_t id = 0;                    // later ones are greater
  std::string code;                       // words: alarm_words()
  std::optional<std::int64_t> party;      // agency; an account where the code is "helper"
  Date on;
  bool seen = false;
};

struct StaffName {
  AccountId account;
  std::string name;
  AgencyId agency;
};

struct OtherSideAgency {
  AgencyId agency;
  bool both = false;                      // also serves the protected person or the household
  bool lifted = false;
  bool named = false;
  Date since;
  std::vector<StaffName> staff;
  std::vector<AccountId> exempt;          // who may know all the same
};

struct MeasureView {
  MeasureLine line;
  PersonName name;                        // of the protected person
  HouseholdLabel label;
  AgencyId holder;
  std::vector<Opponent> opponents;
  std::vector<PersonName> opponent_names; // of the registered ones the viewer may know
  std::vector<MeasureTerm> terms;         // newest first
  bool of_holder = false;                 // others who may know of the measure are not told what follows but for `informed`
  std::vector<OtherSideAgency> agencies;
  std::vector<StaffName> related;         // staff named as related to a 相手方
  std::vector<AgencyId> informed;
  std::vector<ProtectionAlarm> alarms;    // unseen ones first, of each newest first
  bool may_write = false;
};

/// Somebody serves a person or a household: an involvement, a referral that was sent, an intake.
struct Serving {
  HouseholdId household;
  std::optional<PersonId> person;         // nothing: the household as a whole
  std::int64_t party = 0;                 // agency, or the account of a guest
};

struct RelationView {
  ConflictId id;
  HouseholdId household;
  HouseholdLabel label;
  StaffName who;
  Date from;
  std::optional<Date> until;
  PersonalText lifted;
  std::int64_t version = 0;
  bool may_lift = false;
};

}  // namespace kasane::people
