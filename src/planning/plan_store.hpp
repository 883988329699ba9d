// SQL of plans: the plan, its 本人, goals, role division and 支援決定. The callers have passed the door.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"
#include "planning/sitting_wait.hpp"

namespace kasane::planning::store {

void add_plan(const access::Permit<PlanTag>& permit, db::WriteTx& tx, const PlanHead& head, const PlanContent& content);
/// A new version of `from`, copied row by row, also what its writer does not see.
void copy_plan(db::WriteTx& tx, PlanId from, const access::Permit<PlanTag>& to);
/// Changes head texts and replaces goals and roles, as far as the writer sees them. False when `version` is no longer
/// the stored one or it is no draft.
bool set_content(const access::Permit<PlanTag>& permit, db::WriteTx& tx, std::int64_t version, const PlanContent& content);

/// Plain facts for rules.
std::optional<PlanHead> plan_head(db::ReadTx& tx, PlanId id);
std::vector<PlanId> in_force_of_lineage(db::ReadTx& tx, PlanId lineage, PlanId except);
std::vector<PlanHead> open_of_case(db::ReadTx& tx, CaseId case_id);
std::optional<PlanId> open_draft(db::ReadTx& tx, CaseId case_id, PlanKind kind, AgencyId author);
std::optional<PlanId> open_of_lineage(db::ReadTx& tx, PlanId lineage);
std::vector<PlanPerson> persons(db::ReadTx& tx, PlanId id);
std::optional<FindingNote> finding(db::ReadTx& tx, PlanId id);

/// Moves the plan along; false when `version` is no longer the stored one. Only the fields of the head that a step
/// changes: state, dates, bundle, mark, review.
bool set_head(db::WriteTx& tx, const PlanHead& head, std::int64_t version);
void set_finding(db::WriteTx& tx, PlanId id, const FindingNote& finding);
void clear_finding(db::WriteTx& tx, PlanId id);
void set_laid(db::WriteTx& tx, PlanId id, const std::optional<Laid>& laid);
std::optional<Laid> laid(db::ReadTx& tx, PlanId id);
void set_agreed(db::WriteTx& tx, PlanId id, PersonId person, Date on);
std::int64_t mark_withdrawn(db::WriteTx& tx, PersonId person);
void set_task(db::WriteTx& tx, std::int64_t role, TaskId task);

std::optional<PlanView> plan_view(const access::Permit<PlanTag>& permit);
/// Roles of agencies that have no task yet, as far as the viewer sees them.
std::vector<PlanRole> roles_without_task(const access::Permit<PlanTag>& permit);

std::vector<PlanHead> heads_of_case(const access::Scope<PlanTag>& scope, CaseId case_id);
std::vector<PlanHead> heads_of_lineage(const access::Scope<PlanTag>& scope, PlanId lineage);
std::vector<PlanLine> waiting(const access::Scope<PlanTag>& scope);
std::vector<PlanLine> for_review(const access::Scope<PlanTag>& scope, Date until);
std::vector<PlanLine> marked(const access::Scope<PlanTag>& scope);

struct NewDecision {
  DecisionId id;
  CaseId case_id;
  bool approved = false;
  Date on;
  AccountId decider;
  AgencyId agency;
  std::optional<AgendaItemId> item;
  std::string note;
  UtcMs made_at = 0;
};
/// `permit`: to decide the plan.
void add_decision(const access::Permit<PlanTag>& permit, db::WriteTx& tx, const NewDecision& decision);

}  // namespace kasane::planning::store
