#include "base/secret_box.hpp"

#include <gtest/gtest.h>

namespace kasane {

TEST(SecretBox, opens_only_with_its_key_and_purpose_and_unchanged) {
  const std::string sealed = seal_text("key of the city", "draft", "半分まで書いた相談");
  EXPECT_EQ(open_text("key of the city", "draft", sealed), "半分まで書いた相談");
  EXPECT_EQ(sealed.find("相談"), std::string::npos);
  EXPECT_FALSE(open_text("another key", "draft", sealed));
  EXPECT_FALSE(open_text("key of the city", "guest", sealed));
  std::string changed = sealed;
  changed.back() ^= 1;
  EXPECT_FALSE(open_text("key of the city", "draft", changed));
  EXPECT_FALSE(open_text("key of the city", "draft", "short"));
  EXPECT_EQ(open_text("k", "draft", seal_text("k", "draft", "")), "");
}

}  // namespace kasane
