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
  PersonId add(const people::Registered& of, const std::string& given, const std::string& phone, const std::string& address) {
    people::NewPerson one;
    one.fields.family = "今野";
    one.fields.given = given;
    one.contact.phone = phone;
    one.contact.address = address;
    return t.write(officer, [&](auto& tx, auto& gate, const auto& actor) { return people::add_person(tx, gate, actor, of.household, one); }).value();
  }
  void reach(const people::Registered& of, const char* agency) {
    t.write(officer, [&](db::WriteTx& tx, access::Gate&, const access::Actor& actor) {
      access::Ground g;
      g.root = of.household.value;
      g.kind = access::GroundKind::consent;
      g.named = {t.agency(agency).value};
      g.topics = access::kStandardScope;
      g.from = t.clock().today();
      g.until = g.from.plus_days(30);
      access::add_ground(tx, g, actor);
      return Result<>();
    });
  }
  void protect(const people::Registered& of) {
    const auto made = t.write(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      people::NewMeasure what;
      what.household = of.household;
      what.person = of.persons[0];
      what.kind = people::ProtectionKind::abuse;
      what.from = t.clock().today();
      what.opponent_names = {"架空 太郎"};
      return people::add_measure(tx, gate, actor, {12, 30, "要領"}, what);
    });
    ASSERT_TRUE(made) << made.error().message;
  }
  std::string number_of(const people::Registered& of) {
    return t.read(officer, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, of.household); }).value().number;
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

TEST_F(Disaster, list_prints_no_way_to_reach_members_who_have_left_or_died) {
  const auto kon = home("今野", "iitoyo");
  const PersonId left = add(kon, "去男", "080-1111-0001", "転出町5"), dead = add(kon, "故郎", "080-1111-0002", "昔町6");
  add(kon, "居子", "080-1111-0003", "別棟7");
  t.db().write([&](db::WriteTx& tx) {
    tx.run("UPDATE membership SET valid_until = $1 WHERE person_id = $2", db::params(t.clock().today().plus_days(-1), left));
    tx.run("UPDATE person SET deceased_on = $1 WHERE id = $2", db::params(t.clock().today().plus_days(-1), dead));
  });
  const std::string page = sheet(officer);
  for (const char* word : {"居子", "080-1111-0003", "別棟7"}) EXPECT_THAT(page, HasSubstr(word));
  for (const char* word : {"去男", "080-1111-0001", "転出町5", "故郎", "080-1111-0002", "昔町6"}) EXPECT_THAT(page, Not(HasSubstr(word)));
}

TEST_F(Disaster, list_has_a_protected_home_by_its_number_alone_like_a_home_without_an_address) {
  const auto kon = home("今野", "iitoyo"), sai = home("斎藤", "iitoyo"), ito = home("伊藤", "kurosawajiri_kita");
  protect(kon);
  t.db().write([&](db::WriteTx& tx) { tx.run("DELETE FROM household_contact WHERE household_id = $1", db::params(ito.household)); });
  const std::string page = sheet(officer);
  EXPECT_THAT(page, HasSubstr("斎藤町1-2"));
  for (const char* word : {"今野", "0197-00-0000</td></tr>", "伊藤", "保護", "黒沢尻北"}) EXPECT_THAT(page, Not(HasSubstr(word)));
  for (const auto& alike : {kon, ito}) {
    const std::size_t at = page.find(number_of(alike));
    ASSERT_NE(at, std::string::npos) << "nobody is forgotten";
    EXPECT_LT(page.find("斎藤町1-2"), at) << "at the end, under no area";
    EXPECT_THAT(page.substr(at, page.find("</tr>", at) - at), HasSubstr("画面で確かめる"));
  }
  // A reader of one area is not told by the list which of them lies there.
  EXPECT_THAT(sheet(officer, "iitoyo"), HasSubstr("画面で確かめる"));
}

// The list is as silent about a measure as the screen is: who sees the address there and may not know of the measure finds it here.
TEST_F(Disaster, list_tells_nothing_of_a_measure_to_a_reader_who_may_not_know_of_it) {
  const auto kon = home("今野", "iitoyo");
  const Login partner = t.account("choju_kaigo", Role::head);
  reach(kon, "choju_kaigo");
  const auto lines = [&] {
    const std::string page = sheet(partner);
    return page.substr(page.find("<table"), page.rfind("</table>") - page.find("<table"));
  };
  const std::string before = lines();
  ASSERT_THAT(before, HasSubstr("今野町1-2"));
  protect(kon);
  EXPECT_EQ(lines(), before);
}

}  // namespace
}  // namespace kasane::desk
