// What a page answers. The server adds Date, length, compression and the security headers; pages are never cached
// unless they say so.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request.hpp"

namespace kasane::web {

struct SetCookie {
  enum class SameSite { strict, lax };
  std::string name;
  std::string value;                   // letters, digits and -._~ only
  std::optional<long> max_age_s = {};  // nothing: until the browser closes; 0: delete
  bool secure = true;
  SameSite same_site = SameSite::lax;  // always HttpOnly and Path=/
};

class EventStream;

struct Reply {
  int status = 200;
  Pairs headers;  // beside content_type; through header(), which refuses line breaks
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  /// Already compressed bodies, and pages that must not be compressed, say false.
  bool compress = true;
  /// When set, the dispatcher parks the reply: it calls this with a callback and sends the reply only when the
  /// callback is called with true; false, or a callback dropped uncalled, becomes a 503. No worker waits meanwhile.
  /// The callback may be called at once or later, on any thread.
  std::function<void(std::function<void(bool ok)>)> before_send;
  /// When set, the connection stays open after the headers and carries what is pushed to this stream, until either side
  /// ends it (event_stream.hpp). HEAD gets the headers alone.
  std::shared_ptr<EventStream> events;

  static Reply html(std::string body, int status = 200);
  static Reply text(std::string body, int status = 200);
  static Reply json(std::string body, int status = 200);
  /// Server-sent events, never cached or held back by a proxy.
  static Reply stream(std::shared_ptr<EventStream> events);
  /// A file to be saved. `file_name` may be Japanese.
  static Reply download(std::string bytes, std::string content_type, std::string_view file_name);
  /// 303 to an address of our own ("/…"); throws std::invalid_argument for another site (an open redirect).
  static Reply redirect(std::string location, int status = 303);
  /// Plain error pages (error_page.hpp); rooms make kinder ones.
  static Reply not_found(std::uint64_t request_id = 0);
  static Reply method_not_allowed(const std::vector<std::string>& allow, std::uint64_t request_id = 0);

  /// Adds a header. Throws std::invalid_argument when name or value would break the header block.
  Reply& header(std::string_view name, std::string value);
  /// Adds a Set-Cookie. Throws std::invalid_argument for a name or value that a cookie cannot carry.
  Reply& set_cookie(const SetCookie& cookie);
  /// First header of that name (case-insensitive); empty when absent.
  std::string_view header_value(std::string_view name) const;
};

/// True for an address inside this site: one leading slash, printable ASCII, no backslash. Check every "return to".
bool is_local_address(std::string_view address);

}  // namespace kasane::web
