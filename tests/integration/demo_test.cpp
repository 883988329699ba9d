// `kasane demo` in an empty folder: the invented households of all five cities, looked at by everybody who gets an
// account there.
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/demo_accounts.hpp"
#include "cli/routes.hpp"
#include "programme/account_service.hpp"
#include "programme/account_store.hpp"
#include "programme/sign_in_pages.hpp"

namespace kasane {
namespace {

/// Pages whose lists lead to records, and what such a link looks like. Somebody in each city must find one there.
struct MainPage {
  const char* path;
  const char* record;
};
constexpr MainPage kMainPages[] = {{"/today", "/households/"},    {"/notices", "/notices/"}, {"/intakes", "/intakes/"},   {"/referrals", "/referrals/"},
                                   {"/referrals?tab=sent", "/referrals/"}, {"/cases", "/cases/"},     {"/tasks", "/tasks/"},       {"/meetings", "/meetings/"}};

class Demo : public ::testing::Test {
 protected:
  Demo() : folder_(std::filesystem::temp_directory_path() / ("kasane-demo-" + id_text(next_id()))) {
    settings_ = cli::default_settings(KASANE_SOURCE_DIR "/municipalities", folder_);
  }
  ~Demo() override {
    dispatcher_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string run_demo() {
    testing::internal::CaptureStdout();
    const int code = cli::demo(settings_);
    std::string said = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0) << said;
    return said;
  }

  void open() {
    dispatcher_ = std::make_unique<programme::Dispatcher>(cli::all_routes());
    for (const cli::CitySettings& c : settings_.cities) {
      auto city = cli::open_city(settings_, c, clock_);
      ASSERT_TRUE(city.has_value()) << city.error().front();
      dispatcher_->add_city(std::move(*city));
    }
  }

  /// As after signing in; the password's own way is tried where signing in is tested.
  void sign_in(programme::City& city, const std::string& login) {
    city.db().write([&](db::WriteTx& tx) {
      const auto account = programme::account_by_login(tx, login);
      if (!account) throw std::runtime_error(login + " is printed and is not there");
      programme::add_session(tx, programme::token_hash("token-" + login), {account->id, "csrf", clock_.now(), clock_.now()});
    });
  }
  web::Reply get(const programme::City& city, const std::string& login, std::string path) {
    web::Request r;
    r.method = "GET";
    if (const auto q = path.find('?'); q != std::string::npos) {
      const auto equals = path.find('=', q);
      r.query = {{path.substr(q + 1, equals - q - 1), path.substr(equals + 1)}};
      path.resize(q);
    }
    r.path = "/" + city.slug + path;
    std::istringstream segments(r.path.substr(1));
    for (std::string one; std::getline(segments, one, '/');) r.segments.push_back(one);
    r.client = "192.0.2.1";
    r.secure = true;
    r.request_id = 42;
    r.cookies = {{programme::session_cookie_name(city), "token-" + login}};
    return dispatcher_->answer(std::move(r));
  }
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

  std::filesystem::path folder_;
  SystemClock clock_;
  cli::AppSettings settings_;
  std::unique_ptr<programme::Dispatcher> dispatcher_;
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
