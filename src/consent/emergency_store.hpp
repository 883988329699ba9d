// SQL of opening in an emergency.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "consent/emergency_model.hpp"
#include "db/tx.hpp"

namespace kasane::consent::store {

using EmergencyPermit = access::Permit<EmergencyAccessTag>;

/// The household of this number.
std::optional<HouseholdId> household_of_number(db::ReadTx& tx, const std::string& number);
/// What a search led to: a household, and who in it was looked for by name.
struct Match {
  HouseholdId household;
  std::optional<PersonId> person;
};
/// Households of living persons with exactly this name (without blanks) and birth date, at most three: the one place where
/// somebody is looked for who may not be known. Behind the permit of the opening itself, which is undone where it is not
/// exactly one. It reads all persons; tries are limited.
std::vector<Match> households_of_person(const EmergencyPermit& permit, const std::string& name, const std::string& birth, Date on);

void insert_emergency(db::WriteTx& tx, const EmergencyPermit& permit, const EmergencyFacts& facts, const std::string& reason);
std::optional<EmergencyFacts> emergency(db::ReadTx& tx, EmergencyAccessId id);
Emergency view(const EmergencyPermit& permit, const EmergencyFacts& facts);
/// Those that the viewer may know and that wait for review, the oldest first, at most 100.
std::vector<EmergencyFacts> to_review(const access::Scope<EmergencyAccessTag>& scope);
/// The newest of this account, at most 20.
std::vector<EmergencyFacts> of_account(db::ReadTx& tx, AccountId account);
/// For the auditor: the newest of all, at most 200.
std::vector<EmergencyFacts> newest(db::ReadTx& tx);
std::int64_t count_unreviewed(db::ReadTx& tx);
bool set_reviewed(db::WriteTx& tx, const EmergencyPermit& permit, std::int64_t version, Date on, AccountId by, Verdict verdict, const std::string& note);
void set_ended(db::WriteTx& tx, EmergencyAccessId id, UtcMs at);
/// Whose hours are over and that have not ended yet.
std::vector<EmergencyAccessId> run_out(db::ReadTx& tx, UtcMs now);

}  // namespace kasane::consent::store
