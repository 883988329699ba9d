// SQL of in-household protection: measures, terms, 相手方, the other side, alarms, whom agencies serve, relations of staff.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "people/protection_model.hpp"

namespace kasane::people::protection_store {

using MeasurePermit = access::Permit<ProtectiveMeasureTag>;
using ConflictPermit = access::Permit<ConflictTag>;

void add_measure(db::WriteTx& tx, const MeasurePermit& permit, const NewMeasure& what, std::optional<Date> until);
void add_term(db::WriteTx& tx, ProtectiveMeasureId id, const MeasureTerm& term, const access::Actor& actor);
/// False when a later term stands or the version moved on.
bool renew(db::WriteTx& tx, const MeasurePermit& permit, Date until, std::int64_t version);
bool end(db::WriteTx& tx, const MeasurePermit& permit, Date on, std::int64_t version);
/// False when the version moved on: for changes of what hangs on the measure.
bool touch(db::WriteTx& tx, const MeasurePermit& permit, std::int64_t version);

std::optional<MeasureLine> measure(const MeasurePermit& permit);
std::vector<Opponent> opponents(const MeasurePermit& permit);
std::vector<MeasureTerm> terms(db::ReadTx& tx, ProtectiveMeasureId id);
/// Of one household, that the viewer may know; newest first, at most 50.
std::vector<MeasureLine> measures(const access::Scope<ProtectiveMeasureTag>& scope, HouseholdId household);
/// Standing ones that the viewer may know, of which a 相手方 or the protected person belongs to this household today; at
/// most 50.
std::vector<MeasureLine> measures_touching(const access::Scope<ProtectiveMeasureTag>& scope, HouseholdId household, Date today);

// --- what follows is computed for everybody, whoever acts: plain facts, shown to nobody from here ---

/// A standing measure as the shields are computed from it.
struct Standing {
  ProtectiveMeasureId id;
  HouseholdId household;
  PersonId person;
  AgencyId holder;
  bool whole = false;
  bool same_roof = false;
};
std::optional<Standing> standing(db::ReadTx& tx, ProtectiveMeasureId id);
/// Standing measures that this household or person has to do with, on either side.
std::vector<ProtectiveMeasureId> concerned(db::ReadTx& tx, HouseholdId household, std::optional<PersonId> person, Date today);
/// Households to which the protected person belongs today, the one she fled to among them.
std::vector<HouseholdId> homes(db::ReadTx& tx, const Standing& m, Date today);
/// How near the nearest registered 相手方 is to a household.
struct Belonging {
  bool ever = false;
  bool lives_there = false;
};
Belonging belonging(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today);
/// Parties that serve a 相手方 or a household of his other than the protected person's. Without the holder.
std::vector<std::int64_t> serving(db::ReadTx& tx, const Standing& m, Date today);
/// Whether the party also serves the protected person or her household.
bool serves_both(db::ReadTx& tx, const Standing& m, std::int64_t party, Date today);
/// Accounts of the agency that have acted for the protected person or her household and never for a 相手方.
std::vector<AccountId> helpers(db::ReadTx& tx, const Standing& m, std::int64_t party, Date today);
/// Exempt accounts that have acted for a 相手方, but for those of whom the holder has been told ("helper" alarm).
std::vector<AccountId> turned_helpers(db::ReadTx& tx, const Standing& m, Date today);
/// Agencies of the other side that hold, serve or are in the team of this household.
std::vector<std::int64_t> sides_around(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today);
/// Whether a 相手方 belongs to the household today.
bool opponent_belongs(db::ReadTx& tx, const Standing& m, HouseholdId household, Date today);
/// Whether the person is a 相手方 of the measure.
bool is_opponent(db::ReadTx& tx, ProtectiveMeasureId id, PersonId person);
/// Measures with a 相手方 who is not registered and bears this person's name.
std::vector<ProtectiveMeasureId> same_name(const access::Permit<PersonTag>& person);
/// Measures with a 相手方, registered or not, who bears this name; for who may change an agenda item.
std::vector<ProtectiveMeasureId> opponents_called(const access::Permit<AgendaItemTag>& item, const std::string& name);
bool is_protected(db::ReadTx& tx, PersonId person);
/// Protected persons with a standing measure whose 相手方 lives, or may live, in this household.
std::vector<PersonId> protected_at_home(db::ReadTx& tx, HouseholdId household, Date today);

std::vector<SideRow> sides(db::ReadTx& tx, ProtectiveMeasureId id);
/// False when the party stands there already.
bool add_side(db::WriteTx& tx, ProtectiveMeasureId id, std::int64_t party, bool agency, bool named, Date on);
void set_standing(db::WriteTx& tx, ProtectiveMeasureId id, std::int64_t party, bool lifted);
/// `seen`: what the holder decided knowingly, kept so that it is not told again.
void add_alarm(db::WriteTx& tx, ProtectiveMeasureId id, std::string_view code, std::optional<std::int64_t> party, Date on, bool seen = false);
std::vector<ProtectionAlarm> alarms(db::ReadTx& tx, ProtectiveMeasureId id);
/// Those up to this alarm; with a party, only what is about it.
void see_alarms(db::WriteTx& tx, ProtectiveMeasureId id, Date on, std::int64_t up_to, std::optional<std::int64_t> party = {});
bool any_unseen(db::ReadTx& tx, ProtectiveMeasureId id);
void add_serving(db::WriteTx& tx, const Serving& serving, Date on);

/// Staff of an agency with a post on that day that works with cases; at most 100.
std::vector<StaffName> staff_of(db::ReadTx& tx, AgencyId agency, Date on);
std::optional<StaffName> staff_name(db::ReadTx& tx, AccountId account);
/// Everybody with a post that works with cases, by agency; at most 500.
std::vector<StaffName> all_staff(db::ReadTx& tx, Date on);
/// Agencies with a direct ground on the measure today.
std::vector<AgencyId> informed(db::ReadTx& tx, ProtectiveMeasureId id, Date today);
/// Persons who belong or belonged to the household.
std::vector<PersonId> members_ever(db::ReadTx& tx, HouseholdId household);

// --- staff related to a household ---

void add_relation(db::WriteTx& tx, ConflictId id, AccountId account, HouseholdId household, std::optional<ProtectiveMeasureId> measure, Date on,
                  const access::Actor& actor);
/// Standing self-declared relations of a household: id and account.
struct StandingRelation {
  ConflictId id;
  AccountId account;
  HouseholdId household;  // as declared
  Date from;
};
/// Those declared of this household, or of any to which the person ever belonged.
std::vector<StandingRelation> relations_of(db::ReadTx& tx, HouseholdId household, std::optional<PersonId> person, Date today);
/// Where else anybody who has belonged to the household since that day has lived since then.
std::vector<HouseholdId> homes_since(db::ReadTx& tx, HouseholdId household, Date from);
bool is_related(db::ReadTx& tx, HouseholdId household, AccountId account, Date today);
std::optional<RelationView> relation(const ConflictPermit& permit);
bool lift_relation(db::WriteTx& tx, const ConflictPermit& permit, Date last, const std::string& reason, std::int64_t version);
void end_relations_of_measure(db::WriteTx& tx, ProtectiveMeasureId id, Date last);
void end_relation_of_measure(db::WriteTx& tx, ProtectiveMeasureId id, AccountId account, Date last);

}  // namespace kasane::people::protection_store
