#include "casework/referral_rules.hpp"

#include <gmock/gmock.h>

#include "casework/referral_service.hpp"
#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using ::testing::Contains;
using ::testing::Not;

struct City {
  explicit City(const std::string& slug) : m(testing::load_city(slug)), database(), dir(programme::Directory::sync(*database, m)) {}
  programme::Municipality m;
  db::TestDatabase database;
  programme::Directory dir;
  InCity in() const { return {m, dir}; }
};

TEST(ReferralRules, four_forms_exist_before_consent_and_the_conference_only_for_collaboration) {
  const auto m = testing::load_city("tsuruoka");
  EXPECT_THAT(passings_for(ReferralKind::collaboration, m), ::testing::ElementsAre(Passing::spoken_consent, Passing::anonymous, Passing::statutory, Passing::duty));
  EXPECT_THAT(passings_for(ReferralKind::network, m), Not(Contains(Passing::statutory)));
}

TEST(ReferralRules, an_anonymous_one_carries_no_household_and_opens_nothing) {
  EXPECT_FALSE(carries_household(Passing::anonymous));
  EXPECT_TRUE(topics_of(Passing::anonymous).empty());
  for (Passing p : {Passing::spoken_consent, Passing::statutory, Passing::duty}) EXPECT_TRUE(carries_household(p));
}

TEST(ReferralRules, each_form_opens_what_its_ground_allows_and_never_who_reported) {
  EXPECT_EQ(topics_of(Passing::spoken_consent), access::kStandardScope);
  EXPECT_FALSE(topics_of(Passing::statutory).meets(access::Topic::abuse));
  EXPECT_TRUE(topics_of(Passing::duty).meets(access::Topic::abuse));
  for (Passing p : kPassings) EXPECT_FALSE(topics_of(p).meets(access::Topic::reporter));
  EXPECT_EQ(ground_of(Passing::duty, "danger"), access::GroundKind::danger);
  EXPECT_EQ(ground_of(Passing::duty, "elder"), access::GroundKind::legal_duty);
}

TEST(ReferralRules, cities_judge_in_their_own_place) {
  const auto tsuruoka = testing::load_city("tsuruoka");  // T-57, T-59: at the source
  EXPECT_TRUE(judged_at_source(tsuruoka, ReferralKind::collaboration, Passing::statutory));
  EXPECT_FALSE(judged_at_source(tsuruoka, ReferralKind::collaboration, Passing::duty)) << "danger does not wait";
  EXPECT_FALSE(judged_at_source(tsuruoka, ReferralKind::network, Passing::spoken_consent));
  const auto kitakami = testing::load_city("kitakami");  // K-64: by the monthly meeting
  EXPECT_TRUE(judged_by_meeting(kitakami, ReferralKind::collaboration, Passing::spoken_consent));
  EXPECT_FALSE(judged_by_meeting(kitakami, ReferralKind::collaboration, Passing::duty));
  EXPECT_FALSE(judged_by_meeting(kitakami, ReferralKind::network, Passing::spoken_consent));
  const auto kawachi = testing::load_city("kawachinagano");  // by the receiver
  EXPECT_FALSE(judged_at_source(kawachi, ReferralKind::collaboration, Passing::spoken_consent));
  EXPECT_FALSE(judged_by_meeting(kawachi, ReferralKind::collaboration, Passing::spoken_consent));
}

// T-56 KN-42 W-16
TEST(ReferralRules, joint_inboxes_are_the_citys_or_its_operators_T_56_KN_42_W_16) {
  const City tsuruoka("tsuruoka");
  const auto inboxes = joint_inboxes(tsuruoka.in());
  ASSERT_EQ(inboxes.size(), 1u);
  EXPECT_TRUE(inboxes[0].holds(tsuruoka.dir.id("hokatsu_care")));
  EXPECT_TRUE(inboxes[0].holds(tsuruoka.dir.id("swc")));
  const City kawachi("kawachinagano");
  EXPECT_TRUE(joint_inboxes(kawachi.in())[0].holds(kawachi.dir.id("chiiki_fukushi_korei")));
  const City aizu("aizuwakamatsu");  // its plan names no inbox: the operator is one
  ASSERT_EQ(joint_inboxes(aizu.in()).size(), 1u);
  EXPECT_EQ(joint_inboxes(aizu.in())[0].agencies, (std::vector<AgencyId>{aizu.dir.id("chiiki_fukushi")}));
}

TEST(ReferralRules, reasons_are_the_citys_own) {
  EXPECT_EQ(testing::load_city("kawachinagano").rules.referral_reasons.size(), 5u);  // KN-44 to KN-48
  EXPECT_EQ(testing::load_city("tsuruoka").rules.referral_reasons.size(), 4u);       // T-17
  EXPECT_TRUE(testing::load_city("tsuruoka").rules.referral_criteria.empty());       // T-55: 未設定
}

TEST(ReferralRules, an_anonymous_one_cannot_be_accepted_as_a_case_but_advised_on) {
  EXPECT_THAT(outcomes_for(ReferralKind::collaboration, Passing::anonymous), Not(Contains(Outcome::accept)));
  EXPECT_THAT(outcomes_for(ReferralKind::collaboration, Passing::anonymous), Not(Contains(Outcome::join_open_case)));
  EXPECT_THAT(outcomes_for(ReferralKind::collaboration, Passing::anonymous), Contains(Outcome::advice_only));
  EXPECT_THAT(outcomes_for(ReferralKind::collaboration, Passing::statutory), Contains(Outcome::accept));
  EXPECT_THAT(outcomes_for(ReferralKind::network, Passing::spoken_consent), Not(Contains(Outcome::join_open_case)));
}

TEST(ReferralRules, a_sender_without_a_ground_cannot_tell_a_new_case_from_an_open_one) {
  EXPECT_EQ(word_for_sender(Outcome::accept, false), word_for_sender(Outcome::join_open_case, false));
  EXPECT_NE(word_for_sender(Outcome::accept, true), word_for_sender(Outcome::join_open_case, true));
}

TEST(ReferralRules, identifiers_are_found_in_an_anonymous_text) {
  const std::vector<std::string> names = {"阿曽"};
  EXPECT_FALSE(identifier_in("八十代の母と五十代の息子。30年こもっている。", names));
  EXPECT_TRUE(identifier_in("阿曽さんのこと", names));
  EXPECT_TRUE(identifier_in("電話は0235-00-0001", names));
  EXPECT_TRUE(identifier_in("電話は０２３５０００００１です", names));
  EXPECT_TRUE(identifier_in("藤島字見本12番地", names));
  EXPECT_TRUE(identifier_in("見本町3番12号", names));
  EXPECT_TRUE(identifier_in("a@example.jp", names));
  EXPECT_FALSE(identifier_in("相談は3番目、年金は月20000円", names));
  EXPECT_FALSE(identifier_in("令和8年11月24日から", {""}));
}

TEST(ReferralRules, every_code_reads_back) {
  for (Passing p : kPassings) EXPECT_EQ(parse_code<Passing>(code_of(p)), p);
  for (Outcome o : kOutcomes) EXPECT_EQ(parse_code<Outcome>(code_of(o)), o);
  EXPECT_EQ(code_of(Outcome::send_back), "return");
  EXPECT_EQ(parse_code<Outcome>("no_such"), std::nullopt);
}

// T-20 T-23 T-24
TEST(ReferralRules, suggestions_come_from_area_and_age_alone_T_20_T_23_T_24) {
  const City city("tsuruoka");
  const std::string area = city.m.areas_of("cgsc_fujishima").front()->code;
  const auto holds = [](const std::vector<Suggestion>& all, AgencyId id) {
    return std::any_of(all.begin(), all.end(), [&](const Suggestion& s) { return s.agency == id; });
  };
  const auto adult = suggested_targets(city.in(), area, programme::TargetGroup::adult);
  const auto child = suggested_targets(city.in(), area, programme::TargetGroup::child);
  EXPECT_TRUE(holds(adult, city.dir.id("cgsc_fujishima")));
  EXPECT_FALSE(holds(adult, city.dir.id("cgsc_haguro")));
  for (const auto& all : {adult, child})
    for (const Suggestion& s : all) EXPECT_FALSE(city.m.agency(city.dir.code(s.agency))->sensitive);
  EXPECT_FALSE(holds(adult, city.dir.id("aoba")));
  EXPECT_FALSE(holds(child, city.dir.id("nikokoro")));
}

}  // namespace
}  // namespace kasane::casework
