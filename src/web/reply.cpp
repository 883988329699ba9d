// Making replies, see reply.hpp.
#include "web/reply.hpp"

#include <algorithm>
#include <stdexcept>

#include "web/ascii.hpp"
#include "web/cookies.hpp"
#include "web/error_page.hpp"
#include "web/percent.hpp"

namespace kasane::web {

namespace {

Reply typed(std::string body, int status, std::string content_type) {
  Reply reply;
  reply.status = status;
  reply.content_type = std::move(content_type);
  reply.body = std::move(body);
  return reply;
}

/// ".pdf" of "支援プラン.pdf" for browsers that know no filename*; nothing when it is no plain ending.
std::string plain_ending(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const auto ending = file_name.substr(dot + 1);
  const bool plain = std::all_of(ending.begin(), ending.end(), [](char c) { return is_alpha(c) || is_digit(c); });
  return plain ? "." + std::string(ending) : std::string{};
}

}  // namespace

Reply Reply::html(std::string body, int status) { return typed(std::move(body), status, "text/html; charset=utf-8"); }
Reply Reply::text(std::string body, int status) { return typed(std::move(body), status, "text/plain; charset=utf-8"); }
Reply Reply::json(std::string body, int status) { return typed(std::move(body), status, "application/json"); }

Reply Reply::stream(std::shared_ptr<EventStream> events) {
  Reply reply = typed({}, 200, "text/event-stream");
  reply.compress = false;
  reply.header("Cache-Control", "no-store, no-transform");
  reply.header("X-Accel-Buffering", "no");
  reply.events = std::move(events);
  return reply;
}

Reply Reply::download(std::string bytes, std::string content_type, std::string_view file_name) {
  Reply reply = typed(std::move(bytes), 200, std::move(content_type));
  reply.header("Content-Disposition", "attachment; filename=\"download" + plain_ending(file_name) +
                                          "\"; filename*=UTF-8''" + percent_encode(file_name));
  return reply;
}

Reply Reply::redirect(std::string location, int status) {
  if (!is_local_address(location)) throw std::invalid_argument("redirect to an address that is not our own");
  Reply reply = typed({}, status, "text/plain; charset=utf-8");
  reply.header("Location", std::move(location));
  return reply;
}

Reply Reply::not_found(std::uint64_t request_id) { return error_reply(404, request_id); }

Reply Reply::method_not_allowed(const std::vector<std::string>& allow, std::uint64_t request_id) {
  Reply reply = error_reply(405, request_id);
  std::string list;
  for (const auto& method : allow) list += (list.empty() ? "" : ", ") + method;
  reply.header("Allow", std::move(list));
  return reply;
}

Reply& Reply::header(std::string_view name, std::string value) {
  const bool broken = std::any_of(value.begin(), value.end(), [](char c) { return c != '\t' && is_control(c); });
  if (!is_token(name) || broken) throw std::invalid_argument("not fit for a header");
  headers.emplace_back(std::string(name), std::move(value));
  return *this;
}

Reply& Reply::set_cookie(const SetCookie& cookie) { return header("Set-Cookie", cookie_text(cookie)); }

std::string_view Reply::header_value(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) return value;
  }
  return {};
}

bool is_local_address(std::string_view address) {
  if (!address.starts_with('/') || address.starts_with("//")) return false;
  // Browsers read a backslash as a slash, and drop tabs and line breaks before they look.
  return std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
}

}  // namespace kasane::web
