#include "programme/password_service.hpp"

#include <semaphore>

#include "programme/account_store.hpp"
#include "programme/throttle.hpp"

namespace kasane::programme {

namespace {

std::counting_semaphore<2> hashing(2);

/// While one of the two places is taken.
struct Place {
  Place() { hashing.acquire(); }
  ~Place() { hashing.release(); }
};

constexpr UtcMs kDay = 86'400'000;

/// Without signs that look alike: 59 bits in twelve of them.
std::string random_signs(std::size_t count) {
  constexpr std::string_view kSigns = "abcdefghjkmnpqrstuvwxyz23456789";
  constexpr std::size_t kEven = 256 / kSigns.size() * kSigns.size();
  std::string out;
  while (out.size() < count)
    for (const std::uint8_t byte : random_bytes(count))
      if (byte < kEven && out.size() < count) out += kSigns[byte % kSigns.size()];
  return out;
}

}  // namespace

bool check_password(const std::string& hash, std::string_view password) {
  const Place place;
  return verify_password(hash, password);
}

std::string hash_of_password(std::string_view password) {
  const Place place;
  return hash_password(password, kPasswordCost);
}

FirstPassword make_first_password(UtcMs now) {
  return {random_signs(4) + "-" + random_signs(4) + "-" + random_signs(4), now + kFirstPasswordDays * kDay};
}

std::vector<std::string> near_words(const City& city, std::string_view login, std::string_view display_name) {
  return {std::string(login), std::string(display_name), city.slug, city.municipality.name, city.municipality.programme_name};
}

Result<PasswordChange> check_change(City& city, AccountId account, std::string_view present, std::string_view fresh, std::string_view repeated) {
  const auto row = city.db().read([&](db::ReadTx& tx) { return account_by_id(tx, account); });
  if (!row) return fail(ErrorCode::not_found);
  const Brakes brakes = own_password_brakes(city.key, account);
  if (const UtcMs left = begin_try(city.db(), brakes, city.clock.now()); left > 0)
    return fail(ErrorCode::unavailable, "いまのパスワードのまちがいが続いたため、少し待っていただきます。" + pause_text(left) + "たってから、もう一度お試しください。");
  std::vector<FieldError> errors;
  if (check_password(row->password_hash, present)) city.db().write([&](db::WriteTx& tx) { forgive(tx, brakes); });
  else errors.push_back({"present", "いまのパスワードがちがいます。"});
  if (auto why = why_not_password(fresh, near_words(city, row->login, row->display_name))) errors.push_back({"fresh", std::move(*why)});
  else if (fresh == present) errors.push_back({"fresh", "いまと同じパスワードです。新しいものを入力してください。"});
  if (fresh != repeated) errors.push_back({"repeated", "2つの新しいパスワードが同じではありません。もう一度入力してください。"});
  if (!errors.empty()) return invalid(std::move(errors));
  return PasswordChange{row->password_hash, hash_of_password(fresh)};
}

Result<> change_password(db::WriteTx& tx, AccountId account, const PasswordChange& change, const std::string& this_token_hash, UtcMs now) {
  const auto row = account_by_id(tx, account);
  if (!row || row->password_hash != change.before) return fail(ErrorCode::stale, "パスワードは、この間に変えられました。サインインし直してください。");
  set_password(tx, account, change.after, std::nullopt);
  end_other_sessions(tx, account, this_token_hash, now);
  return {};
}

void reset_password(db::WriteTx& tx, AccountId account, const std::string& hash, std::optional<UtcMs> first_until, UtcMs now) {
  set_password(tx, account, hash, first_until);
  end_sessions_of(tx, account, now);
}

}  // namespace kasane::programme
