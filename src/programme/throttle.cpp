#include "programme/throttle.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace kasane::programme {

namespace {

constexpr UtcMs kSecond = 1'000;
constexpr UtcMs kMinute = 60 * kSecond;
constexpr UtcMs kDoubled = 20;  // times that the first pause of a second is doubled at most; more than any longest pause

std::string key_of(std::string_view secret, std::string_view kind, std::string_view value) {
  return to_hex(keyed_hash(secret, std::string(kind) + ":" + std::string(value)));
}

/// Failures that still count. A row that says it was written later than now came from a clock that ran ahead.
std::int64_t counted(const std::optional<Throttle>& row, UtcMs now) {
  return row && row->last_at <= now && now - row->last_at < kFailuresCount ? row->failures : 0;
}

UtcMs pause_after(const Brake& brake, std::int64_t failures) {
  if (failures < brake.free) return 0;
  return std::min(kSecond << std::min<std::int64_t>(failures - brake.free, kDoubled), brake.longest_pause);
}

}  // namespace

Brakes sign_in_brakes(std::string_view secret, std::string_view login, std::string_view client, std::string_view known) {
  if (!known.empty()) return {{key_of(secret, "known", known), 5, 15 * kMinute}};
  // Login and client parted by a sign that no login has.
  return {{key_of(secret, "pair", std::string(login) + "\n" + std::string(client)), 5, 15 * kMinute},
          {key_of(secret, "login", login), 20, kMinute},
          {key_of(secret, "client", client), 60, 5 * kSecond}};
}

Brakes own_password_brakes(std::string_view secret, AccountId account) { return {{key_of(secret, "own", id_text(account)), 5, 15 * kMinute}}; }

UtcMs pause_left(db::ReadTx& tx, const Brakes& brakes, UtcMs now) {
  UtcMs left = 0;
  for (const Brake& brake : brakes) {
    const auto row = throttle(tx, brake.key);
    if (const std::int64_t failures = counted(row, now); failures > 0) left = std::max(left, row->last_at + pause_after(brake, failures) - now);
  }
  return left;
}

UtcMs begin_try(db::Database& db, const Brakes& brakes, UtcMs now) {
  return db.write([&](db::WriteTx& tx) -> UtcMs {
    if (const UtcMs left = pause_left(tx, brakes, now); left > 0) return left;
    for (const Brake& brake : brakes) {
      const auto row = throttle(tx, brake.key);
      const std::int64_t before = counted(row, now);
      set_throttle(tx, brake.key, {before > 0 ? row->since : now, before + 1, now});
    }
    return 0;
  });
}

void forgive(db::WriteTx& tx, const Brakes& brakes) {
  const auto own = throttle(tx, brakes.front().key);
  clear_throttle(tx, brakes.front().key);
  for (std::size_t i = 1; own && i < brakes.size(); ++i)
    if (auto shared = throttle(tx, brakes[i].key)) {
      shared->failures -= own->failures;
      if (shared->failures > 0) set_throttle(tx, brakes[i].key, *shared);
      else clear_throttle(tx, brakes[i].key);
    }
}

std::string pause_text(UtcMs pause) {
  const UtcMs seconds = (pause + kSecond - 1) / kSecond;
  return seconds < 90 ? std::to_string(seconds) + "秒" : std::to_string((seconds + 59) / 60) + "分";
}

}  // namespace kasane::programme
