// SQL of intakes.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "casework/intake_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework::intake_store {

using IntakePermit = access::Permit<IntakeTag>;

void add(db::WriteTx& tx, const IntakePermit& permit, const NewIntake& intake);
std::optional<Intake> read(const IntakePermit& permit);
// Each is false when `version` is no longer the stored one.
bool change(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, const IntakeContent& content);
void take_back_abuse(db::WriteTx& tx, const IntakePermit& permit, Date on, const std::string& because);
bool set_screening(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, const Screening& screening);
bool set_household(db::WriteTx& tx, const IntakePermit& permit, std::int64_t version, HouseholdId household, std::optional<PersonId> person);

struct ListKey {
  Date day;
  std::int64_t id = 0;
};
/// Newest first. `unscreened`: only those without a result.
std::vector<IntakeLine> list(access::Gate& gate, bool unscreened, const std::optional<ListKey>& before, int limit);
std::vector<IntakeLine> about(access::Gate& gate, HouseholdId household, int limit);

}  // namespace kasane::casework::intake_store
