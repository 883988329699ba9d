#include "programme/known_browser.hpp"

#include <vector>

#include "base/crypto.hpp"

namespace kasane::programme {

namespace {

constexpr std::size_t kMostEntries = 12;
constexpr std::size_t kDayLength = 10;  // 2026-11-22
constexpr std::size_t kSignLength = 22;  // of base64url: 132 bits

std::string entry_of(std::string_view key, AccountId account, std::string_view day) {
  const std::string sign = to_base64url(keyed_hash(key, "known-browser:" + id_text(account) + ":" + std::string(day)));
  return std::string(day) + sign.substr(0, kSignLength);
}

std::vector<std::string_view> entries_in(std::string_view cookie) {
  std::vector<std::string_view> entries;
  while (cookie.size() >= kDayLength + kSignLength && entries.size() < kMostEntries) {
    entries.push_back(cookie.substr(0, kDayLength + kSignLength));
    cookie.remove_prefix(kDayLength + kSignLength);
  }
  return entries;
}

bool is_of(std::string_view key, std::string_view entry, AccountId account) {
  return same_bytes(entry_of(key, account, entry.substr(0, kDayLength)), entry);
}

}  // namespace

std::optional<std::string> known_entry(std::string_view key, std::string_view cookie, AccountId account, Date today) {
  for (const std::string_view entry : entries_in(cookie)) {
    const auto day = Date::from_iso(entry.substr(0, kDayLength));
    if (day && *day <= today && today <= day->plus_days(kKnownDays) && is_of(key, entry, account)) return std::string(entry);
  }
  return std::nullopt;
}

std::string with_entry(std::string_view key, std::string_view cookie, AccountId account, Date today) {
  std::string all = entry_of(key, account, today.iso());
  std::size_t kept = 1;
  for (const std::string_view entry : entries_in(cookie))
    if (kept < kMostEntries && !is_of(key, entry, account)) {
      all += entry;
      ++kept;
    }
  return all;
}

}  // namespace kasane::programme
