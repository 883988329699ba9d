// What the deciders wait for: first the sitting with its day, and only from its finding on the 支援決定.
#include <gtest/gtest.h>

#include "due/service.hpp"
#include "meeting/meeting_world.hpp"

namespace kasane::meeting {
namespace {

using planning::Finding;
using testing::World;

struct Waiting {
  World w{"tsuruoka", "swc"};
  people::Registered home = w.aso();
  PlanId plan{};

  Waiting() {
    w.agree(home, 0);
    plan = w.draft(w.open(home), home.persons[0]);
    w.submit(plan, home.persons[0]);
  }
  /// The one line about the plan: what, and by when.
  std::pair<std::string, Date> line() {
    std::pair<std::string, Date> found;
    int lines = 0;
    for (const auto& d : w.t.db().read([&](db::ReadTx& tx) { return due::open_about(tx, home.household.value); }))
      if (d.subject == SubjectRef{SubjectKind::plan, plan.value}) {
        found = {d.kind, d.due_on};
        ++lines;
      }
    EXPECT_EQ(lines, 1);
    return found;
  }
  AgendaItemId on_agenda(SessionId sitting) { return w.put(w.plan_item(sitting, "juso_kaigi", plan)).value(); }
};

TEST(PlanWait, is_for_a_sitting_with_its_day_and_not_for_the_decision) {
  Waiting s;
  EXPECT_EQ(s.line().first, "plan.sitting");
  EXPECT_GT(s.line().second, s.w.today().plus_days(14)) << "nobody is late before a sitting could be";
  const Date first = s.w.today().plus_days(20);
  const SessionId sitting = s.w.sit({"juso_kaigi"}, first);
  const AgendaItemId item = s.on_agenda(sitting);
  EXPECT_EQ(s.line(), std::pair(std::string("plan.sitting"), first));
  const std::int64_t version = s.w.one(sitting).version;
  const auto moved = s.w.t.write(s.w.who, [&](auto& tx, auto& gate, const auto& actor) {
    NewSession in{{"juso_kaigi"}, first.plus_days(7), "13:30", "市役所"};
    return move_session(tx, gate, actor, s.w.city(), sitting, version, in);
  });
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(s.line().second, first.plus_days(7));
  const auto gone = s.w.t.write(s.w.who, [&](auto& tx, auto& gate, const auto& actor) {
    const auto shown = meeting::item(tx, gate, s.w.city(), item);
    return withdraw_item(tx, gate, actor, s.w.city(), item, shown->head.version);
  });
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ(s.line().second, s.w.today().plus_days(31)) << "another sitting is waited for";
}

TEST(PlanWait, for_the_decision_runs_from_the_finding) {
  Waiting s;
  const SessionId sitting = s.w.sit({"juso_kaigi"});
  const AgendaItemId item = s.on_agenda(sitting);
  ASSERT_TRUE(s.w.hold(sitting, {"swc", "hokatsu_care"}));
  Outcome out;
  out.findings = {{s.plan, Finding::defer, {}, {}}};
  ASSERT_TRUE(s.w.say(item, out));
  EXPECT_EQ(s.line().first, "plan.sitting") << "put off: a sitting is still to come";
  const SessionId second = s.w.sit({"juso_kaigi"});
  const AgendaItemId again = s.on_agenda(second);
  ASSERT_TRUE(s.w.hold(second, {"swc", "hokatsu_care"}));
  out.findings = {{s.plan, Finding::adequate, {}, {}}};
  ASSERT_TRUE(s.w.say(again, out));
  EXPECT_EQ(s.line(), std::pair(std::string("plan.decide"), s.w.today().plus_days(14)));
}

}  // namespace
}  // namespace kasane::meeting
