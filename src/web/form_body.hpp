// Bodies of posted forms. Everything is bounded; a fault refuses the whole body, so that half a form is never saved.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request.hpp"

namespace kasane::web {

struct FormLimits {
  std::size_t fields = 2000;
  std::size_t uploads = 20;
  std::size_t key_bytes = 200;
  std::size_t part_header_bytes = 4096;
};

/// "a=1&b=%E3%81%82", of an address or a body. Nothing when malformed or over a limit.
std::optional<Pairs> parse_urlencoded(std::string_view text, const FormLimits& limits = {});

struct MultipartForm {
  Pairs posted;
  std::vector<Upload> uploads;
};
/// The boundary of a multipart/form-data content type; nothing when there is none or it breaks RFC 2046.
std::optional<std::string> multipart_boundary(std::string_view content_type);
/// A part with a file name is an upload (its name is dropped; one without name and bytes, "no file chosen", is left
/// out); any other is a text field. Nothing when malformed or over a limit.
std::optional<MultipartForm> parse_multipart(std::string_view body, std::string_view boundary,
                                             const FormLimits& limits = {});

/// "text/html; charset=UTF-8" -> "text/html", lower case.
std::string media_type(std::string_view content_type);
/// A parameter of a header value, unquoted ("boundary", "charset"); nothing when absent.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

}  // namespace kasane::web
