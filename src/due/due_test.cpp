// What waits: one line per household, soonest first, nothing that the viewer may not know.
#include <gtest/gtest.h>

#include <algorithm>

#include "db/testing.hpp"
#include "due/service.hpp"

namespace kasane::due {
namespace {

const Date kToday = *Date::from_ymd(2026, 11, 24);
constexpr std::int64_t kMine = 1001, kOther = 1002;
const AccountId kAccount(5001);

class Due : public db::EngineTest {
 protected:
  const UtcMs now_ = start_of(kToday) + 36'000'000;
  access::Actor actor_{kAccount, AgencyId(kMine), now_};
  access::Viewer viewer_{kAccount, {{PostId(1), AgencyId(kMine), Role::coordinator}}};
  WaitQuery query_{{kMine, kAccount.value}, {}, kAccount, kToday};

  void await_one(const char* kind, std::int64_t root, SubjectRef subject, int in_days, std::int64_t party = kMine) {
    db().write([&](db::WriteTx& tx) { await(tx, {kind, party, root, subject, kToday.plus_days(in_days)}, now_); });
  }
  /// A household held by an agency.
  std::int64_t household(std::int64_t holder = kMine) {
    const access::Viewer by{AccountId(77), {{PostId(2), AgencyId(holder), Role::coordinator}}};
    return db().write([&](db::WriteTx& tx) {
      access::Trail trail;
      access::Gate gate(tx, by, now_, trail);
      return gate.create<HouseholdTag>(tx, {0, AgencyId(holder), {}, access::Topic::basic, access::Sharing::team})->id().value;
    });
  }
  std::vector<Wait> lines(std::optional<WaitCursor> from = {}, int limit = 50) {
    return db().read([&](db::ReadTx& tx) {
      access::Trail trail;
      access::Gate gate(tx, viewer_, now_, trail);
      return waits(tx, gate, query_, from, limit);
    });
  }
  std::int64_t counted(Date until) {
    return db().read([&](db::ReadTx& tx) {
      access::Trail trail;
      access::Gate gate(tx, viewer_, now_, trail);
      return count_waits(tx, gate, query_, until);
    });
  }
  static SubjectRef a_task() { return {SubjectKind::task, next_id()}; }
};
KASANE_EVERY_ENGINE(Due);

TEST_P(Due, shows_one_line_per_household_with_its_soonest_day) {
  const auto a = household(), b = household();
  await_one("task.due", a, a_task(), 5);
  await_one("case.contact", a, {SubjectKind::support_case, next_id()}, -2);
  await_one("task.due", b, a_task(), 1);
  const auto found = lines();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].root, a);
  EXPECT_EQ(found[0].first_on, kToday.plus_days(-2));
  EXPECT_EQ(found[0].items.size(), 2u);
  EXPECT_EQ(found[0].items[0].kind, "case.contact");
  EXPECT_TRUE(found[0].household);
  EXPECT_EQ(found[1].root, b);
  EXPECT_EQ(counted(kToday.plus_days(100)), 2);
  EXPECT_EQ(counted(kToday.plus_days(-1)), 1);
}

TEST_P(Due, hides_a_household_that_the_viewer_may_not_know_also_from_the_number) {
  await_one("task.due", household(kOther), a_task(), 1);
  EXPECT_TRUE(lines().empty());
  EXPECT_EQ(counted(kToday.plus_days(100)), 0);
}

TEST_P(Due, shows_a_record_without_a_household_on_its_own) {
  const auto notice = next_id();
  await_one("notice.look", notice, {SubjectKind::notice, notice}, 0);
  const auto found = lines();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].household);
  EXPECT_EQ(found[0].items[0].subject.id, notice);
}

TEST_P(Due, is_only_for_those_who_are_awaited) {
  await_one("task.due", household(), a_task(), 1, kOther);
  EXPECT_TRUE(lines().empty());
}

TEST_P(Due, a_secretary_sees_only_sittings) {
  query_ = {{}, {kMine}, kAccount, kToday};
  const auto notice = next_id(), sitting = next_id();
  await_one("notice.look", notice, {SubjectKind::notice, notice}, 1);
  await_one("session.prepare", sitting, {SubjectKind::meeting_session, sitting}, 1);
  const auto found = lines();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].items[0].kind, "session.prepare");
}

TEST_P(Due, snoozed_lines_come_back_on_their_day) {
  const auto a = household();
  await_one("task.due", a, a_task(), 1);
  db().write([&](db::WriteTx& tx) { snooze(tx, kAccount, a, kToday.plus_days(7)); });
  EXPECT_TRUE(lines().empty());
  query_.today = kToday.plus_days(7);
  EXPECT_EQ(lines().size(), 1u);
}

TEST_P(Due, a_joint_inbox_is_settled_once_for_all) {  // T-56
  const SubjectRef referral{SubjectKind::referral, next_id()};
  const auto a = household();
  await_one("referral.reply", a, referral, 7, kMine);
  await_one("referral.reply", a, referral, 7, kOther);
  EXPECT_EQ(db().write([&](db::WriteTx& tx) { return settle(tx, referral, "referral.reply", actor_); }), 2);
  EXPECT_TRUE(lines().empty());
}

TEST_P(Due, an_open_item_moves_instead_of_doubling) {
  const auto a = household();
  const SubjectRef task = a_task();
  await_one("task.due", a, task, 1);
  await_one("task.due", a, task, 9);
  ASSERT_EQ(lines().size(), 1u);
  EXPECT_EQ(lines()[0].items.size(), 1u);
  EXPECT_EQ(lines()[0].first_on, kToday.plus_days(9));
}

TEST_P(Due, pages_hold_every_line_once) {
  std::vector<std::int64_t> seen;
  for (int i = 0; i < 7; ++i) await_one("task.due", household(), a_task(), i / 3);
  std::optional<WaitCursor> from;
  for (int page = 0; page < 5; ++page) {
    const auto found = lines(from, 2);
    if (found.empty()) break;
    for (const Wait& w : found) seen.push_back(w.root);
    from = WaitCursor{found.back().first_on, found.back().root};
  }
  EXPECT_EQ(seen.size(), 7u);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

}  // namespace
}  // namespace kasane::due
