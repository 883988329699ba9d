// Compiled-in files under hashed addresses, and what browsers accept.
#include "web/assets.hpp"

#include <gtest/gtest.h>

#include <array>

#include "web/negotiate.hpp"

namespace kasane::web {
namespace {

const std::string kStyles = [] {
  std::string text;
  for (int i = 0; i < 300; ++i) text += ".a" + std::to_string(i) + "{margin:0}\n";
  return text;
}();

class AssetsTest : public testing::Test {
 protected:
  Reply ask(const std::string& hash, const std::string& name, const std::string& accepts, const std::string& has = "") {
    Request request;
    request.params = {{"hash", hash}, {"name", name}};
    request.headers = {{"accept-encoding", accepts}, {"if-none-match", has}};
    return assets_.serve(request);
  }
  std::string hash() const { return assets_.url("app.css").substr(8, 16); }

  const std::array<EmbeddedFile, 3> files_ = {
      {{"migrations/010.sql", "SELECT 1"}, {"ui/dist/app.css", kStyles}, {"ui/dist/logo.png", "not really a picture"}}};
  Assets assets_{files_};
};

TEST_F(AssetsTest, may_be_kept_for_ever_under_the_address_of_their_content) {
  EXPECT_EQ(assets_.url("app.css"), "/assets/" + hash() + "/app.css");
  const auto reply = ask(hash(), "app.css", "");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, kStyles);
  EXPECT_EQ(reply.content_type, "text/css; charset=utf-8");
  EXPECT_EQ(reply.header_value("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(reply.header_value("Vary"), "Accept-Encoding");
}

TEST_F(AssetsTest, come_compressed_as_the_browser_likes) {
  const auto brotli = ask(hash(), "app.css", "gzip, deflate, br");
  EXPECT_EQ(brotli.header_value("Content-Encoding"), "br");
  EXPECT_LT(brotli.body.size(), kStyles.size() / 3);
  EXPECT_EQ(ask(hash(), "app.css", "gzip").header_value("Content-Encoding"), "gzip");
  EXPECT_EQ(ask(assets_.url("logo.png").substr(8, 16), "logo.png", "br").header_value("Content-Encoding"), "");
}

TEST_F(AssetsTest, are_not_sent_again_to_who_has_them) {
  const std::string etag(ask(hash(), "app.css", "br").header_value("ETag"));
  const auto reply = ask(hash(), "app.css", "br", etag);
  EXPECT_EQ(reply.status, 304);
  EXPECT_TRUE(reply.body.empty());
}

TEST_F(AssetsTest, of_an_older_page_are_served_but_not_kept) {
  const auto reply = ask("0123456789abcdef", "app.css", "");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header_value("Cache-Control"), "no-cache");
}

TEST_F(AssetsTest, give_nothing_else_of_the_program) {
  for (const char* name : {"none.css", "010.sql", "../../migrations/010.sql", ""}) {
    EXPECT_EQ(ask("x", name, "").status, 404);
  }
  EXPECT_EQ(assets_.url("none.css"), "/assets/none/none.css");
}

TEST(AcceptEncoding, is_weighed) {
  EXPECT_EQ(preferred_encoding("gzip, deflate, br, zstd"), Encoding::brotli);
  EXPECT_EQ(preferred_encoding("br;q=0.5, gzip;q=0.8"), Encoding::gzip);
  EXPECT_EQ(preferred_encoding("br; q=0, gzip"), Encoding::gzip);
  EXPECT_EQ(preferred_encoding("*"), Encoding::brotli);
  EXPECT_EQ(preferred_encoding("*;q=0.1, br;q=0"), Encoding::gzip);
  for (const char* odd : {"", "identity", "br;q=0,gzip;q=0.000", "br;q=2", "gzip;q=", "gzip;x=1", ";;,,=", "brr"}) {
    EXPECT_EQ(preferred_encoding(odd), Encoding::identity) << odd;
  }
}

TEST(ETag, is_compared_weakly_and_in_lists) {
  EXPECT_TRUE(etag_matches("\"a\"", "W/\"a\""));
  EXPECT_TRUE(etag_matches("\"x\" , W/\"a\"", "W/\"a\""));
  EXPECT_TRUE(etag_matches("*", "\"a\""));
  for (const char* other : {"", "\"b\"", "a", ",", "W/"}) EXPECT_FALSE(etag_matches(other, "\"a\"")) << other;
}

}  // namespace
}  // namespace kasane::web
