// What a sitting found is written by who runs it, on the strength of the agenda item: also where another agency holds the
// plan and the host may not write in it (M-73). The finding alone; nothing of the plan's own text.
#include <gtest/gtest.h>

#include "casework/task_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/meeting_world.hpp"
#include "planning/early_service.hpp"

namespace kasane::meeting {
namespace {

using planning::Finding;
using programme::testing::Login;
using testing::World;

/// 北上: the 社協 writes the plan and puts it on the agenda; the city's section runs the sitting too.
struct TwoHosts {
  World w{"kitakami", "swc"};
  Login officer = w.t.account("chiiki_fukushi", Role::city_officer);
  people::Registered home = w.aso();
  ConsentId consent_id = w.agree(home, 0);
  CaseId case_id = w.open(home);
  PlanId plan = w.draft(case_id, home.persons[0]);
  AgendaItemId item{};

  void held() {
    w.submit(plan, home.persons[0]);
    const SessionId sitting = w.sit({"kobetsu_shien"});
    const auto put = w.put(w.plan_item(sitting, "kobetsu_shien", plan));
    ASSERT_TRUE(put) << put.error().message;
    item = *put;
    ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  }
  Result<> say(const Login& who, Outcome out) {
    out.version = w.see(item).head.version;
    return w.t.write(who, [&](auto& tx, auto& gate, const auto& actor) { return record_outcome(tx, gate, actor, w.city(), item, out); });
  }
  Outcome finding(Finding result, std::string text = {}) {
    Outcome out;
    out.findings = {{plan, result, std::move(text), {}}};
    return out;
  }
  bool may_write_plan(const Login& who) {
    return w.t.read(who, [&](auto&, auto& gate) { return gate.may(plan, access::Act::write); });
  }
};

TEST(HostFinding, of_a_plan_that_another_agency_holds_is_saved_with_who_does_what) {
  TwoHosts t;
  t.held();
  Outcome out = t.finding(Finding::adequate, "よい案です");
  out.policy = "通帳の管理から始める";
  Undertaking visit;
  visit.kind = ResultKind::emergency;
  visit.agency = t.w.t.agency("cgsc_chuo");
  visit.text = "初回の訪問に同行する";
  out.undertakings = {visit};
  const auto said = t.say(t.officer, out);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(t.w.plan(t.plan).state, planning::PlanState::submitted) << "the 支援決定 comes apart";
  const ItemView view = t.w.see(t.item);
  ASSERT_EQ(view.findings.size(), 1u);
  EXPECT_EQ(view.findings.front().text.shown(), "よい案です");
  EXPECT_EQ(t.w.acts("finding.made", "adequate"), 1);
  const auto theirs = t.w.t.account("cgsc_chuo", Role::window_counsellor);
  const auto tasks = t.w.t.read(theirs, [&](auto& tx, auto& gate) { return casework::tasks_of(tx, gate, t.home.household); });
  ASSERT_EQ(tasks.size(), 1u) << "who undertook it has the task";
  EXPECT_EQ(tasks.front().household, t.home.household);
}

TEST(HostFinding, sends_a_plan_back_to_who_wrote_it_and_opens_nothing_of_its_text) {
  TwoHosts t;
  t.held();
  ASSERT_TRUE(t.say(t.officer, t.finding(Finding::send_back, "受入先を書く")));
  const auto head = t.w.plan(t.plan);
  EXPECT_EQ(head.state, planning::PlanState::draft);
  EXPECT_FALSE(t.may_write_plan(t.officer));
  const auto saved = t.w.t.write(t.officer, [&](auto& tx, auto& gate, const auto& actor) {
    return planning::save_plan(tx, gate, actor, t.w.city(), t.plan, head.version, {});
  });
  EXPECT_FALSE(saved) << "the text is the author's";
}

TEST(HostFinding, is_not_for_who_does_not_run_the_sitting) {
  TwoHosts t;
  t.held();
  const struct {
    const char* agency;
    Role role;
  } others[] = {{"chiiki_fukushi", Role::head},        {"chiiki_fukushi", Role::secretary}, {"chiiki_fukushi", Role::meeting_member},
                {"choju_kaigo", Role::city_officer},   {"cgsc_chuo", Role::coordinator},    {"chiiki_fukushi", Role::window_counsellor}};
  for (const auto& other : others) {
    const auto said = t.say(t.w.t.account(other.agency, other.role), t.finding(Finding::adequate));
    EXPECT_FALSE(said) << other.agency << ' ' << static_cast<int>(other.role);
  }
  // Asked along with the packet, and in a role that writes items: it still does not run this body.
  ASSERT_TRUE(t.w.invite(t.item, {t.w.agency("cgsc_chuo")}));
  EXPECT_FALSE(t.say(t.w.t.account("cgsc_chuo", Role::coordinator), t.finding(Finding::adequate)));
  EXPECT_EQ(t.w.acts("finding.made", "adequate"), 0);
}

TEST(HostFinding, is_not_for_a_host_whom_the_person_left_out) {
  TwoHosts t;
  ASSERT_TRUE(t.w.t.write(t.w.who, [&](auto& tx, auto& gate, const auto& actor) {
    return consent::withdraw(tx, gate, actor, t.consent_id, t.w.today(), "書き直し");
  }));
  t.w.agree(t.home, 0, {t.w.t.agency("chiiki_fukushi")});
  t.held();
  const auto said = t.say(t.officer, t.finding(Finding::adequate));
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().code, ErrorCode::not_found);
}

// The planning room's own half of the rule: the leave is for the item's household, and for changing it.
TEST(HostFinding, needs_leave_for_the_item_that_lays_the_plan_before_the_sitting) {
  TwoHosts t;
  t.held();
  const auto elsewhere = t.w.aso();
  const auto with = [&](auto open) {
    return t.w.t.write(t.officer, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
      const auto permit = open(tx, gate);
      if (!permit) return tl::unexpected(permit.error());
      return planning::apply_finding(tx, gate, actor, *permit, t.plan, {Finding::adequate, "適切性を判断", t.w.today()});
    });
  };
  const auto looking = with([&](auto&, auto& gate) { return gate.read(t.item); });
  ASSERT_FALSE(looking) << "leave to look at the item is none to write what was found";
  EXPECT_EQ(looking.error().code, ErrorCode::not_permitted);
  const auto other = with([&](auto& tx, auto& gate) {
    return gate.template create<AgendaItemTag>(tx, {0, t.w.t.agency("chiiki_fukushi"), {}, access::Topic::basic, access::Sharing::own});
  });
  ASSERT_FALSE(other) << "an item about something else says nothing on this plan";
  EXPECT_EQ(other.error().code, ErrorCode::not_found);
  EXPECT_TRUE(with([&](auto&, auto& gate) { return gate.write(t.item); }));
}

TEST(HostFinding, looks_again_at_a_plan_in_force_and_sets_its_next_day) {
  TwoHosts t;
  t.w.submit(t.plan, t.home.persons[0]);
  const Login head = t.w.t.account("chiiki_fukushi", Role::head);
  const std::int64_t version = t.w.plan(t.plan).version;
  ASSERT_TRUE(t.w.t.write(head, [&](auto& tx, auto& gate, const auto& actor) {
    return planning::decide(tx, gate, actor, t.w.city(), t.plan, {version, true, t.w.today(), ""});
  }));
  const SessionId sitting = t.w.sit({"kobetsu_shien"});
  NewItem in = t.w.plan_item(sitting, "kobetsu_shien", t.plan);
  in.matter = Matter::review;
  t.item = t.w.put(in).value();
  ASSERT_TRUE(t.w.hold(sitting, {"swc", "chiiki_fukushi"}));
  Outcome out = t.finding(Finding::adequate);
  out.findings.front().next_review = t.w.today().plus_days(90);
  const auto said = t.say(t.officer, out);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(t.w.plan(t.plan).review_on, t.w.today().plus_days(90));
}

TEST(HostFinding, ratifies_an_early_start_of_a_case_that_another_agency_holds) {
  TwoHosts t;
  planning::NewEarlyStart start;
  start.case_id = t.case_id;
  start.service = "participation";
  start.agency = t.w.t.agency("swc");
  start.started_on = t.w.today();
  start.reason = "early";
  const auto early = t.w.t.write(t.w.who, [&](auto& tx, auto& gate, const auto& actor) { return planning::start_early(tx, gate, actor, t.w.city(), start); });
  ASSERT_TRUE(early);
  const SessionId sitting = t.w.sit({"kobetsu_shien"});
  NewItem in = t.w.plan_item(sitting, "kobetsu_shien", PlanId(*early));
  in.matter = Matter::early_start;
  t.item = t.w.put(in).value();
  ASSERT_TRUE(t.w.hold(sitting, {"swc", "chiiki_fukushi"}));
  const auto said = t.say(t.officer, {});
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(t.w.acts("early.ratified", ""), 1);
}

}  // namespace
}  // namespace kasane::meeting
