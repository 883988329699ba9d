#include "archive/retention_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kasane::archive {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Date day(const char* iso) { return *Date::from_iso(iso); }

programme::Municipality city(const char* folder) {
  auto m = programme::load_municipality(std::string(KASANE_SOURCE_DIR "/") + folder, KASANE_SOURCE_DIR "/municipalities/national");
  EXPECT_TRUE(m) << (m ? "" : m.error().front().text());
  return m ? std::move(*m) : programme::Municipality{};
}

TEST(Retention, years_count_from_the_end_of_the_fiscal_year) {
  EXPECT_EQ(keep_until(day("2026-04-01"), 5), day("2032-03-31"));
  EXPECT_EQ(keep_until(day("2027-03-31"), 5), day("2032-03-31"));
  EXPECT_EQ(keep_until(day("2027-04-01"), 5), day("2033-03-31"));
}

// Real cities whose plan says nothing: 計画に記載なし, and no list of what may go.
TEST(Retention, nothing_is_due_where_the_city_has_set_nothing) {
  for (const char* slug : {"tsuruoka", "kawachinagano", "aizuwakamatsu", "kitakami", "nagaokakyo"}) {
    const auto m = city((std::string("municipalities/") + slug).c_str());
    EXPECT_THAT(periods(m), IsEmpty()) << slug;
    for (const Hint& h : hints(m)) EXPECT_TRUE(h.unverified) << "the suggested years are marked as not verified";
  }
}

TEST(Retention, a_city_sets_its_years_and_their_basis) {
  const auto set = periods(city("tests/municipalities/mitsuhama"));
  ASSERT_THAT(set, SizeIs(5));
  ASSERT_NE(find(set, RetentionClass::case_file), nullptr);
  EXPECT_EQ(find(set, RetentionClass::case_file)->years, 5);
  EXPECT_FALSE(find(set, RetentionClass::case_file)->basis.empty());
}

TEST(DisposalLog, reads_back_and_refuses_what_is_damaged) {
  const std::vector<LogLine> lines{{"廃棄R08-0001", 4711, RetentionClass::case_file}, {"廃棄R08-0001", 4712, RetentionClass::meeting}};
  EXPECT_EQ(parse_log(log_text(lines)).value(), lines);
  EXPECT_THAT(parse_log("").value(), IsEmpty());
  for (const char* bad : {"a", "a,b,c", "n,0000000000000,everything", ",0000000000000,meeting", "n,0000000000000,base"}) EXPECT_FALSE(parse_log(bad)) << bad;
}

}  // namespace
}  // namespace kasane::archive
