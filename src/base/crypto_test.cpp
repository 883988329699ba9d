#include "base/crypto.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kasane {
namespace {

constexpr PasswordCost kCheap{1, 8u << 10};  // the least that libsodium allows, so that tests stay quick

TEST(Crypto, digests_agree_with_the_published_vectors) {
  // FIPS 180-4
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  // RFC 4231, cases 2 and 6 (key longer than a block)
  EXPECT_EQ(to_hex(keyed_hash("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(keyed_hash(Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Crypto, tokens_are_safe_in_addresses_and_never_repeat) {
  std::string token = random_token();
  EXPECT_EQ(token.size(), 43u);
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
  EXPECT_NE(token, random_token());
  EXPECT_NE(random_bytes(16), random_bytes(16));
  EXPECT_TRUE(random_bytes(0).empty());
}

RC_GTEST_PROP(Crypto, texts_of_bytes_read_back, (const Bytes& bytes)) {
  RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
  RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
}

TEST(Crypto, texts_that_are_no_bytes_are_refused) {
  for (const char* text : {"0", "0g", "00 11", "zz"}) EXPECT_FALSE(from_hex(text)) << text;
  for (const char* text : {"A", "AA==", "A+A", "AA A", "AB"}) EXPECT_FALSE(from_base64url(text)) << text;
  EXPECT_EQ(from_hex("00Ff"), (Bytes{0, 255}));
}

TEST(Crypto, bytes_are_the_same_only_when_all_are) {
  EXPECT_TRUE(same_bytes("abc", "abc"));
  EXPECT_TRUE(same_bytes("", ""));
  EXPECT_FALSE(same_bytes("abc", "abd"));
  EXPECT_FALSE(same_bytes("abc", "abcd"));
}

TEST(Password, is_verified_against_its_own_hash_only) {
  std::string hash = hash_password("重ねて見守る 8", kCheap);
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(verify_password(hash, "重ねて見守る 8"));
  EXPECT_FALSE(verify_password(hash, "重ねて見守る 9"));
  EXPECT_FALSE(verify_password(hash, ""));
  EXPECT_NE(hash, hash_password("重ねて見守る 8", kCheap));
}

TEST(Password, a_hash_that_is_none_verifies_nothing) {
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("$argon2id$v=19$", "x"));
  EXPECT_FALSE(verify_password(std::string(500, 'a'), "x"));
}

TEST(Password, a_hash_of_another_cost_is_to_be_made_anew) {
  std::string hash = hash_password("secret", kCheap);
  EXPECT_FALSE(needs_rehash(hash, kCheap));
  EXPECT_TRUE(needs_rehash(hash, PasswordCost{2, 16u << 10}));
  EXPECT_TRUE(needs_rehash("not a hash", kCheap));
}

}  // namespace
}  // namespace kasane
