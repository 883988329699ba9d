// From the raw text of a request to a Request. Pure, so that odd requests can be tried without a socket. What two
// servers in a row might read differently (request smuggling) is refused here, before anything else looks at it.
#pragma once
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

/// A head as it came, already split into lines by the network.
struct RawRequest {
  std::string method;
  std::string target;
  Pairs headers;  // names in lower case
  std::string body;
  std::string client;
  bool secure = false;
  std::uint64_t request_id = 0;
};

/// Checks the bytes of a head, from the request line to the empty line: no bare CR or LF, NUL or other control, no
/// folded lines, no space around a name, no two lengths, no length beside a transfer coding, no coding but one
/// "chunked", one Host in HTTP/1.1. Nothing when all is well.
std::optional<Refusal> check_head(std::string_view head);

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
