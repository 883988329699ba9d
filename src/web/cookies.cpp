// Cookies, see cookies.hpp.
#include "web/cookies.hpp"

#include <algorithm>
#include <stdexcept>

#include "web/ascii.hpp"

namespace kasane::web {

namespace {

constexpr std::size_t kMostCookies = 64;

/// cookie-octet of RFC 6265 §4.1.1.
bool is_cookie_octet(char c) { return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; }

/// What this program writes: no more than base64url, ids and hashes need.
bool is_written_octet(char c) {
  return is_alpha(c) || is_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
}

}  // namespace

Pairs parse_cookies(std::string_view header) {
  Pairs cookies;
  while (!header.empty() && cookies.size() < kMostCookies) {
    const auto pair = trimmed(take_until(header, ';'));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = pair.substr(0, equals);
    auto value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (!is_token(name) || !std::all_of(value.begin(), value.end(), is_cookie_octet)) continue;
    cookies.emplace_back(std::string(name), std::string(value));
  }
  return cookies;
}

std::string cookie_text(const SetCookie& cookie) {
  if (!is_token(cookie.name) || !std::all_of(cookie.value.begin(), cookie.value.end(), is_written_octet)) {
    throw std::invalid_argument("not fit for a cookie");
  }
  std::string text = cookie.name + "=" + cookie.value + "; Path=/; HttpOnly";
  if (cookie.secure) text += "; Secure";
  if (cookie.max_age_s) text += "; Max-Age=" + std::to_string(*cookie.max_age_s);
  switch (cookie.same_site) {
    case SetCookie::SameSite::strict:
      return text + "; SameSite=Strict";
    case SetCookie::SameSite::lax:
      return text + "; SameSite=Lax";
  }
  throw std::invalid_argument("no such SameSite");
}

}  // namespace kasane::web
