#include "http/head.hpp"

#include <array>
#include <ctime>

namespace kasane::http {

namespace {

const char* reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";  // allowed to be empty (RFC 9112 §4)
  }
}

/// "Sun, 22 Nov 2026 05:00:00 GMT"; by hand, as strftime follows the locale.
std::string http_date(std::time_t at) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm t{};
  gmtime_r(&at, &t);
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return std::string(kDays[static_cast<std::size_t>(t.tm_wday)]) + ", " + two(t.tm_mday) + " " +
         kMonths[static_cast<std::size_t>(t.tm_mon)] + " " + std::to_string(t.tm_year + 1900) + " " + two(t.tm_hour) +
         ":" + two(t.tm_min) + ":" + two(t.tm_sec) + " GMT";
}

}  // namespace

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string head_text(const WireReply& reply, bool keep_alive) {
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " " + reason(reply.status) + "\r\n";
  for (const auto& [name, value] : reply.headers) text.append(name).append(": ").append(value).append("\r\n");
  if (may_have_body(reply.status) && !reply.events) text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  text += "Date: " + http_date(std::time(nullptr)) + "\r\n";
  text += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return text;
}

}  // namespace kasane::http
