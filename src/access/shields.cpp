#include "access/shields.hpp"

#include "access/facts.hpp"

namespace kasane::access {

void put_shields(db::WriteTx& tx, std::int64_t source, const std::vector<Shield>& shields, const std::vector<AccountId>& exempt) {
  tx.run(R"sql(DELETE FROM access_shield WHERE source_id = $1)sql", db::params(source));
  tx.run(R"sql(DELETE FROM access_shield_exempt WHERE source_id = $1)sql", db::params(source));
  for (const Shield& s : shields) add_shield(tx, {s.parties, PersonId(s.about), s.topics, s.from, s.until, source});
  for (const AccountId account : exempt)
    tx.run(R"sql(INSERT INTO access_shield_exempt (source_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql",
           db::params(source, account));
}

std::vector<AccountId> exempt_from(db::ReadTx& tx, std::int64_t source) {
  return tx.list<AccountId>(R"sql(SELECT account_id FROM access_shield_exempt WHERE source_id = $1 ORDER BY account_id)sql", db::params(source),
                            [](const db::Row& r) { return r.id<AccountTag>(0); });
}

}  // namespace kasane::access
