// Whom an item is about: what is kept from somebody about a person is kept from them here too, and what rests on consent
// rests on that of each person.
#include <gtest/gtest.h>

#include "access/groups.hpp"
#include "access/shields.hpp"
#include "casework/task_service.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {
namespace {

using access::Topic;
using programme::testing::Login;
using testing::World;

/// 長岡京: 阿曽千代 and her son 実, one case of both.
struct Family : World {
  people::Registered home = aso();
  PersonId mother = home.persons[0], son = home.persons[1];
  SessionId sitting = sit({"juso_kaigi", "shien_kaigi"});
  Login kita = t.account("cgsc_kita", Role::meeting_member);

  Family() : World("nagaokakyo", "chiiki_fukushi_renkei") {}
  ConsentId consents(PersonId person, std::optional<Date> until = {}, access::Topics topics = {}) {
    consent::NewConsent c;
    c.household = home.household;
    c.person = person;
    c.given_on = today();
    c.valid_until = until;
    c.standard = topics.empty();
    c.topics = topics;
    consent::NewConsent applied;
    applied.household = home.household;
    applied.person = person;
    applied.given_on = today();
    applied.kind = consent::Kind::application;
    EXPECT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return consent::record(tx, gate, actor, applied); }));
    const auto made = t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return consent::record(tx, gate, actor, c); });
    if (!made) throw std::runtime_error(made.error().message + (made.error().fields.empty() ? "" : made.error().fields.front().message));
    return *made;
  }
  /// A plan of these persons, submitted.
  PlanId plan_of(std::vector<PersonId> persons) {
    const CaseId case_id = t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewCase in = casework::new_case_for(t.m(), home.household, today());
      in.subjects = {mother, son};
      in.coordinating = t.agency("chiiki_fukushi_renkei");
      in.owner = in.coordinating;
      return casework::open_case(tx, gate, actor, in);
    }).value();
    planning::PlanContent c;
    c.persons = persons;
    c.direction = "家計を立て直す";
    c.review_on = today().plus_days(90);
    c.goals.push_back({});
    c.goals.back().text = "通帳を自分で持つ";
    c.roles.push_back({});
    c.roles.back().agency = t.agency("chiiki_fukushi_renkei");
    c.roles.back().what = "月に一度の訪問";
    const PlanId id = t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      return planning::create_plan(tx, gate, actor, city(), case_id, testing::PlanKind::collaboration, c);
    }).value();
    const auto sent = t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      const auto view = planning::plan_view(tx, gate, id);
      return planning::submit_plan(tx, gate, actor, city(), id, {view->head.version, persons, {}});
    });
    EXPECT_TRUE(sent) << sent.error().message << (sent.error().fields.empty() ? "" : sent.error().fields.front().message);
    return id;
  }
  AgendaItemId on_consent(std::vector<PersonId> persons) {
    const auto item = put(plan_item(sitting, "juso_kaigi", plan_of(std::move(persons))));
    if (!item) throw std::runtime_error(item.error().message);
    const auto done = invite(*item, {agency("cgsc_kita")});
    EXPECT_TRUE(done) << done.error().message;
    return *item;
  }
  AgendaItemId by_statute(std::vector<PersonId> persons) {
    NewItem in = plan_item(sitting, "shien_kaigi", plan_of(std::move(persons)));
    in.ground_code = "early_system";
    in.reason = "急いで見守りを決めたい";
    const auto item = put(in);
    if (!item) throw std::runtime_error(item.error().message);
    const auto done = invite(*item, {agency("cgsc_kita")});
    EXPECT_TRUE(done) << done.error().message;
    return *item;
  }
  void keep_from(std::string_view agency_code, PersonId person) {
    ASSERT_TRUE(t.write(who, [&](auto& tx, auto&, const auto&) -> Result<> {
      access::put_shields(tx, person.value, {{{t.agency(agency_code).value}, person.value, access::kAllTopics, today(), today().plus_days(300)}}, {});
      return {};
    }));
  }
  void take_back(ConsentId id) {
    ASSERT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return consent::withdraw(tx, gate, actor, id, today(), "やめたい"); }));
  }
  std::vector<PersonId> about(SubjectRef subject) {
    auto persons = t.db().read([&](db::ReadTx& tx) { return access::persons_of(tx, subject); });
    std::sort(persons.begin(), persons.end());
    return persons;
  }
  std::vector<PersonId> about(AgendaItemId id) { return about({SubjectKind::agenda_item, id.value}); }
  std::vector<PersonId> both() {
    std::vector<PersonId> persons{mother, son};
    std::sort(persons.begin(), persons.end());
    return persons;
  }
  bool opens(const Login& login, AgendaItemId id) {
    return t.read(login, [&](auto&, auto& gate) { return gate.may(id, access::Act::read); });
  }
};

TEST(ItemPerson, what_is_kept_from_an_agency_about_a_person_is_kept_from_it_in_the_meeting) {  // N-39
  Family w;
  const AgendaItemId item = w.by_statute({w.mother});
  EXPECT_EQ(w.about(item), std::vector<PersonId>{w.mother});
  EXPECT_TRUE(w.opens(w.kita, item));
  w.keep_from("cgsc_kita", w.mother);
  EXPECT_FALSE(w.opens(w.kita, item));
}

TEST(ItemPerson, an_item_about_several_is_kept_from_whom_one_of_them_is_kept_from) {  // N-39
  Family w;
  const AgendaItemId item = w.by_statute({w.mother, w.son});
  EXPECT_EQ(w.about(item), w.both());
  EXPECT_TRUE(w.opens(w.kita, item));
  w.keep_from("cgsc_kita", w.son);
  EXPECT_FALSE(w.opens(w.kita, item));
}

TEST(ItemPerson, is_that_of_the_request_where_there_is_no_plan) {
  Family w;
  const auto* body = w.t.m().body("shien_kaigi");
  const auto request = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
    consent::NewGroundRequest in;
    in.household = w.home.household;
    in.person = w.son;
    in.body = body;
    in.hosts = conveners(w.city(), *body);
    in.ground_code = "early_system";
    in.reason = "急いで見守りを決めたい";
    in.asked_on = w.today();
    in.basis = "社会福祉法106条の6";
    return consent::ask_for_conference(tx, gate, actor, {}, std::move(in));
  });
  ASSERT_TRUE(request) << request.error().message;
  NewItem in;
  in.session = w.sitting;
  in.body = "shien_kaigi";
  in.matter = Matter::request;
  in.matter_id = request->value;
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(w.about(*item), std::vector<PersonId>{w.son});
}

TEST(ItemPerson, what_comes_out_of_the_item_is_about_the_same_persons) {
  Family w;
  const AgendaItemId item = w.by_statute({w.mother, w.son});
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return write_summary(tx, gate, actor, w.city(), item, 0, "80代の母と50代の子。"); }));
  const auto overview = w.t.read(w.who, [&](auto& tx, auto& gate) { return packet_overview(tx, gate, w.city(), item); });
  ASSERT_TRUE(overview && overview->summary);
  EXPECT_EQ(w.about(overview->summary->id), w.both());
  ASSERT_TRUE(w.hold(w.sitting, {"chiiki_fukushi_renkei"}));
  Outcome out;
  out.policy = "見守る";
  out.connect = Connect::needed;
  out.undertakings = {{ResultKind::watch, w.t.agency("chiiki_fukushi_renkei"), "週に一度の声かけ", w.today().plus_days(7)}};
  const auto said = w.say(item, out);
  ASSERT_TRUE(said) << said.error().message;
  const auto tasks = w.t.read(w.who, [&](auto& tx, auto& gate) { return casework::tasks(tx, gate, {}, {}); });
  ASSERT_EQ(tasks.lines.size(), 1u);
  EXPECT_EQ(w.about({SubjectKind::task, tasks.lines.front().id.value}), w.both());
}

TEST(ItemPerson, on_consent_about_several_closes_when_one_of_them_takes_it_back) {  // N-33, N-37
  for (const bool of_son : {false, true}) {
    Family w;
    const ConsentId hers = w.consents(w.mother), his = w.consents(w.son);
    const AgendaItemId item = w.on_consent({w.mother, w.son});
    EXPECT_TRUE(w.opens(w.kita, item));
    const NewGuest guest{GuestKind::outside, "架空 花子", "架空小学校", std::nullopt, w.today().plus_days(7)};
    const auto handed = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, w.city(), w.t.city().key, item, guest); });
    ASSERT_TRUE(handed) << handed.error().message;
    const auto link_opens = [&] { return w.t.db().read([&](db::ReadTx& tx) { return open_link(tx, handed->token, w.t.clock().now()); }).has_value(); };
    EXPECT_TRUE(link_opens());
    const auto withdrawn = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
      return consent::withdraw(tx, gate, actor, of_son ? his : hers, w.today(), "やめたい");
    });
    ASSERT_TRUE(withdrawn) << withdrawn.error().message;
    const auto& told = withdrawn->reached;
    EXPECT_NE(std::find(told.begin(), told.end(), w.t.agency("cgsc_kita")), told.end()) << "whom the withdrawal stopped is known";
    EXPECT_FALSE(w.opens(w.kita, item)) << of_son;
    EXPECT_FALSE(link_opens()) << of_son;
    EXPECT_TRUE(w.opens(w.who, item)) << "the agency that called the item keeps it";
    // What the other still agrees to opens nothing by a later step.
    const auto invited = w.invite(item, {w.agency("cgsc_kita")});
    ASSERT_TRUE(invited) << invited.error().message;
    EXPECT_FALSE(w.opens(w.kita, item)) << of_son;
    const auto second = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, w.city(), w.t.city().key, item, guest); });
    EXPECT_FALSE(second) << "nobody is invited on half a consent";
  }
}

TEST(ItemPerson, on_consent_about_several_shows_what_each_of_them_agreed_to) {  // N-37
  Family w;
  w.consents(w.mother);
  w.consents(w.son, {}, Topic::basic | Topic::meeting);
  const AgendaItemId item = w.on_consent({w.mother, w.son});
  const auto sees = [&](Topic topic) {
    return w.t.read(w.kita, [&](auto&, auto& gate) {
      const auto permit = gate.read(item);
      return permit && permit->shows(topic);
    });
  };
  EXPECT_TRUE(sees(Topic::meeting));
  EXPECT_FALSE(sees(Topic::plan)) << "she agreed to it, he did not";
}

TEST(ItemPerson, on_consent_of_one_opens_by_it_and_not_by_that_of_another) {
  Family w;
  const ConsentId hers = w.consents(w.mother);
  w.consents(w.son);
  const AgendaItemId item = w.on_consent({w.mother});
  EXPECT_EQ(w.about(item), std::vector<PersonId>{w.mother});
  EXPECT_TRUE(w.opens(w.kita, item));
  w.take_back(hers);
  EXPECT_FALSE(w.opens(w.kita, item)) << "the item is not about her son";
}

TEST(ItemPerson, a_packet_ends_with_the_consent_when_that_ends_first) {  // N-37
  Family w;
  const Date last = w.today().plus_days(3);
  w.consents(w.mother, last);
  const AgendaItemId item = w.on_consent({w.mother});
  const NewGuest guest{GuestKind::outside, "架空 花子", "架空小学校", std::nullopt, w.today().plus_days(7)};
  const auto handed = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return invite_guest(tx, gate, actor, w.city(), w.t.city().key, item, guest); });
  ASSERT_TRUE(handed) << handed.error().message;
  const auto link_opens = [&] { return w.t.db().read([&](db::ReadTx& tx) { return open_link(tx, handed->token, w.t.clock().now()); }).has_value(); };
  w.t.clock().set(last);
  EXPECT_TRUE(w.opens(w.kita, item));
  EXPECT_TRUE(link_opens());
  w.t.clock().set(last.plus_days(1));
  EXPECT_FALSE(w.opens(w.kita, item));
  EXPECT_FALSE(link_opens());
}

}  // namespace
}  // namespace kasane::meeting
