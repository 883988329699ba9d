// What a session searched for, kept under a random key: the results then have an address of their own, which going back and
// reloading ask for again, and no name stands in it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "programme/context.hpp"

namespace kasane::programme {

/// The key of the address. Only this session finds the query under it, and it goes when the session ends.
std::string keep_search(const Ctx& ctx, std::string_view query);
/// Nothing for the key of another session, or of none.
std::optional<std::string> kept_search(const Ctx& ctx, const std::string& key);

}  // namespace kasane::programme
