#include "programme/account_service.hpp"

#include <algorithm>
#include <semaphore>

#include "base/secret_box.hpp"
#include "programme/session_limit.hpp"

namespace kasane::programme {

namespace {

constexpr UtcMs kMinute = 60'000;
constexpr std::string_view kDraft = "draft";
constexpr UtcMs kThrottleWindow = 15 * kMinute;
constexpr std::int64_t kTriesPerLogin = 8;
constexpr std::int64_t kTriesPerClient = 60;
constexpr UtcMs kTouchEvery = 5 * kMinute;

// Password hashing is slow and takes memory on purpose: at most two at a time.
std::counting_semaphore<2> hashing(2);

bool check_password(const std::string& hash, std::string_view password) {
  hashing.acquire();
  const bool ok = verify_password(hash, password);
  hashing.release();
  return ok;
}

std::string throttle_key(const City& city, std::string_view kind, std::string_view value) {
  return to_hex(keyed_hash(city.key, std::string(kind) + ":" + std::string(value)));
}

bool too_many(db::ReadTx& tx, const std::string& key, std::int64_t limit, UtcMs now) {
  const auto t = throttle(tx, key);
  return t && now - t->since < kThrottleWindow && t->failures >= limit;
}

void count_failure(db::WriteTx& tx, const std::string& key, UtcMs now) {
  auto t = throttle(tx, key).value_or(Throttle{now, 0});
  if (now - t.since >= kThrottleWindow) t = {now, 0};
  ++t.failures;
  set_throttle(tx, key, t);
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
  if (account.password.size() < kShortestPassword) errors.push_back({"password", "パスワードは10文字以上にしてください。"});
  if (errors.empty() && account_by_login(tx, account.login)) errors.push_back({"login", "この利用者IDはすでに使われています。"});
  if (!errors.empty()) return invalid(std::move(errors));
  AccountRow row{fresh_id<AccountTag>(), account.login, account.display_name, hash_password(account.password, kPasswordCost), true, 1};
  add_account(tx, row, now);
  for (const NewPost& p : account.posts)
    add_post(tx, {fresh_id<PostTag>(), row.id, p.agency, p.role, p.title, p.services, p.from, p.until});
  return row.id;
}

Result<SignedInAs> sign_in(City& city, std::string_view login, std::string_view password, std::string_view client) {
  const UtcMs now = city.clock.now();
  const std::string by_login = throttle_key(city, "login", login), by_client = throttle_key(city, "client", client);
  struct Found {
    bool throttled;
    std::optional<AccountRow> account;
  };
  const Found found = city.db().read([&](db::ReadTx& tx) {
    return Found{too_many(tx, by_login, kTriesPerLogin, now) || too_many(tx, by_client, kTriesPerClient, now), account_by_login(tx, login)};
  });
  if (found.throttled) return fail(ErrorCode::unavailable, "サインインの失敗が続いたため、しばらく受け付けていません。15分ほどおいてから、もう一度お試しください。");
  // An unknown name costs the same time as a wrong password.
  static const std::string nobody = hash_password(random_token(), kPasswordCost);
  const bool right = check_password(found.account ? found.account->password_hash : nobody, password);
  if (!right || !found.account || !found.account->active) {
    city.db().write([&](db::WriteTx& tx) {
      count_failure(tx, by_login, now);
      count_failure(tx, by_client, now);
    });
    return invalid("password", "利用者IDかパスワードがちがいます。");
  }
  SignedInAs in{random_token(), found.account->id};
  city.db().write([&](db::WriteTx& tx) {
    clear_throttle(tx, by_login);
    add_session(tx, token_hash(in.token), {in.account, random_token(), now, now});
  });
  return in;
}

void sign_out(City& city, std::string_view hash) {
  city.db().write([&](db::WriteTx& tx) { end_session(tx, std::string(hash), city.clock.now()); });
}

std::int64_t sign_out_everywhere(db::WriteTx& tx, AccountId account, UtcMs now) { return end_sessions_of(tx, account, now); }

std::optional<SignedIn> who_is(City& city, std::string_view token) {
  if (token.empty() || token.size() > 100) return std::nullopt;
  const std::string hash = token_hash(token);
  const UtcMs now = city.clock.now();
  bool touch = false;
  auto who = city.db().read([&](db::ReadTx& tx) -> std::optional<SignedIn> {
    touch = false;
    const auto session = session_by_token(tx, hash);
    if (!session || now - session->seen_at > kIdleLimit) return std::nullopt;
    const auto account = account_by_id(tx, session->account);
    if (!account || !account->active) return std::nullopt;
    SignedIn in;
    in.viewer.account = account->id;
    in.display_name = account->display_name;
    in.csrf = session->csrf;
    in.token_hash = hash;
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
