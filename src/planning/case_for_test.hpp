// For tests of planning: 阿曽家 (invented) in a city's folder: a household of mother and son with an open case, held by
// the 社協 that coordinates, with a 包括 on the team, and the son's consent to sharing when asked for.
#pragma once
#include <gmock/gmock.h>

#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "people/service.hpp"
#include "planning/assessment_service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/pages.hpp"
#include "planning/plan_service.hpp"
#include "programme/testing.hpp"

namespace kasane::planning::testing {

using programme::testing::Login;
using programme::testing::TestCity;

class AsoCase {
 public:
  /// `team`: code of another agency on the team; `decider`: of the section whose head decides.
  explicit AsoCase(const std::string& slug = "tsuruoka", const std::string& team = "cgsc_fujishima", const std::string& decider = "hokatsu_care",
                   std::vector<std::function<void(programme::Router&)>> rooms = {add_routes})
      : t(slug, std::move(rooms)),
        swc(t.account("swc", kasane::Role::coordinator)),
        member(t.account(team, kasane::Role::window_counsellor)),
        head(t.account(decider, kasane::Role::head)),
        stranger(t.account("city", kasane::Role::coordinator)),
        team_agency(t.agency(team)) {
    const auto made = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<CaseId> {
      people::NewHousehold house;
      house.label = "阿曽家";
      for (const char* given : {"ハル", "浩"}) {
        people::NewPerson person;
        person.fields.family = "阿曽";
        person.fields.given = given;
        house.persons.push_back(person);
      }
      const auto registered = people::register_household(tx, gate, actor, house);
      if (!registered) return tl::unexpected(registered.error());
      household = registered->household;
      mother = registered->persons[0];
      son = registered->persons[1];
      auto in = casework::new_case_for(t.m(), household, t.clock().today());
      in.subjects = {son};
      in.coordinating = t.agency("swc");
      const auto opened = casework::open_case(tx, gate, actor, in);
      if (!opened) return tl::unexpected(opened.error());
      if (auto joined = casework::join_case(tx, gate, actor, *opened, team_agency, casework::InvolvementRole::member); !joined)
        return tl::unexpected(joined.error());
      return *opened;
    });
    if (!made) throw std::runtime_error("no case for the test: " + made.error().message);
    case_id = *made;
  }

  /// The son agrees to sharing.
  ConsentId agree() { return consents(consent::Kind::sharing, son); }
  ConsentId mother_agrees() { return consents(consent::Kind::sharing, mother); }
  /// The son applies for the programme (利用申込み).
  ConsentId apply() { return consents(consent::Kind::application, son); }
  ConsentId consents(consent::Kind kind, PersonId person) {
    const auto given = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<ConsentId> {
      consent::NewConsent c;
      c.household = household;
      c.person = person;
      c.kind = kind;
      c.given_on = t.clock().today();
      c.form_version = "test";
      const auto id = consent::record(tx, gate, actor, c);
      if (!id) return id;
      if (auto told = casework::consent_changed(tx, gate, actor, household); !told) return tl::unexpected(told.error());
      return id;
    });
    if (!given) throw std::runtime_error("no consent for the test: " + given.error().message);
    return *given;
  }

  Settings city() { return {t.m(), t.city().directory}; }
  PlanContent content() {
    PlanContent c;
    c.persons = {son};
    c.wishes = "朝、外を歩きたい";
    c.review_on = t.clock().today().plus_days(90);
    c.goals.push_back({Term::short_term, "role", son, "週に1回、外に出る", {}, access::Topic::plan, false});
    NewRole visit;
    visit.agency = team_agency;
    visit.what = "自宅をたずねる";
    visit.how_often = "月2回";
    c.roles.push_back(visit);
    return c;
  }
  Result<PlanId> create(const PlanContent& c, PlanKind kind = PlanKind::collaboration) { return create(swc, c, kind); }
  Result<PlanId> create(const Login& who, const PlanContent& c, PlanKind kind) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return create_plan(tx, gate, actor, city(), case_id, kind, c); });
  }
  Result<> submit(PlanId id, std::vector<PlanId> with = {}) {
    const std::int64_t version = view(swc, id)->head.version;
    return t.write(swc, [&](auto& tx, auto& gate, const auto& actor) { return submit_plan(tx, gate, actor, city(), id, {version, {son}, with}); });
  }
  Result<> settle(const Login& who, PlanId id, bool approve = true) {
    const std::int64_t version = view(swc, id)->head.version;
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) {
      return decide(tx, gate, actor, city(), id, {version, approve, t.clock().today(), approve ? "" : "目標を見直す"});
    });
  }
  /// An agenda item of the 社協 about the household, as a sitting has it before it.
  AgendaItemId item() {
    const auto made = t.write(swc, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<AgendaItemId> {
      const auto permit = gate.create<AgendaItemTag>(tx, {household.value, t.agency("swc"), {}, access::Topic::meeting, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      return permit->id();
    });
    if (!made) throw std::runtime_error("no agenda item: " + made.error().message);
    return *made;
  }
  /// What a sitting found, stated by `who` on the leave for the item: state(tx, gate, actor, leave).
  template <class F>
  Result<> at_sitting(const Login& who, AgendaItemId item, F&& state) {
    return t.write(who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      const auto leave = gate.write(item);
      if (!leave) return tl::unexpected(leave.error());
      return state(tx, gate, actor, *leave);
    });
  }
  /// A plan in force.
  PlanId decided(const PlanContent& c) {
    const auto id = create(c);
    if (!id) throw std::runtime_error("no plan: " + id.error().message);
    if (auto sent = submit(*id); !sent) throw std::runtime_error("not submitted: " + sent.error().message);
    if (auto done = settle(head, *id); !done) throw std::runtime_error("not decided: " + done.error().message);
    return *id;
  }
  Result<PlanView> view(const Login& who, PlanId id) {
    return t.read(who, [&](auto& tx, auto& gate) { return plan_view(tx, gate, id); });
  }
  std::int64_t acts(const char* kind, const std::string& code) {
    return t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = $1 AND code = $2", db::params(kind, code)); });
  }
  std::int64_t tasks() {
    return t.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM task"); });
  }
  casework::CaseFacts facts() {
    return *t.read(swc, [&](auto& tx, auto& gate) { return casework::case_facts(tx, gate, case_id); });
  }

  TestCity t;
  Login swc, member, head, stranger;
  AgencyId team_agency;
  HouseholdId household;
  PersonId mother, son;
  CaseId case_id;
};

}  // namespace kasane::planning::testing
