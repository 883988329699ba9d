// A signature holds for one text and one key, and for nothing else.
#include "base/signing.hpp"

#include <gtest/gtest.h>

namespace kasane {
namespace {

std::array<std::uint8_t, 32> secret(std::uint8_t fill) {
  std::array<std::uint8_t, 32> s{};
  s.fill(fill);
  return s;
}

TEST(Signing, holds_for_this_text_and_this_key_only) {
  const Signer one(secret(1)), other(secret(2));
  const Signature signature = one.sign("batch 7");
  EXPECT_TRUE(signed_by(one.public_key(), "batch 7", signature));
  EXPECT_FALSE(signed_by(one.public_key(), "batch 8", signature));
  EXPECT_FALSE(signed_by(other.public_key(), "batch 7", signature));
  Signature bent = signature;
  bent[10] ^= 1;
  EXPECT_FALSE(signed_by(one.public_key(), "batch 7", bent));
}

TEST(Signing, the_same_secret_gives_the_same_key) {
  EXPECT_EQ(Signer(secret(9)).public_key(), Signer(secret(9)).public_key());
  EXPECT_NE(Signer(secret(9)).public_key(), Signer(secret(8)).public_key());
}

// RFC 8032, section 7.1, test 1: an empty message.
TEST(Signing, is_ed25519) {
  const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  std::array<std::uint8_t, 32> s{};
  std::copy(seed->begin(), seed->end(), s.begin());
  const Signer signer(s);
  EXPECT_EQ(to_hex(std::span<const std::uint8_t>(signer.public_key())), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const Signature signature = signer.sign("");
  EXPECT_EQ(to_hex(std::span<const std::uint8_t>(signature)),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Signing, reads_a_key_only_when_it_is_one) {
  EXPECT_TRUE(parse_public_key(std::string(64, 'a')));
  EXPECT_FALSE(parse_public_key(std::string(63, 'a')));
  EXPECT_FALSE(parse_public_key(std::string(64, 'x')));
  EXPECT_FALSE(parse_public_key(""));
}

}  // namespace
}  // namespace kasane
