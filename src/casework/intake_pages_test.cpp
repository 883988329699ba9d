// Intake and screening through the real dispatcher.
#include "casework/intake_forms.hpp"

#include "casework/referral_testing.hpp"
#include "form/check.hpp"

namespace kasane::casework {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;

class IntakePages : public testing::FirstContactPages {
 protected:
  Login moe = city.account("cgsc_fujishima", Role::window_counsellor);
  Login other = city.account("cgsc_haguro", Role::window_counsellor);

  web::Pairs three_things() { return {{"taken_on", "R8.11.24"}, {"receiver", me(moe)}, {"summary", "家賃が払えない"}}; }
  std::string taken(web::Pairs more = {}) {
    auto fields = three_things();
    fields.insert(fields.end(), more.begin(), more.end());
    return where(city.post(moe, "/intakes", fields));
  }
};

TEST_F(IntakePages, the_form_can_be_used) {
  for (const char* slug : {"tsuruoka", "aizuwakamatsu"}) {
    programme::testing::TestCity t(slug);
    const web::Request request;
    const programme::Ctx ctx(request, t.city(), nullptr);
    EXPECT_TRUE(form::faults_of(intake_forms::sheet(ctx)).empty());
    EXPECT_TRUE(form::faults_of(intake_forms::screening(ctx)).empty());
  }
}

// KN-3
TEST_F(IntakePages, three_things_are_enough_and_the_receiver_is_filled_in_KN_3) {
  const auto page = city.get(moe, "/intakes/new");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("value=\"" + me(moe) + "\""));
  EXPECT_THAT(page.body, HasSubstr("令和8年11月24日"));
  EXPECT_THAT(page.body, HasSubstr("通告・通報へ進む"));
  const std::string path = taken();
  EXPECT_THAT(city.get(moe, path).body, HasSubstr("家賃が払えない"));
  EXPECT_THAT(city.get(moe, "/intakes").body, HasSubstr("家賃が払えない"));
}

TEST_F(IntakePages, a_story_half_told_says_from_when_it_is_and_can_be_left) {
  EXPECT_THAT(city.get(moe, "/intakes/new").body, Not(HasSubstr("下書きの続きです")));
  ASSERT_EQ(city.post(moe, "/drafts", {{"draft", "intake-new"}, {"summary", "眠れない日が続く"}}).status, 204);
  const auto page = city.get(moe, "/intakes/new");
  EXPECT_THAT(page.body, HasSubstr("眠れない日が続く"));
  EXPECT_THAT(page.body, HasSubstr(office_time(city.clock().now()) + "の下書きの続きです"));
  EXPECT_THAT(page.body, HasSubstr("捨てて新しく書く"));
  EXPECT_EQ(city.post(moe, "/drafts/drop", {{"draft_key", "intake-new"}, {"back", "/intakes/new"}}).status, 303);
  const auto anew = city.get(moe, "/intakes/new");
  EXPECT_THAT(anew.body, Not(HasSubstr("眠れない日が続く")));
  EXPECT_THAT(anew.body, Not(HasSubstr("下書きの続きです")));
}

// ui/src/drafts.ts keeps at once what a form shows again: it is kept nowhere else.
TEST_F(IntakePages, a_form_shown_again_says_that_its_draft_is_older_than_what_it_shows) {
  const auto first = city.get(moe, "/intakes/new");
  EXPECT_THAT(first.body, Not(HasSubstr("draft_again")));
  const auto again = city.post(moe, "/intakes", {{"draft_key", "intake-new"}, {"receiver", me(moe)}, {"summary", "家賃が払えない"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("name=\"draft_again\""));
  EXPECT_THAT(again.body, HasSubstr("家賃が払えない"));
}

TEST_F(IntakePages, the_rest_folds_away_and_is_kept_with_its_form) {
  const std::string path = taken({{"about", "rent_loan"}, {"about", "debt"}, {"most_serious", "debt"}, {"person_name", "阿曽 実"}, {"person_birth", "S46"},
                                  {"channel", "phone"}, {"health", "unknown"}, {"issues", "poverty"}, {"issues", "isolation"}, {"debt", "yes"},
                                  {"debt_text", "三件"}, {"wish", "静かに暮らしたい"}, {"external_form", "yes"}});
  const auto page = city.get(moe, path);
  for (const char* shown : {"債務、家賃やローン", "阿曽 実", "昭和46年", "電話", "経済的困窮", "三件", "静かに暮らしたい", "自分の機関の様式を使い"})
    EXPECT_THAT(page.body, HasSubstr(shown));
  const auto stored = city.db().read([](db::ReadTx& tx) {
    return tx.one(R"sql(SELECT form_key, form_version FROM intake)sql", {}, [](const db::Row& r) { return r.text(0) + " " + std::to_string(r.i64(1)); });
  });
  EXPECT_EQ(stored, "intake_sheet 1");
  EXPECT_THAT(city.get(moe, path + "/edit").body, HasSubstr("三件"));
}

// W-74
TEST_F(IntakePages, the_purse_is_asked_by_kind_and_what_is_unclear_has_room_W_74) {
  const std::string path = taken({{"income_kinds", "wages"}, {"income_kinds", "old_age_pension"}, {"arrears", "rent"}, {"debt", "yes"}, {"debt_text", "三件"},
                                  {"money_text", "何に使ったか分からない支出が多い"}});
  const auto page = city.get(moe, path);
  for (const char* shown : {"稼働収入", "老齢年金", "家賃", "三件", "何に使ったか分からない支出が多い"}) EXPECT_THAT(page.body, HasSubstr(shown));
}

// W-52
TEST_F(IntakePages, a_city_may_add_its_own_channel_W_52) {
  programme::testing::TestCity aizu("aizuwakamatsu", {add_intake_routes});
  const Login window = aizu.account("seikatsu_support", Role::window_counsellor);
  EXPECT_THAT(aizu.get(window, "/intakes/new").body, HasSubstr("あいまるLINE"));
}

TEST_F(IntakePages, unknown_codes_and_impossible_dates_are_refused_and_what_was_typed_stays) {
  const auto again = city.post(moe, "/intakes", {{"taken_on", "平成31年5月1日"}, {"receiver", me(other)}, {"summary", "家賃が払えない"}, {"about", "no_such"},
                                                 {"person_birth", "昭和65年1月"}, {"wish", "静かに暮らしたい"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("平成31年5月1日"));
  EXPECT_THAT(again.body, HasSubstr("家賃が払えない"));
  EXPECT_THAT(again.body, HasSubstr("静かに暮らしたい"));
  EXPECT_EQ(count("intake.taken"), 0);
  const auto future = city.post(moe, "/intakes", {{"taken_on", "R8.12.24"}, {"receiver", me(moe)}, {"summary", "家賃が払えない"}});
  EXPECT_EQ(future.status, 422);
  EXPECT_THAT(future.body, HasSubstr("先の日付"));
}

TEST_F(IntakePages, other_agencies_get_404) {
  const std::string path = taken();
  EXPECT_EQ(city.get(other, path).status, 404);
  EXPECT_EQ(city.get(other, path + "/edit").status, 404);
  EXPECT_EQ(city.get(other, path + "/screening").status, 404);
  EXPECT_EQ(city.get(other, path + "/household").status, 404);
  EXPECT_EQ(city.post(other, path, three_things()).status, 404);
  EXPECT_EQ(city.get(other, "/intakes/0000000000000").status, 404);
  const Login commissioner = city.account("commissioners", Role::commissioner);
  EXPECT_EQ(city.get(commissioner, "/intakes").status, 404);
}

TEST_F(IntakePages, a_head_reads_and_does_not_write) {
  const Login head = city.account("cgsc_fujishima", Role::head);
  const std::string path = taken();
  EXPECT_EQ(city.get(head, path).status, 200);
  EXPECT_EQ(city.get(head, "/intakes/new").status, 404);
}

TEST_F(IntakePages, the_same_command_is_taken_once) {
  auto fields = three_things();
  fields.emplace_back("command_id", "command-0001");
  const auto first = city.post(moe, "/intakes", fields);
  const auto second = city.post(moe, "/intakes", fields);
  EXPECT_EQ(location(first), location(second));
  EXPECT_EQ(count("intake.taken"), 1);
}

TEST_F(IntakePages, a_lost_race_shows_both_versions) {
  const std::string path = taken();
  const std::string version = version_in(city.get(moe, path + "/edit"));
  auto mine = three_things();
  mine[2].second = "わたしの書いたこと";
  mine.emplace_back("version", version);
  auto theirs = mine;
  theirs[2].second = "先に書かれたこと";
  ASSERT_EQ(city.post(moe, path, theirs).status, 303);
  const auto lost = city.post(moe, path, mine);
  EXPECT_EQ(lost.status, 409);
  EXPECT_THAT(lost.body, HasSubstr("先に書かれたこと"));
  EXPECT_THAT(lost.body, HasSubstr("わたしの書いたこと"));
  EXPECT_NE(version_in(lost), version);
}

TEST_F(IntakePages, where_abuse_is_ticked_the_report_stands_at_the_top_at_once) {
  const std::string path = taken({{"issues", "abuse_elder"}});
  const auto page = city.get(moe, path);
  EXPECT_THAT(page.body, HasSubstr("虐待・暴力のおそれが書かれています"));
  EXPECT_LT(page.body.find("通告・通報へ進む"), page.body.find("家賃が払えない"));
  EXPECT_THAT(city.get(moe, "/intakes").body, HasSubstr("虐待のおそれ"));
  EXPECT_THAT(city.get(moe, path + "/screening").body, HasSubstr("通告・通報へ進む"));
}

// K-12 K-13
TEST_F(IntakePages, screening_leads_on_K_12_K_13) {
  struct Way {
    const char* result;
    const char* leads_to;
  };
  for (const Way& way : {Way{"multi_agency", "kind=collaboration"}, Way{"referred", "kind=network"}}) {
    const std::string path = taken();
    const std::string version = version_in(city.get(moe, path + "/screening"));
    const auto next = city.post(moe, path + "/screening", {{"version", version}, {"result", way.result}, {"screened_on", "R8.11.24"}});
    EXPECT_THAT(where(next), HasSubstr(way.leads_to));
    EXPECT_EQ(city.get(moe, where(next)).status, 200);
    EXPECT_THAT(city.get(moe, where(next)).body, HasSubstr("家賃が払えない")) << "written once, not typed again";
  }
  for (const char* result : {"information_only", "own_support", "ended_before"}) {
    const std::string path = taken();
    const auto next = city.post(moe, path + "/screening", {{"version", "1"}, {"result", result}, {"screened_on", "R8.11.24"}, {"note", "わけ"}});
    EXPECT_EQ(where(next), path);
  }
  const std::string path = taken();
  const auto without = city.post(moe, path + "/screening", {{"version", "1"}, {"result", "no_consent_yet"}, {"screened_on", "R8.11.24"}});
  EXPECT_EQ(without.status, 422);
  EXPECT_EQ(city.post(moe, path + "/screening", {{"version", "1"}, {"result", "no_consent_yet"}, {"screened_on", "R8.11.24"}, {"next_on", "R8.12.8"}}).status, 303);
  EXPECT_EQ(city.post(moe, path + "/screening", {{"version", "2"}, {"result", "no_such"}, {"screened_on", "R8.11.24"}}).status, 422);
}

TEST_F(IntakePages, a_household_is_registered_from_what_the_sheet_knows) {
  const std::string path = taken({{"person_name", "阿曽 実"}, {"person_kana", "あそ みのる"}, {"person_phone", "0235-00-0001"}});
  const auto page = city.get(moe, path + "/household");
  for (const char* known : {"阿曽", "実", "あそ みのる", "0235-00-0001"}) EXPECT_THAT(page.body, HasSubstr(known));
  const auto done = city.post(moe, path + "/household", {{"step", "new"}, {"version", version_in(page)}, {"family", "阿曽"}, {"given", "実"}});
  EXPECT_EQ(where(done), path);
  const auto tied = city.get(moe, path);
  EXPECT_THAT(tied.body, HasSubstr("阿曽家"));
  EXPECT_THAT(tied.body, Not(HasSubstr("本人はどの人ですか"))) << "the one who was registered is the 本人";
  const auto wrong = city.post(moe, path + "/household", {{"step", "new"}, {"version", "2"}, {"given", ""}, {"birth", "昭和99年"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("昭和99年"));
}

TEST_F(IntakePages, an_intake_begins_at_a_household_page) {
  const auto aso = household(moe, "阿曽", "千代");
  EXPECT_EQ(city.get(other, "/intakes/new?household=" + id_text(aso.household)).status, 404);
  auto fields = three_things();
  fields.emplace_back("household", id_text(aso.household));
  const std::string path = where(city.post(moe, "/intakes", fields));
  const auto page = city.get(moe, path);
  EXPECT_THAT(page.body, HasSubstr("本人はどの人ですか"));
  ASSERT_EQ(city.post(moe, path + "/household",
                      {{"step", "link"}, {"version", "1"}, {"household", id_text(aso.household)}, {"person", id_text(aso.persons[0])}}).status, 303);
  EXPECT_THAT(city.get(moe, path).body, Not(HasSubstr("本人はどの人ですか")));
}


TEST_F(IntakePages, who_is_known_by_a_first_name_alone_gets_no_family_name_of_it) {
  const auto first = city.get(moe, taken({{"person_name", "よしこ"}}) + "/household").body;
  EXPECT_THAT(first.substr(first.find("name=\"given\""), 200), HasSubstr("value=\"よしこ\""));
  EXPECT_THAT(first.substr(first.find("name=\"family\""), 40), Not(HasSubstr("よしこ")));
  const auto family = city.get(moe, taken({{"person_name", "阿曽"}}) + "/household").body;
  EXPECT_THAT(family.substr(family.find("name=\"family\""), 200), HasSubstr("value=\"阿曽\""));
}

TEST_F(IntakePages, own_support_asks_for_the_next_contact_and_shows_it) {
  const std::string path = taken();
  EXPECT_THAT(city.get(moe, path + "/screening").body, HasSubstr("次に連絡する日"));
  EXPECT_EQ(city.post(moe, path + "/screening", {{"version", "1"}, {"result", "own_support"}, {"screened_on", "R8.11.24"}, {"contact_on", "R8.12.1"}}).status, 303);
  EXPECT_THAT(city.get(moe, path).body, HasSubstr("令和8年12月1日"));
  EXPECT_THAT(city.get(moe, path + "/screening").body, HasSubstr("令和8年12月1日"));
}

}  // namespace
}  // namespace kasane::casework
