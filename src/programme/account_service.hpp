// Accounts, signing in and out, throttling, drafts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "programme/account_store.hpp"
#include "programme/context.hpp"
#include "programme/password_service.hpp"
#include "programme/session_limits.hpp"

namespace kasane::programme {

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
  std::string password;  // at least kShortestPassword characters; who lets a person choose it asks why_not_password too
  std::vector<NewPost> posts;
  std::optional<UtcMs> first_password_until = {};  // where the program made the password
};

/// Errors: invalid (login taken or of other signs than a-z 0-9 . - _, password too short).
Result<AccountId> add_account(db::WriteTx& tx, const NewAccount& account, UtcMs now);

struct SignedInAs {
  std::string token;  // for the cookie
  std::string csrf;
  AccountId account;
  std::string known;  // the browser's memory anew, for its cookie
};
/// What the browser brings along when somebody signs in.
struct Browser {
  std::string_view known = {};    // its memory of accounts (known_browser.hpp)
  std::string_view earlier = {};  // token of the session before; when it was this account's, its open forms stay good
};
/// Errors: invalid (wrong name or password: the two look alike, also in time; a first password that ran out), unavailable
/// (too many failures: wait, see throttle.hpp).
Result<SignedInAs> sign_in(City& city, std::string_view login, std::string_view password, std::string_view client, const Browser& browser = {});
/// How long sign_in would ask to wait now.
UtcMs wait_to_sign_in(City& city, std::string_view login, std::string_view client, const Browser& browser);
void sign_out(City& city, std::string_view token_hash);
/// Ends every session of the account, on all devices.
std::int64_t sign_out_everywhere(db::WriteTx& tx, AccountId account, UtcMs now);
struct OpenSession : SignedIn {
  /// Signed in with a password that the program made: nothing opens until it is changed.
  bool must_change_password = false;
};
/// The session's account with its posts of today; nothing when the session ended or has run out, or the account is closed or
/// has no post today.
std::optional<OpenSession> who_is(City& city, std::string_view token, const SessionLimits& limits = {});
/// The session of this token when it has run out, and neither its holder nor anybody else has ended it: what a page of it
/// still sends is held until its holder signs in again.
std::optional<LoginSession> session_that_ran_out(City& city, std::string_view token, const SessionLimits& limits = {});
/// Forgets ended sessions and failures that no longer count; each night.
void sweep_sign_ins(City& city);
std::string token_hash(std::string_view token);

/// Drafts are encrypted with the city's key and belong to one account.
void save_draft(City& city, AccountId account, const std::string& key, std::string_view body);
std::optional<std::string> load_draft(City& city, AccountId account, const std::string& key);

/// Japanese name of a role.
std::string_view role_label(Role role);

}  // namespace kasane::programme
