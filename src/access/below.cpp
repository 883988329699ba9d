#include "access/below.hpp"

namespace kasane::access {

std::vector<PersonId> persons_below(db::ReadTx& tx, std::int64_t root) {
  return tx.list<PersonId>(R"sql(SELECT id FROM access_subject WHERE root_id = $1 AND kind = $2 ORDER BY id)sql",
                           db::params(root, static_cast<std::int64_t>(SubjectKind::person)), [](const db::Row& r) { return r.id<PersonTag>(0); });
}

bool is_kept_from(db::ReadTx& tx, std::int64_t party, std::int64_t root, Date on) {
  return tx.exists(R"sql(SELECT 1 FROM access_shield d WHERE d.party_id = $1 AND d.valid_from <= $3 AND d.valid_until >= $3
                     AND (d.person_id = $2 OR d.person_id IN (SELECT s.id FROM access_subject s WHERE s.root_id = $2 AND s.kind = $4)) LIMIT 1)sql",
                   db::params(party, root, on, static_cast<std::int64_t>(SubjectKind::person)));
}

std::vector<std::int64_t> records_below(db::ReadTx& tx, std::int64_t root, const Lent& lent) {
  return tx.list<std::int64_t>(
      R"sql(SELECT s.id FROM access_subject s
            WHERE s.root_id = $1 AND s.id <> $1 AND s.sharing = 1 AND (s.topics & $3) = s.topics
              AND (CAST($4 AS BIGINT) = 0 OR s.person_id IS NULL OR s.person_id = $4) AND (s.holder_id = $2 OR (CAST($5 AS BIGINT) = 1 AND s.kind IN ($6, $7))) ORDER BY s.id)sql",
      db::params(root, lent.holder, static_cast<std::int64_t>(lent.topics.bits()), lent.person ? lent.person->value : std::int64_t{0},
                 std::int64_t{lent.entries ? 1 : 0}, static_cast<std::int64_t>(SubjectKind::person), static_cast<std::int64_t>(SubjectKind::membership)),
      [](const db::Row& r) { return r.i64(0); });
}

std::vector<std::int64_t> of_kind(db::ReadTx& tx, SubjectKind kind, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  std::vector<AgencyId> list;  // ids are unique over all kinds
  for (const std::int64_t id : ids) list.emplace_back(id);
  return tx.list<std::int64_t>(R"sql(SELECT s.id FROM access_subject s WHERE s.kind = $1 AND s.id IN {ids:$2} ORDER BY s.id)sql",
                               db::params(static_cast<std::int64_t>(kind), db::id_list(list)), [](const db::Row& r) { return r.i64(0); });
}

void set_topics(db::WriteTx& tx, SubjectRef subject, Topics topics) {
  tx.run(R"sql(UPDATE access_subject SET topics = $2 WHERE id = $1)sql", db::params(subject.id, static_cast<std::int64_t>(topics.bits())));
}

AgencyId holder_of(db::ReadTx& tx, std::int64_t record) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(record), [](const db::Row& r) { return r.id<AgencyTag>(0); })
      .value_or(AgencyId());
}

}  // namespace kasane::access
