// For tests of meetings: a city with a coordinator who registers, plans and runs meetings.
#pragma once
#include <gtest/gtest.h>

#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/pages.hpp"
#include "meeting/session_service.hpp"
#include "people/service.hpp"
#include "planning/plan_service.hpp"
#include "programme/testing.hpp"

namespace kasane::meeting::testing {

using planning::PlanKind;
using programme::testing::Login;
using programme::testing::TestCity;

/// A city with a coordinator who registers, plans and runs meetings.
struct World {
  TestCity t;
  Login who;
  std::string home;

  World(std::string slug, std::string agency) : t(std::move(slug), {add_routes}), who(t.account(agency, Role::coordinator)), home(std::move(agency)) {}
  Settings city() { return {t.m(), t.city().directory}; }
  Date today() { return t.clock().today(); }

  people::Registered aso() {
    people::NewHousehold what;
    for (const char* given : {"千代", "実"}) {
      people::NewPerson p;
      p.fields.family = "阿曽";
      p.fields.given = given;
      what.persons.push_back(p);
    }
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); }).value();
  }
  ConsentId agree(const people::Registered& home_of, std::size_t person, std::vector<AgencyId> exceptions = {}) {
    consent::NewConsent c;
    c.household = home_of.household;
    c.person = home_of.persons[person];
    c.given_on = today();
    c.exceptions = std::move(exceptions);
    consent::NewConsent applied = c;  // one sheet carries both, as in 北上
    applied.kind = consent::Kind::application;
    applied.exceptions.clear();
    EXPECT_TRUE(t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return consent::record(tx, gate, actor, applied); }));
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return consent::record(tx, gate, actor, c); }).value();
  }
  CaseId open(const people::Registered& home_of) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewCase in = casework::new_case_for(t.m(), home_of.household, today());
      in.subjects = {home_of.persons[0]};
      in.coordinating = t.agency(home);
      in.owner = t.agency(home);
      return casework::open_case(tx, gate, actor, in);
    }).value();
  }
  PlanId draft(CaseId case_id, PersonId person, PlanKind kind = PlanKind::collaboration) {
    planning::PlanContent c;
    c.persons = {person};
    c.direction = "家計を立て直す";
    c.review_on = today().plus_days(90);
    c.goals.push_back({});
    c.goals.back().text = "通帳を自分で持つ";
    c.roles.push_back({});
    c.roles.back().agency = t.agency(home);
    c.roles.back().what = "月に一度の訪問";
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return planning::create_plan(tx, gate, actor, city(), case_id, kind, c); }).value();
  }
  void submit(PlanId plan, PersonId person, std::vector<PlanId> with = {}) {
    const auto done = t.write(who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      const auto view = planning::plan_view(tx, gate, plan);
      return planning::submit_plan(tx, gate, actor, city(), plan, {view->head.version, {person}, with});
    });
    ASSERT_TRUE(done) << done.error().message << (done.error().fields.empty() ? "" : done.error().fields.front().message);
  }
  SessionId sit(std::vector<std::string> bodies, Date on) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return plan_session(tx, gate, actor, city(), {std::move(bodies), on, "13:30", "市役所"}); }).value();
  }
  SessionId sit(std::vector<std::string> bodies) { return sit(std::move(bodies), today()); }
  Result<AgendaItemId> put(const NewItem& in) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return add_item(tx, gate, actor, city(), in); });
  }
  NewItem plan_item(SessionId session, std::string body, PlanId plan) {
    NewItem in;
    in.session = session;
    in.body = std::move(body);
    in.matter = Matter::plan;
    in.matter_id = plan.value;
    return in;
  }
  NewItem household_item(SessionId session, std::string body, HouseholdId household, std::string ground) {
    NewItem in;
    in.session = session;
    in.body = std::move(body);
    in.household = household;
    in.ground_code = std::move(ground);
    in.reason = "急いで見守りを決めたい";
    return in;
  }
  Session one(SessionId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return session(tx, gate, id); }).value();
  }
  std::vector<Proposal> waiting_for(SessionId id) {
    const Session s = one(id);
    return t.read(who, [&](auto& tx, auto& gate) { return proposals(tx, gate, city(), s); });
  }
  /// Outside a page: the sign-in of a page would have run out when days have passed.
  bool sees(const Login& login, AgendaItemId id) {
    return t.read(login, [&](auto& tx, auto& gate) { return item(tx, gate, city(), id); }).has_value();
  }
  ItemView see(AgendaItemId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return item(tx, gate, city(), id); }).value();
  }
  Result<> hold(SessionId id, const std::vector<std::string>& present, Manner manner = Manner::sitting) {
    const Holding in{one(id).version, manner, t.city().directory.ids(present)};
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return mark_held(tx, gate, actor, city(), id, in); });
  }
  Result<> say(AgendaItemId id, Outcome out) {
    out.version = see(id).head.version;
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return record_outcome(tx, gate, actor, city(), id, out); });
  }
  Result<> invite(AgendaItemId id, std::vector<Attendee> attendees) {
    ItemChange in;
    in.version = see(id).head.version;
    in.question = "見守りの分担を決めたい";
    in.attendees = std::move(attendees);
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return change_item(tx, gate, actor, city(), id, in); });
  }
  Attendee agency(std::string_view code, Scope scope = Scope::item) {
    Attendee a;
    a.party = t.agency(code).value;
    a.scope = scope;
    a.until = today().plus_days(14);
    a.topics = access::kStandardScope;
    return a;
  }
  planning::PlanHead plan(PlanId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return planning::plan_view(tx, gate, id); })->head;
  }
  std::int64_t acts(std::string kind, std::string code) {
    return t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = $1 AND code = $2", db::params(kind, code)); });
  }
  /// Secrecy is acknowledged, so that packets open.
  void swear(const Login& login, AgendaItemId id) {
    ASSERT_EQ(t.post(login, "/meetings/secrecy", {{"item", id_text(id)}}).status, 303);
  }
  std::string page(AgendaItemId id) { return "/items/" + id_text(id); }
  std::string page(SessionId id) { return "/meetings/" + id_text(id); }
};

inline bool has(const web::Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

}  // namespace kasane::meeting::testing
