// From the raw text of a request to a Request. Pure, so that odd requests can be tried without a socket. What two
// servers in a row might read differently (request smuggling) is refused here, before anything else looks at it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "web/form_body.hpp"
#include "web/request.hpp"

namespace kasane::web {

/// Why a request was not taken: the status to answer.
struct Refusal {
  int status;
};

/// A request as it came, split but not yet decoded.
struct RawRequest {
  std::string method;
  std::string target;
  Pairs headers;  // names in lower case, values without spaces around them
  std::string body;
  std::string client;
  bool secure = false;
  std::uint64_t request_id = 0;

  /// First header of that lower-case name; empty when absent.
  std::string_view header(std::string_view name) const;
};

struct Head {
  RawRequest request;  // without body, client and the rest
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;         // what the client wants
  bool expects_continue = false;  // it waits for "100 Continue" before it sends the body
};

/// Splits the bytes of a head, from the request line to the empty line. 400 for bare CR or LF, NUL and other
/// controls, folded lines, space around a name, two lengths, a length beside a transfer coding, any coding but one
/// "chunked", and for HTTP/1.1 without exactly one Host; 431 for too many headers.
tl::expected<Head, Refusal> read_head(std::string_view head);

struct Target {
  std::string path;
  std::vector<std::string> segments;
  std::string query;  // still encoded
};
/// Only the origin form ("/path?query"). Empty, "." and ".." segments, controls, backslashes and encoded slashes
/// are refused; one slash at the end is let be.
std::optional<Target> parse_target(std::string_view target);

/// The whole. 400 for what is malformed, 415 for a POST whose body is no form.
tl::expected<Request, Refusal> read_request(RawRequest raw, const FormLimits& limits = {});

}  // namespace kasane::web
