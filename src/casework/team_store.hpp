// SQL of involvements and of the colleagues of an agency.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "casework/team_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

void add_involvement(const access::Permit<InvolvementTag>& permit, db::WriteTx& tx, const NewInvolvement& in);
std::vector<Involvement> involvements(const access::Scope<InvolvementTag>& scope, HouseholdId household);
std::optional<Involvement> involvement(const access::Permit<InvolvementTag>& permit);
std::optional<HouseholdId> household_of(db::ReadTx& tx, InvolvementId id);

/// By the holder of the row. False when `version` is no longer the stored one.
bool set_involvement(const access::Permit<InvolvementTag>& permit, db::WriteTx& tx, const InvolvementChange& in, std::int64_t version);
/// By those who may change the case of its household.
bool set_involvement(const access::Permit<CaseTag>& permit, db::WriteTx& tx, InvolvementId id, const InvolvementChange& in, std::int64_t version);
/// False when `version` is no longer the stored one or it has ended.
bool end_involvement(db::WriteTx& tx, InvolvementId id, Date last_day, std::int64_t version);

/// Plain facts of one involvement, for rules of joining, leaving and closing; nobody sees them.
struct TeamRow {
  InvolvementId id;
  AgencyId agency;
  InvolvementRole role = InvolvementRole::member;
  bool guarded = false;
  std::int64_t version = 1;
};
/// All that have not ended, whoever may know of them.
std::vector<TeamRow> current_team(db::ReadTx& tx, HouseholdId household);

/// Whether the agency has rows there and all of them are guarded: those that stand, or where none does, those that ended.
bool all_rows_guarded(db::ReadTx& tx, HouseholdId household, AgencyId agency);
/// Whether the viewer knows some row of the agency there.
bool knows_involvement(const access::Scope<InvolvementTag>& scope, HouseholdId household, AgencyId agency);

/// Last contact and next date of an agency's current involvements. The contact only moves forward.
/// `only`: just involvements about this person, where a day seen by others would tell of a protected one.
void note_contact(db::WriteTx& tx, HouseholdId household, AgencyId agency, Date on, std::optional<PersonId> only = {});
/// Sets it anew after a correction.
void set_contact(db::WriteTx& tx, HouseholdId household, AgencyId agency, std::optional<Date> on);
void note_next(db::WriteTx& tx, HouseholdId household, AgencyId agency, Date next_on, std::optional<PersonId> only = {});

bool works_in(db::ReadTx& tx, AccountId account, AgencyId agency, Date on);
std::vector<Colleague> colleagues(db::ReadTx& tx, AgencyId agency, Date on);

}  // namespace kasane::casework::store
