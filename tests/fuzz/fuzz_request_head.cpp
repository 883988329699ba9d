// Any bytes as the head of a request: read_head must refuse or give parts that hold what it promises, and the rest of
// the reading (address, query, cookies, headers) must cope with whatever passed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "web/negotiate.hpp"
#include "web/percent.hpp"
#include "web/read_request.hpp"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace web = kasane::web;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto head = web::read_head(bytes);
  if (!head) return 0;
  must(!(head->chunked && head->content_length));
  must(head->request.target.find_first_of(" \r\n") == std::string_view::npos);
  for (const auto& [name, value] : head->request.headers) {
    must(!name.empty() && name.find_first_of(": \r\n") == std::string_view::npos);
    must(value.find_first_of("\r\n") == std::string_view::npos);
  }
  (void)web::preferred_encoding(head->request.header("accept-encoding"));
  (void)web::etag_matches(head->request.header("if-none-match"), "W/\"0123456789abcdef\"");
  const auto request = web::read_request(std::move(head->request));
  if (!request) return 0;
  must(request->path.starts_with('/') && web::is_utf8(request->path));
  for (const auto& segment : request->segments) {
    must(!segment.empty() && segment != "." && segment != "..");
    must(segment.find('/') == std::string::npos && segment.find('\0') == std::string::npos);
  }
  for (const auto& [key, value] : request->query) must(!key.empty() && web::is_utf8(key) && web::is_utf8(value));
  (void)request->same_origin();
  return 0;
}
