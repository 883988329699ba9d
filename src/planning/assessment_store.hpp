// SQL of assessments. The callers have passed the door.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "planning/assessment_service.hpp"

namespace kasane::planning::store {

void add_assessment(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, HouseholdId household, CaseId case_id, Date on);
std::optional<AssessmentId> assessment_id(db::ReadTx& tx, CaseId case_id);
/// Parts of sections that the viewer may see; those of `guarded` agencies only where matters of abuse are seen.
std::vector<Part> parts(const access::Permit<AssessmentTag>& permit, const std::vector<AgencyId>& guarded);
/// Each gives false when `version` is no longer the stored one.
bool add_part(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, const PartIn& part, AgencyId agency, AccountId account, UtcMs now);
bool set_part(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, const PartIn& part, AgencyId agency, AccountId account, UtcMs now);

}  // namespace kasane::planning::store
