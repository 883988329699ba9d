// A request as pages see it: decoded, bounded and checked, without a socket behind it, so that a test can make one
// by hand. Only the headers that pages need are kept; names of uploaded files are never kept, as they often hold a
// person's name.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kasane::web {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A file part of a multipart form.
struct Upload {
  std::string field;
  std::string content_type;  // as the browser claims; check the bytes before believing it
  std::string bytes;
};

struct Request {
  std::string method = "GET";         // upper case; HEAD stays HEAD (the router treats it as GET)
  std::string path = "/";             // decoded, without the query
  std::vector<std::string> segments;  // of the path, decoded one by one; empty for "/"
  Pairs query;                        // in the order of the address; a key may come again
  Pairs posted;                       // text fields of a POST (urlencoded or multipart), in order
  std::vector<Upload> uploads;
  Pairs cookies;
  Pairs headers;       // names in lower case; only those of kept_header()
  Pairs params;        // of the route's pattern, set by the dispatcher after Router::match
  std::string client;  // address, for throttling only; never stored with what was done
  bool secure = false;
  std::uint64_t request_id = 0;

  /// The first cookie of that name.
  std::optional<std::string_view> cookie(std::string_view name) const;
  /// `name` in lower case; empty when absent.
  std::string_view header(std::string_view name) const;
  /// A {name} of the route's pattern; throws std::logic_error when the pattern has none (a fault of the program).
  const std::string& param(std::string_view name) const;
  /// First value of a key of the address; empty when absent.
  std::string_view query_value(std::string_view key) const;
  /// First value of a posted text field; nothing when absent (an unticked box posts nothing).
  std::optional<std::string_view> posted_value(std::string_view key) const;
  /// All values of a posted key, in order (tick boxes).
  std::vector<std::string_view> posted_values(std::string_view key) const;
  const Upload* upload(std::string_view field) const;
  /// htmx asks for a fragment.
  bool wants_fragment() const { return header("hx-request") == "true"; }
  /// True when the browser says that a page of ours sent this: Sec-Fetch-Site is same-origin or, where browsers leave
  /// that out (plain http), Origin is this host. The sign of a form of ours, beside the token.
  bool same_origin() const;
};

/// Whether Request::headers keeps the header of this lower-case name.
bool kept_header(std::string_view name);

}  // namespace kasane::web
