// A thin layer over libsodium.
#include "base/crypto.hpp"

#include <sodium.h>

#include <new>
#include <stdexcept>

namespace kasane {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

void init_crypto() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium could not start");
}

Bytes random_bytes(std::size_t count) {
  init_crypto();
  Bytes bytes(count);
  if (count > 0) randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token(std::size_t count) { return to_base64url(random_bytes(count)); }

std::string to_hex(ByteView bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();
  return hex;
}

std::optional<Bytes> from_hex(std::string_view hex) {
  if (hex.empty()) return Bytes();
  if (hex.size() % 2 != 0) return std::nullopt;
  Bytes bytes(hex.size() / 2);
  std::size_t length = 0;
  const char* end = nullptr;
  int failed = sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length, &end);
  if (failed || length != bytes.size() || end != hex.data() + hex.size()) return std::nullopt;
  return bytes;
}

std::string to_base64url(ByteView bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kBase64);
  text.pop_back();
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  if (text.empty()) return Bytes();
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end, kBase64);
  if (failed || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

Bytes sha256(ByteView bytes) {
  static_assert(crypto_hash_sha256_BYTES == kDigestSize);
  Bytes digest(kDigestSize);
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

Bytes keyed_hash(ByteView key, ByteView bytes) {
  static_assert(crypto_auth_hmacsha256_BYTES == kDigestSize);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, bytes.data(), bytes.size());
  Bytes digest(kDigestSize);
  crypto_auth_hmacsha256_final(&state, digest.data());
  sodium_memzero(&state, sizeof state);
  return digest;
}

bool same_bytes(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  init_crypto();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  int failed = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes, cost.memory_bytes,
                                     crypto_pwhash_ALG_ARGON2ID13);
  if (failed) throw std::bad_alloc();
  hash.resize(hash.find('\0'));
  return hash;
}

bool verify_password(std::string_view hash, std::string_view password) {
  init_crypto();
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  std::string ended(hash);
  return crypto_pwhash_str_verify(ended.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string_view hash, const PasswordCost& cost) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  std::string ended(hash);
  return crypto_pwhash_str_needs_rehash(ended.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace kasane
