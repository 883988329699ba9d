// Use cases of 協力依頼 (社会福祉法106条の6第3項). A request is known to the agency that asks and to the one that is asked, to
// nobody else; what must be told of the household so that it can be answered is a ground that ends with the answer.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "consent/cooperation_model.hpp"
#include "consent/settings.hpp"

namespace kasane::consent {

/// Sends it in the name of a 支援会議 that an agency of the viewer may hold; that agency holds the request. The asked
/// agency reaches just this record, and of the household the chosen topics until it has answered.
/// Errors: invalid (body, to, outside, question, topics, due_on, person), not_found (household), not_permitted.
Result<CooperationRequestId> ask_for_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewCooperation what);
/// Errors: not_found.
Result<Cooperation> cooperation(db::ReadTx& tx, access::Gate& gate, CooperationRequestId id);
/// The register of a year: those that the viewer may know, by number.
std::vector<Cooperation> cooperations(db::ReadTx& tx, access::Gate& gate, FiscalYear year);
/// By the asked agency, or by the one that asked where the answer came on paper or by phone. The clock stops once.
/// Errors: invalid (answer, on), conflict (answered or withdrawn), stale, not_found, not_permitted.
Result<> answer_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id, CooperationAnswer answer);
/// The agency that asked has read the answer. Reading twice is reading once. Errors: not_found, not_permitted.
Result<> read_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id);
/// By the agency that asked: nothing of it is open to the other any more. Errors: conflict, stale, not_found,
/// not_permitted.
Result<> withdraw_cooperation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CooperationRequestId id, std::int64_t version);

}  // namespace kasane::consent
