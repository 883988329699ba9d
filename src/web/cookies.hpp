// Cookies: reading what a browser sends and writing what it shall keep.
#pragma once
#include <string>
#include <string_view>

#include "web/reply.hpp"
#include "web/request.hpp"

namespace kasane::web {

/// Pairs of a Cookie header. Odd pairs are skipped, not refused: another program of the same host may have set
/// them, and nobody could then sign in. At most 64 are read.
Pairs parse_cookies(std::string_view header);

/// The value of a Set-Cookie header. Throws std::invalid_argument for what a cookie cannot carry.
std::string cookie_text(const SetCookie& cookie);

}  // namespace kasane::web
