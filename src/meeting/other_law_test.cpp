// A sitting of two laws: the slice of another law opens no more than that law is about, to its own attendees only, and
// nobody of it sees the other slice.
#include "meeting/other_law_grounds.hpp"

#include <gtest/gtest.h>

#include "meeting/item_service.hpp"
#include "meeting/pages.hpp"
#include "meeting/session_service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::meeting {
namespace {

using access::Topic;
using programme::testing::Login;
using programme::testing::TestCity;

class JointSitting : public ::testing::Test {
 protected:
  TestCity t{"kitakami", {add_routes}};
  Login who = t.account(t.m().owner_sections.front(), Role::coordinator);
  Login colleague = t.account("swc", Role::coordinator);                    // 多機関協働事業者: may run the bodies too
  Login care = t.account("cgsc_hondori", Role::window_counsellor);          // attends the slice of 介護保険法
  Login hardship = t.account("kurashi_jiritsu", Role::window_counsellor);   // attends the 支援会議
  people::Registered home = register_home();
  PersonId father = home.persons[0];
  PersonId son = home.persons[1];
  SessionId session = t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
    return plan_session(tx, gate, actor, city(), {{"shien_kaigi", "chiiki_care"}, today(), "13:30", "市役所"});
  }).value();

  Settings city() { return {t.m(), t.city().directory}; }
  Date today() { return t.clock().today(); }
  people::Registered register_home() {
    people::NewHousehold what;
    for (const char* birth : {"1950-04-02", "2004-05-01"}) {
      people::NewPerson p;
      p.fields.family = "及川";
      p.fields.birth = PartialDate::from_text(birth);
      what.persons.push_back(p);
    }
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
  Result<AgendaItemId> put(const char* body, const char* law, const char* ground = "") {
    NewItem in;
    in.session = session;
    in.body = body;
    in.household = home.household;
    in.question = "見守りの分担";
    in.law = law;
    in.ground_code = ground;
    in.reason = "早く分担を決めたい";
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return add_item(tx, gate, actor, city(), in); });
  }
  std::int64_t version(AgendaItemId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return item(tx, gate, city(), id); }).value().head.version;
  }
  Result<> about(AgendaItemId id, const char* law, std::vector<PersonId> persons) {
    const LawChange in{version(id), law, std::move(persons)};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return change_law(tx, gate, actor, city(), id, in); });
  }
  Result<> invite(AgendaItemId id, const char* agency, Scope scope) {
    ItemChange in;
    in.version = version(id);
    in.question = "見守りの分担";
    Attendee a;
    a.party = t.agency(agency).value;
    a.scope = scope;
    a.until = today().plus_days(14);
    a.topics = access::kStandardScope;
    in.attendees = {a};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return change_item(tx, gate, actor, city(), id, in); });
  }
  bool sees(const Login& login, AgendaItemId id) {
    return t.read(login, [&](auto&, auto& gate) { return gate.may(id, access::Act::read); });
  }
  bool sees(const Login& login, PersonId id) {
    return t.read(login, [&](auto&, auto& gate) { return gate.may(id, access::Act::read); });
  }
  bool sees_home(const Login& login) {
    return t.read(login, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); });
  }
  bool shows(const Login& login, Topic topic) {
    return t.read(login, [&](auto&, auto& gate) { return gate.read(home.household)->shows(topic); });
  }
  std::string statutory_ground() {
    const auto& grounds = t.m().body("shien_kaigi")->grounds;
    return grounds.empty() ? "" : grounds.front().code;
  }
};

TEST_F(JointSitting, each_slice_is_seen_by_its_own_attendees_only) {
  const AgendaItemId first = put("shien_kaigi", "", statutory_ground().c_str()).value();
  const AgendaItemId second = put("chiiki_care", "kaigo_115_48").value();
  ASSERT_TRUE(invite(first, "kurashi_jiritsu", Scope::item));
  ASSERT_TRUE(invite(second, "cgsc_hondori", Scope::item));
  EXPECT_TRUE(sees(care, second));
  EXPECT_FALSE(sees(care, first)) << "the other slice";
  EXPECT_TRUE(sees(hardship, first));
  EXPECT_FALSE(sees(hardship, second));
  EXPECT_FALSE(sees_home(care)) << "nobody was named: the item alone";
}

TEST_F(JointSitting, another_laws_slice_opens_only_whom_and_what_the_law_is_about) {
  const AgendaItemId id = put("chiiki_care", "kaigo_115_48").value();
  ASSERT_TRUE(about(id, "kaigo_115_48", {father}));
  ASSERT_TRUE(invite(id, "cgsc_hondori", Scope::household));
  EXPECT_TRUE(sees(care, father));
  EXPECT_FALSE(sees(care, son)) << "the law is about the father";
  EXPECT_TRUE(shows(care, Topic::health));
  for (const Topic topic : {Topic::economy, Topic::child, Topic::work, Topic::record, Topic::abuse, Topic::tax}) EXPECT_FALSE(shows(care, topic));
  t.clock().set(today().plus_days(15));
  EXPECT_FALSE(sees(care, father)) << "the packet has closed";
}

TEST_F(JointSitting, who_only_runs_the_programme_sees_nothing_of_another_laws_slice) {
  const AgendaItemId id = put("chiiki_care", "kaigo_115_48").value();
  EXPECT_FALSE(sees(colleague, id));
  EXPECT_FALSE(sees_home(colleague));
}

TEST_F(JointSitting, the_law_is_not_about_everybody) {
  const AgendaItemId id = put("chiiki_care", "kaigo_115_48").value();
  EXPECT_EQ(about(id, "kaigo_115_48", {son}).error().fields.front().field, "law_persons");
  EXPECT_EQ(about(id, "jifuku_25_2", {son}).error().fields.front().field, "law_persons") << "grown up";
  EXPECT_EQ(about(id, "kojin_69_2_2", {}).error().fields.front().field, "law");
  const LawChange old{version(id) + 1, "kaigo_115_48", {}};
  EXPECT_EQ(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return change_law(tx, gate, actor, city(), id, old); }).error().code, ErrorCode::stale);
}

TEST_F(JointSitting, another_law_takes_no_consents_place_before_the_body_that_needs_it_T_67) {
  EXPECT_EQ(put("chiiki_care", "").error().fields.front().field, "law") << "without an article it takes no household of ours";
  EXPECT_EQ(put("shien_kaigi", "kaigo_115_48", statutory_ground().c_str()).error().fields.front().field, "law");
  EXPECT_EQ(put("chiiki_care", "shafuku_106_6").error().fields.front().field, "law") << "no meeting under another law";
}

TEST_F(JointSitting, what_is_taken_off_is_closed_and_the_ground_names_its_article) {
  const AgendaItemId id = put("chiiki_care", "kaigo_115_48").value();
  ASSERT_TRUE(invite(id, "cgsc_hondori", Scope::item));
  const auto basis = t.db().read([&](db::ReadTx& tx) {
    return tx.one<std::string>("SELECT max(basis) FROM access_ground WHERE source_id = $1 AND kind = $2", db::params(id, access::GroundKind::other_law_meeting),
                               [](const db::Row& r) { return r.text(0); });
  });
  EXPECT_NE(basis->find("kaigo_115_48@"), std::string::npos) << *basis;
  const std::int64_t shown = version(id);
  ASSERT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return withdraw_item(tx, gate, actor, city(), id, shown); }));
  EXPECT_FALSE(sees(care, id));
}

TEST_F(JointSitting, the_page_asks_for_the_article_and_the_persons) {
  const AgendaItemId id = put("chiiki_care", "kaigo_115_48").value();
  const std::string path = "/items/" + id_text(id) + "/law";
  EXPECT_EQ(t.get(who, path).status, 200);
  EXPECT_EQ(t.get(colleague, path).status, 404);
  const auto done = t.post(who, path, {{"law", "kaigo_115_48"}, {"law_persons", id_text(father)}, {"version", std::to_string(version(id))}});
  EXPECT_EQ(done.status, 303) << done.body;
}

}  // namespace
}  // namespace kasane::meeting
