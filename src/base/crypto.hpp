// Randomness, digests and password hashes, all from libsodium. Nothing here keeps a secret: keys are parameters.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kasane {

using Bytes = std::vector<std::uint8_t>;

/// Bytes to look at: a text, a vector or a span.
class ByteView {
 public:
  ByteView(std::string_view text) : ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) {}
  ByteView(const std::string& text) : ByteView(std::string_view(text)) {}
  ByteView(const char* text) : ByteView(std::string_view(text)) {}
  ByteView(std::span<const std::uint8_t> bytes) : ByteView(bytes.data(), bytes.size()) {}
  ByteView(const Bytes& bytes) : ByteView(bytes.data(), bytes.size()) {}
  /// Never null, not even for nothing: the functions of libsodium demand that.
  const std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint8_t kNothing = 0;
  ByteView(const std::uint8_t* data, std::size_t size) : data_(data ? data : &kNothing), size_(size) {}
  const std::uint8_t* data_;
  std::size_t size_;
};

/// Must run once before any other function here is used by several threads; every function also calls it itself.
/// Throws std::runtime_error when the machine gives no randomness.
void init_crypto();

Bytes random_bytes(std::size_t count);
/// A secret for cookies and links: `count` random bytes (32 by default) as base64url text, 43 signs.
std::string random_token(std::size_t count = 32);

std::string to_hex(ByteView bytes);
/// Nothing when it is not an even number of hex digits (either case).
std::optional<Bytes> from_hex(std::string_view hex);
/// RFC 4648 §5, without padding.
std::string to_base64url(ByteView bytes);
/// Nothing when it is not exactly what to_base64url makes.
std::optional<Bytes> from_base64url(std::string_view text);

inline constexpr std::size_t kDigestSize = 32;

/// SHA-256, 32 bytes.
Bytes sha256(ByteView bytes);
/// HMAC-SHA-256, 32 bytes, with a key of any length.
Bytes keyed_hash(ByteView key, ByteView bytes);
/// Compares in a time that depends on the length only.
bool same_bytes(ByteView a, ByteView b);

/// What it costs to try one password. The default is libsodium's INTERACTIVE for argon2id.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = 64u << 20;
};

/// argon2id with a fresh salt, as one text that holds the parameters. Slow on purpose: call it in the password pool.
/// Throws std::bad_alloc when the memory is not to be had.
std::string hash_password(std::string_view password, const PasswordCost& cost = {});
/// False for a wrong password and for a hash that is none.
bool verify_password(std::string_view hash, std::string_view password);
/// Whether the hash was made with another cost, so that it should be made anew at the next sign-in.
bool needs_rehash(std::string_view hash, const PasswordCost& cost = {});

}  // namespace kasane
