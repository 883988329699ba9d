// The key that signs checkpoints hands over to the next one: a line that both have signed. Whoever trusts one of the two
// may then trust the other; kept beside the checkpoints, outside too.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/signing.hpp"

namespace kasane::access {

struct KeyHandover {
  PublicKey from{};
  PublicKey to{};
  UtcMs at = 0;
  Signature by_old{};
  Signature by_new{};
  friend bool operator==(const KeyHandover&, const KeyHandover&) = default;
};

KeyHandover sign_handover(const Signer& old_key, const Signer& new_key, UtcMs at);
bool handover_holds(const KeyHandover& handover);
/// One line of text: kasane-key-1 FROM TO TIME SIGNATURE SIGNATURE, bytes in hex.
std::string handover_line(const KeyHandover& handover);
/// Nothing when the line is none. Does not look at the signatures.
std::optional<KeyHandover> parse_handover_line(std::string_view line);

/// Which keys may sign, and in which order they did.
class KeyLine {
 public:
  /// `trusted`: keys kept outside. Handovers whose signatures do not hold count for nothing.
  KeyLine(std::vector<PublicKey> trusted, const std::vector<KeyHandover>& handovers);
  bool nobody() const { return keys_.empty(); }
  /// One of the trusted keys, or tied to one by handovers.
  bool knows(const PublicKey& key) const;
  /// Whether `earlier` had handed over (by however many steps) by the time that `later` signed.
  bool handed_over(const PublicKey& earlier, const PublicKey& later) const;
  /// One key handed over to two: whoever holds a copy of it may have made the second.
  bool forked() const;

 private:
  std::vector<PublicKey> keys_;
  std::vector<KeyHandover> handovers_;
};

}  // namespace kasane::access
