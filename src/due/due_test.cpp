// What waits: one line per household, soonest first, nothing that the viewer may not know.
#include <gtest/gtest.h>

#include <algorithm>

#include "access/shields.hpp"
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
    const auto all = lines();
    return std::count_if(all.begin(), all.end(), [&](const Wait& w) { return w.first_on <= until; });
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

// An account with a working post in one agency and, say, a seat of the administrator in another: what the other is kept from
// does not come in by the first.
TEST_P(Due, what_any_own_agency_is_kept_from_does_not_wait_there_whatever_the_post) {
  const PersonId kept(next_id());
  const std::int64_t home = household();
  const auto about = [&](std::int64_t root) {
    return db().write([&](db::WriteTx& tx) {
      access::Trail trail;
      access::Gate gate(tx, viewer_, now_, trail);
      const auto id = gate.create<IntakeTag>(tx, {root, AgencyId(kMine), kept, access::Topic::basic, access::Sharing::own})->id().value;
      return SubjectRef{SubjectKind::intake, id};
    });
  };
  const SubjectRef in_home = about(home), alone = about(0);
  await_one("intake.answer", home, in_home, 1);
  await_one("intake.answer", alone.id, alone, 2);
  ASSERT_EQ(lines().size(), 2u);
  db().write([&](db::WriteTx& tx) {
    access::put_shields(tx, next_id(), {{{kOther}, kept.value, access::kAllTopics, kToday, *Date::from_iso(access::kForever)}}, {});
  });
  ASSERT_EQ(lines().size(), 2u) << "the viewer is not of that agency";
  viewer_.posts.push_back({PostId(3), AgencyId(kOther), Role::administrator});
  EXPECT_EQ(lines().size(), 0u);
  EXPECT_EQ(counted(kToday.plus_days(9)), 0);
  const bool snoozable = db().read([&](db::ReadTx& tx) {
    access::Trail trail;
    access::Gate gate(tx, viewer_, now_, trail);
    return anything_waits(tx, gate, query_, alone.id) || anything_waits(tx, gate, query_, home);
  });
  EXPECT_FALSE(snoozable);
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
