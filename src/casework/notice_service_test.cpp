// Notices on every engine: owner and day, receipts, looking, linking.
#include "casework/notice_service.hpp"

#include "casework/referral_testing.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class NoticeService : public testing::InCityTest {
 protected:
  Worker commissioner = staff("commissioners", Role::commissioner);
  Worker moe = staff("cgsc_fujishima", Role::window_counsellor);
  Worker haguro = staff("cgsc_haguro", Role::coordinator);

  NewNotice curtains() {
    NewNotice n;
    n.received_on = today();
    n.source = "commissioner";
    n.from_community = true;
    n.owner = moe.agency;
    n.about = "角の家";
    n.text = "カーテンが閉まったまま";
    return n;
  }
  NoticeId receive(const NewNotice& in) {
    return write(commissioner, [&](auto& tx, auto& gate, const auto& actor) { return receive_notice(tx, gate, actor, city(), in); }).value();
  }
  Result<Notice> see(const Worker& who, NoticeId id) {
    return read(who, [&](auto& tx, auto& gate) { return notice(tx, gate, id); });
  }
  Result<> look(const Worker& who, NoticeId id, std::int64_t version, const Look& in) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return look_at_notice(tx, gate, actor, city(), id, version, in); });
  }
  Result<> link(const Worker& who, NoticeId id, std::int64_t version, HouseholdId household) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return link_notice(tx, gate, actor, id, version, household); });
  }
};
KASANE_EVERY_ENGINE(NoticeService);

// T-16
TEST_P(NoticeService, has_an_owner_and_a_day_by_which_somebody_looks_T_16) {
  const NoticeId id = receive(curtains());
  const auto n = see(moe, id);
  ASSERT_TRUE(n);
  EXPECT_EQ(n->owner, moe.agency);
  EXPECT_EQ(n->look_by, today().plus_days(city().m.rules.days.notice_look_by));
  EXPECT_EQ(n->text.shown(), "カーテンが閉まったまま");
  EXPECT_EQ(awaited("notice.look", moe.agency), 1);
  EXPECT_EQ(act_codes("notice.received"), "commissioner");
}

TEST_P(NoticeService, the_reporter_and_other_agencies_never_see_it) {
  const NoticeId id = receive(curtains());
  EXPECT_EQ(code_of_error(see(commissioner, id)), ErrorCode::not_found);
  EXPECT_EQ(code_of_error(see(haguro, id)), ErrorCode::not_found);
  EXPECT_TRUE(read(haguro, [&](auto& tx, auto& gate) { return notices(tx, gate, false, ""); }).lines.empty());
  EXPECT_TRUE(read(commissioner, [&](auto& tx, auto& gate) { return notices(tx, gate, false, ""); }).lines.empty());
  const auto mine = db().read([&](db::ReadTx& tx) { return receipts(tx, commissioner.viewer.account); });
  EXPECT_EQ(mine.size(), 1u) << "a receipt with its day is all";
  EXPECT_TRUE(db().read([&](db::ReadTx& tx) { return receipts(tx, moe.viewer.account); }).empty());
}

TEST_P(NoticeService, watching_moves_the_day_and_keeps_one_due_item) {
  const NoticeId id = receive(curtains());
  const Look again{.on = today(), .result = LookResult::watch, .note = {}, .look_again = today().plus_days(14), .new_owner = {}};
  ASSERT_TRUE(look(moe, id, 1, again));
  EXPECT_EQ(see(moe, id)->look_by, today().plus_days(14));
  EXPECT_EQ(see(moe, id)->state, NoticeState::open);
  EXPECT_EQ(awaited("notice.look", moe.agency), 1);
  EXPECT_EQ(code_of_error(look(moe, id, 1, again)), ErrorCode::stale) << "somebody saved first";
  EXPECT_EQ(act_codes("notice.looked"), "watch");
}

TEST_P(NoticeService, handing_over_gives_it_to_the_other_and_takes_it_from_me) {
  const NoticeId id = receive(curtains());
  ASSERT_TRUE(look(moe, id, 1, {.on = today(), .result = LookResult::handed_over, .note = {}, .look_again = {}, .new_owner = haguro.agency}));
  EXPECT_EQ(code_of_error(see(moe, id)), ErrorCode::not_found);
  EXPECT_EQ(see(haguro, id)->owner, haguro.agency);
  EXPECT_EQ(awaited("notice.look", moe.agency), 0);
  EXPECT_EQ(awaited("notice.look", haguro.agency), 1);
}

TEST_P(NoticeService, an_end_settles_it_and_cannot_be_looked_at_again) {
  const NoticeId id = receive(curtains());
  const Look fine{.on = today(), .result = LookResult::no_need, .note = "旅行中だった", .look_again = {}, .new_owner = {}};
  ASSERT_TRUE(look(moe, id, 1, fine));
  EXPECT_EQ(awaited("notice.look", moe.agency), 0);
  EXPECT_EQ(code_of_error(look(moe, id, 2, fine)), ErrorCode::conflict);
  EXPECT_EQ(read(moe, [&](auto& tx, auto& gate) { return notices(tx, gate, true, ""); }).lines.size(), 1u);
}

// T-88
TEST_P(NoticeService, linking_counts_people_found_from_community_information_T_88) {
  const NoticeId id = receive(curtains());
  const Home aso = home(moe);
  ASSERT_TRUE(link(moe, id, 1, aso.id));
  EXPECT_EQ(act_codes("notice.linked"), "community");
  EXPECT_EQ(acts("notice.linked", aso.id), 1);
  EXPECT_EQ(see(moe, id)->state, NoticeState::linked);
  EXPECT_EQ(awaited("notice.look", moe.agency), 0);
  EXPECT_EQ(code_of_error(link(moe, id, 2, aso.id)), ErrorCode::conflict);

  NewNotice from_school = curtains();
  from_school.source = "school";
  from_school.from_community = false;
  ASSERT_TRUE(link(moe, receive(from_school), 1, aso.id));
  EXPECT_EQ(act_codes("notice.linked"), "community ");
}

TEST_P(NoticeService, a_household_that_one_does_not_know_cannot_be_linked) {
  const NoticeId id = receive(curtains());
  const Home other = home(haguro);
  EXPECT_EQ(code_of_error(link(moe, id, 1, other.id)), ErrorCode::not_found);
}

TEST_P(NoticeService, a_linked_notice_stays_with_its_owner_when_others_reach_the_household) {
  const NoticeId id = receive(curtains());
  const Home aso = home(moe);
  ASSERT_TRUE(link(moe, id, 1, aso.id));
  db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::consent;
    g.root = aso.id.value;
    g.topics = access::kAllTopics;
    g.named = {haguro.agency.value};
    g.from = today();
    g.until = forever();
    g.source = next_id();
    access::add_ground(tx, g, {moe.viewer.account, moe.agency, clock.now()});
  });
  EXPECT_EQ(code_of_error(see(haguro, id)), ErrorCode::not_found);
}

TEST_P(NoticeService, lists_page_by_the_day_to_look_by) {
  for (int i = 0; i < 52; ++i) {
    NewNotice n = curtains();
    n.look_by = today().plus_days(i % 5);
    receive(n);
  }
  const auto first = read(moe, [&](auto& tx, auto& gate) { return notices(tx, gate, false, ""); });
  EXPECT_EQ(first.lines.size(), 50u);
  EXPECT_LE(first.lines.front().look_by, first.lines.back().look_by);
  const auto second = read(moe, [&](auto& tx, auto& gate) { return notices(tx, gate, false, first.next); });
  EXPECT_EQ(second.lines.size(), 2u);
  EXPECT_TRUE(second.next.empty());
}

}  // namespace
}  // namespace kasane::casework
