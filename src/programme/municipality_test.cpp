// The five cities' folders against what their plans say, and an invented sixth that shares nothing with them.
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

// --- counts of the plans

TEST(Tsuruoka, has_the_numbers_of_its_plan_T_21_T_23_T_24_T_25_T_26_T_41_T_44_T_96) {
  const auto& m = tsuruoka();
  EXPECT_THAT(m.agencies_of(AgencyKind::cgsc), SizeIs(11));
  EXPECT_EQ(m.site_count("cgsc_operation"), 11);
  EXPECT_EQ(m.site_count("disability_consultation"), 2);
  EXPECT_EQ(m.site_count("user_support"), 1);
  EXPECT_EQ(m.site_count("self_reliance"), 1);
  EXPECT_EQ(m.site_count("prevention_activities"), 175);
  EXPECT_EQ(m.site_count("child_rearing_base"), 1 + 11 + 2 + 5);
  EXPECT_EQ(m.site_count("activity_centre"), 1);
  EXPECT_EQ(m.service("community")->operation, OperationForm::partly_contracted);
  EXPECT_EQ(m.service("collaboration")->operation, OperationForm::partly_contracted);  // T-54
}

TEST(Tsuruoka, counts_child_rearing_bases_by_form_and_type_T_44) {
  std::map<std::pair<OperationForm, std::string>, int> lines;
  for (const auto& line : tsuruoka().service_sites)
    if (line.service == "child_rearing_base") lines[{*line.operation, line.scheme_type}] = line.count;
  EXPECT_EQ((lines[{OperationForm::direct, "一般型"}]), 1);
  EXPECT_EQ((lines[{OperationForm::subsidised, "一般型"}]), 11);
  EXPECT_EQ((lines[{OperationForm::contracted, "一般型"}]), 2);
  EXPECT_EQ((lines[{OperationForm::contracted, "連携型"}]), 5);
}

TEST(Tsuruoka, places_coordinators_of_both_tiers_and_twelve_concurrent_community_workers_T_9_T_42_T_50) {
  const auto& m = tsuruoka();
  EXPECT_EQ(headcount(m, "living_support", 1), 1);
  EXPECT_EQ(headcount(m, "living_support", 2), 11);
  const auto* worker = m.post("community_worker");
  ASSERT_NE(worker, nullptr);
  EXPECT_EQ(worker->title, "地域福祉ワーカー");
  EXPECT_EQ(worker->headcount, 12);
  EXPECT_EQ(worker->concurrent, true);
  EXPECT_EQ(worker->agency, "swc");
}

TEST(Aizuwakamatsu, has_the_numbers_of_its_plan_W_20_W_28_W_36_W_41_W_42) {
  const auto& m = aizuwakamatsu();
  EXPECT_THAT(m.agencies_of(AgencyKind::cgsc), SizeIs(7));
  EXPECT_EQ(m.agencies_of_service("disability_consultation").size(), 6u);
  const auto bases = m.agencies_of_service("child_rearing_base");
  EXPECT_EQ(bases.size(), 33u);
  EXPECT_EQ(std::count_if(bases.begin(), bases.end(), [](auto* a) { return a->status == AgencyStatus::dormant; }), 1);
  EXPECT_EQ(std::count_if(bases.begin(), bases.end(), [](auto* a) { return a->operation == OperationForm::direct; }),
            2);
  EXPECT_EQ(m.agency_named("門田報徳保育園")->status, AgencyStatus::dormant);
  EXPECT_EQ(m.agency_named("中央保育所")->operation, OperationForm::direct);
  EXPECT_EQ(m.agency_named("広田保育所")->operation, OperationForm::direct);
  EXPECT_EQ(*m.post("sc_city")->headcount + *m.post("sc_district")->headcount, 2 + 7);
}

TEST(Aizuwakamatsu, numbers_its_windows_with_the_gap_of_the_plan_W_28) {
  const auto& m = aizuwakamatsu();
  for (const auto* name :
       {"第1地域障がい者相談窓口", "第2地域障がい者相談窓口", "第3地域障がい者相談窓口", "第5地域障がい者相談窓口"})
    EXPECT_NE(m.agency_named(name), nullptr) << name;
  EXPECT_EQ(m.agency_named("第4地域障がい者相談窓口"), nullptr);
}

TEST(Kitakami, has_the_numbers_of_its_plan_K_15_K_16_K_17_K_37_K_38) {
  const auto& m = kitakami();
  const auto centres = m.agencies_of(AgencyKind::cgsc);
  EXPECT_EQ(std::count_if(centres.begin(), centres.end(), [](auto* a) { return !a->satellite; }), 5);
  EXPECT_THAT(names(m.satellites_of("cgsc_wakko")), ElementsAre("わっこのわ"));
  EXPECT_EQ(m.site_count("cgsc_operation"), 5);
  EXPECT_EQ(m.site_count("disability_consultation"), 5);
  EXPECT_EQ(m.agencies_of_service("disability_consultation").size(), 5u);
  EXPECT_EQ(m.site_count("child_rearing_base"), 4);
  EXPECT_EQ(m.agencies_of(AgencyKind::child_base).size(), 4u);
  EXPECT_EQ(m.site_count("activity_centre"), 5);
  EXPECT_EQ(m.service("activity_centre")->sites_text, "全5箇所（市内3箇所）");
  EXPECT_EQ(m.service("activity_centre")->operation, OperationForm::indirect_subsidy);
}

TEST(Nagaokakyo, has_the_numbers_of_its_plan_N_6_N_12_N_14_N_15) {
  const auto& m = nagaokakyo();
  EXPECT_THAT(names(m.agencies_of(AgencyKind::cgsc)), ElementsAre("東地域包括支援センター", "北地域包括支援センター",
                                                                  "南地域包括支援センター", "西地域包括支援センター"));
  EXPECT_EQ(m.site_count("activity_centre"), 3);
  EXPECT_EQ(m.agencies_of(AgencyKind::community_centre).size(), 3u);
  EXPECT_EQ(m.site_count("child_rearing_base"), 4);
  EXPECT_EQ(m.agency_named("エンゼル")->operation, OperationForm::direct);
  EXPECT_EQ(m.agency_named("さくらんぼ")->operation, OperationForm::contracted);
}

// --- two axes, schemes, statute

TEST(Forms, the_two_meanings_of_設置形態_stand_apart_T_19_T_18) {
  const auto& m = tsuruoka();
  for (const auto* agency : m.agencies_of(AgencyKind::cgsc)) {
    EXPECT_EQ(agency->operation, OperationForm::contracted) << agency->name;
    EXPECT_EQ(agency->establishment, EstablishmentForm::community_based) << agency->name;
  }
  EXPECT_EQ(m.service("consultation")->establishment, EstablishmentForm::basic);
}

TEST(Forms, every_plan_that_states_it_is_基本型_W_6_K_20_N_5) {
  for (const auto* m : {&tsuruoka(), &aizuwakamatsu(), &kitakami(), &nagaokakyo()})
    EXPECT_EQ(m->service("consultation")->establishment, EstablishmentForm::basic) << m->name;
  EXPECT_FALSE(kawachinagano().service("consultation")->establishment);  // not stated
}

TEST(Forms, 基本型_of_利用者支援事業_is_a_type_of_that_scheme_and_no_establishment_K_18) {
  const auto* basic = kitakami().service("user_support_basic");
  ASSERT_NE(basic, nullptr);
  EXPECT_EQ(basic->scheme_type, "基本型");
  EXPECT_FALSE(basic->establishment);
  EXPECT_EQ(kitakami().service("user_support_centre")->scheme_type, "こども家庭センター型");
  EXPECT_EQ(kitakami().post("concierge")->title, "子育て支援コンシェルジュ");
}

TEST(Services, follow_the_items_of_the_statute_in_every_city_T_11_T_14) {
  for (const auto* m : five()) {
    for (int item = 1; item <= 6; ++item) EXPECT_FALSE(m->services_of_item(item).empty()) << m->name << item;
    for (const auto& service : m->services)
      if (service.subitem) {
        EXPECT_TRUE(service.statute_item == 1 || service.statute_item == 3) << m->name << service.code;
      }
  }
  EXPECT_EQ(tsuruoka().service("poverty_community")->subitem, Subitem::ho);          // "ミ" of the plan is ホ
  EXPECT_EQ(nagaokakyo().service("disability_consultation")->subitem, Subitem::ro);  // N-9
}

TEST(Services, know_the_grant_and_what_is_only_related_T_6) {
  const auto& m = tsuruoka();
  EXPECT_EQ(m.service("cgsc_operation")->grant_eligible, true);
  EXPECT_EQ(m.service("related_city")->grant_eligible, false);
  EXPECT_EQ(m.service("related_city")->statute_item, 0);
  EXPECT_FALSE(aizuwakamatsu().service("cgsc_operation")->grant_eligible);  // the plan does not say
}

TEST(Services, keep_the_original_funding_line_K_11) {
  EXPECT_EQ(kitakami().service("cgsc_operation")->law,
            "地域支援事業交付金の包括的支援事業のうち、地域包括支援センターの運営 (介護保険法第115条の45第2項第1-3号)");
}

TEST(Services, of_CSW_placement_count_for_outreach_and_participation_KN_19) {
  const auto* csw = kawachinagano().post("csw");
  ASSERT_NE(csw, nullptr);
  EXPECT_THAT(csw->services, UnorderedElementsAre("outreach", "participation"));
}

TEST(Services, started_in_different_years_W_5) {
  EXPECT_EQ(aizuwakamatsu().service("collaboration")->starts_fy, 2023);
  EXPECT_EQ(aizuwakamatsu().service("outreach")->starts_fy, 2023);
  EXPECT_EQ(aizuwakamatsu().service("participation")->starts_fy, 2024);
}

TEST(Operation, is_as_each_plan_says_W_17_W_22_W_29_W_31_W_37_W_38_W_41_W_43_W_45_W_51_W_57) {
  const auto& m = aizuwakamatsu();
  const std::map<std::string, OperationForm> expected{{"cgsc_operation", OperationForm::contracted},
                                                      {"disability_consultation", OperationForm::contracted},
                                                      {"user_support", OperationForm::direct},
                                                      {"self_reliance", OperationForm::direct},
                                                      {"living_support", OperationForm::partly_contracted},
                                                      {"activity_centre", OperationForm::contracted},
                                                      {"child_rearing_base", OperationForm::contracted},
                                                      {"poverty_community", OperationForm::direct},
                                                      {"collaboration", OperationForm::direct},
                                                      {"outreach", OperationForm::contracted},
                                                      {"participation", OperationForm::partly_contracted}};
  for (const auto& [code, form] : expected) EXPECT_EQ(m.service(code)->operation, form) << code;
  EXPECT_EQ(m.service("child_rearing_base")->operation_text, "委託（一部直営）");
}

TEST(Operation, of_the_new_services_elsewhere_K_32_K_54_K_76_N_25_N_10) {
  EXPECT_EQ(kitakami().service("participation")->operation, OperationForm::contracted);
  EXPECT_EQ(kitakami().service("collaboration")->operation, OperationForm::partly_contracted);
  EXPECT_THAT(kitakami().post("link_worker")->services,
              UnorderedElementsAre("collaboration", "planning", "participation", "outreach"));
  EXPECT_THAT(kitakami().service("outreach")->owner_sections, ElementsAre("chiiki_fukushi", "shogai_fukushi"));  // K-42
  EXPECT_EQ(nagaokakyo().service("outreach")->operation, OperationForm::direct);
  EXPECT_EQ(nagaokakyo().service("collaboration")->operation, OperationForm::direct);
  EXPECT_EQ(nagaokakyo().agency_named("総合生活支援センター")->operation, OperationForm::designated_manager);
  EXPECT_EQ(nagaokakyo().service("participation")->headcount_text,
            "総合生活支援センター 4 名（兼務）、地域福祉連携室 3 名（兼務） 等");  // N-19
}

// --- agencies

TEST(Agencies, named_in_the_requirements_are_found) {
  const std::vector<std::pair<const Municipality*, std::vector<const char*>>> expected{
      {&tsuruoka(),  // T-12 T-21 T-23..T-32 T-38 T-43
       {"健楽園地域包括支援センター",
        "地域包括支援センターなえづ",
        "地域包括支援センターつくし",
        "永寿荘地域包括支援センター",
        "地域包括支援センターかたりあい",
        "鶴岡西地域包括支援センター",
        "地域包括支援センターふじしま",
        "地域包括支援センターはぐろ",
        "地域包括支援センターくしひき",
        "地域包括支援センターあさひ",
        "地域包括支援センターあつみ",
        "障害者相談支援センターにこころ",
        "相談支援センターあおば",
        "こども家庭センター",
        "鶴岡地域生活自立支援センター くらしステーション",
        "鶴岡市社会福祉協議会 地域福祉課ふれあい福祉相談",
        "総合相談室",
        "消費生活センター",
        "若者ひきこもり相談",
        "こころの健康相談",
        "保健福祉センターにこふる",
        "発達相談",
        "困難を抱える女性の相談窓口",
        "虐待相談",
        "子ども総合相談窓口",
        "不登校・発達に関する相談",
        "青少年育成センター",
        "教育委員会",
        "地域活動支援センター翔",
        "障がい者地域生活支援センター翔",
        "したくホーム",
        "鶴岡市地域包括ケア推進課"}},
      {&kawachinagano(),  // KN-23 KN-24 KN-34 KN-35 KN-57 KN-58
       {"ピアセンター", "こころッと", "相談支援センターmum", "あいっく", "ゆめっく", "子ども子育て課", "健康推進課",
        "医師会地域連携室", "基幹相談支援センター", "子ども子育て総合支援センター", "子育て世代包括支援センター",
        "税務課", "都市計画課", "環境衛生課", "教育指導課", "社会福祉協議会", "地域福祉高齢課"}},
      {&aizuwakamatsu(),  // W-13 W-16 W-20 W-28 W-29 W-31 W-38
       {"福島県会津保健福祉事務所", "若松第1地域包括支援センター", "若松第5地域包括支援センター",
        "北会津地域包括支援センター", "河東地域包括支援センター", "障がい者総合相談窓口", "基幹相談支援センター",
        "北会津地域障がい者相談窓口", "こども家庭センター", "生活サポート相談窓口", "地域活動支援センタージョイ",
        "市地域福祉課"}},
      {&kitakami(),  // K-15..K-19 K-38
       {"地域包括支援センターいいとよ", "地域包括支援センター北上中央", "地域包括支援センター展勝地",
        "地域包括支援センター本通り", "地域包括支援センターわっこ", "わっこのわ", "基幹相談支援センター",
        "相談支援事業所 萩の江", "相談支援センター さくら", "自立生活支援センター北上", "サポートにじ",
        "暮らしの自立支援センターきたかみ", "北上市保健・子育て支援複合施設 hoKko", "江釣子保育園", "おにやなぎ保育園",
        "ときわだい保育園"}},
      {&nagaokakyo(),  // N-6 N-10 N-12..N-15
       {"東地域包括支援センター", "総合生活支援センター", "地域活動支援センターアンサンブル",
        "乙訓聴覚言語障害者地域活動支援センター", "乙訓若竹苑", "エンゼル", "たんぽぽ", "さんさんの会", "さくらんぼ",
        "地域福祉連携室"}}};
  for (const auto& [m, list] : expected)
    for (const auto* name : list) EXPECT_NE(m->agency_named(name), nullptr) << m->name << " " << name;
}

TEST(Agencies, of_one_place_under_three_names_are_one_T_26) {
  const auto& m = tsuruoka();
  for (const auto* name : {"鶴岡地域生活自立支援センター くらしステーション", "地域自立支援センターくらしステーション",
                           "地域自立支援センターくらし", "鶴岡地域生活自立支援センターくらしステーション",
                           "地域自立支援センター　くらし"}) {
    ASSERT_NE(m.agency_named(name), nullptr) << name;
    EXPECT_EQ(m.agency_named(name)->code, "kurashi_station") << name;
  }
}

TEST(Agencies, carry_their_least_staff_T_22) {
  for (const auto* agency : tsuruoka().agencies_of(AgencyKind::cgsc)) {
    ASSERT_THAT(agency->staff_minimums, SizeIs(3));
    for (const auto& least : agency->staff_minimums) EXPECT_EQ(least.count, 1);
    EXPECT_EQ(agency->staff_minimums[0].qualification, "主任介護支援専門員");
  }
}

TEST(Agencies, of_violence_and_abuse_are_marked_as_secret_in_themselves_T_31) {
  EXPECT_TRUE(tsuruoka().agency_named("困難を抱える女性の相談窓口")->sensitive);
  EXPECT_TRUE(tsuruoka().agency_named("虐待相談")->sensitive);
  EXPECT_FALSE(tsuruoka().agency_named("発達相談")->sensitive);
}

TEST(Agencies, keep_address_and_host_as_printed_W_20) {
  const auto* second = aizuwakamatsu().agency_named("若松第2地域包括支援センター");
  EXPECT_EQ(second->address, "本町1番1号");
  EXPECT_EQ(second->host_site, "山鹿クリニック内");
  // Near-identical place names are never brought into line with one another.
  EXPECT_EQ(aizuwakamatsu().agency_named("認定こども園こばとらんど")->address, "町北町大字上荒久字田石尻107番地");
  EXPECT_EQ(aizuwakamatsu().agency_named("木育広場もくれん")->address, "町北町大字上荒久田字石尻216番地");
}

TEST(Agencies, name_their_contractor_K_15_K_19) {
  EXPECT_EQ(kitakami().agency_named("地域包括支援センターわっこ")->contractor, "（医）敬和会");
  EXPECT_EQ(kitakami().agency_named("暮らしの自立支援センターきたかみ")->contractor, "(福)北上市社会福祉協議会");
  EXPECT_EQ(kitakami().agency_named("ときわだい保育園")->contractor, "");  // the cell is lost
}

// K-82: a city that works with its 医療介護連携事業 can refer to it and invite it, although its plan names no window of it.
TEST(Agencies, link_to_medical_care_collaboration_K_82) {
  const Agency* link = kitakami().agency_named("医療介護連携事業");
  ASSERT_NE(link, nullptr);
  EXPECT_EQ(link->kind, AgencyKind::medical);
  EXPECT_EQ(link->contractor, "") << "計画に記載なし";
  EXPECT_FALSE(kitakami().is_city("iryo_kaigo"));
}

TEST(Agencies, of_the_city_are_known_as_such) {
  EXPECT_TRUE(tsuruoka().is_city("hokatsu_care"));
  EXPECT_TRUE(tsuruoka().is_city("kodomo_katei"));
  EXPECT_FALSE(tsuruoka().is_city("swc"));
  EXPECT_FALSE(tsuruoka().is_city("swc_fureai"));
  EXPECT_FALSE(tsuruoka().is_city("cgsc_naezu"));
  EXPECT_TRUE(kitakami().is_city("kikan"));
  EXPECT_TRUE(nagaokakyo().is_city("angel"));
  EXPECT_FALSE(nagaokakyo().is_city("sansan"));
  EXPECT_FALSE(nagaokakyo().is_city("unknown"));
}

// --- areas

TEST(Areas, of_the_centres_are_lists_of_districts_and_former_towns_T_20_K_15) {
  EXPECT_THAT(area_names(tsuruoka(), "cgsc_kenrakuen"), ElementsAre("第1学区", "第4学区"));
  EXPECT_THAT(area_names(tsuruoka(), "cgsc_kataria"), ElementsAre("第6学区", "大泉", "上郷", "三瀬", "由良", "小堅"));
  EXPECT_THAT(area_names(tsuruoka(), "cgsc_tsuruoka_nishi"), ElementsAre("大山", "加茂", "湯野浜", "西郷"));
  EXPECT_THAT(area_names(tsuruoka(), "cgsc_fujishima"), ElementsAre("藤島地域"));
  EXPECT_THAT(area_names(kitakami(), "cgsc_tenshochi"), ElementsAre("二子", "更木", "黒岩", "立花", "口内", "稲瀬"));
  EXPECT_EQ(tsuruoka().area("gakku_1")->kind, AreaKind::school_district);
  EXPECT_EQ(tsuruoka().area("area_fujishima")->kind, AreaKind::region);
}

TEST(Areas, route_by_place_and_by_adult_or_child_T_20_T_23_T_24) {
  const auto& m = tsuruoka();
  const auto adult = names(m.agencies_for("area_fujishima", TargetGroup::adult));
  EXPECT_THAT(adult, Contains("地域包括支援センターふじしま"));
  EXPECT_THAT(adult, Contains("障害者相談支援センターにこころ"));
  EXPECT_THAT(adult, Not(Contains("相談支援センターあおば")));
  EXPECT_THAT(adult, Not(Contains("地域包括支援センターはぐろ")));
  const auto child = names(m.agencies_for("area_fujishima", TargetGroup::child));
  EXPECT_THAT(child, Contains("相談支援センターあおば"));
  EXPECT_THAT(child, Contains("こども家庭センター"));
  EXPECT_THAT(child, Not(Contains("障害者相談支援センターにこころ")));
}

TEST(Areas, that_a_plan_does_not_name_are_not_invented_N_14) {
  EXPECT_THAT(nagaokakyo().areas, IsEmpty());
  EXPECT_EQ(nagaokakyo().service("child_rearing_base")->sites_text, "中学校区ごとの市内4箇所");
  EXPECT_THAT(nagaokakyo().agencies_for("", TargetGroup::all), IsEmpty());
}

// --- indicators

TEST(Indicators, of_Tsuruoka_are_seven_with_blank_values_T_83_to_T_90) {
  const auto& m = tsuruoka();
  ASSERT_THAT(m.indicators, SizeIs(7));
  std::set<Counter> counters;
  for (std::size_t i = 0; i < 7; ++i) {
    const auto& indicator = m.indicators[i];
    EXPECT_EQ(indicator.requirement, "T-" + std::to_string(84 + i));
    EXPECT_TRUE(indicator.baseline.blank());
    EXPECT_TRUE(indicator.target.blank());
    EXPECT_EQ(indicator.baseline.fy, 2025);  // R7
    EXPECT_EQ(indicator.target.fy, 2030);    // R12
    counters.insert(indicator.counter);
  }
  EXPECT_EQ(counters.size(), 7u);
  EXPECT_FALSE(counters.contains(Counter::manual));
}

TEST(Indicators, of_Aizuwakamatsu_are_eleven_numbers_and_five_sentences_W_18_to_W_60) {
  const std::map<std::string, double> expected{{"W-18", 50}, {"W-19", 30}, {"W-23", 85},  {"W-24", 32},
                                               {"W-25", 47}, {"W-26", 12}, {"W-27", 3},   {"W-34", 650},
                                               {"W-35", 62}, {"W-39", 34}, {"W-40", 3300}};
  std::map<std::string, double> numbers;
  std::set<std::string> sentences;
  for (const auto& indicator : aizuwakamatsu().indicators) {
    EXPECT_TRUE(indicator.every_year) << indicator.name;
    if (indicator.target.number)
      numbers[indicator.requirement] = *indicator.target.number;
    else
      sentences.insert(indicator.requirement);
    if (indicator.measure == MeasureKind::text) {
      EXPECT_FALSE(indicator.target.text.empty());
    }
  }
  EXPECT_EQ(numbers, expected);
  EXPECT_THAT(sentences, UnorderedElementsAre("W-44", "W-48", "W-50", "W-56", "W-60"));
}

TEST(Indicators, keep_how_each_is_measured_and_the_plans_own_unit_W_25_W_27_W_39_W_40) {
  const auto& m = aizuwakamatsu();
  EXPECT_EQ(m.indicator("disability_network")->unit, "件/年");  // although the name says 回数
  EXPECT_EQ(m.indicator("disability_chiefs")->measure, MeasureKind::stock);
  EXPECT_EQ(m.indicator("disability_chiefs")->unit, "人/年");
  EXPECT_EQ(m.indicator("exercise_groups")->measure, MeasureKind::stock);  // W-35
  EXPECT_EQ(m.indicator("activity_centre_users")->measure, MeasureKind::unique);
  EXPECT_EQ(m.indicator("activity_centre_uses")->measure, MeasureKind::cumulative);
}

TEST(Indicators, that_a_plan_lacks_stay_absent) {
  EXPECT_THAT(kawachinagano().indicators, IsEmpty());
  EXPECT_THAT(kitakami().indicators, IsEmpty());
  EXPECT_THAT(nagaokakyo().indicators, IsEmpty());
}

// --- plan and wording

TEST(Plan, years_are_computed_from_the_era_and_never_copied_T_1_W_1_K_1_N_2) {
  EXPECT_EQ(tsuruoka().plan_period_text(), "令和8年度～令和12年度");
  EXPECT_EQ(tsuruoka().plan.fy_last, 2030);  // the plan prints 2031
  EXPECT_EQ(aizuwakamatsu().plan_period_text(), "令和8年度～令和13年度");
  EXPECT_EQ(aizuwakamatsu().plan.status, PlanStatus::draft);
  EXPECT_EQ(aizuwakamatsu().plan.generation, "第2期");
  EXPECT_EQ(kitakami().plan.fy_first, 2025);
  EXPECT_EQ(kitakami().plan.fy_last, 2028);
  EXPECT_EQ(nagaokakyo().plan_period_text(), "令和5年度～令和7年度");
  EXPECT_EQ(kawachinagano().plan_period_text(), "計画に記載なし");
}

TEST(Plan, whose_period_has_ended_warns_and_nothing_else_N_2) {
  const auto& m = nagaokakyo();
  EXPECT_FALSE(m.plan_ended(day(2026, 3, 31)));
  EXPECT_FALSE(m.plan_warning(day(2026, 3, 31)).has_value());
  EXPECT_TRUE(m.plan_ended(day(2026, 4, 1)));
  EXPECT_THAT(m.plan_warning(day(2026, 4, 1)).value_or(""), HasSubstr("令和5年度～令和7年度"));
  EXPECT_FALSE(tsuruoka().plan_ended(day(2026, 11, 22)));
  EXPECT_FALSE(kawachinagano().plan_ended(day(2099, 1, 1)));
  EXPECT_THAT(aizuwakamatsu().plan_warning(day(2026, 11, 22)).value_or(""), HasSubstr("案"));
}

TEST(Plan, goals_and_related_plans_T_3_T_4_T_5_W_3_W_4_K_9_N_3) {
  EXPECT_THAT(codes(tsuruoka().plan.goals), ElementsAre("1", "2", "3"));
  EXPECT_THAT(codes(aizuwakamatsu().plan.goals), ElementsAre("2", "2-1", "2-2", "3", "3-2"));
  EXPECT_THAT(aizuwakamatsu().plan.related, SizeIs(5));
  EXPECT_EQ(nagaokakyo().plan.related.back().title, "長岡京市第4次地域福祉活動計画");
  EXPECT_EQ(tsuruoka().plan.legal_basis, "社会福祉法第106条5の規程");  // T-2, as printed
  EXPECT_EQ(or_not_in_plan(kawachinagano().plan.legal_basis), "計画に記載なし");
}

TEST(Wording, the_local_programme_name_beside_the_statutory_one_N_1) {
  const auto& m = nagaokakyo();
  EXPECT_EQ(m.programme_name, "とりこぼさない支援体制整備事業");
  EXPECT_EQ(m.programme_statutory_name, "重層的支援体制整備事業");
  EXPECT_EQ(m.wording("programme", ""), "とりこぼさない支援体制整備事業");
  EXPECT_EQ(kitakami().programme_short_name, "重層事業");
  EXPECT_EQ(tsuruoka().wording("programme", ""), "重層的支援体制整備事業");
}

TEST(Wording, titles_and_papers_are_the_citys_KN_53_W_62_K_75_N_45) {
  EXPECT_EQ(kawachinagano().wording("household_sheet", ""), "連携シート");
  EXPECT_EQ(aizuwakamatsu().wording("coordinator", ""), "包括化支援員");
  EXPECT_EQ(kitakami().wording("coordinator", ""), "リンクワーカー（多機関協働推進員、CSW）");
  EXPECT_EQ(nagaokakyo().wording("coordinator", ""), "くらし連携担当");
  EXPECT_EQ(tsuruoka().wording("coordinator", ""), "相談支援包括化推進員");
  EXPECT_EQ(tsuruoka().wording("no_such_word", "もとの言葉"), "もとの言葉");
}

// --- posts, codes

TEST(Posts, of_every_role_exist_in_every_city) {
  for (const auto* m : five())
    for (const auto role :
         {Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::head,
          Role::secretary, Role::meeting_member, Role::commissioner, Role::administrator, Role::auditor})
      EXPECT_FALSE(m->posts_of(role).empty()) << m->name << " " << label_of(role);
}

TEST(Posts, coordinators_belong_to_council_and_city_in_Kawachinagano_KN_42) {
  std::set<std::string> at;
  for (const auto* post : kawachinagano().posts_of(Role::coordinator)) at.insert(post->agency);
  EXPECT_THAT(at, UnorderedElementsAre("swc", "chiiki_fukushi_korei"));
}

TEST(Codes, national_tables_are_there_and_say_what_is_provisional) {
  const auto& m = tsuruoka();
  const auto issues = m.code_table("issues");
  ASSERT_NE(issues, nullptr);
  const auto& list = m.code_lists.at("issues");
  EXPECT_EQ(std::count_if(list.groups.begin(), list.groups.end(), [](const auto& g) { return g.second == "標準"; }),
            27);
  EXPECT_TRUE(list.provisional);
  EXPECT_EQ(list.version_text, "2021-案");
  EXPECT_NE(issues->find("young_carer"), nullptr);
  EXPECT_EQ(m.code_table("no_such_table"), nullptr);
  EXPECT_EQ(m.code_lists.at("contact_outcome").groups.at("no_answer"), "試みた");  // an attempt, no contact
  for (const auto* key : {"consultation_topics", "sexes", "relations", "intake_channel", "intake_route", "employment",
                          "housing", "health", "screening_result", "referral_outcome", "referral_form",
                          "contact_method", "goal_result", "closure_reason"})
    EXPECT_NE(m.code_table(key), nullptr) << key;
}

TEST(Codes, a_city_adds_its_own_before_その他_W_52) {
  const auto table = aizuwakamatsu().code_table("intake_channel");
  EXPECT_EQ(table->label("aimaru_line"), "あいまるLINE");
  EXPECT_EQ(table->codes.back().code, "other");
  EXPECT_EQ(tsuruoka().code_table("intake_channel")->find("aimaru_line"), nullptr);
}

TEST(Codes, of_a_citys_own_list_serve_a_form_like_any_other_KN_44) {
  const auto table = code_table_of("referral_reasons", kawachinagano().rules.referral_reasons);
  EXPECT_EQ(table->key, "referral_reasons");
  EXPECT_EQ(table->codes.size(), 5u);
  EXPECT_EQ(table->label("unknown_partner"), "連携先がわからない");
}

TEST(Sources, are_given_for_every_row_and_body) {
  for (const auto* m : five()) {
    for (const auto& agency : m->agencies) EXPECT_TRUE(agency.source.starts_with("l.")) << m->name << agency.name;
    for (const auto& body : m->bodies) {
      EXPECT_TRUE(body.source.starts_with("l.")) << m->name << body.name;
      for (const auto& kind : body.agenda) EXPECT_TRUE(kind.source.starts_with("l."));
    }
  }
}

// --- the sixth city

TEST(SixthCity, loads_although_it_shares_nothing_with_the_five) {
  const auto& m = mitsuhama();
  EXPECT_EQ(m.slug, "mitsuhama");
  EXPECT_EQ(m.programme_short_name, "たばね");
  EXPECT_EQ(m.service("consultation")->establishment, EstablishmentForm::integrated);
  EXPECT_EQ(m.body_for(BodyFunction::plan_decision)->finding, "承る");
  EXPECT_EQ(m.wording("household_sheet", ""), "うちの絵");
  EXPECT_EQ(m.rules.days.ratify, 90);
  EXPECT_EQ(m.rules.days.ground_request, 90);
  EXPECT_EQ(Deadlines{}.ground_request, 180) << "of the product, where a city says nothing";
  EXPECT_EQ(m.indicator("kept")->baseline.number, 41.5);
  EXPECT_THAT(m.deciders(), ElementsAre("shimin_anzen_ka"));
  EXPECT_EQ(m.code_table("issues")->label("ferry"), "船便の欠航による孤立");
  EXPECT_EQ(*m.area("oka")->active_from, day(2027, 4, 1));  // T-92: areas join one after another
}

TEST(SixthCity, routes_through_nested_areas_and_leaves_dormant_agencies_out) {
  const auto found = names(mitsuhama().agencies_for("shima", TargetGroup::adult));
  EXPECT_THAT(found,
              Contains("おとしより相談みなと"));  // its living area holds the school district that holds the island
  EXPECT_THAT(found, Contains("しまの船着き場窓口"));
  EXPECT_THAT(found, Not(Contains("おとしより相談しま")));  // 休止中
  EXPECT_THAT(found, Not(Contains("おとしより相談おか")));
  EXPECT_THAT(names(mitsuhama().agencies_for("shima", TargetGroup::child)),
              UnorderedElementsAre("こどもみらい課", "発達の相談ひばり"));
}

}  // namespace
}  // namespace kasane::programme
