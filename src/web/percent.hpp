// Percent encoding of addresses and forms. Decoding is strict: the text must be UTF-8 and hold no NUL.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kasane::web {

/// Nothing for a broken escape, for bytes that are not UTF-8 and for NUL. `plus_is_space` as forms do it.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
/// Everything but letters, digits and -._~ becomes %XX: fit for a path segment, a key or a value.
std::string percent_encode(std::string_view text);
/// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace kasane::web
