// Items under another law: whom it is about by age, and what its slice shows at most.
#include "consent/other_law_rules.hpp"

#include "consent/ground_testing.hpp"
#include "consent/other_law_service.hpp"

namespace kasane::consent {
namespace {

using testing::GroundsTest;
using testing::nagaokakyo;
using testing::Topic;
using testing::Viewer;
using ::testing::ElementsAre;

Date day(int year, int month, int of_month) { return *Date::from_ymd(year, month, of_month); }

TEST(OtherLaw, a_person_is_as_old_as_is_certain) {
  EXPECT_EQ(least_age("1950-04-02", day(2026, 4, 1)), 75);
  EXPECT_EQ(least_age("1950-04", day(2026, 4, 29)), 75);
  EXPECT_EQ(least_age("1950-04", day(2026, 4, 30)), 76);
  EXPECT_EQ(least_age("1950", day(2026, 12, 30)), 75);
  EXPECT_EQ(least_age("2026", day(2026, 11, 24)), 0);
  EXPECT_EQ(least_age("", day(2026, 11, 24)), std::nullopt);
}

TEST(OtherLaw, is_about_those_of_its_age_and_never_about_an_unknown_one) {
  const auto* care = meeting_law(nagaokakyo(), "kaigo_115_48", day(2026, 11, 24));
  const auto* child = meeting_law(nagaokakyo(), "jifuku_25_2", day(2026, 11, 24));
  const auto* hardship = meeting_law(nagaokakyo(), "seikatsu_9", day(2026, 11, 24));
  ASSERT_TRUE(care && child && hardship);
  EXPECT_TRUE(is_about(*care, {40}));
  EXPECT_FALSE(is_about(*care, {39}));
  EXPECT_FALSE(is_about(*care, {std::nullopt}));
  EXPECT_TRUE(is_about(*hardship, {std::nullopt})) << "this one is about no age";
  EXPECT_TRUE(is_about(*child, {.age = 44, .child_at_home = true})) << "who brings the child up";
  EXPECT_FALSE(is_about(*child, {.age = 44})) << "no child there";
  EXPECT_TRUE(is_about(*child, {.age = 24, .expectant = true})) << "特定妊婦";
  EXPECT_EQ(meeting_law(nagaokakyo(), "kojin_69_2_2", day(2026, 11, 24)), nullptr) << "no meeting rests on it";
}

TEST(OtherLaw, shows_what_both_the_law_and_the_attendee_have) {
  const access::Topics law = Topic::basic | Topic::health | Topic::abuse;
  EXPECT_EQ(topics_under(law, access::kAllTopics), Topic::basic | Topic::health | Topic::meeting) << "never abuse";
  EXPECT_EQ(topics_under(law, Topic::economy), Topic::basic | Topic::meeting);
}

class OtherLawItems : public GroundsTest {
 protected:
  people::Registered born = register_with_birth();
  people::Registered register_with_birth() {
    people::NewHousehold what;
    for (const char* birth : {"1950-04-02", "2017"}) {
      people::NewPerson p;
      p.fields.family = "及川";
      p.fields.birth = PartialDate::from_text(birth);
      what.persons.push_back(p);
    }
    return office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
  AgendaItemId item = office.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<AgendaItemId> {
    return gate.create<AgendaItemTag>(tx, {born.household.value, dir.id("chiiki_fukushi_renkei"), {}, Topic::basic | Topic::meeting, access::Sharing::own})->id();
  }).value();
  Result<> rest(const Viewer& who, const char* key, std::vector<PersonId> persons) {
    return office.write(who, [&](auto& tx, auto& gate, const auto&) { return rest_on_other_law(tx, gate, city, {item, born.household, key, persons}); });
  }
};
KASANE_EVERY_ENGINE(OtherLawItems);

TEST_P(OtherLawItems, keep_the_article_its_matters_and_whom_it_is_about) {
  ASSERT_TRUE(rest(officer, "kaigo_115_48", {born.persons[0]}));
  const auto law = db().read([&](db::ReadTx& tx) { return other_law_of(tx, item); });
  ASSERT_TRUE(law);
  EXPECT_EQ(law->basis, "kaigo_115_48@未確認");
  EXPECT_FALSE(law->topics.meets(Topic::child | Topic::economy));
  EXPECT_THAT(law->persons, ElementsAre(born.persons[0]));
  ASSERT_TRUE(rest(officer, "jifuku_25_2", {born.persons[1]})) << "another choice takes its place";
  EXPECT_THAT(db().read([&](db::ReadTx& tx) { return other_law_of(tx, item); })->persons, ElementsAre(born.persons[1]));
}

TEST_P(OtherLawItems, refuse_whom_the_law_is_not_about_and_what_is_no_meeting) {
  EXPECT_EQ(rest(officer, "kaigo_115_48", {born.persons[1]}).error().fields.front().field, "law_persons");
  EXPECT_EQ(rest(officer, "jifuku_25_2", {mother}).error().fields.front().field, "law_persons") << "of another household";
  EXPECT_EQ(rest(officer, "seikatsu_9", {mother}).error().fields.front().field, "law_persons") << "of another household";
  EXPECT_EQ(rest(officer, "kojin_69_1", {}).error().fields.front().field, "law");
  EXPECT_EQ(rest(stranger, "seikatsu_9", {}).error().code, ErrorCode::not_found);
  EXPECT_FALSE(db().read([&](db::ReadTx& tx) { return other_law_of(tx, item); }));
}

TEST_P(OtherLawItems, a_council_for_children_is_about_who_brings_them_up_and_about_an_expectant_mother_noted_as_such) {
  ASSERT_TRUE(rest(officer, "jifuku_25_2", {born.persons[0], born.persons[1]})) << "a child of 2017 lives there";
  people::NewHousehold alone;
  people::NewPerson woman;
  woman.fields.family = "架空";
  woman.fields.birth = PartialDate::from_text("2002-05-01");
  alone.persons.push_back(woman);
  const auto childless = office.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, alone); }).value();
  const auto about_her = [&](std::vector<PersonId> expectant) {
    return office.write(officer, [&](auto& tx, auto& gate, const auto&) {
      return rest_on_other_law(tx, gate, city, {item, childless.household, "jifuku_25_2", {childless.persons[0]}, std::move(expectant)});
    });
  };
  EXPECT_EQ(about_her({}).error().fields.front().field, "law_persons");
  ASSERT_TRUE(about_her({childless.persons[0]}));
  EXPECT_THAT(db().read([&](db::ReadTx& tx) { return other_law_of(tx, item); })->expectant, ElementsAre(childless.persons[0]));
}

}  // namespace
}  // namespace kasane::consent
