// A folder with a fault never loads, and every fault is named with its file, its line and a way to mend it.
// Each case lays the files of tests/municipalities/broken_* over the invented city and loads the result.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "programme/municipality.hpp"

namespace kasane::programme {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kSource = KASANE_SOURCE_DIR;

/// A copy of the invented city that is gone at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "kasane-municipality-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
    lay_over("mitsuhama");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  void lay_over(const std::string& folder) {
    fs::copy(kSource / "tests/municipalities" / folder, path_,
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  void write(const std::string& file, const std::string& text) {
    std::ofstream(path_ / file, std::ios::binary) << text;
  }
  const fs::path& path() const { return path_; }
  std::vector<SettingsFault> faults() const {
    const auto city = load_municipality(path_, kSource / "municipalities/national");
    return city ? std::vector<SettingsFault>() : city.error();
  }

 private:
  fs::path path_;
};

struct Expected {
  const char* file;
  int line;
  const char* what;
  const char* mend;
};

void expect_faults(const std::string& broken, const std::vector<Expected>& expected) {
  Folder folder;
  folder.lay_over(broken);
  const auto faults = folder.faults();
  std::string all;
  for (const auto& fault : faults) all += fault.text() + "\n";
  EXPECT_EQ(faults.size(), expected.size()) << all;
  for (const auto& e : expected) {
    const bool found = std::any_of(faults.begin(), faults.end(), [&](const SettingsFault& f) {
      return f.file == (folder.path() / e.file).string() && f.line == e.line &&
             f.what.find(e.what) != std::string::npos && f.mend.find(e.mend) != std::string::npos;
    });
    EXPECT_TRUE(found) << e.file << ":" << e.line << " " << e.what << "\namong\n" << all;
  }
}

TEST(Faults, the_untouched_copy_has_none) { EXPECT_TRUE(Folder().faults().empty()); }

TEST(Faults, words_outside_the_closed_lists) {
  expect_faults("broken_words", {{"agencies.csv", 6, "houkatsu", "cgsc"},
                                 {"agencies.csv", 12, "itaku", "contracted"},
                                 {"bodies.toml", 12, "mayor", "collaboration_operator"},
                                 {"rules.toml", 2, "everyone", "source_post"}});
}

TEST(Faults, codes_that_point_nowhere) {
  expect_faults("broken_references", {{"bodies.toml", 31, "umi", "agencies.csv"},
                                      {"bodies.toml", 38, "dareka", "bodies.toml"},
                                      {"catchments.csv", 3, "cgsc_yama", "agencies.csv"},
                                      {"catchments.csv", 4, "oki", "areas.csv"},
                                      {"indicators.csv", 2, "plannning", "services.csv"},
                                      {"indicators.csv", 3, "目標「z」", "plan.goal"},
                                      {"rules.toml", 48, "ikiki_ka", "agencies.csv"}});
}

TEST(Faults, numbers_and_dates_that_are_none) {
  expect_faults("broken_numbers", {{"agencies.csv", 6, "ひとり", "保健師:1"},
                                   {"areas.csv", 4, "2027-04-31", "2026-04-01"},
                                   {"indicators.csv", 2, "3,300", "3300"},
                                   {"rules.toml", 40, "silence", "1から"},
                                   {"services.csv", 3, "statute_item", "6まで"},
                                   {"services.csv", 3, "３", "半角"}});
}

TEST(Faults, codes_and_names_that_stand_twice) {
  expect_faults("broken_duplicates", {{"agencies.csv", 12, "tomoshibi", "10行目"},
                                      {"agency_aliases.csv", 3, "くらし 相談ともしび", "消して"},
                                      {"catchments.csv", 6, "akari", "agencies.csv"},
                                      {"rules.toml", 8, "two_homes", "別の code"}});
}

TEST(Faults, a_file_that_is_no_TOML) { expect_faults("broken_toml", {{"rules.toml", 15, "TOML", "確かめて"}}); }

TEST(Faults, unknown_keys_and_values_of_the_wrong_kind) {
  expect_faults("broken_keys", {{"bodies.toml", 33, "schedule", "cycle_text"},
                                {"rules.toml", 34, "close_pressure", "closure_pressure"},
                                {"rules.toml", 35, "silent_to_informants", "true か false"},
                                {"wording.toml", 4, "keikaku", "wording.toml"}});
}

TEST(Faults, a_file_in_another_encoding) {
  expect_faults("broken_encoding", {{"posts.csv", 2, "UTF-8 ではありません", "CSV UTF-8"}});
}

TEST(Faults, columns_that_are_missing_or_unknown_and_rows_that_are_short) {
  expect_faults("broken_columns", {{"areas.csv", 1, "列 kind がありません", "code,name,kind"},
                                   {"areas.csv", 1, "知らない列 type", "code,name,kind"},
                                   {"catchments.csv", 6, "見出しの3個", "コンマ"}});
}

TEST(Faults, statements_without_their_place_in_the_plan) {
  expect_faults("broken_sources", {{"bodies.toml", 46, "source", "l.120"},
                                   {"indicators.csv", 4, "source", "l.120"},
                                   {"posts.csv", 5, "３１ページ", "l.120"}});
}

TEST(Faults, parents_that_go_in_a_circle) {
  expect_faults("broken_circles",
                {{"areas.csv", 3, "minato", "parent"}, {"bodies.toml", 27, "tabane_kaigi", "parent"}});
}

TEST(Faults, code_tables_that_extend_nothing_or_repeat) {
  expect_faults("broken_codes",
                {{"codes/issues.csv", 3, "truancy", "国の標準"}, {"codes/isues.csv", 0, "isues", "national/codes"}});
}

TEST(Faults, sites_that_do_not_add_up) {
  expect_faults("broken_sums", {{"services.csv", 9, "child_rearing_base", "計画に合わせて"}});
}

TEST(Faults, of_the_city_itself) {
  expect_faults("broken_city", {{"municipality.toml", 1, "所管課", "owner_sections"},
                                {"municipality.toml", 3, "123457", "6桁"},
                                {"municipality.toml", 15, "fy_last", "年度"}});
}

TEST(Faults, bodies_without_finding_or_ground_and_one_sided_joint_sittings) {
  expect_faults("broken_bodies", {{"bodies.toml", 2, "tabane_kaigi", "joint_with"},
                                  {"bodies.toml", 2, "grounds", "計画の文"},
                                  {"bodies.toml", 23, "finding", "確認"}});
}

TEST(Faults, every_file_is_needed_even_when_empty) {
  for (const auto* file :
       {"municipality.toml", "bodies.toml", "rules.toml", "wording.toml", "services.csv", "service_sites.csv",
        "agencies.csv", "agency_aliases.csv", "areas.csv", "catchments.csv", "posts.csv", "indicators.csv"}) {
    Folder folder;
    fs::remove(folder.path() / file);
    const auto faults = folder.faults();
    EXPECT_TRUE(std::any_of(faults.begin(), faults.end(), [&](const SettingsFault& f) {
      return f.file == (folder.path() / file).string() && f.what.find("ありません") != std::string::npos &&
             !f.mend.empty();
    })) << file;
  }
}

TEST(Faults, a_city_without_either_statutory_function_does_not_load) {
  Folder folder;
  folder.write("bodies.toml", "");
  const auto faults = folder.faults();
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_THAT(faults[0].what, HasSubstr("support_conference_106_6"));
  EXPECT_THAT(faults[1].what, HasSubstr("plan_decision"));
}

TEST(Faults, a_folder_that_is_not_there) {
  const auto city = load_municipality("/nonexistent/tokyo", kSource / "municipalities/national");
  ASSERT_FALSE(city);
  EXPECT_THAT(city.error().front().text(), HasSubstr("フォルダがありません"));
}

TEST(Faults, the_text_of_a_fault_names_file_line_what_and_mend) {
  const SettingsFault fault{"a/agencies.csv", 12, "列 kind に「x」は使えません", "直してください"};
  EXPECT_EQ(fault.text(), "a/agencies.csv 12行目: 列 kind に「x」は使えません。直してください");
}

}  // namespace
}  // namespace kasane::programme
