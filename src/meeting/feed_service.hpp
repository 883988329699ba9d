// Calendar feeds: one secret address for each account, which shows the sittings that its agencies are invited to or call, by
// body, place and time. It says nothing of any item, and it stops with the account, with its posts, or when it is taken back.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "access/model.hpp"
#include "db/tx.hpp"
#include "meeting/ical.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

inline constexpr int kFeedMonthsBack = 1;
inline constexpr int kFeedMonthsAhead = 6;

struct FeedState {
  UtcMs made_at = 0;
};
std::optional<FeedState> feed_of(db::ReadTx& tx, AccountId account);
/// The token of a fresh address, shown once and kept nowhere; an earlier address opens no more.
std::string make_feed(db::WriteTx& tx, AccountId account, UtcMs now);
void drop_feed(db::WriteTx& tx, AccountId account);

/// The calendar behind a token. Nothing, alike, for an unknown token, one that was taken back, an account that is closed, and
/// one that has no post to do with meetings today. The same text all day while nothing changes.
std::optional<std::string> feed(db::ReadTx& tx, const Settings& city, std::string_view token, Date today);

}  // namespace kasane::meeting
