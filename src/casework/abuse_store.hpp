// SQL of reports of abuse.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "casework/abuse_model.hpp"
#include "db/tx.hpp"

namespace kasane::casework::abuse_store {

using ReportPermit = access::Permit<NoticeTag>;

void add(db::WriteTx& tx, const ReportPermit& permit, const NewAbuseReport& in);
/// Nothing when the record behind the permit is an ordinary notice.
std::optional<AbuseReport> read(const ReportPermit& permit);
std::vector<AbuseLine> list(access::Gate& gate, int limit);
std::vector<AbuseLine> about(access::Gate& gate, HouseholdId household, int limit);
bool waits(db::ReadTx& tx, NoticeId id);

}  // namespace kasane::casework::abuse_store
