// A full disk and a locked database while somebody saves a form: a clear page that says so, nothing stored by half, and
// the same form saved again once there is room.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/log.hpp"
#include "casework/record_service.hpp"
#include "cli/routes.hpp"
#include "people/service.hpp"
#include "programme/account_service.hpp"
#include "programme/form_token.hpp"
#include "programme/sign_in_pages.hpp"
#include "web/error_page.hpp"

namespace kasane {
namespace {

constexpr const char* kCity = "tsuruoka";

/// The whole program over one SQLite file whose bounds a test may set.
class Survive : public ::testing::Test {
 protected:
  Survive() : folder_(std::filesystem::temp_directory_path() / ("kasane-survive-" + id_text(next_id()))), clock_(*Date::from_ymd(2026, 11, 24)) {
    std::filesystem::create_directories(folder_);
    settings_.location = (folder_ / "city.db").string();
  }
  ~Survive() override {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void open() {
    auto m = programme::load_municipality(std::filesystem::path(KASANE_SOURCE_DIR) / "municipalities" / kCity);
    ASSERT_TRUE(m.has_value());
    city_ = std::make_shared<programme::City>(kCity, std::move(*m), db::Database::open(settings_), folder_ / "audit", clock_, std::string(32, 'k'));
    dispatcher_ = std::make_unique<programme::Dispatcher>(cli::all_routes());
    dispatcher_->add_city(city_);
  }
  void close() {
    dispatcher_.reset();
    city_.reset();
  }

  void sign_somebody_in() {
    account_ = fresh_id<AccountTag>();
    const Date from = *Date::from_ymd(2020, 4, 1);
    city_->db().write([&](db::WriteTx& tx) {
      programme::add_account(tx, {account_, "moe", "試験 もえ", "-", true, 1}, clock_.now());
      programme::add_post(tx, {fresh_id<PostTag>(), account_, city_->directory.id("swc"), Role::window_counsellor, "", "", from, *Date::from_iso(access::kForever)});
      programme::add_session(tx, programme::token_hash(kToken), {account_, kCsrf, clock_.now(), clock_.now()});
    });
  }

  web::Reply post(const std::string& path, web::Pairs fields, const std::string& command) {
    web::Request r;
    r.method = "POST";
    r.path = std::string("/") + kCity + path;
    std::string rest = r.path.substr(1);
    for (std::size_t at = 0; at <= rest.size();) {
      const std::size_t slash = std::min(rest.find('/', at), rest.size());
      r.segments.push_back(rest.substr(at, slash - at));
      at = slash + 1;
    }
    r.client = "192.0.2.1";
    r.secure = true;
    r.request_id = 42;
    r.cookies = {{programme::session_cookie_name(*city_), kToken}};
    r.headers = {{"host", "kasane.test"}, {"origin", "https://kasane.test"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/x-www-form-urlencoded"}};
    fields.emplace_back("csrf", programme::mask_form_token(kCsrf));
    fields.emplace_back("command_id", command);
    r.posted = std::move(fields);
    return dispatcher_->answer(std::move(r));
  }
  web::Reply register_household(const std::string& family, const std::string& command) {
    return post("/households", {{"p1_family", family}, {"p1_given", "忠"}, {"label", family + "家"}}, command);
  }
  /// Families that nobody would take for one another, so that no page asks whether it is the same.
  static std::string family(int n) {
    static constexpr const char* kSigns[] = {"山", "川", "田", "森", "石", "原", "池", "谷", "浜", "岡", "坂", "松", "杉"};
    constexpr int kBase = 13;
    return std::string("阿曽") + kSigns[n / kBase / kBase % kBase] + kSigns[n / kBase % kBase] + kSigns[n % kBase];
  }
  std::int64_t count(const char* what) {
    if (std::string_view(what) == "household") return city_->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM household"); });
    if (std::string_view(what) == "person") return city_->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM person"); });
    if (std::string_view(what) == "command") return city_->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM command"); });
    return city_->db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM access_subject"); });
  }
  /// As many persons as households, a row of facts for each of them, and the command of each save.
  void expect_whole(std::int64_t saved) {
    EXPECT_EQ(count("household"), saved);
    EXPECT_EQ(count("person"), saved) << "a household without its person, or the other way round";
    EXPECT_EQ(count("command"), saved);
    EXPECT_EQ(count("access_subject"), 2 * saved);
  }
  static void expect_clear(const web::Reply& reply) {
    EXPECT_EQ(reply.status, 503);
    EXPECT_FALSE(reply.header_value("Retry-After").empty());
    EXPECT_NE(reply.body.find("</html>"), std::string::npos) << "a page, not a bare line";
    EXPECT_EQ(reply.body.find("SQLITE"), std::string::npos) << "no word of the machine's on it";
    EXPECT_EQ(reply.body.find("阿曽"), std::string::npos) << "nothing of what was typed, as nobody has checked it";
  }

  /// What the log says while this lives.
  struct Logged {
    Logged() { log::set_sink([this](std::string_view line) { text += std::string(line) + "\n"; }); }
    ~Logged() { log::set_sink({}); }
    std::string text;
  };
  /// The operator finds what the person at the desk quotes on the telephone, and what to do about it.
  static void expect_told(const web::Reply& reply, const Logged& log, const std::string& fault) {
    const std::string number = web::request_number(42);
    EXPECT_NE(reply.body.find(number), std::string::npos);
    EXPECT_NE(log.text.find("dispatch.unavailable request=" + number + " city=tsuruoka fault=" + fault), std::string::npos) << log.text;
  }

  static constexpr const char* kToken = "survive-token";
  static constexpr const char* kCsrf = "survive-csrf";
  std::filesystem::path folder_;
  ManualClock clock_;
  db::Settings settings_;
  std::shared_ptr<programme::City> city_;
  std::unique_ptr<programme::Dispatcher> dispatcher_;
  AccountId account_;
};

TEST_F(Survive, a_full_disk_gives_a_clear_page_and_no_half_record) {
  open();
  sign_somebody_in();
  ASSERT_EQ(register_household("阿曽", "command-0000").status, 303);
  close();
  settings_.max_bytes = static_cast<std::int64_t>(std::filesystem::file_size(settings_.location)) + 64 * 1024;
  open();
  std::int64_t saved = 1;
  int refused = 0;
  for (int n = 1; n < 2'000 && refused < 5; ++n) {
    Logged log;
    const web::Reply reply = register_household(family(n), "command-" + std::to_string(10'000 + n));
    if (reply.status == 303) {
      ++saved;
      continue;
    }
    expect_clear(reply);
    expect_told(reply, log, "full");
    ++refused;
  }
  EXPECT_EQ(refused, 5) << "the disk never became full";
  expect_whole(saved);
  close();
  settings_.max_bytes = 0;
  open();
  expect_whole(saved);
  EXPECT_EQ(register_household("浅野目", "command-last").status, 303) << "the same form goes through once there is room";
  EXPECT_EQ(register_household("浅野目", "command-last").status, 303) << "and sent twice it is stored once";
  expect_whole(saved + 1);
}

TEST_F(Survive, a_database_locked_by_another_program_gives_a_clear_page_and_no_half_record) {
  settings_.busy_timeout = std::chrono::milliseconds(20);
  open();
  sign_somebody_in();
  ASSERT_EQ(register_household("阿曽", "command-0000").status, 303);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(settings_.location.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  Logged log;
  const web::Reply refused = register_household(family(1), "command-0001");
  expect_clear(refused);
  expect_told(refused, log, "busy");
  expect_whole(1);
  ASSERT_EQ(sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_EQ(register_household(family(1), "command-0001").status, 303) << "the same form goes through once the lock is gone";
  expect_whole(2);
}

}  // namespace
}  // namespace kasane
