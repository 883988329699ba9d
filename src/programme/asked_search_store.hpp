#pragma once
#include <optional>
#include <string>

#include "db/tx.hpp"

namespace kasane::programme {

struct AskedSearch {
  std::string key, session_hash, cipher;
  UtcMs asked_at = 0;
};
void put_search(db::WriteTx& tx, const AskedSearch& search);
std::optional<std::string> search_cipher(db::ReadTx& tx, const std::string& key, const std::string& session_hash);
/// Searches asked before `before`: a session that is used no longer ends without a word.
void forget_searches(db::WriteTx& tx, UtcMs before);

}  // namespace kasane::programme
