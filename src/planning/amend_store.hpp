// SQL of changes that a meeting made in a submitted plan.
#pragma once
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "planning/amend_service.hpp"

namespace kasane::planning::store {

/// Raises the version of a submitted plan without a finding; false when it is none, or the version has moved on.
bool begin_amendment(db::WriteTx& tx, const access::Permit<PlanTag>& permit, std::int64_t version);
/// Keeps what stood there and puts the new wording; nothing where the row says so already or the writer does not see it.
/// Rows changed.
std::int64_t amend_row(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const RowChange& change, const access::Actor& actor);
/// Takes the row out and keeps it whole; nothing where the writer does not see it. Rows taken out.
std::int64_t drop_row(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const RowChange& change, const access::Actor& actor);
void add_goal(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const NewGoal& goal, const access::Actor& actor);
void add_role(db::WriteTx& tx, const access::Permit<PlanTag>& permit, AgendaItemId item, const NewRole& role, const access::Actor& actor);
/// Whether something was changed at this item before.
bool amended_in(const access::Permit<PlanTag>& permit, AgendaItemId item);
std::vector<Amendment> amendments(const access::Permit<PlanTag>& permit);

}  // namespace kasane::planning::store
