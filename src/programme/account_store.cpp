#include "programme/account_store.hpp"

#include <limits>
#include <map>

namespace kasane::programme {

namespace {

AccountRow map_account(const db::Row& r) {
  return {r.id<AccountTag>(0), r.text(1), r.text(2), r.text(3), r.i64(4) != 0, r.i64(5), r.opt_i64(6)};
}
PostRow map_post(const db::Row& r) {
  return {r.id<PostTag>(0), r.id<AccountTag>(1), r.id<AgencyTag>(2), static_cast<Role>(r.i64(3)), r.text(4), r.text(5), r.date(6), r.date(7)};
}
db::Blob bytes(const std::string& s) { return db::Blob(s.begin(), s.end()); }

}  // namespace

std::optional<AccountRow> account_by_login(db::ReadTx& tx, std::string_view login) {
  return tx.one<AccountRow>(R"sql(SELECT id, login, display_name, password_hash, active, version, first_password_until FROM account WHERE login = $1)sql",
                            db::params(login), map_account);
}
std::optional<AccountRow> account_by_id(db::ReadTx& tx, AccountId id) {
  return tx.one<AccountRow>(R"sql(SELECT id, login, display_name, password_hash, active, version, first_password_until FROM account WHERE id = $1)sql",
                            db::params(id), map_account);
}
std::vector<AccountRow> accounts(db::ReadTx& tx, std::int64_t limit) {
  return tx.list<AccountRow>(R"sql(SELECT id, login, display_name, password_hash, active, version, first_password_until FROM account ORDER BY login LIMIT $1)sql",
                             db::params(limit), map_account);
}
void add_account(db::WriteTx& tx, const AccountRow& row, UtcMs now) {
  tx.run(R"sql(INSERT INTO account (id, login, display_name, password_hash, active, version, made_at, first_password_until) VALUES ($1, $2, $3, $4, $5, 1, $6, $7))sql",
         db::params(row.id, row.login, row.display_name, row.password_hash, std::int64_t{row.active ? 1 : 0}, now, row.first_password_until));
}
std::vector<AccountRow> accounts_after(db::ReadTx& tx, std::string_view after, AgencyId agency, Date on, std::int64_t limit) {
  return tx.list<AccountRow>(R"sql(SELECT id, login, display_name, password_hash, active, version, first_password_until FROM account a
                               WHERE login > $1 AND (CAST($2 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM post p WHERE p.account_id = a.id AND p.agency_id = $2
                                                                       AND p.valid_from <= $3 AND p.valid_until >= $3))
                               ORDER BY login LIMIT $4)sql",
                             db::params(after, agency, on, limit), map_account);
}
std::vector<AccountAgencies> accounts_with_agencies(db::ReadTx& tx, Date on) {
  std::vector<AccountAgencies> all;
  for (AccountRow& row : accounts(tx, std::numeric_limits<std::int64_t>::max())) all.push_back({std::move(row), {}});
  std::map<AccountId, std::vector<AgencyId>> agencies;
  tx.each(R"sql(SELECT account_id, agency_id FROM post WHERE valid_from <= $1 AND valid_until >= $1 ORDER BY id)sql", db::params(on),
          [&](const db::Row& r) { agencies[r.id<AccountTag>(0)].push_back(r.id<AgencyTag>(1)); });
  for (AccountAgencies& one : all) one.agencies = agencies[one.account.id];
  return all;
}
void set_password(db::WriteTx& tx, AccountId account, const std::string& hash, std::optional<UtcMs> first_until) {
  tx.run(R"sql(UPDATE account SET password_hash = $2, first_password_until = $3, version = version + 1 WHERE id = $1)sql",
         db::params(account, hash, first_until));
}
bool set_account(db::WriteTx& tx, const AccountRow& row, std::int64_t version) {
  return tx.run(R"sql(UPDATE account SET display_name = $2, password_hash = $3, active = $4, version = version + 1 WHERE id = $1 AND version = $5)sql",
                db::params(row.id, row.display_name, row.password_hash, std::int64_t{row.active ? 1 : 0}, version)) == 1;
}

std::vector<PostRow> posts_on(db::ReadTx& tx, AccountId account, Date on) {
  return tx.list<PostRow>(R"sql(SELECT id, account_id, agency_id, role, title, services, valid_from, valid_until FROM post
                            WHERE account_id = $1 AND valid_from <= $2 AND valid_until >= $2 ORDER BY id)sql",
                          db::params(account, on), map_post);
}
std::vector<PostRow> all_posts(db::ReadTx& tx, AccountId account) {
  return tx.list<PostRow>(R"sql(SELECT id, account_id, agency_id, role, title, services, valid_from, valid_until FROM post WHERE account_id = $1 ORDER BY id)sql",
                          db::params(account), map_post);
}
std::vector<PostRow> posts_in(db::ReadTx& tx, AgencyId agency, Date on) {
  return tx.list<PostRow>(R"sql(SELECT id, account_id, agency_id, role, title, services, valid_from, valid_until FROM post
                            WHERE agency_id = $1 AND valid_from <= $2 AND valid_until >= $2 ORDER BY id)sql",
                          db::params(agency, on), map_post);
}
void add_post(db::WriteTx& tx, const PostRow& row) {
  tx.run(R"sql(INSERT INTO post (id, account_id, agency_id, role, title, services, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql",
         db::params(row.id, row.account, row.agency, static_cast<std::int64_t>(row.role), row.title, row.services, row.from, row.until));
}
void end_post(db::WriteTx& tx, PostId id, Date last_day) {
  tx.run(R"sql(UPDATE post SET valid_until = $2 WHERE id = $1)sql", db::params(id, last_day));
}

void add_session(db::WriteTx& tx, const std::string& token_hash, const LoginSession& s) {
  tx.run(R"sql(INSERT INTO login_session (token_hash, account_id, csrf, made_at, seen_at, ended_at) VALUES ($1, $2, $3, $4, $5, NULL))sql",
         db::params(token_hash, s.account, s.csrf, s.made_at, s.seen_at));
}
std::optional<LoginSession> session_by_token(db::ReadTx& tx, const std::string& token_hash) {
  return tx.one<LoginSession>(R"sql(SELECT account_id, csrf, made_at, seen_at FROM login_session WHERE token_hash = $1 AND ended_at IS NULL)sql",
                              db::params(token_hash),
                              [](const db::Row& r) { return LoginSession{r.id<AccountTag>(0), r.text(1), r.i64(2), r.i64(3)}; });
}
void touch_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now) {
  tx.run(R"sql(UPDATE login_session SET seen_at = $2 WHERE token_hash = $1)sql", db::params(token_hash, now));
}
void end_session(db::WriteTx& tx, const std::string& token_hash, UtcMs now) {
  tx.run(R"sql(DELETE FROM asked_search WHERE session_hash = $1)sql", db::params(token_hash));
  tx.run(R"sql(UPDATE login_session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL)sql", db::params(token_hash, now));
}
std::int64_t end_sessions_of(db::WriteTx& tx, AccountId account, UtcMs now) {
  tx.run(R"sql(DELETE FROM asked_search WHERE session_hash IN (SELECT token_hash FROM login_session WHERE account_id = $1 AND ended_at IS NULL))sql",
         db::params(account));
  return tx.run(R"sql(UPDATE login_session SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL)sql", db::params(account, now));
}
std::int64_t end_other_sessions(db::WriteTx& tx, AccountId account, const std::string& token_hash, UtcMs now) {
  return tx.run(R"sql(UPDATE login_session SET ended_at = $3 WHERE account_id = $1 AND ended_at IS NULL AND token_hash <> $2)sql",
                db::params(account, token_hash, now));
}
std::int64_t forget_sessions(db::WriteTx& tx, UtcMs before, UtcMs ahead) {
  return tx.run(R"sql(DELETE FROM login_session WHERE ended_at < $1 OR seen_at < $1 OR seen_at > $2)sql", db::params(before, ahead));
}

std::int64_t end_all_sessions(db::WriteTx& tx, UtcMs now) {
  return tx.run(R"sql(UPDATE login_session SET ended_at = $1 WHERE ended_at IS NULL)sql", db::params(now));
}

std::optional<Throttle> throttle(db::ReadTx& tx, const std::string& key_hash) {
  return tx.one<Throttle>(R"sql(SELECT since, failures, last_at FROM login_throttle WHERE key_hash = $1)sql", db::params(key_hash),
                          [](const db::Row& r) { return Throttle{r.i64(0), r.i64(1), r.i64(2)}; });
}
void set_throttle(db::WriteTx& tx, const std::string& key_hash, const Throttle& value) {
  tx.run(R"sql(INSERT INTO login_throttle (key_hash, since, failures, last_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (key_hash) DO UPDATE SET since = excluded.since, failures = excluded.failures, last_at = excluded.last_at)sql",
         db::params(key_hash, value.since, value.failures, value.last_at));
}
void clear_throttle(db::WriteTx& tx, const std::string& key_hash) {
  tx.run(R"sql(DELETE FROM login_throttle WHERE key_hash = $1)sql", db::params(key_hash));
}
std::int64_t forget_throttles(db::WriteTx& tx, UtcMs before, UtcMs ahead) {
  return tx.run(R"sql(DELETE FROM login_throttle WHERE last_at < $1 OR last_at > $2)sql", db::params(before, ahead));
}

void put_draft(db::WriteTx& tx, AccountId account, const std::string& key, const std::string& cipher, UtcMs now) {
  tx.run(R"sql(INSERT INTO draft (account_id, draft_key, cipher, saved_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (account_id, draft_key) DO UPDATE SET cipher = excluded.cipher, saved_at = excluded.saved_at)sql",
         db::params(account, key, bytes(cipher), now));
}
std::optional<Draft> draft(db::ReadTx& tx, AccountId account, const std::string& key) {
  return tx.one<Draft>(R"sql(SELECT cipher, saved_at FROM draft WHERE account_id = $1 AND draft_key = $2)sql", db::params(account, key),
                       [](const db::Row& r) {
                         const db::Blob b = r.blob(0);
                         return Draft{std::string(b.begin(), b.end()), r.i64(1)};
                       });
}
void drop_draft(db::WriteTx& tx, AccountId account, const std::string& key) {
  tx.run(R"sql(DELETE FROM draft WHERE account_id = $1 AND draft_key = $2)sql", db::params(account, key));
}

}  // namespace kasane::programme
