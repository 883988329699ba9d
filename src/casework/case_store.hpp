// SQL of cases, their 本人 and episodes. The callers have passed the door: a permit for the case or its household.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/permit.hpp"
#include "casework/case_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

/// The next number of that fiscal year, from 1. Two that ask at once get two numbers.
std::int64_t next_case_serial(db::WriteTx& tx, FiscalYear year);

struct CaseRow {
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
  int cadence_days = 0;
  std::optional<Date> last_contact_on;
  Date contact_by;
  std::optional<Date> next_look_on;
  std::int64_t version = 1;
};
void add_case(db::WriteTx& tx, const CaseRow& row);
/// A plain fact for rules; for pages there is case_facts(), behind the door.
std::optional<CaseRow> case_row(db::ReadTx& tx, CaseId id);
std::optional<CaseRow> case_row_of(db::ReadTx& tx, HouseholdId household);
/// False when `version` is no longer the stored one.
bool set_case(db::WriteTx& tx, const CaseRow& row, std::int64_t version);
/// The day of the last contact only moves forward. No new version: a contact noted by one is no change of what
/// another is just editing.
void move_contact(db::WriteTx& tx, CaseId id, Date last_contact, Date contact_by);
/// Sets it anew after a correction.
void set_contact(db::WriteTx& tx, CaseId id, std::optional<Date> last_contact, Date contact_by);

void add_case_person(db::WriteTx& tx, CaseId id, PersonId person, Date from);
void end_case_person(db::WriteTx& tx, CaseId id, PersonId person, Date last_day);
/// 本人 of that day.
std::vector<PersonId> case_persons(db::ReadTx& tx, CaseId id, Date on);

void add_episode(db::WriteTx& tx, CaseId id, const Episode& episode);
void end_episode(db::WriteTx& tx, CaseId id, int number, Date on);
std::vector<Episode> episodes(db::ReadTx& tx, CaseId id);

std::optional<CaseId> known_case_of(const access::Scope<CaseTag>& scope, HouseholdId household);
std::vector<CaseLine> case_lines(const access::Scope<CaseTag>& scope, const std::vector<AgencyId>& mine, Date today, const CaseFilter& filter,
                                 const std::optional<CaseCursor>& from, int limit);
std::int64_t case_count(const access::Scope<CaseTag>& scope, const std::vector<AgencyId>& mine, Date today, const CaseFilter& filter);

/// A reach of an agency on a household today, to be narrowed when the case ends.
struct StandingReach {
  AgencyId party;
  std::optional<PersonId> person;
  access::Topics topics;
  access::GroundKind kind = access::GroundKind::consent;
  std::int64_t source = 0;
  Date until;                       // inclusive
  bool team = false;                // by way of the team; else named in the ground
  std::string basis;                // statute or form, in its text version
};
/// Ids of the records of a kind that hang on the household.
std::vector<std::int64_t> records_below(db::ReadTx& tx, HouseholdId household, SubjectKind kind);
std::vector<StandingReach> standing_reaches(db::ReadTx& tx, HouseholdId household, Date on);

}  // namespace kasane::casework::store
