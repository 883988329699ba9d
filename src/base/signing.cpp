#include "base/signing.hpp"

#include <sodium.h>

#include <algorithm>

namespace kasane {

static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_BYTES == 64);

Signer::Signer(const std::array<std::uint8_t, 32>& secret) {
  init_crypto();
  crypto_sign_seed_keypair(public_.data(), secret_.data(), secret.data());
}

Signer::~Signer() { sodium_memzero(secret_.data(), secret_.size()); }

Signature Signer::sign(ByteView bytes) const {
  Signature out{};
  crypto_sign_detached(out.data(), nullptr, bytes.data(), bytes.size(), secret_.data());
  return out;
}

bool signed_by(const PublicKey& key, ByteView bytes, const Signature& signature) {
  init_crypto();
  return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data()) == 0;
}

std::optional<PublicKey> parse_public_key(std::string_view hex) {
  const auto bytes = from_hex(hex);
  PublicKey key{};
  if (!bytes || bytes->size() != key.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

}  // namespace kasane
