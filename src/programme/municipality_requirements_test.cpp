// What the plans say about services, roles and secrecy that no other test of the folders speaks of. The ids in the names
// are those of the requirements.
#include "programme/admin_pages.hpp"
#include "programme/municipality_testing.hpp"
#include "programme/testing.hpp"

namespace kasane::programme {
namespace {

using namespace cities;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

std::set<std::string> agencies_of_posts(const Municipality& m, std::string_view service, int tier) {
  std::set<std::string> found;
  for (const auto& post : m.posts)
    if (post.tier == tier && std::find(post.services.begin(), post.services.end(), service) != post.services.end()) found.insert(post.agency);
  return found;
}

std::set<std::string> titles_at(const Municipality& m, std::string_view agency) {
  std::set<std::string> found;
  for (const auto& post : m.posts)
    if (post.agency == agency) found.insert(post.title);
  return found;
}

TEST(Services, of_participation_offer_the_kinds_of_the_plan_T_13) {
  EXPECT_THAT(texts(tsuruoka().rules.participation_kinds), ElementsAre("就労支援", "見守り等居住支援"));
  const auto national = nagaokakyo().code_table("participation_kinds");  // a city whose plan lists none
  ASSERT_NE(national, nullptr);
  for (const char* code : {"work", "watch", "housing"}) EXPECT_NE(national->find(code), nullptr) << code;
}

TEST(Services, carry_their_functions_as_tags_T_94_T_95) {
  EXPECT_THAT(tsuruoka().service("cgsc_operation")->functions, IsSupersetOf({"介護予防マネジメント", "権利擁護", "継続的ケアマネジメント支援"}));
  EXPECT_THAT(tsuruoka().service("disability_consultation")->functions,
              IsSupersetOf({"在宅福祉サービスの利用援助", "ピアカウンセリング", "就労支援", "介護相談及び情報の提供"}));
}

TEST(Services, of_comprehensive_consultation_are_four_in_Kawachinagano_KN_15_KN_16_KN_17_KN_18) {
  const auto& m = kawachinagano();
  const std::vector<std::pair<const char*, Subitem>> expected{
      {"cgsc_operation", Subitem::i}, {"disability_consultation", Subitem::ro}, {"user_support", Subitem::ha}, {"self_reliance", Subitem::ni}};
  for (const auto& [code, item] : expected) {
    ASSERT_NE(m.service(code), nullptr) << code;
    EXPECT_EQ(m.service(code)->statute_item, 1) << code;
    EXPECT_EQ(m.service(code)->subitem, item) << code;
  }
  EXPECT_EQ(m.service("cgsc_operation")->name, "地域包括支援センターの運営（高齢者の総合相談）");
  EXPECT_EQ(m.service("self_reliance")->name, "自立相談支援事業（生活困窮者の自立に向けた相談）");
}

TEST(Services, name_abuse_liaison_and_the_care_of_mother_and_child_in_one_W_87_W_88) {
  EXPECT_THAT(aizuwakamatsu().service("disability_consultation")->functions, Contains("障がい者虐待の防止及びその早期発見のための関係機関との連絡調整"));
  EXPECT_THAT(aizuwakamatsu().service("user_support")->functions, Contains("母子保健と子育て期の児童福祉の双方の支援を一体的に提供"));
}

TEST(Agencies, of_the_council_run_a_window_that_no_statute_asks_for_T_27) {
  const auto& m = tsuruoka();
  const auto* window = m.agency_named("鶴岡市社会福祉協議会 地域福祉課ふれあい福祉相談");
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->parent, "swc");
  for (const auto& service : window->services) EXPECT_EQ(m.service(service)->statute_item, 0) << service;
}

TEST(Agencies, that_serve_several_cities_are_there_and_their_place_is_not_invented_N_13) {
  const auto* wide = nagaokakyo().agency_named("乙訓若竹苑");
  ASSERT_NE(wide, nullptr);
  EXPECT_EQ(wide->operation, OperationForm::contracted);
  EXPECT_THAT(wide->services, Contains("activity_centre"));
  EXPECT_FALSE(wide->in_city) << "the plan does not say whether it stands in the city";
  EXPECT_EQ(mitsuhama().agency("hibari")->in_city, false) << "a folder may say so";
}

TEST(Areas, of_daily_life_are_a_kind_of_area_that_holds_others_T_93) {
  ASSERT_NE(mitsuhama().area("minato"), nullptr);
  EXPECT_EQ(mitsuhama().area("minato")->kind, AreaKind::living_area);
  EXPECT_EQ(mitsuhama().area("minato_jhs")->parent, "minato");
  EXPECT_THAT(names(mitsuhama().agencies_for("minato_jhs", TargetGroup::adult)), Contains("おとしより相談みなと"));
}

TEST(Roles, of_specialists_name_their_qualifications_W_21) {
  int centres = 0;
  for (const auto& post : aizuwakamatsu().posts) {
    if (!post.code.starts_with("cgsc_staff_")) continue;
    ++centres;
    EXPECT_THAT(post.qualifications, ElementsAre("社会福祉士", "保健師", "主任介護支援専門員")) << post.code;
  }
  EXPECT_EQ(centres, 7);
}

TEST(Roles, for_work_and_for_money_sit_at_the_window_of_self_reliance_W_32) {
  EXPECT_THAT(titles_at(aizuwakamatsu(), "seikatsu_support"), IsSupersetOf({"自立就労支援員", "家計改善支援員"}));
}

TEST(Roles, of_residents_see_no_case_W_86_KN_52) {
  const auto* supporter = aizuwakamatsu().post("citizen_supporter");
  ASSERT_NE(supporter, nullptr);
  EXPECT_EQ(supporter->title, "市民サポーター");
  EXPECT_FALSE(kCaseRoles.has(supporter->role));
  const auto* commissioner = kawachinagano().post("commissioner");
  ASSERT_NE(commissioner, nullptr);
  EXPECT_EQ(commissioner->title, "民生委員");
  EXPECT_FALSE(kCaseRoles.has(commissioner->role));
}

TEST(Roles, of_both_tiers_sit_where_the_plan_has_them_K_36) {
  EXPECT_THAT(agencies_of_posts(kitakami(), "living_support", 1), UnorderedElementsAre("choju_kaigo", "swc"));
  EXPECT_THAT(agencies_of_posts(kitakami(), "living_support", 2),
              UnorderedElementsAre("cgsc_iitoyo", "cgsc_chuo", "cgsc_tenshochi", "cgsc_hondori", "cgsc_wakko"));
}

TEST(Secrecy, is_bound_by_the_law_or_the_citys_own_rules_W_79_N_41) {
  EXPECT_THAT(aizuwakamatsu().body("shien_kaigi")->secrecy, HasSubstr("法第106条の6"));
  EXPECT_THAT(nagaokakyo().body("shien_kaigi")->secrecy, HasSubstr("長岡京市重層的支援体制整備事業支援会議設置要綱"));
}

TEST(Consent, is_asked_for_by_the_body_that_deals_with_the_plan_W_63) {
  EXPECT_EQ(aizuwakamatsu().body("juso_kaigi")->consent, ConsentRule::required);
  EXPECT_TRUE(aizuwakamatsu().body("juso_kaigi")->takes_cases());
}

TEST(Referral, to_the_operator_changes_nothing_at_the_windows_in_Nagaokakyo_N_4) {
  const auto& m = nagaokakyo();
  EXPECT_THAT(m.rules.judge_says.text, HasSubstr("多機関協働事業につなぎ"));
  EXPECT_EQ(m.service("consultation")->establishment, EstablishmentForm::basic);
  EXPECT_FALSE(m.rules.collaboration_operators.empty());
}

TEST(Administration, is_shared_by_the_city_and_its_contractor_K_85) {
  testing::TestCity t("kitakami", {add_admin_routes});
  for (const std::string& agency : {t.m().owner_sections.front(), t.m().rules.collaboration_operators.front()}) {
    const auto admin = t.account(agency, Role::administrator);
    EXPECT_EQ(t.get(admin, "/settings").status, 200) << agency;
    EXPECT_EQ(t.get(admin, "/accounts").status, 200) << agency;
  }
  EXPECT_FALSE(t.m().is_city(t.m().rules.collaboration_operators.front()));
}

TEST(Services, of_community_are_five_in_Kawachinagano_KN_8_KN_10_KN_11_KN_12_KN_13_KN_14) {
  const auto& m = kawachinagano();
  const std::vector<std::pair<const char*, Subitem>> expected{{"prevention_activities", Subitem::i},
                                                              {"living_support", Subitem::ro},
                                                              {"activity_centre", Subitem::ha},
                                                              {"child_rearing_base", Subitem::ni},
                                                              {"poverty_community", Subitem::ho}};
  for (const auto& [code, item] : expected) {
    ASSERT_NE(m.service(code), nullptr) << code;
    EXPECT_EQ(m.service(code)->statute_item, 3) << code;
    EXPECT_EQ(m.service(code)->subitem, item) << code;
  }
  EXPECT_EQ(m.service("activity_centre")->target, "精神障がい者の日中活動の場の提供");
  EXPECT_EQ(m.post("community_partner")->title, "地域パートナー");
  EXPECT_THAT(m.post("community_partner")->services, ElementsAre("poverty_community"));
  EXPECT_THAT(m.service("community")->functions, Contains("属性を超えて交流できる場や居場所の確保"));
}

TEST(Services, of_participation_reach_companies_and_may_be_made_to_measure_KN_6_KN_62_KN_64) {
  EXPECT_THAT(texts(kawachinagano().rules.participation_kinds),
              IsSupersetOf({"社会とのつながり、他者とのつながりを回復する支援", "企業や他分野の地域活動への参加", "オーダーメイドの支援"}));
}

TEST(Goals, may_be_a_role_a_relation_or_how_one_sees_oneself_T_99_KN_7_K_25) {
  for (const auto* m : five()) {
    const auto kinds = m->code_table("goal_kinds");
    ASSERT_NE(kinds, nullptr) << m->name;
    for (const char* code : {"role", "relationship", "self_affirmation", "self_usefulness"}) EXPECT_NE(kinds->find(code), nullptr) << m->name << code;
  }
}

TEST(Resources, that_may_take_somebody_are_named_as_the_plan_names_them_T_36_T_37) {
  EXPECT_THAT(codes(tsuruoka().rules.resource_partners),
              ElementsAre("exercise_groups", "work_preparation", "hikikomori_station", "neighbourhood", "volunteers"));
  EXPECT_THAT(texts(tsuruoka().rules.resource_partners), Contains("就労準備支援事業所（したくホーム、あしたば・あぐりランド）"));
}

TEST(Roles, of_those_who_help_the_commissioners_count_for_their_service_T_45) {
  const auto* post = tsuruoka().post("commissioner_supporter");
  ASSERT_NE(post, nullptr);
  EXPECT_EQ(post->title, "民生児童委員サポーター");
  EXPECT_THAT(post->services, ElementsAre("poverty_community"));
  EXPECT_EQ(tsuruoka().service("poverty_community")->operation, OperationForm::direct);
}

// What the national guide makes mandatory stands in the folder; what it leaves open may stay blank and is never invented.
TEST(Plan, holds_the_mandatory_items_and_leaves_the_optional_ones_blank_K_3_K_4_K_5_K_7_K_8) {
  const auto& m = kitakami();
  for (const char* place : {"cgsc_operation", "disability_consultation", "child_rearing_base"}) EXPECT_GT(m.site_count(place), 0) << place;
  EXPECT_EQ(m.service("consultation")->establishment, EstablishmentForm::basic);
  EXPECT_EQ(m.service("participation")->operation, OperationForm::contracted);
  EXPECT_EQ(m.service("outreach")->operation, OperationForm::contracted);
  EXPECT_EQ(m.service("collaboration")->operation, OperationForm::partly_contracted);
  EXPECT_FALSE(m.service("outreach")->owner_sections.empty());
  const Body* decides = m.body_for(BodyFunction::plan_decision);
  ASSERT_NE(decides, nullptr);
  EXPECT_FALSE(decides->members.empty());
  EXPECT_EQ(decides->consent, ConsentRule::required);
  EXPECT_TRUE(m.indicators.empty()) << "K-7: targets are optional, and this plan sets none";
  const bool evaluates = std::ranges::any_of(m.bodies, [](const Body& b) {
    return std::ranges::any_of(b.agenda, [](const AgendaKind& k) { return k.act == AgendaAct::programme_evaluation; });
  });
  EXPECT_TRUE(evaluates) << "K-8: the plan says who reviews it";
}

TEST(Plan, has_an_owner_section_KN_1) {
  ASSERT_EQ(kawachinagano().owner_sections.size(), 1u);
  EXPECT_EQ(kawachinagano().agency(kawachinagano().owner_sections.front())->name, "地域福祉高齢課");
}

TEST(Bodies, draw_common_issues_and_learn_from_them_KN_26_KN_31_KN_60_KN_61_K_72) {
  const auto& m = kawachinagano();
  EXPECT_EQ(m.body("shien_kaigi")->agenda.front().text, "関係機関からつながる複合・複雑化したケース");
  EXPECT_THAT(acts(*m.body("review_kaigi")), ElementsAre(AgendaAct::case_sharing, AgendaAct::common_issues));
  EXPECT_THAT(acts(*m.body("benkyokai")), Contains(AgendaAct::learning));
  EXPECT_THAT(acts(*m.body("working")), ElementsAre(AgendaAct::resources));
  EXPECT_THAT(acts(*kitakami().body("zentai_suishin")), IsSupersetOf({AgendaAct::common_issues, AgendaAct::programme_evaluation}));
}

TEST(Bodies, call_whom_the_case_needs_and_keep_the_rules_that_bind_them_W_66_W_82_K_65_K_67_N_35) {
  EXPECT_THAT(aizuwakamatsu().body("juso_kaigi")->members, IsSupersetOf({"学校", "通院する医療機関", "司法書士", "警察", "民生委員・児童委員"}));
  EXPECT_THAT(acts(*aizuwakamatsu().body("suishin_kaigi")), Contains(AgendaAct::programme_evaluation));
  EXPECT_EQ(kitakami().body("shien_kaigi")->rule_document, "別途設置要綱");
  EXPECT_TRUE(kitakami().body("zentai_suishin")->members_vary);
  EXPECT_THAT(acts(*nagaokakyo().body("juso_kaigi")), Contains(AgendaAct::resources));
}

TEST(Bodies, are_controlled_by_the_section_that_the_city_made_for_it_N_51) {
  const auto& m = nagaokakyo();
  EXPECT_TRUE(m.is_host(*m.body("juso_kaigi"), "chiiki_fukushi_renkei"));
  EXPECT_EQ(m.wording("coordinator", ""), "くらし連携担当");
}

}  // namespace
}  // namespace kasane::programme
