// The values of a statement's $1..$n: params(household, Date, std::optional<std::string>, Status::open, true).
#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"

namespace kasane::db {

using Blob = std::vector<std::uint8_t>;
using Param = std::variant<std::monostate, std::int64_t, bool, std::string, Blob>;

/// NULL, spelled out.
inline constexpr std::monostate null{};

inline Param to_param(std::monostate) { return {}; }
inline Param to_param(std::nullopt_t) { return {}; }
/// Integers and enums are stored as 64-bit numbers; bool is a kind of its own.
template <class T>
  requires(std::integral<T> || std::is_enum_v<T>)
Param to_param(T value) {
  if constexpr (std::same_as<T, bool>) return value;
  else return static_cast<std::int64_t>(value);
}
template <class Tag>
Param to_param(Id<Tag> id) { return id.value; }
/// Dates are stored as ISO text.
inline Param to_param(Date date) { return date.iso(); }
inline Param to_param(std::string text) { return text; }
inline Param to_param(std::string_view text) { return std::string(text); }
inline Param to_param(const char* text) { return std::string(text); }
inline Param to_param(Blob bytes) { return bytes; }
inline Param to_param(Param param) { return param; }
template <class T>
Param to_param(const std::optional<T>& value) { return value ? to_param(*value) : Param{}; }

/// For `IN {ids:$1}`: any number of ids as one parameter, so that the statement stays the same (and cached).
template <class Tag>
Param id_list(const std::vector<Id<Tag>>& ids) {
  std::string text = "[";
  for (const auto& id : ids) text += (text.size() > 1 ? "," : "") + std::to_string(id.value);
  return text + "]";
}

/// The values in order; $1 is the first.
class Params {
 public:
  Params() = default;
  template <class T>
  Params& add(T&& value) {
    values_.push_back(to_param(std::forward<T>(value)));
    return *this;
  }
  std::span<const Param> values() const { return values_; }
  std::size_t size() const { return values_.size(); }

 private:
  std::vector<Param> values_;
};

template <class... T>
Params params(T&&... values) {
  Params all;
  (all.add(std::forward<T>(values)), ...);
  return all;
}

}  // namespace kasane::db
