// What stops a start, with a sentence, and what a start that was stopped has left as it was.
#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/start_checks.hpp"

#include "cli/commands.hpp"
#include "cli/testing.hpp"
#include "db/as_it_is.hpp"

namespace kasane::cli {
namespace {

template <class F>
std::string refusal(F&& start) {
  try {
    start();
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return {};
}

using Start = Installation;

TEST_F(Start, takes_a_data_folder_for_itself_and_names_who_has_it) {
  {
    const DataLock first(settings_.data);
    const std::string said = refusal([&] { DataLock second(settings_.data); });
    EXPECT_NE(said.find(settings_.data.string()), std::string::npos);
    EXPECT_NE(said.find(std::to_string(::getpid())), std::string::npos) << said;
  }
  EXPECT_EQ(refusal([&] { DataLock again(settings_.data); }), "") << "a server that has ended leaves nothing behind";
}

TEST_F(Start, asks_for_more_descriptors_the_more_may_be_open) {
  const auto few = descriptors_needed(settings_);
  EXPECT_GT(few, settings_.http.max_connections);
  settings_.cities.push_back(settings_.cities.front());
  const auto more = descriptors_needed(settings_);
  EXPECT_GT(more, few);
  settings_.http.workers += 1;
  EXPECT_GT(descriptors_needed(settings_), more);
}

/// The limits of this process, put back afterwards.
class Limits {
 public:
  Limits() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~Limits() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  void soft(rlim_t most) {
    const rlimit limit{most, before_.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  }
  rlim_t soft() const {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
  }
  rlim_t hard() const { return before_.rlim_max; }

 private:
  rlimit before_{};
};

TEST_F(Start, raises_its_limit_of_descriptors_or_says_what_is_wanting) {
  Limits limits;
  limits.soft(200);
  raise_descriptors(1'000);
  EXPECT_GE(limits.soft(), 1'000u);
  if (limits.hard() == RLIM_INFINITY) GTEST_SKIP() << "no limit here";
  const std::string said = refusal([&] { raise_descriptors(limits.hard() + 1); });
  EXPECT_NE(said.find("LimitNOFILE"), std::string::npos);
  EXPECT_NE(said.find(std::to_string(limits.hard() + 1)), std::string::npos) << said;
}

TEST_F(Start, refuses_a_key_that_others_may_read) {
  load_or_make_key(settings_.data);
  const auto key = settings_.data / "key";
  for (const mode_t mode : {0644, 0640, 0620, 0604}) {
    ::chmod(key.c_str(), mode);
    EXPECT_NE(refusal([&] { load_or_make_key(settings_.data); }).find(key.string()), std::string::npos) << mode;
  }
  ::chmod(key.c_str(), 0600);
  EXPECT_EQ(refusal([&] { load_or_make_key(settings_.data); }), "");
  ::chmod(key.c_str(), 0400);
  EXPECT_EQ(refusal([&] { load_or_make_key(settings_.data); }), "");
}

TEST_F(Start, refuses_when_the_lines_that_vouch_for_the_audit_have_no_place) {
  write(folder_ / "mounted", "a file where the folder should be");
  EXPECT_NE(refusal([&] { require_kept_outside(folder_ / "mounted/checkpoints.txt"); }).find("mounted/checkpoints.txt"), std::string::npos);
  EXPECT_EQ(refusal([&] { require_kept_outside(folder_ / "other/checkpoints.txt"); }), "");
}

TEST_F(Start, warns_of_plain_http_that_others_can_reach_and_of_databases_that_others_can_read) {
  open();
  EXPECT_TRUE(warnings_of(settings_).empty());
  settings_.http.address = "0.0.0.0";
  ASSERT_EQ(warnings_of(settings_).size(), 1u);
  settings_.http.tls_certificate = "certificate.pem";
  EXPECT_TRUE(warnings_of(settings_).empty());
  ::chmod(settings_.cities.front().database.c_str(), 0644);
  ASSERT_EQ(warnings_of(settings_).size(), 1u);
  EXPECT_NE(warnings_of(settings_).front().find("city.db"), std::string::npos);
}

/// Two cities of which the second was used by a newer program.
class RefusedUpgrade : public Installation {
 protected:
  RefusedUpgrade() {
    settings_.cities.push_back({"kitakami", kMunicipalities / "kitakami", (settings_.data / "kitakami/city.db").string(), settings_.data / "kitakami/audit"});
  }
  void use_with_a_newer_program(const std::string& file, std::string_view migrations) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    auto known = db::migrations_for(migrations, db::Engine::sqlite);
    known.push_back({999, "999_future.sql", "CREATE TABLE future (id {{i64}} PRIMARY KEY) {{strict}};"});
    db::Database::open(db::settings_for(file), known);
  }
  void expect_untouched() {
    const std::string said = refusal([&] { App app(settings_, clock_); });
    EXPECT_NE(said.find("kitakami: "), std::string::npos) << said;
    EXPECT_NE(said.find("999_future.sql"), std::string::npos) << said;
    EXPECT_FALSE(std::filesystem::exists(settings_.cities.front().database)) << "the first city was changed before the second was looked at";
  }
};

TEST_F(RefusedUpgrade, touches_no_city_when_one_is_newer_than_the_program) {
  use_with_a_newer_program(settings_.cities.back().database, db::kCityMigrations);
  expect_untouched();
}

TEST_F(RefusedUpgrade, touches_no_city_when_one_year_of_its_audit_is_newer) {
  use_with_a_newer_program((settings_.cities.back().audit / "audit-2025.db").string(), db::kAuditMigrations);
  expect_untouched();
}

TEST_F(Start, copies_and_checks_leave_an_older_database_in_its_old_form) {
  const std::string& file = settings_.cities.front().database;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path());
  auto first = db::migrations_for(db::kCityMigrations, db::Engine::sqlite);
  first.resize(1);
  db::Database::open(db::settings_for(file), first);
  load_or_make_key(settings_.data);
  testing::internal::CaptureStdout();
  const int code = backup(settings_, folder_ / "copy");
  const std::string said = testing::internal::GetCapturedStdout();
  ASSERT_EQ(code, 0) << said;
  for (const std::string& place : {file, (folder_ / "copy/tsuruoka/city.db").string()}) {
    const auto database = db::open_as_it_is(db::settings_for(place));
    EXPECT_EQ(database->read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM schema_migration"); }), 1) << place;
  }
}

}  // namespace
}  // namespace kasane::cli
