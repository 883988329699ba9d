// The case: one per household, at household level, naming one or more 本人 who live there or not. Opening, joining,
// states, closing, reopening under the same number, and the list of cases.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"
#include "db/tx.hpp"
#include "programme/municipality.hpp"

namespace kasane::casework {

/// Where a city's folder sets no cadence of contact, in days.
inline constexpr int kDefaultCadenceDays = 30;

struct NewCase {
  HouseholdId household;
  std::string category;              // code of the city's case categories; '' none
  std::optional<AgencyId> owner;     // nothing: a gap case that nobody owns yet
  std::optional<Date> owner_by;      // by when an owner is found; asked for where there is no owner
  std::vector<PersonId> subjects;    // 本人, at least one
  AgencyId originating;              // who brought it; 0: nobody else
  AgencyId coordinating;
  bool before_consent = true;
  std::string approach;              // code table plan_approach; '' not said
  int cadence_days = kDefaultCadenceDays;
  std::string number_prefix;         // the city's, before "R08-0001"
  std::vector<AgencyId> guarded;     // of the agencies above: those whose being involved is itself to be protected
};
/// A NewCase with what the city sets: cadence, prefix of the number, and the day by which an owner has to be found.
NewCase new_case_for(const programme::Municipality& m, HouseholdId household, Date today);

/// Opens the case: number of the fiscal year, first episode, 本人, team with the originating and the coordinating
/// agency, act case.opened(category), due items case.contact and, where they apply, case.owner and consent.seek.
/// The household must be known to the viewer. Errors: not_found, not_permitted; conflict when the household has a
/// case already (join_case or reopen_case then); invalid (subjects, owner_by, cadence_days).
Result<CaseId> open_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewCase& in);

/// The case of a household that the viewer knows, open or closed.
std::optional<CaseId> case_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);

/// Puts an agency on the team of a case, now. Twice the same does nothing. `guarded`: that it is involved is itself to
/// be protected (a sensitive agency). Errors: those of the gate; conflict when the case is closed.
Result<> join_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, AgencyId agency, InvolvementRole role,
                   bool guarded = false);

struct Episode {
  int number = 1;
  Date opened_on;
  std::optional<Date> closed_on;
  std::string trigger;  // code table reopening_reason; '' for the first
};
/// A case without personal text.
struct CaseFacts {
  CaseId id;
  HouseholdId household;
  std::string number;
  CaseState state = CaseState::before_consent;
  std::string category;
  std::optional<AgencyId> owner;
  std::optional<Date> owner_by;
  Date opened_on;
  int episode = 1;
  std::string approach;
  int cadence_days = kDefaultCadenceDays;
  std::optional<Date> last_contact_on;
  Date contact_by;                 // last contact, or opening, and the cadence
  std::optional<Date> next_look_on;
  std::int64_t version = 1;
  std::vector<PersonId> subjects;  // today's 本人
  std::vector<Episode> episodes;   // first to last
};
Result<CaseFacts> case_facts(db::ReadTx& tx, access::Gate& gate, CaseId id);

/// Moves the case along the state machine of case_rules.hpp; the same state again does nothing. Closing and reopening
/// have functions of their own. Errors: those of the gate; conflict when the machine knows no such step.
Result<> set_state(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, CaseState state);
/// When the team looks at it next (a 支援会議 or a triage set it). Nothing: no day.
Result<> set_next_look(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::optional<Date> on);

/// What may be changed of an open case by hand.
struct CaseChange {
  std::string category;
  std::optional<AgencyId> owner;
  std::optional<Date> owner_by;
  std::string approach;
  int cadence_days = kDefaultCadenceDays;
  std::optional<Date> next_look_on;
  bool watching = false;           // 伴走・見守り, where the state allows it
  std::vector<PersonId> subjects;  // 本人 from today on
};
/// Errors: those of the gate; stale when `version` is not the stored one; invalid; conflict when closed.
Result<> change_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::int64_t version, const CaseChange& in);

struct CloseCase {
  Date on;
  std::string reason;                   // code table closure_reason
  AgencyId main_contact;                // stays on the team as 主な連絡先
  std::optional<AccountId> main_account;
  std::vector<AgencyId> watchers;       // stay on the team as 見守り
  std::optional<Date> access_until;     // others who had access keep reading until then; nothing: until now
};
/// Ends the episode. Team access ends with `on`, except for the main contact and the watchers; who reached the
/// household on consent or 106条の6 keeps reading exactly that until access_until. Act case.closed(reason).
/// Called by planning when the meeting has closed it. Errors: those of the gate; conflict when already closed;
/// invalid (access_until before on).
Result<> close_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, const CloseCase& in);

/// A new episode under the same number. Consent is checked: where none stands, the case is before_consent again.
/// The acting agency coordinates; others join when they are asked. Act case.reopened(trigger). Errors: those of the
/// gate; conflict when it is open; invalid (trigger).
Result<> reopen_case(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, const std::string& trigger);

/// To be called after a consent was given, refused or withdrawn: before_consent becomes preparing when some 本人's
/// sharing stands, and preparing becomes before_consent when none does. A decided plan stays in force (active and
/// watching do not move). Does nothing for a household without an open case. Runs also where the viewer does not see
/// the case.
Result<> consent_changed(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, HouseholdId household);

// --- the list ---

struct CaseFilter {
  std::optional<CaseState> state;   // nothing: all that are open
  bool mine = false;                // owned by, or on the team of, one of the viewer's agencies
  bool silent = false;              // no contact within its own cadence
  std::string category;
};
/// Where the next page begins.
struct CaseCursor {
  Date opened_on;
  CaseId id;
};
struct CaseLine {
  CaseId id;
  HouseholdId household;
  Personal<std::string> label;      // what staff call the household
  std::string number;
  CaseState state = CaseState::before_consent;
  std::string category;
  std::optional<AgencyId> owner;
  std::optional<Date> owner_by;
  Date opened_on;
  std::optional<Date> last_contact_on;
  Date contact_by;                  // before today: silent, by its own cadence
  std::optional<Date> next_on;      // soonest of the next look and of the next dates of the viewer's own agencies
};
inline constexpr int kCasesPerPage = 50;
struct CasePage {
  std::vector<CaseLine> lines;       // newest first, at most kCasesPerPage
  std::optional<CaseCursor> next;
};
CasePage cases(db::ReadTx& tx, access::Gate& gate, const CaseFilter& filter, const std::optional<CaseCursor>& from);
/// Stops at 1001 ("1,000+").
std::int64_t count_cases(db::ReadTx& tx, access::Gate& gate, const CaseFilter& filter);

}  // namespace kasane::casework
