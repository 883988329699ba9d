// Tables of the room's words: each value of an enum with the code that is stored and what it is called on a page.
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace kasane::meeting {

template <class E>
struct Word {
  E value;
  std::string_view code;
  std::string_view label;
};

/// '' for a value that the table does not hold.
template <class List, class E>
std::string_view code_in(const List& list, E value) {
  for (const auto& word : list)
    if (word.value == value) return word.code;
  return {};
}
template <class List, class E>
std::string_view label_in(const List& list, E value) {
  for (const auto& word : list)
    if (word.value == value) return word.label;
  return {};
}
/// Nothing for a code that the table does not hold.
template <class E, class List>
std::optional<E> parse_in(const List& list, std::string_view code) {
  for (const auto& word : list)
    if (word.code == code) return word.value;
  return std::nullopt;
}

}  // namespace kasane::meeting
