#include "programme/account_service.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "base/log.hpp"
#include "base/secret_box.hpp"
#include "programme/known_browser.hpp"
#include "programme/sign_in_events.hpp"
#include "programme/throttle.hpp"

namespace kasane::programme {

namespace {

constexpr UtcMs kMinute = 60'000;
constexpr UtcMs kDay = 24 * 60 * kMinute;
constexpr std::string_view kDraft = "draft";
constexpr UtcMs kTouchEvery = 5 * kMinute;
constexpr UtcMs kSessionsKept = 7 * kDay;  // after their end, for what was still open in a browser
constexpr UtcMs kClockSlack = kMinute;     // clocks are set back by seconds

/// A session from a clock that ran ahead has run out too: else it would last until that day comes.
bool has_run_out(const LoginSession& session, const SessionLimits& limits, UtcMs now) {
  const bool from_ahead = session.seen_at > now + kClockSlack || session.made_at > now + kClockSlack;
  return from_ahead || now - session.seen_at > limits.idle || now - session.made_at > limits.longest;
}

bool good_login(std::string_view login) {
  return !login.empty() && login.size() <= 40 && std::all_of(login.begin(), login.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

std::string token_hash(std::string_view token) { return to_hex(sha256(token)); }

Result<AccountId> add_account(db::WriteTx& tx, const NewAccount& account, UtcMs now) {
  std::vector<FieldError> errors;
  if (!good_login(account.login)) errors.push_back({"login", "利用者IDは、半角の英小文字・数字・「.」「-」「_」で入力してください（40字まで）。"});
  if (account.display_name.empty()) errors.push_back({"display_name", "氏名を入力してください。"});
  if (count_characters(account.password) < kShortestPassword) errors.push_back({"password", "パスワードは10文字以上にしてください。"});
  if (errors.empty() && account_by_login(tx, account.login)) errors.push_back({"login", "この利用者IDはすでに使われています。"});
  if (!errors.empty()) return invalid(std::move(errors));
  AccountRow row{fresh_id<AccountTag>(), account.login, account.display_name, hash_of_password(account.password), true, 1, account.first_password_until};
  add_account(tx, row, now);
  for (const NewPost& p : account.posts)
    add_post(tx, {fresh_id<PostTag>(), row.id, p.agency, p.role, p.title, p.services, p.from, p.until});
  return row.id;
}

namespace {

Brakes brakes_of(const City& city, const std::optional<AccountRow>& account, std::string_view login, std::string_view client, const Browser& browser) {
  const auto known = account ? known_entry(city.key, browser.known, account->id, city.clock.today()) : std::nullopt;
  return sign_in_brakes(city.key, login, client, known.value_or(std::string()));
}

/// A new session. Forms that stand open in this browser from the account's session before stay good: they carry its secret.
std::string open_session(db::WriteTx& tx, const SignedInAs& in, std::string_view earlier, UtcMs now) {
  std::string csrf = random_token();
  if (!earlier.empty()) {
    const std::string before = token_hash(earlier);
    if (const auto session = session_by_token(tx, before); session && session->account == in.account) {
      csrf = session->csrf;
      end_session(tx, before, now);
    }
  }
  add_session(tx, token_hash(in.token), {in.account, csrf, now, now});
  return csrf;
}

/// Noted for the auditor. Once a pause has begun, tries are not made and leave nothing until it is over.
void note_refused(City& city, const std::optional<AccountRow>& account, const Brakes& brakes, UtcMs now) {
  const bool locked = city.db().write([&](db::WriteTx& tx) {
    const bool pauses = pause_left(tx, brakes, now) > 0;
    note_sign_in_refused(tx, account ? std::optional(account->id) : std::nullopt, pauses, now);
    return pauses;
  });
  if (locked) log::warn("signin.locked");
}

}  // namespace

Result<SignedInAs> sign_in(City& city, std::string_view login, std::string_view password, std::string_view client, const Browser& browser) {
  const UtcMs now = city.clock.now();
  const auto account = city.db().read([&](db::ReadTx& tx) { return account_by_login(tx, login); });
  const Brakes brakes = brakes_of(city, account, login, client, browser);
  if (const UtcMs left = begin_try(city.db(), brakes, now); left > 0)
    return fail(ErrorCode::unavailable, "サインインの失敗が続いたため、少し待っていただきます。" + pause_text(left) + "たってから、もう一度お試しください。");
  // An unknown name costs the same time as a wrong password.
  static const std::string nobody = hash_of_password(random_token());
  const bool right = check_password(account ? account->password_hash : nobody, password);
  if (!right || !account || !account->active) {
    note_refused(city, account, brakes, now);
    return invalid("password", "利用者IDかパスワードがちがいます。");
  }
  if (account->first_password_until && *account->first_password_until < now) {
    note_refused(city, account, brakes, now);
    return invalid("password", "最初のパスワードの期限が過ぎました。市の管理者に、もう一度作るよう頼んでください。");
  }
  SignedInAs in{random_token(), {}, account->id, with_entry(city.key, browser.known, account->id, city.clock.today())};
  in.csrf = city.db().write([&](db::WriteTx& tx) {
    forgive(tx, brakes);
    note_signed_in(tx, in.account, now);
    return open_session(tx, in, browser.earlier, now);
  });
  return in;
}

UtcMs wait_to_sign_in(City& city, std::string_view login, std::string_view client, const Browser& browser) {
  return city.db().read([&](db::ReadTx& tx) { return pause_left(tx, brakes_of(city, account_by_login(tx, login), login, client, browser), city.clock.now()); });
}

void sign_out(City& city, std::string_view hash) {
  city.db().write([&](db::WriteTx& tx) {
    const auto session = session_by_token(tx, std::string(hash));
    if (!session) return;
    end_session(tx, std::string(hash), city.clock.now());
    note_signed_out(tx, session->account, false, city.clock.now());
  });
}

std::int64_t sign_out_everywhere(db::WriteTx& tx, AccountId account, UtcMs now) { return end_sessions_of(tx, account, now); }

std::optional<OpenSession> who_is(City& city, std::string_view token, const SessionLimits& limits) {
  if (token.empty() || token.size() > 100) return std::nullopt;
  const std::string hash = token_hash(token);
  const UtcMs now = city.clock.now();
  bool touch = false;
  auto who = city.db().read([&](db::ReadTx& tx) -> std::optional<OpenSession> {
    touch = false;
    const auto session = session_by_token(tx, hash);
    if (!session || has_run_out(*session, limits, now)) return std::nullopt;
    const auto account = account_by_id(tx, session->account);
    if (!account || !account->active) return std::nullopt;
    OpenSession in;
    in.viewer.account = account->id;
    in.display_name = account->display_name;
    in.csrf = session->csrf;
    in.token_hash = hash;
    in.must_change_password = account->first_password_until.has_value();
    for (const PostRow& p : posts_on(tx, account->id, city.clock.today())) {
      in.viewer.posts.push_back({p.id, p.agency, p.role});
      if (in.post_line.empty()) in.post_line = city.directory.name(p.agency) + " " + (p.title.empty() ? std::string(role_label(p.role)) : p.title);
      std::size_t at = 0;
      while (at < p.services.size()) {
        const std::size_t comma = std::min(p.services.find(',', at), p.services.size());
        std::string code = p.services.substr(at, comma - at);
        if (!code.empty() && std::find(in.services.begin(), in.services.end(), code) == in.services.end()) in.services.push_back(std::move(code));
        at = comma + 1;
      }
    }
    if (in.viewer.posts.empty()) return std::nullopt;
    touch = now - session->seen_at > kTouchEvery;
    return in;
  });
  if (who && touch) city.db().write([&](db::WriteTx& tx) { touch_session(tx, hash, now); });
  return who;
}

std::optional<LoginSession> session_that_ran_out(City& city, std::string_view token, const SessionLimits& limits) {
  if (token.empty() || token.size() > 100) return std::nullopt;
  return city.db().read([&](db::ReadTx& tx) -> std::optional<LoginSession> {
    auto session = session_by_token(tx, token_hash(token));
    if (!session || !has_run_out(*session, limits, city.clock.now())) return std::nullopt;
    const auto account = account_by_id(tx, session->account);
    return account && account->active ? session : std::nullopt;
  });
}

void sweep_sign_ins(City& city) {
  const UtcMs now = city.clock.now();
  city.db().write([&](db::WriteTx& tx) {
    forget_sessions(tx, now - kSessionsKept, now + kDay);
    forget_throttles(tx, now - kFailuresCount, now + kDay);
  });
}

void save_draft(City& city, AccountId account, const std::string& key, std::string_view body) {
  const std::string cipher = seal_text(city.key, kDraft, body);
  city.db().write([&](db::WriteTx& tx) { put_draft(tx, account, key, cipher, city.clock.now()); });
}

std::optional<std::string> load_draft(City& city, AccountId account, const std::string& key) {
  const auto found = city.db().read([&](db::ReadTx& tx) { return draft(tx, account, key); });
  return found ? open_text(city.key, kDraft, found->cipher) : std::nullopt;
}

std::string_view role_label(Role role) {
  switch (role) {
    case Role::window_counsellor: return "相談員";
    case Role::coordinator: return "推進員";
    case Role::field_worker: return "地域の支援員";
    case Role::city_officer: return "市の担当";
    case Role::head: return "課長";
    case Role::secretary: return "会議の事務局";
    case Role::meeting_member: return "会議の構成員";
    case Role::commissioner: return "民生委員・児童委員";
    case Role::administrator: return "管理者";
    case Role::auditor: return "監査責任者";
  }
  return "";
}

}  // namespace kasane::programme
