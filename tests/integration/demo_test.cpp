// `kasane demo` in an empty folder: the invented households of all five cities, looked at by everybody who gets an
// account there.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "demo_cities.hpp"

namespace kasane {
namespace {

/// Pages whose lists lead to records, and what such a link looks like. Somebody in each city must find one there.
struct MainPage {
  const char* path;
  const char* record;
};
constexpr MainPage kMainPages[] = {{"/today", "/households/"},    {"/notices", "/notices/"}, {"/intakes", "/intakes/"},   {"/referrals", "/referrals/"},
                                   {"/referrals?tab=sent", "/referrals/"}, {"/cases", "/cases/"},     {"/tasks", "/tasks/"},       {"/meetings", "/meetings/"},
                                   {"/common-issues", "/common-issues/"}, {"/gatherings", "/gatherings/"}};

class Demo : public DemoCities {
 protected:
  /// Addresses of records of this kind on the page.
  static std::set<std::string> records_on(const programme::City& city, const std::string& body, const char* kind) {
    const std::string start = "href=\"/" + city.slug + kind;
    constexpr std::size_t kIdSigns = 13;
    std::set<std::string> found;
    for (std::size_t at = body.find(start); at != std::string::npos; at = body.find(start, at + 1)) {
      const std::string id = body.substr(at + start.size(), kIdSigns);
      if (parse_id_text(id)) found.insert(kind + id);
    }
    return found;
  }
  /// The pages in the navigation of a page, within the city.
  static std::set<std::string> links_of(const programme::City& city, const std::string& body) {
    const std::string start = "href=\"/" + city.slug + "/";
    std::set<std::string> found;
    for (std::size_t at = body.find(start); at != std::string::npos; at = body.find(start, at + 1)) {
      const std::size_t from = at + start.size() - 1;
      found.insert(body.substr(from, body.find('"', from) - from));
    }
    return found;
  }
};

TEST_F(Demo, gives_every_city_something_on_each_main_page_and_nobody_an_error) {
  const std::string said = run_demo();
  open();
  ASSERT_EQ(dispatcher_->cities().size(), 5u);
  for (const auto& city : dispatcher_->cities()) {
    SCOPED_TRACE(city->municipality.name);
    std::map<std::string, std::size_t> seen;
    for (const auto& account : cli::invented::logins_of(*city)) {
      SCOPED_TRACE(account.login);
      EXPECT_THAT(said, testing::HasSubstr(account.login));
      sign_in(*city, account.login);
      const web::Reply today = get(*city, account.login, "/today");
      EXPECT_EQ(today.status, 200);
      // Wherever Today and its navigation lead, there is a page.
      for (const std::string& link : links_of(*city, today.body)) {
        if (link.find("&amp;") != std::string::npos) continue;
        const int status = get(*city, account.login, link).status;
        EXPECT_TRUE(status == 200) << link << " stands on Today and answers " << status;
      }
      for (const MainPage& page : kMainPages) {
        const web::Reply reply = get(*city, account.login, page.path);
        EXPECT_TRUE(reply.status == 200 || reply.status == 404) << page.path << " answers " << reply.status;
        if (reply.status == 200) seen[page.path] += records_on(*city, reply.body, page.record).size();
      }
    }
    for (const MainPage& page : kMainPages) EXPECT_GT(seen[page.path], 0u) << page.path << " is empty for everybody";
  }
  // Once is enough: a second run adds nothing and says who is there.
  const auto households = [&] {
    std::int64_t all = 0;
    for (const auto& city : dispatcher_->cities()) all += city->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM household"); });
    return all;
  };
  const std::int64_t before = households();
  EXPECT_THAT(run_demo(), testing::HasSubstr("tsuruoka-coordinator"));
  EXPECT_EQ(households(), before);
}

}  // namespace
}  // namespace kasane
