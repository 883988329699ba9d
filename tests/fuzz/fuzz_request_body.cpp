// Any bytes as the body of a posted form. The first line of the input is the content type, so that the fuzzer also
// plays with boundaries; the rest is the body.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

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
  const auto line_end = bytes.find('\n');
  if (line_end == std::string_view::npos) return 0;
  web::RawRequest raw;
  raw.method = "POST";
  raw.target = "/";
  raw.headers = {{"host", "localhost"}, {"content-type", std::string(bytes.substr(0, line_end))}};
  raw.body = bytes.substr(line_end + 1);
  const std::size_t body_size = raw.body.size();
  const auto request = web::read_request(std::move(raw));
  if (!request) return 0;
  const web::FormLimits limits;
  must(request->posted.size() <= limits.fields && request->uploads.size() <= limits.uploads);
  std::size_t total = 0;
  for (const auto& [key, value] : request->posted) {
    must(!key.empty() && key.size() <= limits.key_bytes && web::is_utf8(key) && web::is_utf8(value));
    must(value.find('\0') == std::string::npos);
    total += value.size();
  }
  for (const auto& upload : request->uploads) total += upload.bytes.size();
  must(total <= body_size);
  return 0;
}
