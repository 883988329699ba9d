// Notices through the real dispatcher: what a commissioner, an owner and an outsider see.
#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;

class NoticePages : public testing::FirstContactPages {
 protected:
  Login commissioner = city.account("commissioners", Role::commissioner);
  Login moe = city.account("cgsc_fujishima", Role::window_counsellor);
  Login swc = city.account("swc", Role::coordinator);

  web::Pairs curtains() {
    return {{"text", "カーテンが閉まったまま"}, {"about", "角の家"}, {"area", city.m().areas_of("cgsc_fujishima").front()->code}};
  }
  std::string only_notice() {
    const auto id = city.db().read([](db::ReadTx& tx) { return tx.number("SELECT id FROM notice"); });
    return "/notices/" + id_text(id);
  }
};

// T-16
TEST_F(NoticePages, a_commissioner_reports_without_a_name_and_sees_only_that_it_was_received_T_16) {
  const auto form = city.get(commissioner, "/notices/new");
  EXPECT_EQ(form.status, 200);
  const auto done = city.post(commissioner, "/notices", curtains());
  EXPECT_EQ(where(done), "/notices?received=yes") << "not even the address of the notice is told";
  const auto list = city.get(commissioner, "/notices?received=yes");
  EXPECT_THAT(list.body, HasSubstr("受け止めました"));
  EXPECT_THAT(list.body, Not(HasSubstr("カーテン")));
  EXPECT_EQ(city.get(commissioner, only_notice()).status, 404);
  // The centre of the area got it, without anybody choosing it.
  EXPECT_THAT(city.get(moe, "/notices").body, HasSubstr("角の家"));
  EXPECT_THAT(city.get(moe, only_notice()).body, HasSubstr("カーテンが閉まったまま"));
  // Later states change nothing of what she sees.
  const auto page = city.get(moe, only_notice());
  const auto ended = city.post(moe, only_notice() + "/look",
                               {{"version", version_in(page)}, {"looked_on", "R8.11.24"}, {"result", "no_need"}, {"note", "旅行だった"}});
  EXPECT_EQ(ended.status, 303) << ended.body;
  EXPECT_EQ(city.get(commissioner, "/notices").body.find("終わり"), std::string::npos);
}

TEST_F(NoticePages, another_agency_gets_404_and_an_empty_list) {
  city.post(commissioner, "/notices", curtains());
  EXPECT_EQ(city.get(swc, only_notice()).status, 404);
  EXPECT_THAT(city.get(swc, "/notices").body, Not(HasSubstr("角の家")));
  EXPECT_EQ(city.post(swc, only_notice() + "/look", {{"version", "1"}, {"looked_on", "R8.11.24"}, {"result", "support"}}).status, 404);
  const Login secretary = city.account("swc", Role::secretary);
  EXPECT_EQ(city.get(secretary, "/notices").status, 404) << "the secretary's post has no part in notices";
}

TEST_F(NoticePages, what_was_typed_is_still_there_after_a_fault) {
  const auto again = city.post(moe, "/notices", {{"text", ""}, {"about", "角の家"}, {"received_on", "令和8年13月1日"}, {"source", "no_such_code"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("角の家"));
  EXPECT_THAT(again.body, HasSubstr("令和8年13月1日"));
  EXPECT_EQ(count("notice.received"), 0);
}

TEST_F(NoticePages, the_same_command_is_received_once) {
  auto fields = curtains();
  fields.emplace_back("command_id", "command-0001");
  EXPECT_EQ(city.post(commissioner, "/notices", fields).status, 303);
  EXPECT_EQ(city.post(commissioner, "/notices", fields).status, 303);
  EXPECT_EQ(count("notice.received"), 1);
}

TEST_F(NoticePages, a_lost_race_shows_both_versions) {
  city.post(commissioner, "/notices", curtains());
  const std::string path = only_notice();
  const std::string version = version_in(city.get(moe, path));
  ASSERT_EQ(city.post(moe, path + "/look", {{"version", version}, {"looked_on", "R8.11.24"}, {"result", "watch"}, {"look_again", "R8.12.1"}, {"note", "明かりがついた"}}).status, 303);
  const auto lost = city.post(moe, path + "/look", {{"version", version}, {"looked_on", "R8.11.24"}, {"result", "support"}, {"note", "困っている様子"}});
  EXPECT_EQ(lost.status, 409);
  EXPECT_THAT(lost.body, HasSubstr("明かりがついた"));
  EXPECT_THAT(lost.body, HasSubstr("困っている様子"));
  const auto saved = city.post(moe, path + "/look", {{"version", version_in(lost)}, {"looked_on", "R8.11.24"}, {"result", "support"}, {"note", "困っている様子"}});
  EXPECT_EQ(saved.status, 303);
}

TEST_F(NoticePages, where_abuse_is_named_the_report_is_offered_at_once_and_somebody_looks_today) {
  auto fields = curtains();
  fields.emplace_back("abuse", "yes");
  city.post(commissioner, "/notices", fields);
  const auto page = city.get(moe, only_notice());
  EXPECT_THAT(page.body, HasSubstr("通告・通報へ進む"));
  EXPECT_THAT(page.body, HasSubstr("令和8年11月24日"));
  EXPECT_THAT(city.get(commissioner, "/notices/new").body, HasSubstr("189番"));
}

// T-88
TEST_F(NoticePages, a_found_household_is_registered_and_tied_in_one_step_T_88) {
  city.post(commissioner, "/notices", curtains());
  const std::string path = only_notice();
  const auto page = city.get(moe, path + "/household");
  ASSERT_EQ(page.status, 200);
  const auto done = city.post(moe, path + "/household", {{"step", "new"}, {"version", version_in(page)}, {"family", "阿曽"}});
  EXPECT_EQ(where(done), path);
  EXPECT_THAT(city.get(moe, path).body, HasSubstr("世帯に結びつけ済み"));
  EXPECT_EQ(count("notice.linked"), 1);
}

TEST_F(NoticePages, a_known_household_is_found_by_posted_words_and_tied) {
  const auto aso = household(moe, "阿曽", "千代");
  city.post(commissioner, "/notices", curtains());
  const std::string path = only_notice();
  const auto found = city.post(moe, path + "/household", {{"step", "search"}, {"q", "阿曽"}});
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("阿曽 千代"));
  const auto done = city.post(moe, path + "/household", {{"step", "link"}, {"version", "1"}, {"household", id_text(aso.household)}});
  EXPECT_EQ(where(done), path);
  const auto unknown = household(swc, "別", "世帯");
  city.post(commissioner, "/notices", curtains());
  EXPECT_EQ(city.post(moe, path + "/household", {{"step", "link"}, {"version", "2"}, {"household", id_text(unknown.household)}}).status, 404);
}

}  // namespace
}  // namespace kasane::casework
