// 本人の声 through the real dispatcher: kept apart from the assessment of the household (W-30).
#include "planning/case_for_test.hpp"

namespace kasane::planning {
namespace {

using testing::AsoCase;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kWords = "家の世話を少し休みたい";

struct Voices : ::testing::Test {
  AsoCase aso;
  std::string assessment = "/cases/" + id_text(aso.case_id) + "/assessment";
  std::string voice = "/cases/" + id_text(aso.case_id) + "/voices/" + id_text(aso.son);
  web::Pairs said{{"text", kWords}, {"heard_on", "R8.11.20"}};
};

TEST_F(Voices, are_read_on_that_persons_ground_alone_W_30) {
  ASSERT_EQ(aso.t.get(aso.swc, voice).status, 200);
  ASSERT_EQ(aso.t.post(aso.swc, voice, said).status, 303);
  EXPECT_THAT(aso.t.get(aso.swc, assessment).body, HasSubstr(kWords));
  aso.mother_agrees();
  const auto page = aso.t.get(aso.member, assessment);
  EXPECT_EQ(page.status, 200) << "the mother's consent opens the case";
  EXPECT_THAT(page.body, Not(HasSubstr(kWords))) << "but not what her son told";
  EXPECT_EQ(aso.t.get(aso.member, voice).status, 404);
  aso.agree();
  EXPECT_THAT(aso.t.get(aso.member, assessment).body, HasSubstr(kWords));
  EXPECT_EQ(aso.t.get(aso.stranger, voice).status, 404);
  EXPECT_EQ(aso.t.get(aso.head, voice).status, 404) << "heads do not write";
}

TEST_F(Voices, are_not_on_the_copy_for_the_home_W_30) {
  aso.agree();
  ASSERT_EQ(aso.t.post(aso.swc, voice, said).status, 303);
  const auto plan = aso.create(aso.content());
  ASSERT_TRUE(plan);
  EXPECT_THAT(aso.t.get(aso.swc, "/plans/" + id_text(*plan) + "/home-copy").body, Not(HasSubstr(kWords)));
}

TEST_F(Voices, ask_again_for_what_is_missing_and_keep_what_was_typed) {
  EXPECT_EQ(aso.t.post(aso.swc, voice, {{"text", ""}, {"heard_on", "R8.11.20"}}).status, 422);
  const auto later = aso.t.post(aso.swc, voice, {{"text", "先の話"}, {"heard_on", "R12.1.1"}});
  EXPECT_EQ(later.status, 422);
  EXPECT_THAT(later.body, HasSubstr("先の話"));
}

TEST_F(Voices, are_of_people_of_this_household) {
  EXPECT_EQ(aso.t.get(aso.swc, "/cases/" + id_text(aso.case_id) + "/voices/" + id_text(PersonId(12345))).status, 404);
}

}  // namespace
}  // namespace kasane::planning
