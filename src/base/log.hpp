// The safe log: one line per event on the standard error output. What may be written is decided by types: numbers,
// yes/no, enums, ids, durations, slugs and texts that stand in the source. A std::string does not compile, so no name, note
// or search word can reach the log, not even by way of an error message.
//
//   log::info("http.started", {{"port", port}, {"tls", true}});
//   2026-11-22T05:03:12.123Z info http.started port=8443 tls=yes
#pragma once
#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/slug.hpp"

namespace kasane::log {

enum class Level : std::uint8_t { info, warn, error };

/// The name of an event or of a value: a literal of small letters, digits, '_' and '.'.
class Name {
 public:
  template <std::size_t N>
  consteval Name(const char (&literal)[N]) : text_(literal, N - 1) {
    if (text_.empty()) throw "a name of a log entry must not be empty";
    for (char c : text_) {
      bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
      if (!known) throw "names in the log are small letters, digits, _ and .";
    }
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

namespace detail {
template <class T>
concept Whole = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
                !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;
}

/// What may stand in the log. There is deliberately no way in for text that was made at run time.
class Value {
 public:
  template <class T>
  requires std::same_as<T, bool> Value(T yes) : literal_(yes ? "yes" : "no") {}
  template <detail::Whole T>
  Value(T number) {
    keep(std::to_string(number));
  }
  /// Enums are written as their number.
  template <class T>
  requires std::is_enum_v<T> Value(T word) { keep(std::to_string(static_cast<std::int64_t>(word))); }
  template <class Tag>
  Value(Id<Tag> id) {
    keep(id_text(id));
  }
  Value(const Slug& city) { keep(city.text()); }
  /// Written in microseconds below 10 ms, else in milliseconds.
  template <class Rep, class Period>
  Value(std::chrono::duration<Rep, Period> took) {
    keep(of_duration(std::chrono::duration_cast<std::chrono::microseconds>(took)));
  }
  template <std::size_t N>
  consteval Value(const char (&literal)[N]) : literal_(literal, N - 1) {}

  std::string_view text() const { return made_length_ ? std::string_view(made_.data(), made_length_) : literal_; }

 private:
  static constexpr std::size_t kLongest = kLongestSlug;  // the longest number, id or duration fits too
  static std::string of_duration(std::chrono::microseconds took);
  void keep(std::string_view made);
  std::string_view literal_;
  std::array<char, kLongest> made_{};  // not a std::string: a consteval constructor could not hold one
  std::size_t made_length_ = 0;
};

struct Entry {
  Name name;
  Value value;
};
using Entries = std::initializer_list<Entry>;

void info(Name event, Entries entries = {});
void warn(Name event, Entries entries = {});
void error(Name event, Entries entries = {});

/// The line without its end, as it is written.
std::string line(UtcMs at, Level level, Name event, Entries entries);

/// Below this level nothing is written; info at the start.
void set_level(Level least);
/// Where lines go instead of the standard error output (for tests); an empty function restores it.
void set_sink(std::function<void(std::string_view line)> sink);

}  // namespace kasane::log
