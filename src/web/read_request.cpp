// From raw text to a Request, see read_request.hpp.
#include "web/read_request.hpp"

#include <algorithm>
#include <iterator>

#include "web/ascii.hpp"
#include "web/cookies.hpp"
#include "web/percent.hpp"

namespace kasane::web {

namespace {

constexpr std::size_t kMostHeaders = 100;
constexpr std::size_t kMostSegments = 32;

/// Text up to the next CRLF, taken off `rest`; nothing when a control, a bare CR or a bare LF stands before it.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c != '\t' && is_control(c); });
  const auto length = static_cast<std::size_t>(end - rest.begin());
  if (!rest.substr(length).starts_with("\r\n")) return std::nullopt;
  const auto line = rest.substr(0, length);
  rest.remove_prefix(length + 2);
  return line;
}

tl::unexpected<Refusal> refuse(int status) { return tl::unexpected<Refusal>(Refusal{status}); }

/// Method and target into `head`; which of the two versions (1: HTTP/1.1, 0: HTTP/1.0), or nothing.
std::optional<int> read_request_line(std::string_view line, Head& head) {
  const auto method = take_until(line, ' ');
  const auto target = take_until(line, ' ');
  const bool plain = std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!is_token(method) || target.empty() || !plain) return std::nullopt;
  if (line != "HTTP/1.1" && line != "HTTP/1.0") return std::nullopt;
  head.request.method = method;
  head.request.target = target;
  return line == "HTTP/1.1" ? 1 : 0;
}

std::optional<std::uint64_t> read_length(std::string_view value) {
  constexpr std::size_t kMostDigits = 18;  // fits 64 bits, and is far above every limit
  if (value.empty() || value.size() > kMostDigits || !std::all_of(value.begin(), value.end(), is_digit)) return {};
  std::uint64_t length = 0;
  for (char c : value) length = length * 10 + static_cast<std::uint64_t>(c - '0');
  return length;
}

bool is_host(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return is_alpha(c) || is_digit(c) || std::string_view(".:-_[]").find(c) != std::string_view::npos;
  });
}

bool lists_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    if (same_word(trimmed(take_until(list, ',')), word)) return true;
  }
  return false;
}

/// Where a body ends, and what else of the headers matters to the connection. False when two servers could differ.
bool read_framing(int minor_version, Head& head) {
  int hosts = 0;
  bool close = false, keep = false;
  for (const auto& [name, value] : head.request.headers) {
    if (name == "content-length") {
      const auto length = read_length(value);
      if (!length || head.content_length) return false;
      head.content_length = length;
    } else if (name == "transfer-encoding") {
      if (!same_word(value, "chunked") || head.chunked) return false;
      head.chunked = true;
    } else if (name == "host") {
      if (!is_host(value) || ++hosts > 1) return false;
    } else if (name == "connection") {
      close = close || lists_word(value, "close");
      keep = keep || lists_word(value, "keep-alive");
    } else if (name == "expect") {
      head.expects_continue = same_word(value, "100-continue");
    }
  }
  if (head.content_length && head.chunked) return false;
  head.keep_alive = !close && (minor_version == 1 || keep);
  return minor_version == 1 ? hosts == 1 : !head.chunked;
}

bool is_good_segment(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::none_of(segment.begin(), segment.end(), [](char c) { return is_control(c) || c == '/' || c == '\\'; });
}

/// Fills posted and uploads; the status to refuse with, or 0.
int read_body(std::string body, const FormLimits& limits, Request& request) {
  if (body.empty()) return 0;
  const auto content_type = request.header("content-type");
  const auto type = media_type(content_type);
  if (type == "application/x-www-form-urlencoded") {
    const auto charset = header_parameter(content_type, "charset");
    if (charset && !same_word(*charset, "utf-8")) return 415;
    auto posted = parse_urlencoded(body, limits);
    if (!posted) return 400;
    request.posted = std::move(*posted);
    return 0;
  }
  if (type != "multipart/form-data") return 415;
  const auto boundary = multipart_boundary(content_type);
  auto form = boundary ? parse_multipart(body, *boundary, limits) : std::nullopt;
  if (!form) return 400;
  request.posted = std::move(form->posted);
  request.uploads = std::move(form->uploads);
  return 0;
}

}  // namespace

std::string_view RawRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

tl::expected<Head, Refusal> read_head(std::string_view text) {
  Head head;
  const auto first = take_line(text);
  const auto minor_version = first ? read_request_line(*first, head) : std::nullopt;
  if (!minor_version) return refuse(400);
  while (true) {
    const auto line = take_line(text);
    if (!line) return refuse(400);
    if (line->empty()) break;
    const auto colon = line->find(':');
    // A folded line begins with a space, which no name may; nor may one stand before the colon.
    if (colon == std::string_view::npos || !is_token(line->substr(0, colon))) return refuse(400);
    if (head.request.headers.size() == kMostHeaders) return refuse(431);
    head.request.headers.emplace_back(ascii_lower(line->substr(0, colon)), trimmed(line->substr(colon + 1)));
  }
  if (!text.empty() || !read_framing(*minor_version, head)) return refuse(400);
  return head;
}

std::optional<Target> parse_target(std::string_view target) {
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return std::nullopt;
  Target out;
  std::string_view path = take_until(target, '?');
  out.query = target;
  path.remove_prefix(1);
  while (!path.empty()) {
    auto segment = percent_decode(take_until(path, '/'), false);
    if (!segment || !is_good_segment(*segment) || out.segments.size() == kMostSegments) return std::nullopt;
    out.path += '/' + *segment;
    out.segments.push_back(std::move(*segment));
  }
  if (out.path.empty()) out.path = "/";
  return out;
}

tl::expected<Request, Refusal> read_request(RawRequest raw, const FormLimits& limits) {
  auto target = parse_target(raw.target);
  auto query = target ? parse_urlencoded(target->query, limits) : std::nullopt;
  if (!query) return refuse(400);
  Request request;
  request.method = std::move(raw.method);
  request.path = std::move(target->path);
  request.segments = std::move(target->segments);
  request.query = std::move(*query);
  request.client = std::move(raw.client);
  request.secure = raw.secure;
  request.request_id = raw.request_id;
  for (auto& [name, value] : raw.headers) {
    if (name == "content-encoding" && !same_word(value, "identity")) return refuse(415);
    if (name == "cookie") {
      auto cookies = parse_cookies(value);
      std::move(cookies.begin(), cookies.end(), std::back_inserter(request.cookies));
    }
    if (kept_header(name)) request.headers.emplace_back(std::move(name), std::move(value));
  }
  if (request.method == "POST") {
    if (const int status = read_body(std::move(raw.body), limits, request)) return refuse(status);
  }
  return request;
}

}  // namespace kasane::web
