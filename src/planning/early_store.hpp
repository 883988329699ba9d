// SQL of starts before the decision. They hang on the case: the callers have its permit.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "planning/early_service.hpp"

namespace kasane::planning::store {

void add_early(const access::Permit<CaseTag>& permit, db::WriteTx& tx, const EarlyStart& start, const std::string& free_reason);
std::vector<EarlyStart> early_of_case(const access::Permit<CaseTag>& permit);
std::vector<EarlyStartLine> to_ratify(const access::Scope<CaseTag>& scope);
struct EarlyFacts {
  CaseId case_id;
  HouseholdId household;
  std::string service;
  AgencyId agency;
  std::optional<Date> ratified_on;
};
std::optional<EarlyFacts> early_facts(db::ReadTx& tx, std::int64_t id);
/// The agency that holds the case.
std::optional<AgencyId> holder_of_case(db::ReadTx& tx, CaseId id);
void set_ratified(db::WriteTx& tx, std::int64_t id, AgendaItemId item, Date on);
/// The soonest day by which something of the case is still to be ratified.
std::optional<Date> next_to_ratify(db::ReadTx& tx, CaseId case_id);

}  // namespace kasane::planning::store
