// Making ids and their texts. Ids rise within a process: the step from one to the next is random, so that nobody can
// count from the id that he knows to the one that he may not know of.
#include "base/ids.hpp"

#include <sodium.h>

#include <atomic>

#include "base/clock.hpp"
#include "base/id_floor.hpp"

namespace kasane {
namespace {

constexpr UtcMs kIdEpoch = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int kRandomBits = 22;
constexpr std::uint32_t kLargestStep = 1024;
constexpr std::string_view kSigns = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford: no i, l, o, u
constexpr std::size_t kTextLength = 13;

std::int64_t id_of_this_moment() {
  std::int64_t since = SystemClock{}.now() - kIdEpoch;
  if (since < 0) since = 0;  // a clock set before 2020 still gives rising ids
  return (since << kRandomBits) | randombytes_uniform(1u << kRandomBits);
}

std::atomic<std::int64_t> last{0};

}  // namespace

void ids_after(std::int64_t id) {
  std::int64_t seen = last.load();
  while (seen < id && !last.compare_exchange_weak(seen, id)) {
  }
}

std::int64_t first_id_at(UtcMs at) { return at <= kIdEpoch ? 0 : (at - kIdEpoch) << kRandomBits; }

std::int64_t next_id() {
  std::int64_t seen = last.load();
  std::int64_t made = 0;
  do {
    made = id_of_this_moment();
    if (made <= seen) made = seen + 1 + randombytes_uniform(kLargestStep);
  } while (!last.compare_exchange_weak(seen, made));
  return made;
}

std::string id_text(std::int64_t id) {
  std::string text(kTextLength, '0');
  auto rest = static_cast<std::uint64_t>(id);
  for (std::size_t at = kTextLength; at-- > 0; rest >>= 5) text[at] = kSigns[rest & 31];
  return text;
}

std::optional<std::int64_t> parse_id_text(std::string_view text) {
  if (text.size() != kTextLength) return std::nullopt;
  std::uint64_t value = 0;
  for (char sign : text) {
    std::size_t digit = kSigns.find(sign);
    if (digit == std::string_view::npos) return std::nullopt;
    if (value > (UINT64_MAX >> 5)) return std::nullopt;
    value = (value << 5) | digit;
  }
  if (value == 0 || value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace kasane
