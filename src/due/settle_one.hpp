// Settling what awaits one party alone, where each of several has to do it for itself.
#pragma once
#include <cstdint>
#include <string_view>

#include "access/facts.hpp"
#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::due {

/// Settles the open items of this kind and subject that await this party; those of others stay. Number settled.
std::int64_t settle_for(db::WriteTx& tx, SubjectRef subject, std::string_view kind, std::int64_t party, const access::Actor& actor);

}  // namespace kasane::due
