#include "access/checkpoint.hpp"

#include "access/line_parts.hpp"

namespace kasane::access {

namespace {

constexpr std::string_view kMark = "kasane-checkpoint-1";

// What is signed: the line up to the key. City names hold no blank, so no two checkpoints share their text.
std::string statement(const Checkpoint& c) {
  return std::string(kMark) + " " + c.city + " " + std::to_string(c.number) + " " + std::to_string(c.batch) + " " + hex(c.chain) + " " + std::to_string(c.at);
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
  const auto part = words_of_line(line);
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
