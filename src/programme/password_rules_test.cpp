#include "programme/password_rules.hpp"

#include <gtest/gtest.h>

namespace kasane::programme {
namespace {

const std::vector<std::string> kNear{"tsuruoka-window", "備前 もえ", "tsuruoka", "鶴岡市", "重層的支援体制整備事業"};

std::string reason(std::string_view password) { return why_not_password(password, kNear).value_or(""); }
bool may(std::string_view password) { return reason(password).empty(); }

TEST(Password, of_a_few_words_or_of_mixed_signs_may_be_chosen) {
  for (const char* good : {"long enough password", "blue-otter-walks", "くるみ割りの朝ごはん", "xk4Tq9-mLw2z", "kasane-demo-2026", "tsuruokaの雪だるま作り"}) EXPECT_TRUE(may(good)) << good << reason(good);
}

TEST(Password, is_counted_in_characters) {
  EXPECT_NE(reason("ひみつのかぎ").find("10文字以上"), std::string::npos);
  EXPECT_NE(reason("blue otte").find("10文字以上"), std::string::npos);
  EXPECT_TRUE(may("blue otter"));
  EXPECT_NE(reason(std::string(100, 'x') + "abcdefghijklmnopqrstuvwxyzacegikmoqsuwybdfhjlnprtvxz" + std::string(100, 'y')).find("200文字まで"), std::string::npos);
}

TEST(Password, of_the_same_few_characters_again_and_again_is_refused) {
  for (const char* bad : {"aaaaaaaaaaaa", "ababababab", "abc7abc7abc7", "1122112211", "kx4pzkx4pz", "ああああああああああ"}) EXPECT_NE(reason(bad).find("くり返し"), std::string::npos) << bad << reason(bad);
}

TEST(Password, along_the_keys_or_the_alphabet_is_refused) {
  for (const char* bad : {"1234567890", "abcdefghij", "qwertyuiop", "QWERTYuiop", "poiuytrewq", "1qaz2wsx3edc", "12345qwert", "0987654321", "１２３４５６７８９０"}) EXPECT_NE(reason(bad).find("並び"), std::string::npos) << bad << reason(bad);
}

TEST(Password, of_what_everybody_knows_is_refused) {
  for (const char* bad : {"password2026", "P@ssw0rd123", "kasane20261122", "tsuruoka-window", "tsuruoka2026!", "鶴岡市備前もえ2026", "window-window-1", "20201123745", "パスワード12345", "admin-password-1"})
    EXPECT_NE(reason(bad).find("組み合わせて"), std::string::npos) << bad << " " << reason(bad);
}

TEST(Password, with_signs_that_cannot_be_typed_again_is_refused) {
  EXPECT_FALSE(may("blue otter\nwalks"));
  EXPECT_FALSE(may("blue otter \xff walks"));
}

}  // namespace
}  // namespace kasane::programme
