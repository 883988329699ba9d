// Accounts, signing in and out, throttling, drafts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/crypto.hpp"
#include "programme/account_store.hpp"
#include "programme/context.hpp"

namespace kasane::programme {

/// argon2id for accounts: 19 MiB and 2 passes, so that several sign-ins at once keep the program small.
inline constexpr PasswordCost kPasswordCost{2, 19u << 20};

struct NewPost {
  AgencyId agency;
  Role role = Role::window_counsellor;
  std::string title;
  std::string services;  // codes joined by ','
  Date from;
  Date until = *Date::from_iso(access::kForever);
};
struct NewAccount {
  std::string login;
  std::string display_name;
  std::string password;  // at least kShortestPassword characters
  std::vector<NewPost> posts;
};
inline constexpr std::size_t kShortestPassword = 10;

/// Errors: invalid (login taken or of other signs than a-z 0-9 . - _, password too short).
Result<AccountId> add_account(db::WriteTx& tx, const NewAccount& account, UtcMs now);

struct SignedInAs {
  std::string token;  // for the cookie
  AccountId account;
};
/// Errors: invalid (wrong name or password: the two look alike, also in time), unavailable (too many tries: wait).
/// Throttled per login name and per client address.
Result<SignedInAs> sign_in(City& city, std::string_view login, std::string_view password, std::string_view client);
void sign_out(City& city, std::string_view token_hash);
/// Ends every session of the account, on all devices.
std::int64_t sign_out_everywhere(db::WriteTx& tx, AccountId account, UtcMs now);
/// The session's account with its posts of today; nothing when the session ended, is idle for twelve hours, or the
/// account is closed or has no post today.
std::optional<SignedIn> who_is(City& city, std::string_view token);
std::string token_hash(std::string_view token);

/// Drafts are encrypted with the city's key and belong to one account.
void save_draft(City& city, AccountId account, const std::string& key, std::string_view body);
std::optional<std::string> load_draft(City& city, AccountId account, const std::string& key);

/// Japanese name of a role.
std::string_view role_label(Role role);

}  // namespace kasane::programme
