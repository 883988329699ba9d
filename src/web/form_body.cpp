// Parsers of posted forms, see form_body.hpp. Multipart follows RFC 7578 as browsers write it: no preamble, no nested
// parts, no backslash escapes inside quotes.
#include "web/form_body.hpp"

#include <algorithm>

#include "web/ascii.hpp"
#include "web/percent.hpp"

namespace kasane::web {

namespace {

bool is_good_key(std::string_view key, const FormLimits& limits) {
  return !key.empty() && key.size() <= limits.key_bytes &&
         std::none_of(key.begin(), key.end(), [](char c) { return is_control(c); }) && is_utf8(key);
}

bool is_good_text(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

struct PartHead {
  std::string name;
  bool is_file = false;
  bool has_file_name = false;  // an empty one means that no file was chosen
  std::string content_type = "text/plain";
};

/// The media type when it is one at all, so that odd bytes are never kept.
std::string claimed_type(std::string_view value) {
  auto type = media_type(value);
  const auto slash = type.find('/');
  const bool good = slash != std::string::npos && type.size() <= 100 &&
                    is_token(std::string_view(type).substr(0, slash)) &&
                    is_token(std::string_view(type).substr(slash + 1));
  return good ? type : "application/octet-stream";
}

bool read_disposition(std::string_view value, PartHead& head) {
  auto name = header_parameter(value, "name");
  if (media_type(value) != "form-data" || !name || !head.name.empty()) return false;
  head.name = std::move(*name);
  const auto plain = header_parameter(value, "filename");
  const auto extended = header_parameter(value, "filename*");
  head.is_file = plain || extended;
  head.has_file_name = (plain && !plain->empty()) || (extended && !extended->empty());
  return true;
}

std::optional<PartHead> read_part_head(std::string_view text, const FormLimits& limits) {
  PartHead head;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    const auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
    const auto name = ascii_lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition" && !read_disposition(value, head)) return std::nullopt;
    if (name == "content-type") head.content_type = claimed_type(value);
    if (name == "content-transfer-encoding" && !same_word(value, "binary") && !same_word(value, "8bit") &&
        !same_word(value, "7bit")) {
      return std::nullopt;
    }
  }
  if (!is_good_key(head.name, limits)) return std::nullopt;
  return head;
}

/// False when the form is full or the part is no good.
bool keep_part(PartHead head, std::string_view content, const FormLimits& limits, MultipartForm& form) {
  if (head.is_file) {
    if (!head.has_file_name && content.empty()) return true;
    if (form.uploads.size() == limits.uploads) return false;
    form.uploads.push_back({std::move(head.name), std::move(head.content_type), std::string(content)});
    return true;
  }
  if (form.posted.size() == limits.fields || !is_good_text(content)) return false;
  form.posted.emplace_back(std::move(head.name), std::string(content));
  return true;
}

/// bchars of RFC 2046 §5.1.1; spaces are left out, no browser uses them.
bool is_boundary_char(char c) {
  return is_alpha(c) || is_digit(c) || std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<Pairs> parse_urlencoded(std::string_view text, const FormLimits& limits) {
  Pairs pairs;
  while (!text.empty()) {
    const auto piece = take_until(text, '&');
    if (piece.empty()) continue;
    const auto equals = piece.find('=');
    auto key = percent_decode(piece.substr(0, equals), true);
    auto value = percent_decode(equals == std::string_view::npos ? "" : piece.substr(equals + 1), true);
    if (!key || !value || !is_good_key(*key, limits) || pairs.size() == limits.fields) return std::nullopt;
    pairs.emplace_back(std::move(*key), std::move(*value));
  }
  return pairs;
}

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  if (media_type(content_type) != "multipart/form-data") return std::nullopt;
  auto boundary = header_parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
  if (!std::all_of(boundary->begin(), boundary->end(), is_boundary_char)) return std::nullopt;
  return boundary;
}

std::optional<MultipartForm> parse_multipart(std::string_view body, std::string_view boundary,
                                             const FormLimits& limits) {
  const std::string delimiter = "\r\n--" + std::string(boundary);
  if (!body.starts_with(std::string_view(delimiter).substr(2))) return std::nullopt;
  body.remove_prefix(delimiter.size() - 2);
  MultipartForm form;
  while (body.starts_with("\r\n")) {
    // From the line break on, so that a part without headers shows as an empty head.
    const auto head_end = body.substr(0, limits.part_header_bytes + 4).find("\r\n\r\n");
    if (head_end == std::string_view::npos) return std::nullopt;
    auto head = read_part_head(head_end == 0 ? std::string_view{} : body.substr(2, head_end - 2), limits);
    if (!head) return std::nullopt;
    // Keep the line break of the empty line: where there is no content at all it also begins the delimiter.
    body.remove_prefix(head_end + 2);
    const auto content_end = body.find(delimiter);
    if (content_end == std::string_view::npos) return std::nullopt;
    const auto content = content_end == 0 ? std::string_view{} : body.substr(2, content_end - 2);
    if (!keep_part(std::move(*head), content, limits, form)) return std::nullopt;
    body.remove_prefix(content_end + delimiter.size());
  }
  if (body != "--" && body != "--\r\n") return std::nullopt;
  return form;
}

std::string media_type(std::string_view content_type) { return ascii_lower(trimmed(take_until(content_type, ';'))); }

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
  take_until(value, ';');
  while (!value.empty()) {
    const auto equals = value.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto key = trimmed(value.substr(0, equals));
    value = trimmed(value.substr(equals + 1));
    std::string_view found;
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      if (value.find('"') == std::string_view::npos) return std::nullopt;
      found = take_until(value, '"');
      take_until(value, ';');
    } else {
      found = trimmed(take_until(value, ';'));
    }
    if (same_word(key, name)) return std::string(found);
  }
  return std::nullopt;
}

}  // namespace kasane::web
