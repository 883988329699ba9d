// The pages of 協力依頼 and 目的外利用・提供: what was typed stays, lists name nobody they must not, papers and files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "consent/pages.hpp"
#include "consent/provision_service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::consent {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

class GroundPages : public ::testing::Test {
 protected:
  TestCity t{"nagaokakyo", {add_routes}};
  Login officer = t.account("chiiki_fukushi_renkei", Role::city_officer);
  Login head = t.account("chiiki_fukushi_renkei", Role::head);
  Login disability = t.account("shogai_fukushi", Role::window_counsellor);
  Login stranger = t.account({{"kosodate_shien", Role::city_officer}});
  people::Registered home = register_home();

  people::Registered register_home() {
    people::NewHousehold what;
    what.persons.resize(1);
    what.persons[0].fields.family = "中小路";
    return t.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
  std::string home_path() { return "/households/" + id_text(home.household); }
  std::string number() {
    return t.read(officer, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, home.household); })->number;
  }
  static std::string place(const web::Reply& reply) {
    const std::string to(reply.header_value("Location"));
    return to.substr(to.find('/', 1));
  }
  std::string ask_cooperation(const std::string& about = "household") {
    const auto done = t.post(officer, home_path() + "/cooperations",
                             {{"body", "shien_kaigi"}, {"to", id_text(t.agency("shogai_fukushi"))}, {"about", about}, {"question", "通院は続いていますか"}, {"due_on", "R8.12.8"}});
    EXPECT_EQ(done.status, 303) << done.body;
    return place(done);
  }
  std::string ask_provision(web::Pairs more = {}) {
    web::Pairs fields{{"holder", id_text(t.agency("chiiki_fukushi_renkei"))}, {"about", "中小路 環さん"}, {"items", "住所"}, {"reason_class", "duty"}, {"reason", "書類が届かない"},
                      {"basis", "kojin_69_2_2"}, {"from", "R8.11.24"}, {"until", "R8.12.24"}};
    fields.insert(fields.end(), more.begin(), more.end());
    const auto done = t.post(disability, "/provisions", fields);
    EXPECT_EQ(done.status, 303) << done.body;
    return place(done);
  }
};

TEST_F(GroundPages, a_request_is_sent_answered_in_a_line_and_stands_in_the_register) {
  const std::string path = ask_cooperation();
  EXPECT_THAT(t.get(disability, path).body, HasSubstr("通院は続いていますか"));
  EXPECT_THAT(t.get(disability, path).body, Not(HasSubstr("中小路"))) << "only the question was told";
  EXPECT_EQ(t.get(stranger, path).status, 404);
  const auto empty = t.post(disability, path + "/answer", {{"outcome", "answered"}, {"on", "R8.11.24"}, {"version", "1"}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_EQ(t.post(disability, path + "/answer", {{"outcome", "answered"}, {"answer", "続いています"}, {"on", "R8.11.24"}, {"version", "1"}}).status, 303);
  EXPECT_THAT(t.get(officer, path).body, HasSubstr("読みました"));
  EXPECT_THAT(t.get(officer, "/cooperations").body, HasSubstr("続いています"));
  EXPECT_THAT(t.get(officer, "/cooperations.csv").body, HasSubstr("協R08-0001"));
  EXPECT_THAT(t.get(officer, "/cooperations?fy=2025").body, Not(HasSubstr("協R08-0001")));
  EXPECT_THAT(t.get(stranger, "/cooperations.csv").body, Not(HasSubstr("続いています")));
  EXPECT_THAT(t.get(officer, path + "/sheet").body, HasSubstr("一行でかまいません"));
}

TEST_F(GroundPages, what_was_typed_stays_when_something_is_missing) {
  const auto again = t.post(officer, home_path() + "/cooperations", {{"body", "shien_kaigi"}, {"about", "household"}, {"question", "学校のようす"}, {"due_on", "R8.12.8"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_THAT(again.body, HasSubstr("学校のようす"));
  EXPECT_THAT(again.body, HasSubstr("どちらか一つ"));
}

TEST_F(GroundPages, the_holder_links_decides_and_the_list_names_nobody) {
  const std::string path = ask_provision();
  EXPECT_EQ(t.get(stranger, path).status, 404);
  EXPECT_THAT(t.get(head, path).body, HasSubstr("中小路 環さん"));
  EXPECT_EQ(t.get(disability, path + "/decide").status, 404) << "no role for it";
  EXPECT_EQ(t.post(head, path + "/household", {{"household", "世R01-99999"}, {"version", "1"}}).status, 422);
  EXPECT_EQ(t.post(head, path + "/household", {{"household", number()}, {"version", "1"}}).status, 303);
  EXPECT_THAT(t.get(disability, path).body, Not(HasSubstr(number()))) << "which household it is belongs to the holder";
  web::Pairs grant{{"decision", "grant"}, {"basis", "kojin_69_2_2"}, {"items", "住所"}, {"from", "R8.11.24"}, {"until", "R8.12.24"},
                   {"topics", std::to_string(access::Topics(access::Topic::contact).bits())}, {"version", "2"}};
  const auto unproved = t.post(head, path + "/decide", grant);
  EXPECT_EQ(unproved.status, 422);
  EXPECT_THAT(unproved.body, HasSubstr("不当に侵害するおそれがないこと"));
  grant.emplace_back("harm_checked", "none");
  grant.emplace_back("harm_reason", "本人が承知している");
  EXPECT_EQ(t.post(head, path + "/decide", grant).status, 303);
  EXPECT_EQ(t.get(head, path + "/decide").status, 409);
  for (const char* list : {"/provisions", "/provisions/sheet", "/provisions.csv"}) {
    const auto body = t.get(officer, list).body;
    EXPECT_THAT(body, HasSubstr("8-1")) << list;
    EXPECT_THAT(body, HasSubstr("認めた")) << list;
    for (const char* personal : {"中小路", "書類が届かない", "承知している"}) EXPECT_THAT(body, Not(HasSubstr(personal))) << list;
  }
  EXPECT_EQ(t.get(disability, "/provisions").status, 404) << "for officers and heads";
  EXPECT_THAT(t.get(stranger, "/provisions").body, Not(HasSubstr(path))) << "in the city's list, without a way to open it";
  EXPECT_THAT(t.get(disability, "/provisions/mine").body, HasSubstr("中小路 環さん"));
  EXPECT_THAT(t.get(stranger, "/provisions/mine").body, Not(HasSubstr("8-1")));
}

TEST_F(GroundPages, the_water_section_is_refused_in_the_list_of_the_year) {  // 長岡京 (5)
  const auto done = t.post(officer, "/provisions", {{"holder", id_text(t.agency("chiiki_fukushi_renkei"))}, {"outside", "水道課"}, {"outside_kind", "city"}, {"about", "中小路 環さん"}, {"items", "住所"},
                                                    {"reason_class", "duty"}, {"reason", "料金の書類が届かない"}, {"basis", "kojin_69_2_2"}, {"from", "R8.11.24"}, {"until", "R8.12.24"}});
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_EQ(t.post(head, place(done) + "/decide", {{"decision", "refuse"}, {"answer", "届出の住所で確かめてください"}, {"version", "1"}}).status, 303);
  const auto list = t.get(head, "/provisions").body;
  EXPECT_THAT(list, HasSubstr("水道課"));
  EXPECT_THAT(list, HasSubstr("認めない"));
  EXPECT_THAT(list, HasSubstr("69条2項2号"));
}

}  // namespace
}  // namespace kasane::consent
