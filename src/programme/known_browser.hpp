// Which accounts have been used in a browser before: one cookie with a signed entry for each, newest first. An entry names
// nobody; only who holds the city's key and has an account in mind can tell whether it is that account's.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/ids.hpp"

namespace kasane::programme {

inline constexpr int kKnownDays = 90;

/// The account's entry in this cookie; nothing when there is none, when it is too old or dated ahead.
std::optional<std::string> known_entry(std::string_view key, std::string_view cookie, AccountId account, Date today);
/// The cookie anew with an entry of today for the account. Desks are shared: the last dozen stay.
std::string with_entry(std::string_view key, std::string_view cookie, AccountId account, Date today);

}  // namespace kasane::programme
