// A copy holds all that a new machine needs, and one that did not succeed looks like none.
#include <sys/stat.h>

#include "cli/audit_commands.hpp"
#include "cli/audit_keys.hpp"
#include "cli/commands.hpp"
#include "cli/testing.hpp"
#include "db/testing.hpp"

namespace kasane::cli {
namespace {

class Backup : public Installation, public ::testing::WithParamInterface<db::Engine> {
 protected:
  Backup() {
    settings_.cities.front().database = place_.settings().location;
    settings_.file = folder_ / "kasane.toml";
    write(settings_.file, "# as the operator wrote it\n");
    const auto city = open();
    access::Trail looked;
    looked.action("test.page");
    looked.note(SubjectKind::household, 5);
    city->audit.submit(AccountId(1), looked, clock_.now(), [](bool) {});
    Sealer(std::vector{city}, std::chrono::hours(1), load_or_make_signer(settings_.data), settings_.checkpoints);
  }

  int back_up() {
    testing::internal::CaptureStdout();
    const int code = backup(settings_, target());
    said_ = testing::internal::GetCapturedStdout();
    return code;
  }
  std::filesystem::path target() const { return folder_ / "copy"; }
  bool holds(const char* what) const { return std::filesystem::exists(target() / what); }

  std::string said_;

 private:
  db::TestPlace place_{GetParam()};
};
KASANE_EVERY_ENGINE(Backup);

TEST_P(Backup, holds_what_a_new_machine_needs) {
  ASSERT_EQ(back_up(), 0) << said_;
  for (const char* what : {"tsuruoka/audit/audit-2026.db", "key", "audit-key", "audit-key.pub", "audit-checkpoints.txt", "kasane.toml", "municipalities/tsuruoka/municipality.toml",
                           "municipalities/national"})
    EXPECT_TRUE(holds(what)) << what << "\n" << said_;
  EXPECT_EQ(text_of(target() / "kasane.toml"), "# as the operator wrote it\n");
  EXPECT_FALSE(std::filesystem::exists(target().string() + ".part"));
}

TEST_P(Backup, is_readable_for_its_owner_alone) {
  ASSERT_EQ(back_up(), 0) << said_;
  struct stat found{};
  ASSERT_EQ(::stat(target().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 077, 0u);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(target())) {
    if (entry.path().parent_path() != target() || !entry.is_regular_file() || entry.path().filename() == "audit-key.pub") continue;
    ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 077, 0u) << entry.path();
  }
}

TEST_P(Backup, says_what_is_not_in_it) {
  ASSERT_EQ(back_up(), 0) << said_;
  EXPECT_EQ(holds("tsuruoka/city.db"), GetParam() == db::Engine::sqlite);
  EXPECT_EQ(said_.find("pg_dump") != std::string::npos, GetParam() == db::Engine::postgres) << said_;
  EXPECT_EQ(said_.starts_with("控えを取りました。"), GetParam() == db::Engine::sqlite) << "half of it is not it: " << said_;
  settings_.http.tls_key = "/etc/kasane/tls.key";
  std::filesystem::remove_all(target());
  ASSERT_EQ(back_up(), 0);
  EXPECT_NE(said_.find("tls_key"), std::string::npos) << said_;
}

TEST_P(Backup, that_fails_leaves_nothing_that_looks_like_one) {
  std::filesystem::remove(settings_.data / "key");
  EXPECT_EQ(back_up(), 1);
  EXPECT_NE(said_.find("key"), std::string::npos) << said_;
  EXPECT_FALSE(std::filesystem::exists(target())) << "somebody would restore it";
  write(settings_.data / "key", std::string(64, 'a'));
  EXPECT_EQ(back_up(), 0) << "the same name works once the fault is mended: " << said_;
}

TEST_P(Backup, never_writes_over_an_earlier_one) {
  write(target() / "city.db", "earlier");
  EXPECT_EQ(back_up(), 1);
  EXPECT_EQ(text_of(target() / "city.db"), "earlier");
}

TEST_P(Backup, serves_as_an_installation_of_its_own) {
  if (GetParam() != db::Engine::sqlite) GTEST_SKIP() << "its database is not in the copy";
  ASSERT_EQ(back_up(), 0) << said_;
  const AppSettings restored = default_settings(target() / "municipalities", target());
  ASSERT_EQ(restored.cities.size(), 1u);
  EXPECT_TRUE(open_city(restored, restored.cities.front(), clock_).has_value());
  testing::internal::CaptureStdout();
  const int verified = audit_verify(restored, "tsuruoka", {}, {});
  const std::string said = testing::internal::GetCapturedStdout();
  EXPECT_EQ(verified, 0) << said;
}

}  // namespace
}  // namespace kasane::cli
