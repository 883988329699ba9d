#include "access/key_handover.hpp"

#include <algorithm>

#include "access/line_parts.hpp"

namespace kasane::access {

namespace {

constexpr std::string_view kMark = "kasane-key-1";

std::string statement(const KeyHandover& h) { return std::string(kMark) + " " + hex(h.from) + " " + hex(h.to) + " " + std::to_string(h.at); }

bool holds(const std::vector<PublicKey>& keys, const PublicKey& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

}  // namespace

KeyHandover sign_handover(const Signer& old_key, const Signer& new_key, UtcMs at) {
  KeyHandover h{old_key.public_key(), new_key.public_key(), at, {}, {}};
  h.by_old = old_key.sign(statement(h));
  h.by_new = new_key.sign(statement(h));
  return h;
}

bool handover_holds(const KeyHandover& h) { return signed_by(h.from, statement(h), h.by_old) && signed_by(h.to, statement(h), h.by_new); }

std::string handover_line(const KeyHandover& h) { return statement(h) + " " + hex(h.by_old) + " " + hex(h.by_new); }

std::optional<KeyHandover> parse_handover_line(std::string_view line) {
  const auto part = words_of_line(line);
  KeyHandover h;
  if (part.size() != 6 || part[0] != kMark) return std::nullopt;
  if (!read_hex(part[1], h.from) || !read_hex(part[2], h.to) || !read_number(part[3], h.at) || !read_hex(part[4], h.by_old) || !read_hex(part[5], h.by_new))
    return std::nullopt;
  return h;
}

KeyLine::KeyLine(std::vector<PublicKey> trusted, const std::vector<KeyHandover>& handovers) : keys_(std::move(trusted)) {
  for (const KeyHandover& h : handovers)
    if (handover_holds(h) && std::find(handovers_.begin(), handovers_.end(), h) == handovers_.end()) handovers_.push_back(h);
  // From what is trusted to all that is tied to it, until nothing is added any more.
  for (std::size_t before = 0; before != keys_.size();) {
    before = keys_.size();
    for (const KeyHandover& h : handovers_) {
      if (holds(keys_, h.from) == holds(keys_, h.to)) continue;
      keys_.push_back(holds(keys_, h.from) ? h.to : h.from);
    }
  }
  std::erase_if(handovers_, [&](const KeyHandover& h) { return !holds(keys_, h.from); });
}

bool KeyLine::knows(const PublicKey& key) const { return holds(keys_, key); }

bool KeyLine::handed_over(const PublicKey& earlier, const PublicKey& later) const {
  std::vector<PublicKey> after{earlier};
  for (std::size_t at = 0; at < after.size(); ++at)
    for (const KeyHandover& h : handovers_)
      if (h.from == after[at] && !holds(after, h.to)) after.push_back(h.to);
  return earlier != later && holds(after, later);
}

bool KeyLine::forked() const {
  for (const KeyHandover& one : handovers_)
    for (const KeyHandover& other : handovers_)
      if (one.from == other.from && one.to != other.to) return true;
  return false;
}

}  // namespace kasane::access
