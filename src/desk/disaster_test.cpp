// The list for a disaster: open households by area on paper, for those who answer for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

#include "casework/case_service.hpp"
#include "desk/pages.hpp"
#include "people/protection_service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

struct Disaster : ::testing::Test {
  TestCity t{"kitakami", {add_routes}};
  Login officer = t.account("chiiki_fukushi", Role::city_officer);

  people::Registered home(const std::string& family, const std::string& area, bool with_case = true) {
    people::NewHousehold what;
    what.label = family + "さん宅";
    what.area = area;
    what.address = family + "町1-2";
    what.phone = "0197-00-0000";
    what.persons.resize(1);
    what.persons[0].fields.family = family;
    what.persons[0].fields.given = "和";
    const auto made = t.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
    if (with_case) open(made);
    return made;
  }
  CaseId open(const people::Registered& of) {
    return t.write(officer, [&](auto& tx, auto& gate, const auto& actor) {
      auto in = casework::new_case_for(t.m(), of.household, t.clock().today());
      in.subjects = {of.persons[0]};
      in.owner = in.coordinating = actor.agency;
      return casework::open_case(tx, gate, actor, in);
    }).value();
  }
  std::string sheet(const Login& who, const std::string& area = {}) {
    const auto page = t.get(who, "/disaster/sheet" + (area.empty() ? area : "?area=" + area));
    EXPECT_EQ(page.status, 200);
    return page.body;
  }
};

// K-83: at hand on paper when the network is gone, by area, of who is still supported.
TEST_F(Disaster, list_has_the_open_households_of_an_area_with_who_lives_there_and_how_to_reach_them_K_83) {
  const auto kon = home("今野", "kurosawajiri_kita"), sai = home("斎藤", "iitoyo"), done = home("及川", "kurosawajiri_kita", false);
  const std::string all = sheet(officer), here = sheet(officer, "kurosawajiri_kita");
  for (const char* word : {"黒沢尻北", "飯豊", "今野 和", "斎藤 和", "今野町1-2", "0197-00-0000", "無事を確かめた", "2世帯"}) EXPECT_THAT(all, HasSubstr(word));
  EXPECT_THAT(all, Not(HasSubstr("及川"))) << "no case, no support that goes on";
  EXPECT_THAT(here, HasSubstr("今野 和"));
  EXPECT_THAT(here, Not(HasSubstr("斎藤")));
  EXPECT_EQ(t.get(officer, "/disaster/sheet?area=nowhere").status, 404);
  EXPECT_THAT(t.get(officer, "/disaster").body, HasSubstr("黒沢尻北"));
}

TEST_F(Disaster, list_holds_what_its_reader_may_see_and_is_audited_as_a_print_of_each_household) {
  const auto kon = home("今野", "iitoyo");
  const auto reply = t.get(officer, "/disaster/sheet");
  EXPECT_THAT(reply.body, HasSubstr("試験 ")) << "bears who made it";
  std::latch kept(1);
  reply.before_send([&](bool) { kept.count_down(); });
  kept.wait();
  const auto prints = t.city().audit.file_for(t.clock().now()).read([](db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM audit_read WHERE action = 'disaster.sheet' AND act = $1", db::params(static_cast<std::int64_t>(access::Act::print)));
  });
  EXPECT_EQ(prints, 1);
  const Login elsewhere = t.account("choju_kaigo", Role::head);
  EXPECT_THAT(sheet(elsewhere), Not(HasSubstr("今野")));
  EXPECT_EQ(t.get(t.account("chiiki_fukushi", Role::window_counsellor), "/disaster/sheet").status, 404) << "for those who answer for an area";
}

TEST_F(Disaster, list_tells_nowhere_where_somebody_protected_lives) {
  const auto kon = home("今野", "iitoyo");
  const auto made = t.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewMeasure what;
    what.household = kon.household;
    what.person = kon.persons[0];
    what.kind = people::ProtectionKind::abuse;
    what.from = t.clock().today();
    what.opponent_names = {"架空 太郎"};
    return people::add_measure(tx, gate, actor, {12, 30, "要領"}, what);
  });
  ASSERT_TRUE(made) << made.error().message;
  const std::string page = sheet(officer);
  EXPECT_THAT(page, HasSubstr("今野 和")) << "nobody is forgotten";
  EXPECT_THAT(page, Not(HasSubstr("今野町1-2")));
  EXPECT_THAT(page, Not(HasSubstr("0197-00-0000")));
  EXPECT_THAT(page, Not(HasSubstr("保護")));
}

}  // namespace
}  // namespace kasane::desk
