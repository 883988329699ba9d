#include "programme/password_rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/japanese.hpp"

namespace kasane::programme {

namespace {

constexpr std::size_t kFewestDifferent = 5;   // characters
constexpr std::size_t kShortestWord = 3;      // of near words; shorter ones are part of anything
constexpr std::size_t kFewestOfOnesOwn = 4;   // characters that are left when known words, digits and signs are taken out

// Keys beside and below each other, both ways.
constexpr std::array<std::string_view, 16> kRows{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn",
                                                 "7ujm",       "8ik",        "9ol",       "0p",      "-^",   "@["};

// In the form of name_key: small Latin letters, katakana, without spaces.
constexpr std::array<std::string_view, 28> kCommon{
    "password", "passwd", "passward", "pass", "kasane", "カサネ", "admin", "administrator", "administer", "root", "guest", "user", "test",
    "welcome", "letmein", "login", "secret", "himitsu", "pasuwado", "パスワード", "ヒミツ", "qwerty", "iloveyou", "sakura", "japan", "nippon",
    "jusou", "shiyakusho"};

bool is_digit_or_sign(char32_t c) { return c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'); }

std::u32string characters_of(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3fu);
    out += c;
    i += length;
  }
  return out;
}

bool is_repetition(const std::u32string& text) {
  if (std::set<char32_t>(text.begin(), text.end()).size() < kFewestDifferent) return true;
  for (std::size_t unit = 1; unit <= text.size() / 2; ++unit)
    if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(unit), text.end(), text.begin())) return true;
  return false;
}

bool are_beside(char32_t a, char32_t b) {
  if (a == b || a + 1 == b || b + 1 == a) return true;
  if (a >= 0x80 || b >= 0x80) return false;
  for (const std::string_view row : kRows)
    for (std::size_t i = 1; i < row.size(); ++i) {
      const auto left = static_cast<char32_t>(row[i - 1]), right = static_cast<char32_t>(row[i]);
      if ((a == left && b == right) || (a == right && b == left)) return true;
    }
  return false;
}

/// Four of five steps go to the key beside, or to the next letter or number.
bool is_walk(const std::u32string& text) {
  std::size_t beside = 0;
  for (std::size_t i = 1; i < text.size(); ++i) beside += are_beside(text[i - 1], text[i]) ? 1 : 0;
  return beside * 5 >= (text.size() - 1) * 4;
}

void take_out(std::string& text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) text.replace(at, word.size(), 1, ' ');
}

/// Signs that stand for letters: p@ssw0rd.
std::string unmasked(std::string text) {
  for (char& c : text) {
    if (c == '@') c = 'a';
    if (c == '0') c = 'o';
    if (c == '$' || c == '5') c = 's';
    if (c == '3') c = 'e';
    if (c == '1' || c == '!') c = 'i';
  }
  return text;
}

std::vector<std::string> known_words(const std::vector<std::string>& near_words) {
  std::vector<std::string> words(kCommon.begin(), kCommon.end());
  for (const std::string& given : near_words) {
    std::string part;
    // A login such as "city-window" holds two words.
    for (const char c : given + " ") {
      const bool parts = c == ' ' || c == '-' || c == '.' || c == '_';
      if (!parts) part += c;
      if (parts && !part.empty()) words.push_back(name_key(std::exchange(part, {})));
    }
    words.push_back(name_key(given));
  }
  std::erase_if(words, [](const std::string& word) { return count_characters(word) < kShortestWord; });
  // The longest first: what it holds is not left over in pieces.
  std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return words;
}

bool is_of_known_words(std::string text, const std::vector<std::string>& words) {
  for (const std::string& word : words) take_out(text, word);
  std::size_t left = 0;
  for (const char32_t c : characters_of(text)) left += is_digit_or_sign(c) ? 0 : 1;
  return left < kFewestOfOnesOwn;
}

}  // namespace

std::optional<std::string> why_not_password(std::string_view password, const std::vector<std::string>& near_words) {
  if (!is_valid_utf8(password) || has_control_characters(password, false)) return "パスワードに使えない文字があります。";
  const std::size_t length = count_characters(password);
  if (length < kShortestPassword) return "パスワードは10文字以上にしてください。";
  if (length > kLongestPassword) return "パスワードは200文字までにしてください。";
  const std::string key = name_key(password);
  const std::u32string characters = characters_of(key);
  if (is_repetition(characters)) return "同じ文字や短い並びのくり返しは、パスワードに使えません。";
  if (is_walk(characters)) return "「1234」「abcd」「qwerty」のような、順番どおりの並びやキーの並びは、パスワードに使えません。";
  const auto words = known_words(near_words);
  if (is_of_known_words(key, words) || is_of_known_words(unmasked(key), words))
    return "数字だけのもの、利用者ID・氏名・市や事業の名前・よく使われる言葉だけでできたものは、パスワードに使えません。関係のない言葉をいくつか組み合わせてください。";
  return std::nullopt;
}

}  // namespace kasane::programme
