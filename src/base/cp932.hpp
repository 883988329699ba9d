// The Windows code page in which offices exchange lists (CP932, "Shift_JIS" of Excel), by way of iconv.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kasane {

/// UTF-8 of a CP932 text; nothing when some bytes are no CP932.
std::optional<std::string> from_cp932(std::string_view bytes);

struct Cp932Text {
  std::string bytes;
  bool changed = false;  // a reader would see something else than the original: 〓, another form, a lost selector
};

/// CP932 of a UTF-8 text. Signs that merely have another code there (〜 − – — ¥) are written as their twins and do not
/// count as changed. Variation selectors are dropped, variant kanji written in their usual form where that exists,
/// all else becomes 〓; each of these counts as changed.
Cp932Text to_cp932(std::string_view text);

}  // namespace kasane
