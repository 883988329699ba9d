// Steps that several subjects of planning share. Callers have passed the door.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

Error saved_by_other();
SubjectRef ref(PlanId id);

/// That a sensitive agency is on the plan is itself a matter of abuse: its roles take that topic.
void guard_roles(db::ReadTx& tx, HouseholdId household, std::vector<NewRole>& roles);
/// Roles of an agency that the city does not know (role_1_who …).
std::vector<FieldError> faults_of_agencies(const Settings& city, const std::vector<NewRole>& roles);

/// The task of every role of an agency that has none yet, as far as the viewer sees the roles. Number made.
Result<int> make_tasks(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const access::Permit<PlanTag>& permit, const PlanHead& plan);

/// Makes up for roles whose topic the decider could not see (abuse): by somebody who sees them. Errors: those of the
/// gate; conflict when the plan is not in force.
Result<int> make_missing_tasks(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id);
/// Roles of a plan in force that have no task yet and that the viewer sees. Errors: those of the gate.
Result<std::vector<PlanRole>> roles_without_task(db::ReadTx& tx, access::Gate& gate, PlanId id);

}  // namespace kasane::planning
