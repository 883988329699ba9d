#include "people/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

#include "access/audit_scan.hpp"
#include "access/audit_store.hpp"
#include "people/search.hpp"
#include "people/search_testing.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::people {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using people::testing::searched;
using programme::testing::Login;
using programme::testing::TestCity;

class PeoplePages : public ::testing::Test {
 protected:
  TestCity city{"tsuruoka", {add_routes}};
  Login moe = city.account("cgsc_fujishima", Role::window_counsellor);
  Login other = city.account("cgsc_haguro", Role::coordinator);

  Registered aso() {
    NewHousehold what;
    what.persons.resize(1);
    what.persons[0].fields = {"阿曽", "千代", "あそ ちよ", PartialDate{1943, 4, 2}, "female", std::nullopt};
    what.persons[0].contact.phone = "0235-00-0001";
    return city.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, what); }).value();
  }
  static void shown(const web::Reply& reply) {
    ASSERT_TRUE(reply.before_send) << reply.status;
    std::latch kept(1);
    reply.before_send([&](bool) { kept.count_down(); });
    kept.wait();
  }
  db::Database& file() { return city.city().audit.file_for(city.clock().now()); }
  std::int64_t gather() {
    const access::AgenciesOf nowhere = [](db::ReadTx&, std::int64_t, Date) { return std::vector<std::int64_t>{}; };
    return access::scan_reads(file(), city.db(), nowhere);
  }
  static std::string path(HouseholdId id, const char* rest = "") { return "/households/" + id_text(id) + rest; }
  static std::string path(PersonId id, const char* rest = "") { return "/persons/" + id_text(id) + rest; }
};

TEST_F(PeoplePages, a_household_is_registered_by_one_name_KN_3_KN_56) {
  EXPECT_EQ(city.get(moe, "/households/new").status, 200);
  const auto done = city.post(moe, "/households", {{"p1_family", "阿曽"}});
  ASSERT_EQ(done.status, 303) << done.body;
  const auto list = city.get(moe, "/households");
  EXPECT_THAT(list.body, HasSubstr("阿曽家"));
  EXPECT_THAT(list.body, HasSubstr("世R08-00001"));
  EXPECT_THAT(city.get(other, "/households").body, Not(HasSubstr("阿曽")));
}

TEST_F(PeoplePages, what_was_typed_is_still_there_after_a_fault) {
  const auto again = city.post(moe, "/households", {{"label", ""}, {"p1_given", "千代"}, {"p1_birth", "昭和18年13月"}, {"address", "藤島字見本1-1"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("昭和18年13月"));
  EXPECT_THAT(again.body, HasSubstr("藤島字見本1-1"));
  const auto empty = city.post(moe, "/households", {});
  EXPECT_EQ(empty.status, 422);
  EXPECT_THAT(empty.body, HasSubstr("世帯の呼び名か、一人の氏のどちらかを入力してください。"));
}

TEST_F(PeoplePages, a_person_who_may_be_the_same_is_hinted_at_once_and_never_stops) {
  aso();
  const web::Pairs same{{"p1_family", "阿曽"}, {"p1_given", "千代"}, {"p1_birth", "S18"}};
  const auto hint = city.post(moe, "/households", same);
  EXPECT_EQ(hint.status, 200);
  EXPECT_THAT(hint.body, HasSubstr("同じ人が登録されているかもしれません"));
  auto all_the_same = same;
  all_the_same.emplace_back("not_the_same", "yes");
  EXPECT_EQ(city.post(moe, "/households", all_the_same).status, 303);
  EXPECT_EQ(city.post(other, "/households", same).status, 303) << "who does not know her gets no hint";
}

TEST_F(PeoplePages, the_same_command_registers_once) {
  const web::Pairs fields{{"label", "阿曽家"}, {"command_id", "command-0001"}};
  const auto first = city.post(moe, "/households", fields);
  const auto second = city.post(moe, "/households", fields);
  EXPECT_EQ(first.header_value("location"), second.header_value("location"));
  EXPECT_EQ(city.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM household"); }), 1);
}

// From the form to what is gathered for the auditor: a search is one, and a household among few hits was not opened.
TEST_F(PeoplePages, a_search_is_kept_and_counted_as_a_search) {
  const HouseholdId household = aso().household;
  shown(testing::searched(city, moe, "阿曽"));
  shown(testing::searched(city, moe, "だれもいない名"));
  shown(city.post(moe, "/households", {{"p1_family", "阿曽"}, {"p1_given", "千代"}}));
  EXPECT_EQ(gather(), 3);
  file().read([&](db::ReadTx& tx) {
    for (const auto& e : access::audit_store::newest_reads(tx, 0, 10)) EXPECT_EQ(e.event.act, access::Act::search) << e.event.action;
    EXPECT_EQ(tx.number("SELECT searches FROM audit_day"), 3);
    const auto seen = access::seen_of(tx, household.value, {}, 10);
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].opened, 0);
    EXPECT_EQ(seen[0].listed, 2);
  });
}

// Found also where it was opened before anybody could know that it was the home of relatives.
TEST_F(PeoplePages, what_was_opened_before_a_relation_was_declared_is_told_to_the_auditor) {
  const HouseholdId household = aso().household;
  city.clock().set(city.clock().today(), 21);
  shown(city.get(moe, path(household, "/relation")));
  gather();
  city.clock().set(city.clock().today().plus_days(1), 8);  // her session still stands
  const Login today = city.account("cgsc_fujishima", Role::window_counsellor);
  shown(city.get(moe, path(household, "/relation")));
  shown(city.get(today, path(household, "/relation")));
  gather();
  const auto unusual = [&] { return file().read([](db::ReadTx& tx) { return access::unusual_lines(tx, true, 10); }); };
  ASSERT_TRUE(unusual().empty());
  ASSERT_EQ(city.post(moe, path(household, "/relation"), {{"declare", "yes"}}).status, 303);
  ASSERT_EQ(city.post(today, path(household, "/relation"), {{"declare", "yes"}}).status, 303);
  const auto lines = unusual();
  ASSERT_EQ(lines.size(), 1u) << "nobody is told of for the day of declaring";
  EXPECT_EQ(lines[0].account, moe.account.value);
  EXPECT_EQ(lines[0].rule, "before_declaring");
  EXPECT_EQ(lines[0].day, city.clock().today().plus_days(-1));
}

TEST_F(PeoplePages, search_words_are_posted_and_found_words_stay_out_of_the_title) {
  aso();
  const auto found = searched(city, moe, "あそ");
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("阿曽 千代"));
  EXPECT_THAT(found.body, HasSubstr("83歳（昭和18年4月2日生）"));
  const std::string title = found.body.substr(found.body.find("<title>"), found.body.find("</title>") - found.body.find("<title>"));
  EXPECT_THAT(title, Not(HasSubstr("阿曽")));
  EXPECT_NE(city.get(moe, "/households/search").status, 200) << "names never stand in an address";
  EXPECT_EQ(city.post(moe, "/households/search", {{"q", std::string(300, 'a')}}).status, 422);
}

TEST_F(PeoplePages, results_have_an_address_of_their_own_for_the_session_that_asked) {
  aso();
  const auto sent = city.post(moe, "/households/search", {{"q", "阿曽 千代"}});
  ASSERT_EQ(sent.status, 303) << "a page that answers a POST cannot be gone back to";
  const std::string to(sent.header_value("Location"));
  EXPECT_EQ(to.find('%'), std::string::npos) << "no word of what was asked: " << to;
  const std::string at = to.substr(to.find("/household-search"));
  for (int n = 0; n < 2; ++n) EXPECT_THAT(city.get(moe, at).body, HasSubstr("阿曽 千代")) << "and again on going back";
  const Login colleague = city.account("cgsc_fujishima", Role::window_counsellor);
  const auto theirs = city.get(colleague, at);
  EXPECT_EQ(theirs.status, 200);
  EXPECT_THAT(theirs.body, Not(HasSubstr("value=\"阿曽 千代\""))) << "what somebody else asked is nobody's business";
  EXPECT_THAT(city.get(moe, "/household-search/no-such-key").body, HasSubstr("世帯をさがす"));
  const auto kept = [&] { return city.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM asked_search"); }); };
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(city.post(moe, "/signout", {}).status, 303);
  EXPECT_EQ(kept(), 0) << "it ends with the session";
}

TEST_F(PeoplePages, what_an_unused_session_asked_goes_with_the_next_search) {
  city.post(moe, "/households/search", {{"q", "阿曽"}});
  city.clock().set(city.clock().today().plus_days(1));
  const Login next = city.account("cgsc_fujishima", Role::window_counsellor);
  city.post(next, "/households/search", {{"q", "佐瀬"}});
  EXPECT_EQ(city.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM asked_search"); }), 1);
}

TEST_F(PeoplePages, a_search_of_another_agency_looks_as_if_nothing_were_there) {
  aso();
  const auto known = searched(city, other, "阿曽");
  EXPECT_THAT(known.body, HasSubstr("見つかりませんでした"));
  EXPECT_THAT(known.body, Not(HasSubstr("千代")));
}

TEST_F(PeoplePages, pages_of_a_household_that_one_may_not_know_answer_as_for_none) {
  const Registered made = aso();
  for (const char* page : {"/edit", "/safety", "/persons/new"}) {
    EXPECT_EQ(city.get(other, path(made.household, page)).status, 404) << page;
    EXPECT_EQ(city.get(other, path(fresh_id<HouseholdTag>(), page)).status, 404) << page;
    EXPECT_EQ(city.post(other, path(made.household, page), {{"label", "x"}, {"family", "x"}}).status, 404) << page;
  }
  for (const char* page : {"/edit", "/move"}) EXPECT_EQ(city.get(other, path(made.persons[0], page)).status, 404) << page;
  EXPECT_EQ(city.get(moe, "/persons/not-an-id/edit").status, 404);
}

TEST_F(PeoplePages, roles_without_cases_do_not_come_in) {
  const Registered made = aso();
  for (const Role role : {Role::secretary, Role::commissioner, Role::administrator, Role::auditor, Role::meeting_member}) {
    const Login who = city.account("cgsc_fujishima", role);
    EXPECT_EQ(city.get(who, "/households").status, 404);
    EXPECT_EQ(city.post(who, "/households/search", {{"q", "阿曽"}}).status, 404);
    EXPECT_EQ(city.get(who, path(made.household, "/edit")).status, 404);
  }
  const Login head = city.account("cgsc_fujishima", Role::head);
  EXPECT_EQ(city.get(head, "/households").status, 200);
  EXPECT_EQ(city.get(head, "/households/new").status, 404);
  const Login officer = city.account("cgsc_fujishima", Role::city_officer);
  EXPECT_EQ(city.get(officer, path(made.household, "/safety")).status, 404) << "the note is for those who visit (W-72)";
}

TEST_F(PeoplePages, both_versions_are_shown_when_somebody_else_saved_first) {
  const Registered made = aso();
  const web::Pairs first{{"family", "阿曽"}, {"given", "ちよ"}, {"version", "1"}, {"contact_version", "1"}, {"phone", "0235-00-0009"}};
  ASSERT_EQ(city.post(moe, path(made.persons[0], "/edit"), first).status, 303);
  const web::Pairs late{{"family", "阿曽"}, {"given", "千世"}, {"version", "1"}, {"contact_version", "1"}};
  const auto both = city.post(moe, path(made.persons[0], "/edit"), late);
  EXPECT_EQ(both.status, 409);
  EXPECT_THAT(both.body, HasSubstr("ほかの人が先に保存しました"));
  EXPECT_THAT(both.body, HasSubstr("ちよ"));
  EXPECT_THAT(both.body, HasSubstr("千世"));
  EXPECT_THAT(both.body, HasSubstr("0235-00-0009"));
  EXPECT_THAT(both.body, HasSubstr("name=\"version\" value=\"2\""));
  const web::Pairs decided{{"family", "阿曽"}, {"given", "千世"}, {"version", "2"}, {"contact_version", "2"}, {"phone", "0235-00-0009"}};
  EXPECT_EQ(city.post(moe, path(made.persons[0], "/edit"), decided).status, 303);
}

TEST_F(PeoplePages, the_safety_note_is_saved_shown_again_and_taken_away_W_72) {
  const Registered made = aso();
  ASSERT_EQ(city.post(moe, path(made.household, "/safety"), {{"codes", "excessive_complaints"}, {"note", "二人で訪問する"}}).status, 303);
  const auto page = city.get(moe, path(made.household, "/safety"));
  EXPECT_THAT(page.body, HasSubstr("二人で訪問する"));
  EXPECT_THAT(page.body, HasSubstr("過度の苦情"));
  EXPECT_EQ(city.post(moe, path(made.household, "/safety"), {{"note", "別の内容"}}).status, 409);
  EXPECT_EQ(city.post(moe, path(made.household, "/safety"), {{"codes", "no_such_code"}, {"version", "1"}}).status, 422);
  ASSERT_EQ(city.post(moe, path(made.household, "/safety"), {{"note", ""}, {"version", "1"}}).status, 303);
  EXPECT_THAT(city.get(moe, path(made.household, "/safety")).body, Not(HasSubstr("二人で訪問する")));
}

TEST_F(PeoplePages, somebody_is_added_moves_out_and_moves_to_another_household) {
  const Registered from = aso();
  ASSERT_EQ(city.post(moe, path(from.household, "/persons/new"), {{"given", "実"}, {"relation", "child"}, {"lives_in", "yes"}}).status, 303);
  EXPECT_EQ(city.post(moe, path(from.household, "/persons/new"), {{"kana", "みのる"}}).status, 422);
  const auto members = [&](HouseholdId id) {
    return city.read(moe, [&](auto& tx, auto& gate) { return std::move(household_view(tx, gate, id)->members); });
  };
  const auto son = members(from.household).at(1);
  const std::string membership = "/memberships/" + id_text(son.membership) + "/edit";
  EXPECT_EQ(city.get(moe, membership).status, 200);
  EXPECT_EQ(city.get(other, membership).status, 404);
  EXPECT_EQ(city.post(moe, membership, {{"from", "R7.4.1"}, {"until", "R6.4.1"}, {"version", "1"}}).status, 422);
  ASSERT_EQ(city.post(moe, membership, {{"relation", "child"}, {"from", "R1.5.1"}, {"version", "1"}}).status, 303);

  ASSERT_EQ(city.post(moe, "/households", {{"label", "楠本家"}}).status, 303);
  EXPECT_EQ(city.post(moe, path(son.person, "/move"), {{"number", "世R08-99999"}, {"on", "R8.11.24"}}).status, 422);
  ASSERT_EQ(city.post(moe, path(son.person, "/move"), {{"number", "世R08-00002"}, {"on", "R8.11.24"}}).status, 303);
  EXPECT_EQ(members(from.household).size(), 2u) << "the past stays for the holder";
  EXPECT_EQ(members(from.household).at(1).until, Date::from_ymd(2026, 11, 23));
}

TEST_F(PeoplePages, who_is_told_of_a_protection_sees_no_other_side_and_alarms_shown_are_the_ones_settled) {
  const Registered home = aso();
  const AgencyId informed = city.agency("cgsc_haguro");
  const auto add = city.post(moe, path(home.household, "/protection"),
                             {{"person", id_text(home.persons[0])}, {"kind", "abuse"}, {"from", "R8.11.1"}, {"opponent_name", "阿曽　茂"}, {"informed", id_text(informed)}});
  ASSERT_EQ(add.status, 303) << add.body;
  const std::string measure(add.header_value("location"));
  const std::string page = measure.substr(measure.find("/protections/"));
  NewHousehold his;
  his.persons.resize(1);
  his.persons[0].fields = {"阿曽", "茂", "", std::nullopt, "", std::nullopt};
  const auto registered = [&] { (void)city.write(other, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, his); }).value(); };
  registered();
  const std::string shown = city.get(moe, page).body;
  EXPECT_THAT(shown, HasSubstr("相手方に動きがありました"));
  EXPECT_THAT(shown, HasSubstr("相手方の側"));
  const std::string told = city.get(other, page).body;
  EXPECT_THAT(told, HasSubstr("この保護を知っている機関"));
  for (const char* kept : {"相手方に動きがありました", "相手方の側", "相手方の親族"}) EXPECT_THAT(told, Not(HasSubstr(kept)));
  // Another one is raised between the page and the click.
  const std::string field = "name=\"alarm\" value=\"";
  const std::size_t at = shown.find(field);
  ASSERT_NE(at, std::string::npos);
  const std::string newest = shown.substr(at + field.size(), shown.find('"', at + field.size()) - at - field.size());
  registered();
  EXPECT_EQ(city.post(moe, page + "/seen", {{"alarm", newest}}).status, 303);
  EXPECT_THAT(city.get(moe, page).body, HasSubstr("相手方に動きがありました"));
}

// W-73: whoever moves somebody into a home with a protection is asked once, and only who may know of it.
TEST_F(PeoplePages, moving_somebody_to_or_from_a_protected_home_warns_whoever_may_know_W_73) {
  const Registered home = aso();
  NewHousehold his;
  his.persons.resize(1);
  his.persons[0].fields = {"楠本", "茂", "", std::nullopt, "", std::nullopt};
  const Registered moving = city.write(moe, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, his); }).value();
  ASSERT_EQ(city.post(moe, path(home.household, "/protection"),
                      {{"person", id_text(home.persons[0])}, {"kind", "abuse"}, {"from", "R8.11.1"}, {"opponent_name", "阿曽　茂"}}).status, 303);
  const char* const warning = "保護があります";
  EXPECT_THAT(city.get(moe, path(home.persons[0], "/move")).body, HasSubstr(warning)) << "she leaves a home for which it was made";
  EXPECT_THAT(city.get(moe, path(moving.persons[0], "/move")).body, Not(HasSubstr(warning)));
  web::Pairs move{{"number", "世R08-00001"}, {"on", "R8.11.24"}};
  const auto asked = city.post(moe, path(moving.persons[0], "/move"), move);
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body, HasSubstr(warning));
  EXPECT_THAT(asked.body, HasSubstr("世R08-00001")) << "what was typed is still there";
  const auto lives_there = [&] {
    const auto all = city.read(moe, [&](db::ReadTx& tx, access::Gate& gate) { return household_view(tx, gate, home.household)->members; });
    return std::ranges::any_of(all, [&](const Member& m) { return m.person == moving.persons[0]; });
  };
  EXPECT_FALSE(lives_there());
  move.emplace_back("protection_minded", "yes");
  EXPECT_EQ(city.post(moe, path(moving.persons[0], "/move"), move).status, 303);
  EXPECT_TRUE(lives_there());
}

TEST_F(PeoplePages, who_may_not_know_of_a_protection_moves_somebody_without_a_word_of_it) {
  const Registered home = aso();
  ASSERT_EQ(city.post(moe, path(home.household, "/protection"),
                      {{"person", id_text(home.persons[0])}, {"kind", "own"}, {"from", "R8.11.1"}, {"reason", "本人が望んだ"}, {"review_on", "R9.4.1"}, {"opponent_name", "阿曽　茂"}}).status, 303);
  city.db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.root = home.household.value;
    g.topics = access::kAllTopics;
    g.named = {city.agency("cgsc_haguro").value};
    g.from = city.clock().today();
    g.until = city.clock().today().plus_days(90);
    g.source = next_id();
    access::add_ground(tx, g, {moe.account, city.agency("cgsc_fujishima"), city.clock().now()});
  });
  NewHousehold his;
  his.persons.resize(1);
  his.persons[0].fields = {"楠本", "茂", "", std::nullopt, "", std::nullopt};
  const Registered moving = city.write(other, [&](auto& tx, auto& gate, const auto& actor) { return register_household(tx, gate, actor, his); }).value();
  const auto done = city.post(other, path(moving.persons[0], "/move"), {{"number", "世R08-00001"}, {"on", "R8.11.24"}});
  EXPECT_EQ(done.status, 303) << done.body;
}

}  // namespace
}  // namespace kasane::people
