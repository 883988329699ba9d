// SQL of requests for progress. They hang on the case: its permit opens them.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "casework/progress_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

void add_progress(const access::Permit<CaseTag>& permit, db::WriteTx& tx, std::int64_t id, AgencyId to, AgencyId by, Date asked_on, Date due_on);
std::vector<Progress> progress(const access::Permit<CaseTag>& permit);
/// False when it was answered before.
bool answer_progress(const access::Permit<CaseTag>& permit, db::WriteTx& tx, std::int64_t id, Date on, const std::string& answer);
/// Whether an agency sees the case that day: it holds it, or a ground reaches it.
bool agency_sees(db::ReadTx& tx, std::int64_t subject, AgencyId agency, Date on);

}  // namespace kasane::casework::store
