// The short name of a city: first part of its addresses, its folder, its name in the log and in checkpoints. Small
// letters, digits and '-': nothing that a path, an address or a line of the log could read otherwise.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace kasane {

inline constexpr std::size_t kLongestSlug = 24;

inline bool is_slug(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kLongestSlug && letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || c == '-'; });
}

/// A text that is certainly a slug, so that it may stand in the log; "?" for anything else.
class Slug {
 public:
  explicit Slug(std::string_view text) : text_(is_slug(text) ? text : "?") {}
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace kasane
