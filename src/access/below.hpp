// What hangs on a root, as plain facts for the rooms that lend a part of it: shown to nobody.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "access/model.hpp"
#include "db/tx.hpp"

namespace kasane::access {

/// Persons registered there.
std::vector<PersonId> persons_below(db::ReadTx& tx, std::int64_t root);
/// Whether the party is kept on that day from the root or from somebody registered there, in whatever topic.
bool is_kept_from(db::ReadTx& tx, std::int64_t party, std::int64_t root, Date on);
/// Records below the root (not the root itself) that leave their holder, that these topics suffice for and that are about
/// this person or nobody in particular: those of the holder, or with `entries` also the register's entries of persons and
/// of who belongs there, whoever holds them.
struct Lent {
  AgencyId holder;
  std::optional<PersonId> person;
  Topics topics;
  bool entries = false;
};
std::vector<std::int64_t> records_below(db::ReadTx& tx, std::int64_t root, const Lent& lent);
/// Which of these ids are records of that kind.
std::vector<std::int64_t> of_kind(db::ReadTx& tx, SubjectKind kind, const std::vector<std::int64_t>& ids);
/// What one must be allowed to see to know that the record exists.
void set_topics(db::WriteTx& tx, SubjectRef subject, Topics topics);

/// Whose record it is; nobody's where there is none.
AgencyId holder_of(db::ReadTx& tx, std::int64_t record);

}  // namespace kasane::access
