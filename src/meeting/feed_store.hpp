// SQL of calendar feeds.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

void set_feed(db::WriteTx& tx, AccountId account, const std::string& token_hash, UtcMs now);
void drop_feed(db::WriteTx& tx, AccountId account);
std::optional<UtcMs> feed_made_at(db::ReadTx& tx, AccountId account);
std::optional<AccountId> account_of_feed(db::ReadTx& tx, const std::string& token_hash);

struct FeedLine {
  Session session;      // without the number of its items
  int minutes = 0;      // 0: nothing says
  bool asking = false;  // its day is asked about
};
/// Sittings in this time to which one of these agencies (or the account itself) is invited, or that one of them called.
/// Soonest first, at most 500.
std::vector<FeedLine> sittings_of(db::ReadTx& tx, const std::vector<AgencyId>& agencies, AccountId account, Date from, Date to);

}  // namespace kasane::meeting::store
