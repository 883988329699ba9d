#include "people/search.hpp"

#include <set>

#include "db/testing.hpp"
#include "people/search_rules.hpp"
#include "people/testing.hpp"

namespace kasane::people {
namespace {

using access::Topic;
using access::Viewer;
using testing::Office;

constexpr AgencyId kHoukatsu{101};
constexpr AgencyId kShakyo{102};

class Search : public db::EngineTest {
 protected:
  Office office{db()};
  Viewer moe = Office::staff(kHoukatsu, Role::window_counsellor);
  Viewer worker = Office::staff(kShakyo, Role::field_worker);

  SearchResult find(const Viewer& who, std::string_view query, SearchCursor cursor = {}) {
    return office.read(who, [&](auto& tx, auto& gate) { return search(tx, gate, query, cursor); });
  }
  std::vector<std::string> names(const Viewer& who, std::string_view query) {
    std::vector<std::string> found;
    for (const PersonHit& hit : find(who, query).persons) found.push_back(hit.name.shown());
    return found;
  }
  PersonId add(const std::string& family, const std::string& given, const std::string& kana = "", const std::string& birth = "") {
    NewHousehold what;
    what.persons.resize(1);
    what.persons[0].fields = {family, given, kana, PartialDate::from_text(birth), "", std::nullopt};
    return office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); })->persons[0];
  }
  using Names = std::vector<std::string>;
};
KASANE_EVERY_ENGINE(Search);

TEST_P(Search, finds_a_name_under_all_its_writings) {
  add("髙橋", "千代", "たかはし ちよ", "1943-04-02");
  const Names hit{"髙橋 千代"};
  for (const char* query : {"高橋", "髙橋", "千代", "高橋千代", "高橋　千代", "千代 高橋", "橋千", "たかはし", "タカハシ", "ﾀｶﾊｼ", "はしち", "昭和18年4月2日",
                            "S18", "1943", "1943-04", "高橋 S18.4.2"}) {
    EXPECT_EQ(names(moe, query), hit) << query;
  }
  for (const char* query : {"高梨", "千代子", "たかはら", "1944", "高橋 1944"}) EXPECT_EQ(names(moe, query), Names()) << query;
}

TEST_P(Search, one_character_finds_names_that_begin_with_it) {
  add("林", "実");
  add("小林", "空");
  EXPECT_EQ(names(moe, "林"), Names{"林 実"});
  EXPECT_EQ(names(moe, "空"), Names{"小林 空"});
}

TEST_P(Search, finds_households_by_label_and_number) {
  add("阿曽", "千代");
  auto found = find(moe, "阿曽家");
  ASSERT_EQ(found.households.size(), 1u);
  EXPECT_EQ(found.households[0].number, "世R08-00001");
  found = find(moe, "世ｒ08-00001");
  ASSERT_EQ(found.households.size(), 1u);
  EXPECT_EQ(found.households[0].label.shown(), "阿曽家");
  EXPECT_TRUE(found.persons.empty());
}

TEST_P(Search, shows_the_household_of_a_hit) {
  add("阿曽", "千代");
  const auto found = find(moe, "千代");
  ASSERT_EQ(found.persons.size(), 1u);
  ASSERT_TRUE(found.persons[0].of);
  EXPECT_EQ(found.persons[0].of->label.shown(), "阿曽家");
}

TEST_P(Search, tells_nothing_of_what_the_viewer_may_not_know) {
  const PersonId chiyo = add("阿曽", "千代", "あそ ちよ");
  const auto household = office.read(moe, [&](auto& tx, auto& gate) { return household_of(tx, gate, chiyo); }).value();
  for (const char* query : {"阿曽", "あそ", "世R08-00001"}) {
    const auto found = find(worker, query);
    EXPECT_TRUE(found.persons.empty() && found.households.empty()) << query;
    EXPECT_EQ(found.person_count + found.household_count, 0) << query;
  }
  office.reach(household, kShakyo);
  EXPECT_EQ(names(worker, "阿曽"), Names{"阿曽 千代"});
  office.shield(chiyo, kShakyo, Topic::basic);
  const auto shielded = find(worker, "千代");
  EXPECT_TRUE(shielded.persons.empty());
  EXPECT_EQ(shielded.person_count, 0) << "counts and search do not differ";
  EXPECT_EQ(find(Office::staff(kHoukatsu, Role::secretary), "阿曽").person_count, 0);
}

TEST_P(Search, forgets_the_old_name_after_a_change) {
  const PersonId id = add("阿曽", "千代");
  PersonEdit edit{{"楠本", "千代", "", std::nullopt, "", std::nullopt}, 1, std::nullopt, 0};
  ASSERT_TRUE(office.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return edit_person(tx, gate, actor, id, edit); }));
  EXPECT_EQ(names(moe, "阿曽"), Names());
  EXPECT_EQ(names(moe, "楠本"), Names{"楠本 千代"});
}

TEST_P(Search, hands_out_fifty_at_a_time_each_once) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 60; ++i) many.emplace_back("佐藤", "花" + std::to_string(i));
  office.household(moe, many);
  office.household(moe, std::vector<std::pair<std::string, std::string>>(many.begin(), many.begin() + 45));
  auto page = find(moe, "佐藤");
  EXPECT_EQ(page.persons.size(), 50u);
  EXPECT_EQ(page.person_count, 105);
  std::set<std::int64_t> seen;
  int pages = 0;
  for (;;) {
    ++pages;
    for (const PersonHit& hit : page.persons) EXPECT_TRUE(seen.insert(hit.person.value).second);
    EXPECT_EQ(page.households.size(), pages == 1 ? 2u : 0u) << "a list that was shown to its end is not shown again";
    if (!page.next) break;
    page = find(moe, "佐藤", *page.next);
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen.size(), 105u);
}

TEST_P(Search, keeps_the_words_in_the_trail) {
  find(moe, "阿曽 千代");
  EXPECT_EQ(office.trail.search_words(), "阿曽 千代");
  EXPECT_TRUE(find(moe, "　 ").nothing_asked);
  EXPECT_TRUE(office.trail.search_words().empty());
}

TEST_P(Search, takes_any_signs_for_words_and_none_for_a_command) {
  add("阿曽", "千代");
  for (const char* query : {"\"", "阿曽\" OR \"", "* NEAR(", "{a,b}", "' OR 1=1 --", "pii_grams:", "-", "^阿", "\xff\xfe", "%"}) EXPECT_NO_THROW(find(moe, query)) << query;
}

TEST_P(Search, hints_at_the_same_person_only_among_those_whom_the_viewer_knows) {
  add("髙橋", "千代", "たかはし ちよ", "1943");
  const auto same = [&](const Viewer& who, PersonFields fields) {
    return office.read(who, [&](auto& tx, auto& gate) { return likely_same(tx, gate, fields).size(); });
  };
  EXPECT_EQ(same(moe, {"高橋", "千代", "", PartialDate{1943, 4, 2}, "", {}}), 1u);
  EXPECT_EQ(same(moe, {"高橋", "千代", "", std::nullopt, "", {}}), 1u);
  EXPECT_EQ(same(moe, {"高橋", "千代", "", PartialDate{1950, 4, 2}, "", {}}), 0u) << "born in another year";
  EXPECT_EQ(same(moe, {"高橋", "", "", std::nullopt, "", {}}), 0u) << "a family name alone is no hint";
  EXPECT_EQ(same(moe, {"たかはし", "ちよ", "たかはし　ちよ", std::nullopt, "", {}}), 1u);
  EXPECT_EQ(same(worker, {"高橋", "千代", "", PartialDate{1943, 4, 2}, "", {}}), 0u);
}

TEST(SearchCount, stops_at_a_thousand) {
  EXPECT_EQ(count_text(12), "12");
  EXPECT_EQ(count_text(1000), "1000");
  EXPECT_EQ(count_text(1001), "1,000+");
}

TEST(SearchKeys, are_letters_and_digits_only) {
  const std::string keys = keys_of({"髙橋\"*", "千代 OR", "た・か", PartialDate{1943, 4, 2}, "", {}});
  EXPECT_EQ(keys.find_first_not_of("abcdefgn0123456789 "), std::string::npos);
  EXPECT_NE(keys.find("b19430402"), std::string::npos);
}

}  // namespace
}  // namespace kasane::people
