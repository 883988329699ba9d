// What the operator is told, and with which exit code: "all is well" only where something was compared.
#include "cli/audit_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>

#include "access/audit.hpp"
#include "access/audit_store.hpp"
#include "access/checkpoint.hpp"
#include "base/ids.hpp"
#include "cli/audit_keys.hpp"
#include "programme/account_store.hpp"

namespace kasane::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditCommands : public ::testing::Test {
 protected:
  AuditCommands() : base_(fs::temp_directory_path() / ("kasane-cli-" + id_text(next_id()))) {
    app_.data = base_ / "data";
    app_.checkpoints = base_ / "elsewhere" / "lines.txt";
    app_.cities = {{"mitsuhama", base_ / "folder", (app_.data / "mitsuhama" / "city.db").string(), app_.data / "mitsuhama" / "audit"}};
    fs::create_directories(app_.data / "mitsuhama");
  }
  ~AuditCommands() override { fs::remove_all(base_); }

  /// The program runs: somebody looks and changes, the chain is sealed, signed and the line kept outside.
  void a_minute() {
    const auto city = db::Database::open(db::settings_for(app_.cities[0].database));
    access::AuditLog log(app_.cities[0].audit, clock_);
    std::promise<bool> kept;
    access::Trail look;
    look.action("household.page");
    look.note(SubjectKind::household, 5);
    log.submit(AccountId(1), look, clock_.now(), [&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
    city->write([&](db::WriteTx& tx) {
      access::Trail change;
      change.action("record.write", access::Act::write);
      access::audit_write(tx, AccountId(1), change, clock_.now());
    });
    log.seal_writes(*city, true);
    const auto made = log.checkpoint("mitsuhama", load_or_make_signer(app_.data));
    ASSERT_TRUE(made);
    ASSERT_TRUE(keep_outside(app_.checkpoints, access::checkpoint_line(*made)));
  }
  int verify(const std::vector<std::string>& outside = {}, const std::vector<std::string>& keys = {}) {
    ::testing::internal::CaptureStdout();
    const int code = audit_verify(app_, "", outside, keys);
    said_ = ::testing::internal::GetCapturedStdout();
    return code;
  }
  int tell_restored(const std::vector<std::string>& outside = {}) {
    ::testing::internal::CaptureStdout();
    const int code = restored(app_, outside);
    said_ = ::testing::internal::GetCapturedStdout();
    return code;
  }
  int rotate() {
    ::testing::internal::CaptureStdout();
    const int code = rotate_key(app_);
    said_ = ::testing::internal::GetCapturedStdout();
    return code;
  }
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(base_ / name) << text;
    return (base_ / name).string();
  }
  std::string text_of(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  std::string public_key() { return first_line(app_.data / "audit-key.pub"); }

  fs::path base_;
  AppSettings app_;
  SystemClock clock_;
  std::string said_;
};

TEST_F(AuditCommands, verify_says_that_all_is_well_where_all_was_compared) {
  a_minute();
  a_minute();
  EXPECT_EQ(verify(), 0) << said_;
  EXPECT_THAT(said_, HasSubstr("異常はありません。"));
  EXPECT_EQ(verify({app_.checkpoints.string()}, {public_key()}), 0) << said_;
}

TEST_F(AuditCommands, verify_is_not_content_with_nothing_to_compare) {
  a_minute();
  const std::string lines = text_of(app_.checkpoints);
  EXPECT_EQ(verify({file("empty.txt", "")}), 2);
  EXPECT_THAT(said_, HasSubstr("外の写しとは比べていません"));
  EXPECT_THAT(said_, Not(HasSubstr("異常はありません")));
  EXPECT_EQ(verify({file("garbage.txt", "\n" + lines + "kasane-checkpoint-1 mitsuhama\nabc\n")}), 2);
  EXPECT_THAT(said_, HasSubstr("garbage.txt の 3、4行目が読めません"));
  EXPECT_EQ(verify({(base_ / "not-there.txt").string()}), 2);
  fs::remove(app_.checkpoints);
  EXPECT_EQ(verify(), 2) << "no copy of the lines";
  file("elsewhere/lines.txt", lines);
  fs::remove(app_.data / "audit-key.pub");
  EXPECT_EQ(verify(), 2) << "no public key";
}

TEST_F(AuditCommands, verify_tells_a_city_that_is_not_there_and_one_without_any_record) {
  EXPECT_EQ(verify(), 2);
  EXPECT_THAT(said_, HasSubstr("市のデータベースも閲覧の記録もありません"));
  a_minute();
  fs::remove_all(app_.cities[0].audit);
  {
    const auto city = db::Database::open(db::settings_for(app_.cities[0].database));
    city->write([](db::WriteTx& tx) { tx.run("DELETE FROM audit_write"); });
  }
  EXPECT_EQ(verify(), 1) << "the line outside knows that there was something";
  fs::remove(app_.checkpoints);
  EXPECT_EQ(verify(), 2);
  EXPECT_THAT(said_, HasSubstr("記録がひとつもありません"));
}

// The way of docs/operators/backup.md: put the files back, say so, then start.
TEST_F(AuditCommands, after_a_restore_the_chain_goes_on_and_everybody_signs_in_anew) {
  a_minute();
  fs::copy(app_.data, base_ / "backup", fs::copy_options::recursive);
  a_minute();
  a_minute();
  fs::remove_all(app_.data);
  fs::copy(base_ / "backup", app_.data, fs::copy_options::recursive);
  const auto sessions = [&] {
    return db::Database::open(db::settings_for(app_.cities[0].database))->read([](db::ReadTx& tx) {
      return tx.number("SELECT (SELECT count(*) FROM login_session WHERE ended_at IS NULL) + (SELECT count(*) FROM guest_session)");
    });
  };
  db::Database::open(db::settings_for(app_.cities[0].database))->write([](db::WriteTx& tx) {
    programme::add_session(tx, "hash", {AccountId(1), "csrf", 1, 1});
    tx.run("INSERT INTO guest_session (token_hash, link_id, started_at, seen_at) VALUES ('other', 1, 1, 1)");
  });
  ASSERT_EQ(sessions(), 2);
  EXPECT_EQ(verify(), 1) << "until it is said that a backup was put back";
  const std::string lines = app_.checkpoints.string() + ".kept";
  fs::rename(app_.checkpoints, lines);
  EXPECT_EQ(tell_restored(), 2) << "without the lines from outside the numbers would collide";
  EXPECT_EQ(sessions(), 2) << "and nothing was done";
  EXPECT_EQ(tell_restored({lines}), 0) << said_;
  EXPECT_THAT(said_, HasSubstr("確認点 2番から3番まで"));
  EXPECT_EQ(sessions(), 0);
  std::ofstream(lines, std::ios::app) << text_of(app_.checkpoints);
  fs::rename(lines, app_.checkpoints);
  EXPECT_EQ(verify(), 0) << said_;
  EXPECT_THAT(said_, HasSubstr("控えから戻した記録"));
  a_minute();
  EXPECT_EQ(verify(), 0) << said_;
}

TEST_F(AuditCommands, a_rotated_key_is_vouched_for_by_the_one_before) {
  EXPECT_EQ(rotate(), 2) << "there is none yet";
  a_minute();
  const std::string first = public_key(), secret = text_of(app_.data / "audit-key");
  EXPECT_EQ(rotate(), 0) << said_;
  const std::string second = public_key();
  EXPECT_NE(first, second);
  EXPECT_THAT(said_, HasSubstr(second));
  EXPECT_NE(text_of(app_.data / "audit-key"), secret);
  EXPECT_EQ(fs::status(app_.data / "audit-key").permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
  a_minute();
  EXPECT_EQ(rotate(), 0);
  a_minute();
  for (const std::string& key : {first, second, public_key()}) EXPECT_EQ(verify({}, {key}), 0) << said_;
  fs::remove(handovers_file(app_.data));
  std::string without;
  std::istringstream all(text_of(app_.checkpoints));
  for (std::string line; std::getline(all, line);)
    if (access::parse_checkpoint_line(line)) without += line + "\n";
  EXPECT_EQ(verify({file("without.txt", without)}, {first}), 1) << "nobody vouches for the later keys";
  EXPECT_EQ(verify({file("without.txt", without)}, {first, second, public_key()}), 0) << "all three kept on paper: " << said_;
}

// A crash between the handover and the exchange: the same new key is taken up again, not a third one.
TEST_F(AuditCommands, a_rotation_that_broke_off_is_finished_with_the_same_key) {
  a_minute();
  fs::create_directories(app_.checkpoints.string() + ".not");
  const fs::path good = app_.checkpoints;
  app_.checkpoints = app_.checkpoints.string() + ".not";  // a folder: no line can be kept
  const std::string before = public_key();
  EXPECT_EQ(rotate(), 2);
  EXPECT_EQ(public_key(), before);
  const std::string next = text_of(app_.data / "audit-key.new");
  app_.checkpoints = good;
  EXPECT_EQ(rotate(), 0) << said_;
  EXPECT_EQ(text_of(app_.data / "audit-key"), next);
  EXPECT_FALSE(fs::exists(app_.data / "audit-key.new"));
  a_minute();
  EXPECT_EQ(verify(), 0) << said_;
}

}  // namespace
}  // namespace kasane::cli
