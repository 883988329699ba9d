#include "programme/asked_search_store.hpp"

namespace kasane::programme {

void put_search(db::WriteTx& tx, const AskedSearch& s) {
  tx.run(R"sql(INSERT INTO asked_search (search_key, session_hash, cipher, asked_at) VALUES ($1, $2, $3, $4))sql",
         db::params(s.key, s.session_hash, db::Blob(s.cipher.begin(), s.cipher.end()), s.asked_at));
}
std::optional<std::string> search_cipher(db::ReadTx& tx, const std::string& key, const std::string& session_hash) {
  return tx.one<std::string>(R"sql(SELECT cipher FROM asked_search WHERE search_key = $1 AND session_hash = $2)sql", db::params(key, session_hash),
                             [](const db::Row& r) {
                               const db::Blob b = r.blob(0);
                               return std::string(b.begin(), b.end());
                             });
}
void forget_searches(db::WriteTx& tx, UtcMs before) { tx.run(R"sql(DELETE FROM asked_search WHERE asked_at < $1)sql", db::params(before)); }

}  // namespace kasane::programme
