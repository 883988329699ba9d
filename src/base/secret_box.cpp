#include "base/secret_box.hpp"

#include <sodium.h>

namespace kasane {

namespace {
constexpr std::size_t kNonce = crypto_secretbox_NONCEBYTES;
constexpr std::size_t kMac = crypto_secretbox_MACBYTES;
}  // namespace

std::string seal_text(ByteView key, std::string_view purpose, std::string_view plain) {
  const Bytes nonce = random_bytes(kNonce);
  const Bytes box_key = keyed_hash(key, purpose);
  std::string sealed(nonce.begin(), nonce.end());
  sealed.resize(kNonce + plain.size() + kMac);
  crypto_secretbox_easy(reinterpret_cast<unsigned char*>(sealed.data()) + kNonce, ByteView(plain).data(), plain.size(), nonce.data(),
                        box_key.data());
  return sealed;
}

std::optional<std::string> open_text(ByteView key, std::string_view purpose, std::string_view sealed) {
  if (sealed.size() < kNonce + kMac) return std::nullopt;
  const Bytes box_key = keyed_hash(key, purpose);
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  std::string plain(sealed.size() - kNonce - kMac, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), bytes + kNonce, sealed.size() - kNonce, bytes, box_key.data()) != 0)
    return std::nullopt;
  return plain;
}

}  // namespace kasane
