// Signatures (Ed25519, libsodium): what vouches for the audit chain outside this machine.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/crypto.hpp"

namespace kasane {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// A key pair made from a secret of 32 bytes: the same secret gives the same pair.
class Signer {
 public:
  explicit Signer(const std::array<std::uint8_t, 32>& secret);
  ~Signer();
  Signer(const Signer&) = default;
  Signer& operator=(const Signer&) = default;
  const PublicKey& public_key() const { return public_; }
  Signature sign(ByteView bytes) const;

 private:
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_{};
};

/// Whether the owner of `key` signed exactly these bytes.
bool signed_by(const PublicKey& key, ByteView bytes, const Signature& signature);

/// 64 hex digits; nothing for anything else.
std::optional<PublicKey> parse_public_key(std::string_view hex);

}  // namespace kasane
