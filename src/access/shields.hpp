// Shields of one source (a protective measure, a declared relation) kept as a whole: what the source keeps from whom is
// computed by the room that holds it and put here in place of what stood before, in the same transaction.
#pragma once
#include <cstdint>
#include <vector>

#include "access/model.hpp"
#include "db/tx.hpp"

namespace kasane::access {

/// Beside the topics, in shields only: every record about the person but the entry in the register itself (name, age, who
/// lives there). For people under one roof, where that she lives there is no secret and what she says is.
inline constexpr Topics kMatters{1u << 16};
/// What of a shield's topics meets a record of this kind, besides the record's own topics.
constexpr Topics matters_of(SubjectKind kind) { return kind == SubjectKind::person ? Topics() : kMatters; }

/// Keeps `parties` from what is about `about` within `topics`. `about` is a person, or a root (a household): ids are
/// unique over all kinds, and a shield on a root covers everything that hangs on it.
struct Shield {
  std::vector<std::int64_t> parties;
  std::int64_t about = 0;
  Topics topics;
  Date from;
  Date until;  // inclusive
};

/// The shields of `source` are exactly these from now on, and `exempt` are the accounts whom they do not touch though
/// an agency of theirs is among the parties.
void put_shields(db::WriteTx& tx, std::int64_t source, const std::vector<Shield>& shields, const std::vector<AccountId>& exempt);
/// The accounts whom the shields of this source do not touch.
std::vector<AccountId> exempt_from(db::ReadTx& tx, std::int64_t source);

}  // namespace kasane::access
