// Whoever changes the rules leaves a mark: the audit tells when the folder was no longer what it had been.
#include "programme/settings_seen.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "access/audit_store.hpp"
#include "base/ids.hpp"
#include "db/testing.hpp"

namespace kasane::programme {
namespace {

class SettingsSeen : public ::testing::Test {
 protected:
  SettingsSeen() : folder_(std::filesystem::temp_directory_path() / ("kasane-settings-" + id_text(next_id()))) {
    std::filesystem::create_directories(folder_);
    write("rules.toml", "days = 7\n");
  }
  ~SettingsSeen() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  bool start() { return note_settings(*db_, fingerprint_of({folder_}), ++now_); }
  std::vector<std::string> actions() {
    return db_->read([](db::ReadTx& tx) {
      std::vector<std::string> out;
      for (const auto& e : access::audit_store::writes_after(tx, 0, 100)) out.push_back(e.event.action);
      return out;
    });
  }

  std::filesystem::path folder_;
  db::TestDatabase db_;
  UtcMs now_ = 1'790'000'000'000;
};

TEST_F(SettingsSeen, an_unchanged_folder_is_no_event) {
  EXPECT_TRUE(start());
  EXPECT_FALSE(start());
  EXPECT_EQ(actions().size(), 1u);
}

TEST_F(SettingsSeen, a_changed_an_added_and_a_renamed_file_are_events) {
  start();
  write("rules.toml", "days = 8\n");
  EXPECT_TRUE(start());
  write("wording.toml", "");
  EXPECT_TRUE(start());
  std::filesystem::rename(folder_ / "wording.toml", folder_ / "words.toml");
  EXPECT_TRUE(start());
  EXPECT_EQ(actions(), std::vector<std::string>(4, "settings.changed"));
}

// Whoever can write to the database cannot make the program believe that it has seen the new rules: what counts is the
// sealed event, and that one names the rules.
TEST_F(SettingsSeen, the_event_names_the_rules_and_nothing_beside_it_speaks_for_them) {
  start();
  write("rules.toml", "days = 8\n");
  EXPECT_TRUE(start());
  const auto events = db_->read([](db::ReadTx& tx) { return access::audit_store::writes_after(tx, 0, 100); });
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events.back().event.detail, fingerprint_of({folder_}));
  EXPECT_NE(events.front().event.detail, events.back().event.detail);
  db_->write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_write SET form = 1, detail = NULL)sql"); });
  EXPECT_TRUE(start()) << "an event of before, which names none, stands for no rules";
}

TEST_F(SettingsSeen, going_back_to_former_rules_is_a_change_too) {
  start();
  write("rules.toml", "days = 8\n");
  start();
  write("rules.toml", "days = 7\n");
  EXPECT_TRUE(start());
}

}  // namespace
}  // namespace kasane::programme
