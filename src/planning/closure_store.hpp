// SQL of evaluations and closures. The callers have passed the door.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "planning/closure_service.hpp"

namespace kasane::planning::store {

void add_evaluation(const access::Permit<EvaluationTag>& permit, db::WriteTx& tx, const NewEvaluation& in, CaseId case_id, AgencyId agency);
std::vector<Evaluation> evaluations(db::ReadTx& tx, const access::Scope<EvaluationTag>& scope, PlanId plan);

void add_closure(const access::Permit<ClosureTag>& permit, db::WriteTx& tx, const NewClosure& in, HouseholdId household, int episode);
std::vector<ClosureLine> closures_waiting(const access::Scope<ClosureTag>& scope);
std::vector<Closure> closures(const access::Scope<ClosureTag>& scope, CaseId case_id);
std::optional<Closure> closure(const access::Permit<ClosureTag>& permit);
/// Whether a proposal of this case waits; a plain fact.
bool closure_open(db::ReadTx& tx, CaseId case_id);
/// False when it was closed or taken back already.
bool set_closed(db::WriteTx& tx, ClosureId id, AgendaItemId item, Date on);
bool set_withdrawn(db::WriteTx& tx, ClosureId id, Date on);

}  // namespace kasane::planning::store
