#include "meeting/feed_service.hpp"

#include <algorithm>

#include "access/rules.hpp"
#include "base/crypto.hpp"
#include "meeting/feed_store.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

namespace {
std::string hash_of(std::string_view token) { return to_hex(sha256(token)); }
}  // namespace

std::optional<FeedState> feed_of(db::ReadTx& tx, AccountId account) {
  const auto made = store::feed_made_at(tx, account);
  return made ? std::optional(FeedState{*made}) : std::nullopt;
}

std::string make_feed(db::WriteTx& tx, AccountId account, UtcMs now) {
  std::string token = random_token(32);
  store::set_feed(tx, account, hash_of(token), now);
  return token;
}

void drop_feed(db::WriteTx& tx, AccountId account) { store::drop_feed(tx, account); }

std::optional<std::string> feed(db::ReadTx& tx, const Settings& city, std::string_view token, Date today) {
  const auto account = store::account_of_feed(tx, hash_of(token));
  if (!account) return std::nullopt;
  const auto row = programme::account_by_id(tx, *account);
  if (!row || !row->active) return std::nullopt;
  const Roles readers = access::roles_for(SubjectKind::meeting_session, access::Act::read);
  std::vector<AgencyId> agencies;
  for (const programme::PostRow& post : programme::posts_on(tx, *account, today))
    if (readers.has(post.role)) agencies.push_back(post.agency);
  if (agencies.empty()) return std::nullopt;
  std::vector<ical::Event> events;
  for (const store::FeedLine& line : store::sittings_of(tx, agencies, *account, today.plus_months(-kFeedMonthsBack), today.plus_months(kFeedMonthsAhead)))
    events.emplace_back(city, line.session, line.minutes, line.asking);
  return ical::calendar(ical::Method::feed, events, start_of(today));
}

}  // namespace kasane::meeting
