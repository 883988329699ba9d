// Statutes as dated data: what the rows claim, which version holds on a day, and that a fault names file, line and mend.
#include "programme/statutes.hpp"

#include <unistd.h>

#include <fstream>

#include "programme/municipality_testing.hpp"

namespace kasane::programme {
namespace {

namespace fs = std::filesystem;
using cities::day;
using ::testing::HasSubstr;

const fs::path kNational = cities::kSource / "municipalities/national";

struct Folder {
  fs::path path;
  explicit Folder(const char* from) {
    std::string name = (fs::temp_directory_path() / "kasane-statutes-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path = name;
    fs::copy(from, path, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
};

const std::string kCity = (cities::kSource / "tests/municipalities/mitsuhama").string();

TEST(Statutes, each_row_says_whether_it_was_checked_and_only_69_is) {
  for (const Municipality* m : cities::five())
    for (const Statute* s : statutes_for(*m, Allows::other_law_meeting, HolderKind::anyone, day(2026, 11, 24))) EXPECT_FALSE(s->checked) << s->key;
  const auto* two = statute(cities::nagaokakyo(), "kojin_69_2_2", day(2026, 11, 24));
  ASSERT_NE(two, nullptr);
  EXPECT_TRUE(two->checked);
  EXPECT_TRUE(two->harm_check);
  EXPECT_EQ(two->versioned_key(), "kojin_69_2_2@2023-04-01");
  EXPECT_EQ(statute(cities::nagaokakyo(), "kojin_69_2_2", day(2023, 3, 31)), nullptr) << "the national law did not bind cities yet";
}

TEST(Statutes, a_city_stands_on_69_and_a_contractor_on_27) {
  const auto& m = cities::nagaokakyo();
  for (const Statute* s : statutes_for(m, Allows::provision, HolderKind::city, day(2026, 11, 24))) EXPECT_THAT(s->article, HasSubstr("69条"));
  const auto contractor = statutes_for(m, Allows::provision, HolderKind::contractor, day(2026, 11, 24));
  ASSERT_EQ(contractor.size(), 5u) << "本人の同意, 1号 to 4号";
  for (const Statute* s : contractor) EXPECT_THAT(s->article, HasSubstr("27条1項"));
}

TEST(Statutes, an_article_says_to_whom_it_gives) {
  const auto& m = cities::nagaokakyo();
  const auto gives = [&](const char* key, RecipientKind to) { return gives_to(*statute(m, key, day(2026, 11, 24)), to); };
  EXPECT_TRUE(gives("kojin_69_2_2", RecipientKind::city));
  for (const RecipientKind kind : {RecipientKind::public_body, RecipientKind::entrusted, RecipientKind::other}) EXPECT_FALSE(gives("kojin_69_2_2", kind)) << label_of(kind);
  EXPECT_TRUE(gives("kojin_69_2_3", RecipientKind::public_body));
  EXPECT_FALSE(gives("kojin_69_2_3", RecipientKind::city)) << "the city does not provide to itself";
  EXPECT_FALSE(gives("kojin_27_1_4", RecipientKind::other)) << "a hospital is neither state nor entrusted by it";
  EXPECT_TRUE(gives("kojin_69_2_4", RecipientKind::other));
  EXPECT_EQ(recipient_kind(cities::tsuruoka(), "swc"), RecipientKind::entrusted);
  EXPECT_EQ(recipient_kind(cities::tsuruoka(), "hokatsu_care"), RecipientKind::city);
  EXPECT_EQ(recipient_kind(cities::tsuruoka(), "kyoiku"), RecipientKind::public_body);
}

TEST(Statutes, what_was_split_is_chosen_no_more_and_still_named_where_it_was_written_down) {
  const auto& m = cities::nagaokakyo();
  for (const Statute* s : statutes_for(m, Allows::provision, HolderKind::anyone, day(2026, 11, 24))) EXPECT_NE(s->key, "kojin_27");
  for (const char* key : {"kojin_27@未確認", "danger@未確認"}) {
    const auto* old = statute_as_stored(m, key);
    ASSERT_NE(old, nullptr) << key;
    EXPECT_THAT(old->article, HasSubstr("27条"));
  }
}

TEST(Statutes, a_ground_writes_down_key_and_version) {
  EXPECT_THAT(basis_text(cities::tsuruoka(), "kojin_69_1", day(2026, 11, 24)), HasSubstr("kojin_69_1@2023-04-01"));
  EXPECT_THAT(basis_text(cities::tsuruoka(), kSupportConference, day(2026, 11, 24)), HasSubstr("@未確認")) << "no date is claimed for a text that nobody compared";
}

TEST(Statutes, a_duty_to_report_names_its_law_and_one_without_a_law_says_so) {
  const auto& m = cities::tsuruoka();
  for (const char* kind : {"child", "elder", "disabled", "partner"})
    EXPECT_THAT(duty_basis_text(m, kind, day(2026, 11, 24)), HasSubstr("（duty_" + std::string(kind) + "@")) << kind;
  EXPECT_THAT(duty_basis_text(m, "other", day(2026, 11, 24)), HasSubstr("未確認"));
}

TEST(Statutes, a_danger_rests_on_the_article_of_who_holds_the_record) {
  const auto& m = cities::tsuruoka();
  EXPECT_THAT(danger_basis_text(m, "hokatsu_care", day(2026, 11, 24)), HasSubstr("69条2項"));
  EXPECT_TRUE(statute(m, kDangerCity, day(2026, 11, 24))->harm_check);
  EXPECT_THAT(danger_basis_text(m, "swc", day(2026, 11, 24)), HasSubstr("27条1項2号"));
}

TEST(Statutes, the_version_of_the_day_holds_and_the_stored_one_stays_T_91) {
  const Folder city(kCity.c_str());
  std::ofstream(city.path / "statutes.csv") << "key,law,article,in_force,allows,holder,harm_check,needs_consent,recipients,topics,min_age,max_age,child_home,evidence,note\n"
                                               "jorei_1,条例,1条,2024-04-01,provision,city,no,no,,,,,no,未確認,\n"
                                               "jorei_1,条例,1条の2,2026-04-01,provision,city,yes,no,,,,,no,未確認,\n";
  const auto m = load_municipality(city.path, kNational);
  ASSERT_TRUE(m);
  EXPECT_EQ(statute(*m, "jorei_1", day(2024, 3, 31)), nullptr);
  EXPECT_EQ(statute(*m, "jorei_1", day(2026, 3, 31))->article, "1条");
  EXPECT_EQ(statute(*m, "jorei_1", day(2026, 4, 1))->article, "1条の2");
  EXPECT_EQ(statute_as_stored(*m, "jorei_1@2024-04-01")->article, "1条") << "an old ground keeps its text";
  EXPECT_EQ(statute_as_stored(*m, "jorei_1@2020-04-01")->article, "1条の2");
}

TEST(Statutes, every_fault_has_file_line_and_mend) {
  const Folder city(kCity.c_str());
  fs::copy(cities::kSource / "tests/municipalities/broken_statutes", city.path, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  const auto m = load_municipality(city.path, kNational);
  ASSERT_FALSE(m);
  struct Expected {
    int line;
    const char* what;
    const char* mend;
  };
  const std::vector<Expected> expected{{2, "確認済", "未確認"},     {3, "meeting", "cooperation"},     {4, "money", "economy"}, {5, "topics", "basic;contact"},
                                       {6, "2026-04-31", "2026-04-01"}, {6, "mayor", "contractor"}, {6, "たぶん", "確認済"},  {7, "min_age", "入れ替える"},
                                       {8, "二度", "in_force"}};
  std::string all;
  for (const auto& f : m.error()) all += f.text() + "\n";
  EXPECT_EQ(m.error().size(), expected.size()) << all;
  for (const Expected& e : expected) {
    const bool found = std::ranges::any_of(m.error(), [&](const SettingsFault& f) {
      return f.file == (city.path / "statutes.csv").string() && f.line == e.line && f.what.find(e.what) != std::string::npos &&
             f.mend.find(e.mend) != std::string::npos;
    });
    EXPECT_TRUE(found) << e.line << " " << e.what << "\namong\n" << all;
  }
}

TEST(Statutes, a_folder_without_what_the_program_writes_down_does_not_load) {
  const Folder national(kNational.c_str());
  std::ofstream(national.path / "statutes.csv") << "key,law,article,in_force,allows,holder,harm_check,needs_consent,recipients,topics,min_age,max_age,child_home,evidence,note\n";
  const auto m = load_municipality(kCity, national.path);
  ASSERT_FALSE(m);
  EXPECT_THAT(m.error().front().text(), HasSubstr("consent"));
}

}  // namespace
}  // namespace kasane::programme
