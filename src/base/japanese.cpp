// ICU is used for normalising only: its transliterators break long vowels and know no Japanese variants.
#include "base/japanese.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

#include "base/kanji_variants.hpp"

namespace kasane {
namespace {

constexpr char32_t kStartMark = 0xE000;
constexpr char32_t kEndMark = 0xE001;
constexpr char32_t kReplacement = 0xFFFD;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
/// The next code point, or a negative number for a broken sequence; moves `at` behind it.
UChar32 next(std::string_view text, std::size_t& at) {
  UChar32 point = 0;
  auto offset = static_cast<std::int64_t>(at);
  U8_NEXT(text.data(), offset, static_cast<std::int64_t>(text.size()), point);
  at = static_cast<std::size_t>(offset);
  return point;
}
#pragma GCC diagnostic pop

std::u32string decode(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 point = next(text, at);
    points += point < 0 ? kReplacement : static_cast<char32_t>(point);
  }
  return points;
}

void append(std::string& text, char32_t point) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, point);
  text.append(bytes, static_cast<std::size_t>(length));
}

std::string encode(std::u32string_view points) {
  std::string text;
  text.reserve(points.size() * 3);
  for (char32_t point : points) append(text, point);
  return text;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool turns_direction(UChar32 point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E ||
         point == 0x200F || point == 0x061C;
}

/// Signs that nobody reads in a name: spaces, controls, variation selectors and other invisible ones, and the two
/// marks that the bigrams need for themselves.
bool is_dropped(char32_t point) {
  auto p = static_cast<UChar32>(point);
  return u_isUWhiteSpace(p) || u_iscntrl(p) || u_hasBinaryProperty(p, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         point == kStartMark || point == kEndMark;
}

char32_t to_katakana(char32_t point) {
  bool hiragana = (point >= 0x3041 && point <= 0x3096) || point == 0x309D || point == 0x309E;
  return hiragana ? point + 0x60 : point;
}

bool is_kanji(char32_t point) { return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_UNIFIED_IDEOGRAPH); }

std::string folded_once(std::string_view text) {
  std::u32string key;
  for (char32_t point : decode(nfkc(text))) {
    if (is_dropped(point)) continue;
    if (point == U'々' && !key.empty() && is_kanji(key.back())) {
      key += key.back();
    } else {
      auto small = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT));
      key += fold_kanji(to_katakana(small));
    }
  }
  return nfkc(encode(key));
}

char32_t as_it_sounds(char32_t point) {
  switch (point) {
    case U'ァ':
      return U'ア';
    case U'ィ':
      return U'イ';
    case U'ゥ':
      return U'ウ';
    case U'ェ':
      return U'エ';
    case U'ォ':
      return U'オ';
    case U'ッ':
      return U'ツ';
    case U'ャ':
      return U'ヤ';
    case U'ュ':
      return U'ユ';
    case U'ョ':
      return U'ヨ';
    case U'ヮ':
      return U'ワ';
    case U'ヵ':
      return U'カ';
    case U'ヶ':
      return U'ケ';
    case U'ヂ':
      return U'ジ';
    case U'ヅ':
      return U'ズ';
    case U'ヲ':
      return U'オ';
    case U'ヱ':
      return U'エ';
    case U'ヰ':
      return U'イ';
  }
  return point;
}

bool is_unsounded(char32_t point) {
  return point == U'ー' || point == U'・' || u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_DASH);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (next(text, at) < 0) return false;
  }
  return true;
}

std::string repair_utf8(std::string_view text) { return encode(decode(text)); }

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next(text, at);
  return count;
}

bool has_control_characters(std::string_view text, bool lines) {
  for (std::size_t at = 0; at < text.size();) {
    UChar32 point = next(text, at);
    if (point < 0) continue;
    if (point == '\t' || (lines && point == '\n')) continue;
    if (u_charType(point) == U_CONTROL_CHAR || turns_direction(point) || point == 0x2028 || point == 0x2029)
      return true;
  }
  return false;
}

std::string_view trim(std::string_view text) {
  static constexpr std::string_view kWide = "　";
  auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (;;) {
    if (!text.empty() && blank(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(kWide))
      text.remove_prefix(kWide.size());
    else
      break;
  }
  for (;;) {
    if (!text.empty() && blank(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(kWide))
      text.remove_suffix(kWide.size());
    else
      break;
  }
  return text;
}

std::string normalise_newlines(std::string_view text) {
  std::string normal;
  normal.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      normal += text[at];
      continue;
    }
    normal += '\n';
    if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
  }
  return normal;
}

std::string nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC data");
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  icu::UnicodeString normal = normalizer->normalize(wide, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
  std::string result;
  normal.toUTF8String(result);
  return result;
}

std::string name_key(std::string_view text) {
  std::string key = folded_once(text);
  // Dropping and folding may bring together what then composes to something that folds again (か and a loose ゛).
  for (int round = 0; round < 3; ++round) {
    std::string again = folded_once(key);
    if (again == key) break;
    key = std::move(again);
  }
  return key;
}

std::string kana_key(std::string_view text) {
  std::u32string key;
  for (char32_t point : decode(name_key(text))) {
    if (!is_unsounded(point)) key += as_it_sounds(point);
  }
  return encode(key);
}

std::vector<std::string> bigrams(std::string_view key, Ends ends) {
  std::u32string points = decode(key);
  if (points.empty()) return {};
  if (ends != Ends::none) points.insert(points.begin(), kStartMark);
  if (ends == Ends::both) points += kEndMark;
  std::vector<std::string> pairs;
  std::unordered_set<std::u32string_view> seen;
  for (std::size_t at = 0; at + 1 < points.size(); ++at) {
    std::u32string_view pair = std::u32string_view(points).substr(at, 2);
    if (seen.insert(pair).second) pairs.push_back(encode(pair));
  }
  return pairs;
}

}  // namespace kasane
