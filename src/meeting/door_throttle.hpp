// Doors that open without an account: too many addresses that open nothing, from one client, and every address is answered as
// if there were none.
#pragma once
#include <string_view>

#include "programme/context.hpp"

namespace kasane::meeting {

/// `door`: which one, so that one does not shut another. Counted for fifteen minutes.
bool too_many_failures(programme::Ctx& ctx, std::string_view door);
void count_failure(programme::Ctx& ctx, std::string_view door);

/// Tokens are shorter; a longer one is not even hashed.
inline constexpr std::size_t kLongestToken = 100;

}  // namespace kasane::meeting
