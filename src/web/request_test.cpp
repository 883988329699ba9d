// Looking things up in a request, and telling our own forms from those of other sites.
#include "web/request.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kasane::web {
namespace {

TEST(Request, gives_the_first_value_of_a_key_and_all_of_a_tick_box) {
  Request request;
  request.query = {{"page", "2"}, {"page", "3"}};
  request.posted = {{"topic", "住まい"}, {"name", ""}, {"topic", "仕事"}};
  EXPECT_EQ(request.query_value("page"), "2");
  EXPECT_EQ(request.query_value("none"), "");
  EXPECT_EQ(request.posted_value("name"), "");
  EXPECT_EQ(request.posted_value("unticked"), std::nullopt);
  EXPECT_EQ(request.posted_values("topic"), (std::vector<std::string_view>{"住まい", "仕事"}));
}

TEST(Request, does_not_hide_a_wrong_parameter_name_from_the_programmer) {
  Request request;
  request.params = {{"id", "0abc"}};
  EXPECT_EQ(request.param("id"), "0abc");
  EXPECT_THROW(request.param("case"), std::logic_error);
}

TEST(Request, believes_the_browser_about_where_a_form_came_from) {
  Request request;
  request.headers = {{"sec-fetch-site", "same-origin"}};
  EXPECT_TRUE(request.same_origin());
  for (const char* site : {"cross-site", "same-site", "none"}) {
    // An Origin that fits does not help where the browser says otherwise.
    request.headers = {{"sec-fetch-site", site}, {"host", "kasane.example"}, {"origin", "https://kasane.example"}};
    EXPECT_FALSE(request.same_origin()) << site;
  }
}

TEST(Request, compares_origin_with_host_where_browsers_say_no_more) {
  Request request;
  const auto from = [&](const char* origin, const char* host) {
    request.headers = {{"origin", origin}, {"host", host}};
    return request.same_origin();
  };
  EXPECT_TRUE(from("https://kasane.example", "kasane.example"));
  EXPECT_TRUE(from("http://Kasane.example:8080", "kasane.example:8080"));
  EXPECT_FALSE(from("https://kasane.example.evil.example", "kasane.example"));
  EXPECT_FALSE(from("https://evil.example", "kasane.example"));
  EXPECT_FALSE(from("null", "kasane.example"));
  EXPECT_FALSE(from("", ""));
  EXPECT_FALSE(from("ftp://kasane.example", "kasane.example"));
}

TEST(Request, keeps_no_header_that_could_identify_a_person_or_a_secret) {
  EXPECT_TRUE(kept_header("if-none-match"));
  for (const char* name : {"authorization", "cookie", "referer", "user-agent", "x-forwarded-for"}) {
    EXPECT_FALSE(kept_header(name)) << name;
  }
}

}  // namespace
}  // namespace kasane::web
