// What a sitting asks is chosen and not typed from memory: the household it is about, who was there; and a sitting is begun on
// its day.
#include <gtest/gtest.h>

#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::World;
using testing::has;

TEST(HandItem, is_about_a_household_chosen_from_ones_own_cases) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  w.open(home);
  const SessionId sitting = w.sit({"shien_kaigi"});
  const std::string option = "value=\"" + id_text(home.household) + "\"";
  EXPECT_FALSE(has(w.t.get(w.who, w.page(sitting)), option)) << "the page of the sitting reads nobody's name for a list that nobody asked for";
  const std::string form = w.page(sitting) + "/items/new";
  EXPECT_TRUE(has(w.t.get(w.who, form), option));
  const web::Pairs about{{"body", "shien_kaigi"}, {"household", id_text(home.household)}, {"question", "見守りを決めたい"}, {"ground_code", "no_consent"}, {"reason", "母が一人で抱えている"}};
  const auto made = w.t.post(w.who, w.page(sitting) + "/items", about);
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_NE(made.header_value("Location").find("/items/"), std::string::npos);
}

TEST(HandItem, tells_nothing_of_a_household_that_one_may_not_know) {
  World w("tsuruoka", "swc");
  const Login other = w.t.account("cgsc_fujishima", Role::window_counsellor);
  people::NewHousehold what;
  what.persons.resize(1);
  what.persons[0].fields.family = "佐瀬";
  const auto theirs = w.t.write(other, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto said = [&](HouseholdId id) {
    return w.t.post(w.who, w.page(sitting) + "/items", {{"body", "shien_kaigi"}, {"household", id_text(id)}, {"question", "見守り"}, {"ground_code", "no_consent"}, {"reason", "急ぐ"}});
  };
  const auto hidden = said(theirs.household), unknown = said(fresh_id<HouseholdTag>());
  EXPECT_EQ(hidden.status, unknown.status);
  EXPECT_NE(hidden.status, 303);
  EXPECT_FALSE(has(hidden, "佐瀬"));
}

TEST(Held, begins_with_those_who_were_asked_along_and_folds_the_others_away) {
  World w("tsuruoka", "swc");
  const SessionId sitting = w.sit({"juso_kaigi"});
  const auto page = w.t.get(w.who, w.page(sitting));
  const auto box = [&](const char* name, const char* agency) {
    const std::string::size_type at = page.body.find(std::string("name=\"") + name + "\" value=\"" + id_text(w.t.agency(agency)) + "\"");
    return at == std::string::npos ? std::string() : page.body.substr(at, page.body.find('>', at) - at);
  };
  EXPECT_NE(box("present", "swc").find("checked"), std::string::npos) << "who is sitting at the page is there";
  EXPECT_EQ(box("present", "cgsc_haguro"), "");
  EXPECT_NE(box("present_more", "cgsc_haguro"), "");
  const std::string version = std::to_string(w.one(sitting).version);
  const auto held = w.t.post(w.who, w.page(sitting) + "/held", {{"version", version}, {"manner", "sitting"}, {"present", id_text(w.t.agency("swc"))},
                                                                {"present_more", id_text(w.t.agency("cgsc_haguro"))}});
  ASSERT_EQ(held.status, 303) << held.body;
  const auto presence = w.t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM session_attendee WHERE session_id = $1 AND present = 1", db::params(sitting)); });
  EXPECT_GE(presence, 2);
}

TEST(Live, is_begun_on_its_day_and_before_that_leads_to_where_the_day_is_changed) {
  World w("tsuruoka", "swc");
  const SessionId sitting = w.sit({"juso_kaigi"}, w.today().plus_days(3));
  const std::string live = w.page(sitting) + "/live";
  const auto page = w.t.get(w.who, live);
  EXPECT_FALSE(has(page, "/live/start\""));
  EXPECT_TRUE(has(page, "#move"));
  EXPECT_TRUE(has(w.t.get(w.who, w.page(sitting)), "id=\"move\""));
  EXPECT_FALSE(has(w.t.get(w.who, w.page(sitting)), "/held\""));
  const auto early = w.t.post(w.who, live + "/start", {{"version", "1"}, {"manner", "sitting"}});
  EXPECT_EQ(early.status, 409);
  EXPECT_TRUE(has(early, "先に会議の日を今日に変えてください"));
  w.t.clock().set(w.today().plus_days(3));
  const Login again = w.t.account("swc", Role::coordinator);
  EXPECT_TRUE(has(w.t.get(again, live), "/live/start\""));
}

}  // namespace
}  // namespace kasane::meeting
