#include "access/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace kasane::access {

namespace {

constexpr std::string_view kMark = "kasane-checkpoint-1";

template <std::size_t N>
std::string hex(const std::array<std::uint8_t, N>& bytes) {
  return to_hex(std::span<const std::uint8_t>(bytes));
}

template <std::size_t N>
bool read_hex(std::string_view text, std::array<std::uint8_t, N>& out) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != N) return false;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return true;
}

bool read_number(std::string_view text, std::int64_t& out) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc() && end == text.data() + text.size() && out >= 0;
}

// What is signed: the line up to the key. City names hold no blank, so no two checkpoints share their text.
std::string statement(const Checkpoint& c) {
  return std::string(kMark) + " " + c.city + " " + std::to_string(c.number) + " " + std::to_string(c.batch) + " " + hex(c.chain) + " " + std::to_string(c.at);
}

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

Checkpoint sign_checkpoint(Checkpoint c, const Signer& signer) {
  c.key = signer.public_key();
  c.signature = signer.sign(statement(c));
  return c;
}

bool signature_holds(const Checkpoint& c) { return signed_by(c.key, statement(c), c.signature); }

std::string checkpoint_line(const Checkpoint& c) { return statement(c) + " " + hex(c.key) + " " + hex(c.signature); }

std::optional<Checkpoint> parse_checkpoint_line(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  const auto part = words(line);
  Checkpoint c;
  if (part.size() != 8 || part[0] != kMark || part[1].empty()) return std::nullopt;
  c.city = part[1];
  if (!read_number(part[2], c.number) || !read_number(part[3], c.batch) || !read_hex(part[4], c.chain) || !read_number(part[5], c.at) ||
      !read_hex(part[6], c.key) || !read_hex(part[7], c.signature))
    return std::nullopt;
  return c;
}

std::string short_code(const Hash& chain) {
  const std::string all = hex(chain).substr(0, 16);
  return all.substr(0, 4) + "-" + all.substr(4, 4) + "-" + all.substr(8, 4) + "-" + all.substr(12, 4);
}

}  // namespace kasane::access
