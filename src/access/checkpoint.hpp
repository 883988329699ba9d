// A signed statement of where the audit chain stands. Its line is kept outside this machine (another server, paper):
// whoever rewrites the whole chain here cannot rewrite that.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/signing.hpp"

namespace kasane::access {

using Hash = std::array<std::uint8_t, 32>;

struct Checkpoint {
  std::string city;         // slug; not personal
  std::int64_t number = 0;  // counts up by one, over all years
  std::int64_t batch = 0;   // the last batch that it vouches for
  Hash chain{};             // value of the chain after that batch
  UtcMs at = 0;
  PublicKey key{};
  Signature signature{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The same with key and signature of `signer`.
Checkpoint sign_checkpoint(Checkpoint checkpoint, const Signer& signer);
/// Whether the signature is that of the key named in it.
bool signature_holds(const Checkpoint& checkpoint);

/// One line of text: kasane-checkpoint-1 CITY NUMBER BATCH CHAIN TIME KEY SIGNATURE, numbers decimal, bytes in hex.
std::string checkpoint_line(const Checkpoint& checkpoint);
/// Nothing when the line is none. Does not look at the signature.
std::optional<Checkpoint> parse_checkpoint_line(std::string_view line);

/// The first 16 hex digits of the chain in groups of four: short enough to be copied by hand into the log book.
std::string short_code(const Hash& chain);

}  // namespace kasane::access
