// Replies must not be breakable from outside: no header injection, no open redirect, no loose cookies.
#include "web/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "web/cookies.hpp"
#include "web/error_page.hpp"
#include "web/security_headers.hpp"

namespace kasane::web {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Reply, redirects_only_within_this_site) {
  const auto reply = Reply::redirect("/households/0abc?saved=1");
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.header_value("location"), "/households/0abc?saved=1");
  for (const char* foreign : {"https://evil.example/", "//evil.example/", "/\\evil.example", "", "households",
                              "/a\r\nSet-Cookie: s=1", "/a b", "/\tevil", "/世帯"}) {
    EXPECT_FALSE(is_local_address(foreign)) << foreign;
    EXPECT_THROW(Reply::redirect(foreign), std::invalid_argument) << foreign;
  }
}

TEST(Reply, refuses_a_header_that_would_begin_another) {
  Reply reply;
  EXPECT_THROW(reply.header("X-A", "a\r\nX-B: b"), std::invalid_argument);
  EXPECT_THROW(reply.header("X-A: b\r\nX", "a"), std::invalid_argument);
  EXPECT_THROW(reply.header("", "a"), std::invalid_argument);
  EXPECT_TRUE(reply.headers.empty());
}

TEST(Reply, names_a_download_in_japanese_and_safely_for_old_browsers) {
  const auto reply = Reply::download("…", "application/pdf", "支援プラン.pdf");
  EXPECT_EQ(reply.header_value("Content-Disposition"),
            "attachment; filename=\"download.pdf\"; "
            "filename*=UTF-8''%E6%94%AF%E6%8F%B4%E3%83%97%E3%83%A9%E3%83%B3.pdf");
  EXPECT_THAT(std::string(Reply::download("", "text/csv", "a.\"x").header_value("Content-Disposition")),
              HasSubstr("filename=\"download\""));
}

TEST(Cookies, are_out_of_reach_of_scripts_and_of_other_sites) {
  EXPECT_EQ(cookie_text({"__Host-kasane", "abc-_.9", {}, true, SetCookie::SameSite::lax}),
            "__Host-kasane=abc-_.9; Path=/; HttpOnly; Secure; SameSite=Lax");
  EXPECT_EQ(cookie_text({"s", "", 0, false, SetCookie::SameSite::strict}),
            "s=; Path=/; HttpOnly; Max-Age=0; SameSite=Strict");
  EXPECT_THROW(cookie_text({"s", "a; Domain=example", {}, true, SetCookie::SameSite::lax}), std::invalid_argument);
  EXPECT_THROW(cookie_text({"s=x", "a", {}, true, SetCookie::SameSite::lax}), std::invalid_argument);
}

TEST(Cookies, of_other_programs_do_not_get_in_the_way) {
  EXPECT_EQ(parse_cookies("a=1;b=\"2\" ; =x; novalue; odd=ä; c=3=4; a=5;;"),
            (Pairs{{"a", "1"}, {"b", "2"}, {"c", "3=4"}, {"a", "5"}}));
  std::string many;
  for (int i = 0; i < 500; ++i) many += "a=1;";
  EXPECT_EQ(parse_cookies(many).size(), 64u);
}

TEST(ErrorPage, is_japanese_and_tells_the_number_to_quote) {
  for (int status : {400, 403, 404, 405, 413, 415, 431, 500, 503, 418, 599}) {
    const auto reply = error_reply(status, 12345);
    EXPECT_EQ(reply.status, status);
    EXPECT_THAT(reply.body, HasSubstr("<html lang=\"ja\">"));
    EXPECT_THAT(reply.body, HasSubstr("<h1>"));
    EXPECT_THAT(reply.body, HasSubstr("受付番号 " + request_number(12345)));
  }
  EXPECT_THAT(error_reply(500, 1).body, HasSubstr("申し訳ありません"));
  EXPECT_THAT(error_reply(400, 0).body, Not(HasSubstr("受付番号")));
}

TEST(SecurityHeaders, allow_no_inline_code_and_nothing_from_elsewhere) {
  std::string policy;
  for (const auto& [name, value] : security_headers(false)) {
    if (name == "Content-Security-Policy") policy = value;
    EXPECT_NE(name, "Strict-Transport-Security");
  }
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("http")));
  EXPECT_THAT(security_headers(true), testing::Contains(testing::Key("Strict-Transport-Security")));
}

}  // namespace
}  // namespace kasane::web
