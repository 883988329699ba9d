// What failed tries cost. Nobody is shut out: from a number of failures on, the next try has to wait, longer each time, and
// only where the failures were: an account in one browser, an account from one address, an address. Whoever shares an address
// with somebody who guesses waits a few seconds at most, and not at all in a browser in which the account has been used before.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "programme/account_store.hpp"

namespace kasane::programme {

/// A failure counts until none has followed for so long.
inline constexpr UtcMs kFailuresCount = 24 * 60 * 60'000LL;

struct Brake {
  std::string key;           // of the row that counts
  std::int64_t free = 0;     // failures that cost nothing
  UtcMs longest_pause = 0;
};

/// The first is the caller's own; the others are shared with whoever else is counted there.
using Brakes = std::vector<Brake>;

/// The brakes of signing in. `known`: the entry of this account in the browser's memory (known_browser.hpp); it counts for
/// itself, so that neither guesses made elsewhere slow it down nor a stolen one guesses freely.
Brakes sign_in_brakes(std::string_view secret, std::string_view login, std::string_view client, std::string_view known);
/// The brake of asking for the present password of somebody who is signed in.
Brakes own_password_brakes(std::string_view secret, AccountId account);

/// How long the next try has to wait; 0: not at all.
UtcMs pause_left(db::ReadTx& tx, const Brakes& brakes, UtcMs now);
/// Counts a try as failed before it is made, so that many at once are counted too. Returns what pause_left says; when that is
/// not 0, nothing is counted and nothing may be tried.
UtcMs begin_try(db::Database& db, const Brakes& brakes, UtcMs now);
/// The try went well: its own failures are forgotten, and taken back where others are counted too.
void forgive(db::WriteTx& tx, const Brakes& brakes);

/// Whether a row that counts within a window of time still does. One from a clock that ran ahead does not.
inline bool within(const Throttle& counted, UtcMs window, UtcMs now) { return counted.since <= now && now - counted.since < window; }

/// For the person: "30秒" or "5分".
std::string pause_text(UtcMs pause);

}  // namespace kasane::programme
