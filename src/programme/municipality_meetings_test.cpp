// Meeting bodies and rules of the five cities against what their plans say.
// The ids in the names are those of the requirements.
#include "programme/municipality_testing.hpp"

namespace kasane::programme {
namespace {

using namespace cities;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// --- meeting bodies

struct Expected {
  const char* code;
  const char* name;
  BodyFunction function;
  CycleKind cycle;
  ConsentRule consent;
};

void expect_bodies(const Municipality& m, const std::vector<Expected>& expected) {
  EXPECT_THAT(m.bodies, SizeIs(expected.size())) << m.name;
  for (const auto& e : expected) {
    const auto* body = m.body(e.code);
    ASSERT_NE(body, nullptr) << m.name << " " << e.code;
    EXPECT_EQ(body->name, e.name);
    EXPECT_EQ(body->function, e.function) << e.name;
    EXPECT_EQ(body->cycle.kind, e.cycle) << e.name;
    EXPECT_EQ(body->consent, e.consent) << e.name;
  }
}

using F = BodyFunction;
using C = CycleKind;
using R = ConsentRule;

TEST(Bodies, of_Tsuruoka_T_49_T_58_T_60_T_61_T_76_T_78_T_80_T_98_T_53) {
  expect_bodies(tsuruoka(),
                {{"shien_kaigi", "支援会議", F::support_conference_106_6, C::on_demand, R::not_required},
                 {"juso_kaigi", "重層的支援会議", F::plan_decision, C::on_demand, R::required},
                 {"hokatsuka_suishin", "相談支援包括化推進会議", F::liaison, C::unstated, R::unstated},
                 {"chiiki_care_tantosha", "地域ケア推進担当者会議", F::information_source, C::unstated, R::unstated},
                 {"minsei_teirei", "民生児童委員定例会", F::information_source, C::regular, R::unstated},
                 {"chonai_renkei", "庁内連携会議", F::liaison, C::unstated, R::unstated},
                 {"chiiki_fukushi_suishin", "地域福祉推進委員会(仮称)", F::promotion, C::unstated, R::unstated},
                 {"kenshukai", "福祉専門職向けの研修会", F::training, C::unstated, R::unstated},
                 {"platform", "地域におけるプラットフォーム", F::platform, C::unstated, R::unstated}});
}

TEST(Bodies, of_Tsuruoka_carry_ground_host_basis_and_agenda_T_62_to_T_75) {
  const auto& m = tsuruoka();
  const auto& conference = *m.body("shien_kaigi");
  EXPECT_EQ(conference.legal_basis, "法律(社会福祉法第106条の6第1項)");
  EXPECT_THAT(codes(conference.grounds), ElementsAre("no_consent", "household_not_shared"));  // T-69, T-70
  EXPECT_THAT(conference.secrecy, HasSubstr("罰金"));                                         // T-68
  EXPECT_THAT(conference.members, Contains("その他市長が必要と認めるもの"));                  // T-75
  EXPECT_TRUE(conference.members_vary);                                                       // T-74
  EXPECT_TRUE(m.is_host(conference, "hokatsu_care"));                                         // T-64: 市町村
  EXPECT_FALSE(m.is_host(conference, "swc"));
  EXPECT_FALSE(m.is_host(conference, "shimin_ka"));
  const auto& plans = *m.body("juso_kaigi");
  EXPECT_EQ(plans.legal_basis, "実施要綱 自治体事務マニュアル等");  // T-63
  EXPECT_TRUE(m.is_host(plans, "swc"));                             // T-64: 多機関協働事業者
  EXPECT_FALSE(m.is_host(plans, "hokatsu_care"));
  EXPECT_THAT(acts(plans), ElementsAre(AgendaAct::plan_adequacy, AgendaAct::plan_sharing, AgendaAct::closure_evaluation,
                                       AgendaAct::resources, AgendaAct::direction));
}

TEST(Bodies, of_Kawachinagano_KN_21_KN_22_KN_25_KN_27_KN_30_KN_32_KN_33_KN_34_KN_36_KN_9) {
  expect_bodies(kawachinagano(),
                {{"hokatsuka_suishin", "相談支援包括化推進会議", F::umbrella, C::unstated, R::unstated},
                 {"zentai_kaigi", "全体会議", F::plenary, C::times_per_year, R::unstated},
                 {"shien_kaigi", "支援会議（ケース会議）", F::support_conference_106_6, C::on_demand, R::unstated},
                 {"shien_chosei", "支援調整会議", F::plan_decision, C::monthly, R::unstated},
                 {"review_kaigi", "レビュー会議", F::review, C::quarterly, R::unstated},
                 {"working", "ワーキング", F::working_group, C::unstated, R::unstated},
                 {"benkyokai", "テーマごとの勉強会、研修会", F::training, C::on_demand, R::unstated},
                 {"chonai_renkei", "庁内連携会議（連携会議）", F::liaison, C::times_per_year, R::unstated},
                 {"renkei_chosei", "連携調整", F::liaison, C::on_demand, R::unstated},
                 {"platform", "多分野がつながるプラットフォーム", F::platform, C::unstated, R::unstated}});
  const auto& m = kawachinagano();
  for (const auto* code : {"zentai_kaigi", "shien_kaigi", "shien_chosei", "review_kaigi", "working", "benkyokai"})
    EXPECT_EQ(m.body(code)->parent, "hokatsuka_suishin") << code;
  EXPECT_EQ(m.body("zentai_kaigi")->cycle.at_most, 1);
  EXPECT_EQ(m.body("chonai_renkei")->cycle.at_least, 4);
  EXPECT_EQ(m.body("chonai_renkei")->cycle.at_most, 5);
  EXPECT_THAT(m.body("chonai_renkei")->members, SizeIs(18));  // KN-34, KN-35
  EXPECT_THAT(m.body("zentai_kaigi")->members, SizeIs(12));   // KN-23
}

TEST(Bodies, heads_of_four_sections_confirm_in_Kawachinagano_KN_28_KN_29) {
  const auto& m = kawachinagano();
  EXPECT_EQ(m.body("shien_chosei")->finding, "確認");
  EXPECT_THAT(m.body("shien_chosei")->members,
              testing::IsSupersetOf({"地域福祉高齢課長", "生活福祉課長", "障がい福祉課長", "子ども子育て課長"}));
  std::set<std::string> heads;
  for (const auto* post : m.posts_of(Role::head)) heads.insert(post->title);
  EXPECT_THAT(heads, testing::IsSupersetOf({"地域福祉高齢課長", "生活福祉課長", "障がい福祉課長", "子ども子育て課長"}));
}

TEST(Bodies, members_differ_by_body_KN_65_KN_66) {
  const auto& m = kawachinagano();
  EXPECT_THAT(m.body("working")->members, Contains("委託相談事業所（障がい）"));
  EXPECT_THAT(m.body("working")->members, Not(Contains("基幹相談支援センター")));
  EXPECT_THAT(m.body("review_kaigi")->members, Contains("基幹相談支援センター"));
}

TEST(Bodies, of_Aizuwakamatsu_W_12_W_48_W_61_W_76_W_78_W_80_W_81) {
  expect_bodies(aizuwakamatsu(),
                {{"juso_kaigi", "重層的支援会議", F::plan_decision, C::on_demand, R::required},
                 {"shien_kaigi", "支援会議", F::support_conference_106_6, C::on_demand, R::not_required},
                 {"suishin_kaigi", "推進会議", F::promotion, C::unstated, R::unstated},
                 {"joho_kyoyu", "情報共有会議", F::liaison, C::unstated, R::unstated},
                 {"hikikomori_renkei", "ひきこもり支援連携会議", F::theme, C::unstated, R::unstated},
                 {"chiiki_care", "地域ケア会議", F::information_source, C::times_per_year, R::unstated},
                 {"tashokushu_kenshu", "多職種連携推進研修会", F::training, C::times_per_year, R::unstated},
                 {"kenshukai", "研修会", F::training, C::unstated, R::unstated},
                 {"forum", "地域福祉を考えるフォーラム", F::training, C::unstated, R::unstated}});
  const auto& m = aizuwakamatsu();
  EXPECT_EQ(m.body("juso_kaigi")->rule_document, "会津若松市重層的支援会議設置要綱");
  EXPECT_EQ(m.body("shien_kaigi")->rule_document, "会津若松市重層的支援体制整備事業支援会議設置要綱");
  EXPECT_EQ(m.body("suishin_kaigi")->rule_document, "会津若松市重層的支援体制整備事業推進会議設置要綱");
  EXPECT_THAT(m.body("juso_kaigi")->agenda, SizeIs(5));                        // W-64
  EXPECT_THAT(codes(m.body("shien_kaigi")->grounds), Contains("no_consent"));  // W-77
  EXPECT_TRUE(m.is_host(*m.body("shien_kaigi"), "chiiki_fukushi"));
  EXPECT_EQ(m.body("juso_kaigi")->finding, "適切性の協議");
}

TEST(Bodies, of_Kitakami_K_55_K_56_K_58_K_61_K_62_K_66_K_68_K_71_K_39) {
  expect_bodies(kitakami(),
                {{"shien_kaigi", "支援会議", F::support_conference_106_6, C::monthly, R::not_required},
                 {"juso_kaigi", "重層的支援会議", F::umbrella, C::unstated, R::unstated},
                 {"kobetsu_shien", "個別支援会議", F::plan_decision, C::on_demand, R::required},
                 {"zentai_suishin", "全体推進会議", F::plenary, C::unstated, R::unstated},
                 {"konkyu_shien", "生活困窮者自立支援法に基づく支援会議", F::other_law, C::unstated, R::unstated},
                 {"konkyu_chosei", "支援調整会議", F::other_law, C::unstated, R::unstated},
                 {"chiiki_care", "地域ケア会議", F::other_law, C::unstated, R::unstated},
                 {"jiritsu_kyogikai", "自立支援協議会", F::other_law, C::unstated, R::unstated},
                 {"hablab", "ハブラボきたかみ", F::platform, C::unstated, R::unstated}});
  const auto& m = kitakami();
  for (const auto* code : {"shien_kaigi", "kobetsu_shien", "zentai_suishin"})
    EXPECT_THAT(m.body(code)->required,
                UnorderedElementsAre(RequiredParty::city, RequiredParty::collaboration_operator))
        << code;
  const auto& core = *m.body("shien_kaigi");
  EXPECT_TRUE(core.cycle.also_on_demand);                                                             // K-63
  EXPECT_TRUE(m.is_host(core, "chiiki_fukushi"));                                                     // K-58
  EXPECT_THAT(codes(core.below_threshold), ElementsAre("existing_network", "concern", "consulted"));  // K-77
  EXPECT_THAT(acts(core), testing::IsSupersetOf({AgendaAct::connection, AgendaAct::below_threshold,
                                                 AgendaAct::emergency}));  // K-60, K-64
  EXPECT_EQ(m.body("kobetsu_shien")->finding, "適切性を判断");             // K-69
  EXPECT_EQ(m.body("kobetsu_shien")->parent, "juso_kaigi");
  EXPECT_THAT(m.body("kobetsu_shien")->joint_with, SizeIs(4));
}

TEST(Bodies, of_Nagaokakyo_share_one_monthly_sitting_N_7_N_32_N_34_N_36_N_40_to_N_44_N_47_N_50) {
  expect_bodies(nagaokakyo(),
                {{"juso_kaigi", "重層的支援会議", F::plan_decision, C::monthly, R::required},
                 {"shien_kaigi", "支援会議", F::support_conference_106_6, C::monthly, R::not_required},
                 {"hokatsu_unei", "地域包括支援センター運営協議会", F::sector_oversight, C::unstated, R::unstated},
                 {"kenko_fukushi_suishin", "地域健康福祉推進委員会", F::promotion, C::regular, R::unstated},
                 {"platform", "とりこぼさない支援を考えるプラットフォーム", F::platform, C::unstated, R::unstated}});
  const auto& m = nagaokakyo();
  EXPECT_THAT(m.body("juso_kaigi")->joint_with, ElementsAre("shien_kaigi"));
  EXPECT_THAT(m.body("shien_kaigi")->joint_with, ElementsAre("juso_kaigi"));
  EXPECT_EQ(m.body("juso_kaigi")->legal_basis, "法第106条の4第2項第6号");  // N-32
  EXPECT_EQ(m.body("juso_kaigi")->finding, "協議・決定");
  EXPECT_THAT(codes(m.body("shien_kaigi")->grounds), ElementsAre("urgent", "early_system"));  // N-40
  EXPECT_THAT(m.body("shien_kaigi")->agenda, SizeIs(3));
}

TEST(Bodies, of_Nagaokakyo_can_ask_the_sections_that_collect_under_the_words_of_its_plan_N_38) {
  const auto* agency = nagaokakyo().agency_named("税・料の徴収等にかかる部局");
  ASSERT_NE(agency, nullptr);
  EXPECT_TRUE(nagaokakyo().is_city(agency->code));
}

TEST(Bodies, function_and_not_name_tells_them_apart) {
  EXPECT_EQ(kawachinagano().body_for(F::plan_decision)->name, "支援調整会議");
  EXPECT_EQ(kitakami().body_for(F::plan_decision)->name, "個別支援会議");
  for (const auto* m : five()) {
    EXPECT_NE(m->body_for(F::support_conference_106_6), nullptr) << m->name;
    EXPECT_FALSE(m->body_for(F::plan_decision)->finding.empty()) << m->name;
  }
}

TEST(Bodies, whose_host_the_plan_leaves_open_may_be_held_by_the_owner_section_or_the_operator) {
  const auto& m = tsuruoka();
  EXPECT_TRUE(m.is_host(*m.body("chonai_renkei"), "hokatsu_care"));
  EXPECT_TRUE(m.is_host(*m.body("chonai_renkei"), "swc"));
  EXPECT_FALSE(m.is_host(*m.body("chonai_renkei"), "cgsc_naezu"));
}

// --- rules

TEST(Rules, who_judges_differs_T_57_T_59_KN_42_K_64) {
  EXPECT_EQ(tsuruoka().rules.judge, Judge::source_post);
  EXPECT_EQ(kawachinagano().rules.judge, Judge::receiver);
  EXPECT_EQ(kitakami().rules.judge, Judge::meeting);
  EXPECT_EQ(aizuwakamatsu().rules.judge, Judge::unstated);
}

TEST(Rules, reasons_for_passing_a_case_on_T_17_KN_44_to_KN_48) {
  EXPECT_THAT(codes(tsuruoka().rules.referral_reasons), ElementsAre("complex", "beyond_agency", "direction", "roles"));
  EXPECT_THAT(texts(kawachinagano().rules.referral_reasons),
              ElementsAre("連携先がわからない", "本人だけでなく家族にも課題があるが、情報共有できていない",
                          "適切な支援メニューが決まらない", "関係相談機関の役割分担が決まらない",
                          "複数サービスが入っているが、連携ができていない、お互いの動きがわからない"));
}

TEST(Rules, criteria_lost_from_the_plan_are_empty_and_said_to_be_so_T_55) {
  EXPECT_THAT(tsuruoka().rules.referral_criteria, IsEmpty());
  EXPECT_THAT(tsuruoka().rules.referral_criteria_say.text, HasSubstr("記載なし"));
  EXPECT_EQ(kNotSet, "未設定");
}

TEST(Rules, one_inbox_for_city_and_council_T_56_KN_42) {
  const auto* inbox = tsuruoka().inbox_of("swc");
  ASSERT_NE(inbox, nullptr);
  EXPECT_THAT(inbox->agencies, UnorderedElementsAre("hokatsu_care", "swc"));
  EXPECT_EQ(tsuruoka().inbox_of("hokatsu_care"), inbox);
  EXPECT_EQ(tsuruoka().inbox_of("cgsc_naezu"), nullptr);
  EXPECT_THAT(kawachinagano().inbox_of("swc")->agencies, UnorderedElementsAre("swc", "chiiki_fukushi_korei"));
}

TEST(Rules, authors_of_plans_and_early_starts_T_35_T_48_K_22_K_23_K_24_N_28) {
  EXPECT_EQ(tsuruoka().rules.plan_author, PlanAuthor::single_author);
  EXPECT_EQ(kitakami().rules.plan_author, PlanAuthor::each_contractor_bundle);
  EXPECT_EQ(nagaokakyo().rules.plan_author, PlanAuthor::collaboration_drafts);
  EXPECT_EQ(kawachinagano().rules.plan_author, PlanAuthor::unstated);
  EXPECT_EQ(tsuruoka().rules.pre_decision_start, PreDecisionStart::by_implication);
  EXPECT_EQ(kitakami().rules.pre_decision_start, PreDecisionStart::allowed);
  EXPECT_THAT(codes(kitakami().rules.pre_decision_reasons), ElementsAre("early"));
  EXPECT_EQ(kawachinagano().rules.pre_decision_start, PreDecisionStart::unstated);
}

TEST(Rules, the_city_decides_even_where_a_contractor_hosts) {
  EXPECT_THAT(tsuruoka().deciders(), ElementsAre("hokatsu_care"));
  EXPECT_EQ(tsuruoka().rules.decider_says.text, "市町村が支援決定したケース");
  for (const auto* m : five())
    for (const auto& decider : m->deciders()) EXPECT_TRUE(m->is_city(decider)) << m->name;
}

TEST(Rules, five_dimensions_are_off_until_the_city_turns_them_on_T_81_T_82) {
  EXPECT_THAT(
      texts(tsuruoka().rules.evaluation_dimensions),
      ElementsAre("身体的・精神的健康状態", "経済的状況", "居住環境等の状況", "家族関係の状況", "近隣等社会との関係"));
  EXPECT_FALSE(tsuruoka().rules.evaluation_dimensions_on);
}

TEST(Rules, closing_is_never_pressed_in_Kawachinagano_KN_4) {
  EXPECT_FALSE(kawachinagano().rules.closure_pressure);
  EXPECT_TRUE(kitakami().rules.closure_pressure);
}

TEST(Rules, the_same_three_people_hold_three_services_N_19_N_25_N_45) {
  const auto& m = nagaokakyo();
  EXPECT_TRUE(m.rules.one_staff_several_services);
  const auto* post = m.post("coordinator");
  EXPECT_EQ(post->headcount, 3);
  EXPECT_EQ(post->concurrent, true);
  EXPECT_THAT(post->services, testing::IsSupersetOf({"collaboration", "outreach", "participation"}));
  EXPECT_THAT(post->qualifications, ElementsAre("保健師", "社会福祉士", "教員"));
}

TEST(Rules, partners_for_visits_N_20) {
  const auto& partners = nagaokakyo().rules.visit_partners;
  ASSERT_THAT(partners, SizeIs(3));
  EXPECT_THAT(partners[0].partners, ElementsAre("shogai_fukushi", "hokenjo"));
  EXPECT_THAT(partners[1].partners, SizeIs(4));
  EXPECT_EQ(partners[2].partners_text, "教育機関等");
}

TEST(Rules, priority_themes_and_the_gap_case_W_8_T_97) {
  EXPECT_THAT(texts(aizuwakamatsu().rules.priority_themes),
              ElementsAre("断らない相談支援と伴走型支援", "ひきこもりに対する支援"));
  EXPECT_THAT(codes(tsuruoka().rules.case_categories), Contains("gap"));
}

}  // namespace
}  // namespace kasane::programme
