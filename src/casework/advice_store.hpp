// SQL of advice without a case.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "casework/advice_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::advice_store {

using AdvicePermit = access::Permit<AdviceTag>;

void add(db::WriteTx& tx, const AdvicePermit& permit, const NewAdvice& in, Date on);
std::optional<Advice> read(const AdvicePermit& permit);
/// False when `version` is no longer the stored one or an answer stands.
bool set_answer(db::WriteTx& tx, const AdvicePermit& permit, std::int64_t version, const std::string& answer, Date on);

/// Newest first, older than `before` (0: from the newest).
std::vector<Advice> list(access::Gate& gate, bool answered, std::int64_t before, int limit);

}  // namespace kasane::casework::advice_store
