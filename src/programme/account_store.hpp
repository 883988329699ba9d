// SQL of accounts, posts, sign-in sessions, throttling and drafts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/model.hpp"
#include "db/tx.hpp"

namespace kasane::programme {

struct AccountRow {
  AccountId id;
  std::string login;
  std::string display_name;
  std::string password_hash;
  bool active = true;
  std::int64_t version = 1;
  /// Until when the password opens anything, where the program made it; nothing where the person has chosen it.
  std::optional<UtcMs> first_password_until = {};
};
struct PostRow {
  PostId id;
  AccountId account;
  AgencyId agency;
  Role role;
  std::string title;
  std::string services;  // codes joined by ','
  Date from;
  Date until;
};
struct LoginSession {
  AccountId account;
  std::string csrf;
  UtcMs made_at = 0;
  UtcMs seen_at = 0;
};
struct Throttle {
  UtcMs since = 0;  // the first of the failures that are counted
  std::int64_t failures = 0;
  UtcMs last_at = 0;
};

std::optional<AccountRow> account_by_login(db::ReadTx& tx, std::string_view login);
std::optional<AccountRow> account_by_id(db::ReadTx& tx, AccountId id);
std::vector<AccountRow> accounts(db::ReadTx& tx, std::int64_t limit);
/// By login, those after `after`; in the agency only where one is named: who has a post there that day.
std::vector<AccountRow> accounts_after(db::ReadTx& tx, std::string_view after, AgencyId agency, Date on, std::int64_t limit);
/// Every account with the agencies of its posts of that day, by login.
struct AccountAgencies {
  AccountRow account;
  std::vector<AgencyId> agencies;
};
std::vector<AccountAgencies> accounts_with_agencies(db::ReadTx& tx, Date on);
void add_account(db::WriteTx& tx, const AccountRow& row, UtcMs now);
/// False when `version` is no longer the stored one.
bool set_account(db::WriteTx& tx, const AccountRow& row, std::int64_t version);
void set_password(db::WriteTx& tx, AccountId account, const std::string& hash, std::optional<UtcMs> first_until);
/// Posts valid on `on`.
std::vector<PostRow> posts_on(db::ReadTx& tx, AccountId account, Date on);
std::vector<PostRow> all_posts(db::ReadTx& tx, AccountId account);
/// Accounts with a post of one of these roles in the agency on that day.
std::vector<PostRow> posts_in(db::ReadTx& tx, AgencyId agency, Date on);
void add_post(db::WriteTx& tx, const PostRow& row);
void end_post(db::WriteTx& tx, PostId id, Date last_day);

void add_session(db::WriteTx& tx, const std::string& token_hash, const LoginSession& session);
/// Only open sessions.
std::optional<LoginSession> session_by_token(db::ReadTx& tx, const std::string& token_hash);
void touch_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now);
void end_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now);
/// Sign-out everywhere. Number ended.
std::int64_t end_sessions_of(db::WriteTx& tx, AccountId account, UtcMs now);
/// All but the one with this token. Number ended.
std::int64_t end_other_sessions(db::WriteTx& tx, AccountId account, const std::string& token_hash, UtcMs now);
/// Forgets sessions that ended, or were last used, before `before`, and those dated after `ahead`. Number forgotten.
std::int64_t forget_sessions(db::WriteTx& tx, UtcMs before, UtcMs ahead);
/// Of all accounts. Number ended.
std::int64_t end_all_sessions(db::WriteTx& tx, UtcMs now);

std::optional<Throttle> throttle(db::ReadTx& tx, const std::string& key_hash);
void set_throttle(db::WriteTx& tx, const std::string& key_hash, const Throttle& value);
void clear_throttle(db::WriteTx& tx, const std::string& key_hash);
/// Forgets what was last counted before `before`, or is dated after `ahead`. Number forgotten.
std::int64_t forget_throttles(db::WriteTx& tx, UtcMs before, UtcMs ahead);

struct Draft {
  std::string cipher;
  UtcMs saved_at = 0;
};
void put_draft(db::WriteTx& tx, AccountId account, const std::string& key, const std::string& cipher, UtcMs now);
std::optional<Draft> draft(db::ReadTx& tx, AccountId account, const std::string& key);
void drop_draft(db::WriteTx& tx, AccountId account, const std::string& key);

}  // namespace kasane::programme
