// Whole numbers in as few bytes as they need (LEB128): seven bits a byte, the high bit says that more follow.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasane {

inline void put_varint(std::string& out, std::uint64_t v) {
  for (; v >= 0x80; v >>= 7) out.push_back(static_cast<char>(static_cast<std::uint8_t>(v) | 0x80));
  out.push_back(static_cast<char>(v));
}

/// Reads the number at `at` and moves behind it. Nothing when the bytes end within it or it has more than 64 bits.
inline std::optional<std::uint64_t> take_varint(std::string_view bytes, std::size_t& at) {
  std::uint64_t v = 0;
  for (int shift = 0; at < bytes.size() && shift <= 63; shift += 7) {
    const auto b = static_cast<std::uint8_t>(bytes[at++]);
    v |= static_cast<std::uint64_t>(b & 0x7f) << shift;
    if ((b & 0x80) == 0) return v;
  }
  return std::nullopt;
}

}  // namespace kasane
