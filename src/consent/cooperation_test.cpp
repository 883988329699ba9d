// 協力依頼: numbered, known to two sides only, opens no more than was chosen and no longer than until the answer.
#include "consent/cooperation_service.hpp"

#include "consent/cooperation_rules.hpp"
#include "consent/ground_testing.hpp"
#include "due/service.hpp"

namespace kasane::consent {
namespace {

using testing::GroundsTest;
using testing::Topic;
using testing::Viewer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Cooperations : public GroundsTest {
 protected:
  NewCooperation request(access::Topics topics = {}) {
    NewCooperation what;
    what.body = "shien_kaigi";
    what.to = dir.id("shogai_fukushi");
    what.household = home.household;
    what.person = mother;
    what.question = "通院は続いていますか。";
    what.topics = topics;
    what.due_on = today().plus_days(14);
    return what;
  }
  Result<CooperationRequestId> ask(const Viewer& who, const NewCooperation& what) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return ask_for_cooperation(tx, gate, actor, city, what); });
  }
  Result<> answer(const Viewer& who, CooperationRequestId id, std::int64_t version = 1, bool cannot = false) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return answer_cooperation(tx, gate, actor, id, {version, cannot, "月に一度続いています。", today()}); });
  }
  Result<> take_back(const Viewer& who, CooperationRequestId id) {
    return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return withdraw_cooperation(tx, gate, actor, id, 1); });
  }
  Result<Cooperation> look(const Viewer& who, CooperationRequestId id) {
    return office.read(who, [&](auto& tx, auto& gate) { return cooperation(tx, gate, id); });
  }
  std::size_t listed(const Viewer& who) {
    return office.read(who, [&](auto& tx, auto& gate) { return cooperations(tx, gate, FiscalYear::of(today())).size(); });
  }
};
KASANE_EVERY_ENGINE(Cooperations);

TEST_P(Cooperations, are_numbered_by_year_and_known_to_both_sides_only) {
  const auto first = ask(coordinator, request()).value();
  const auto second = ask(officer, request()).value();
  EXPECT_EQ(look(officer, first)->number, "協R08-0001");
  EXPECT_EQ(look(officer, second)->number, "協R08-0002");
  EXPECT_EQ(look(disability, first)->question.shown(), "通院は続いていますか。");
  for (const Viewer& outsider : {stranger, centre}) {
    EXPECT_EQ(look(outsider, first).error().code, ErrorCode::not_found);
    EXPECT_EQ(listed(outsider), 0u);
    EXPECT_EQ(answer(outsider, first).error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(listed(officer), 2u);
  EXPECT_EQ(listed(disability), 2u);
  EXPECT_THAT(basis_of(first.value), HasSubstr("shafuku_106_6_3@"));
  EXPECT_EQ(acts("cooperation.asked", "agency"), 2);
}

TEST_P(Cooperations, without_topics_only_the_question_is_told) {
  const auto id = ask(officer, request()).value();
  EXPECT_TRUE(look(disability, id));
  EXPECT_FALSE(sees_home(disability)) << "to be asked is no ground on the household";
  EXPECT_FALSE(sees(disability, mother));
}

TEST_P(Cooperations, are_not_asked_about_a_household_that_one_may_only_look_at) {
  const auto other = office.household(centre, {{"神足", "一"}});
  access::Ground looks;
  looks.kind = access::GroundKind::provision;
  looks.root = other.household.value;
  looks.topics = access::kStandardScope;
  looks.named = {dir.id("chiiki_fukushi_renkei").value};
  looks.from = today();
  looks.until = today();
  looks.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {AccountId(1), dir.id("cgsc_nishi"), office.clock.now()}); });
  auto what = request(Topic::health);
  what.household = other.household;
  what.person = other.persons[0];
  EXPECT_EQ(ask(officer, what).error().code, ErrorCode::not_permitted);
  EXPECT_FALSE(sees(disability, other.persons[0]));
}

TEST_P(Cooperations, what_was_told_ends_thirty_days_after_the_day_of_the_answer_though_nobody_answered) {
  ASSERT_TRUE(ask(officer, request(Topic::health)));
  office.clock.set(today().plus_days(14 + 30));
  EXPECT_TRUE(sees_home(disability));
  office.clock.set(today().plus_days(1));
  EXPECT_FALSE(sees_home(disability));
}

TEST_P(Cooperations, what_must_be_told_ends_with_the_answer) {
  const auto id = ask(officer, request(Topic::health)).value();
  EXPECT_TRUE(sees_home(disability));
  EXPECT_TRUE(sees(disability, mother));
  EXPECT_FALSE(sees(disability, son)) << "asked about the mother";
  EXPECT_FALSE(changes_home(disability)) << "a ground to read";
  const bool economy = office.read(disability, [&](auto&, auto& gate) { return gate.read(home.household)->shows(Topic::economy); });
  EXPECT_FALSE(economy);
  ASSERT_TRUE(answer(disability, id));
  EXPECT_FALSE(sees_home(disability));
  EXPECT_EQ(look(disability, id)->answer.shown(), "月に一度続いています。") << "its own answer stays known";
}

// K-14: the 多機関協働事業者 asks, the agency answers in time, and who asked has it in hand.
TEST_P(Cooperations, the_clock_stops_once_and_the_asker_reads_K_14) {
  ASSERT_TRUE(m.is_collaboration_operator("chiiki_fukushi_renkei"));
  const auto id = ask(officer, request()).value();
  EXPECT_EQ(open_dues("cooperation.reply", "shogai_fukushi"), 1);
  ASSERT_TRUE(answer(disability, id));
  EXPECT_FALSE(look(officer, id)->answer.shown().empty());
  EXPECT_EQ(open_dues("cooperation.reply", "shogai_fukushi"), 0);
  EXPECT_EQ(open_dues("cooperation.read", "chiiki_fukushi_renkei"), 1);
  EXPECT_EQ(answer(disability, id, 2).error().code, ErrorCode::conflict);
  const auto read = [&](const Viewer& who) { return office.write(who, [&](auto& tx, auto& gate, const auto& actor) { return read_cooperation(tx, gate, actor, id); }); };
  EXPECT_EQ(read(disability).error().code, ErrorCode::not_permitted);
  ASSERT_TRUE(read(officer));
  ASSERT_TRUE(read(officer)) << "reading twice is reading once";
  EXPECT_EQ(open_dues("cooperation.read", "chiiki_fukushi_renkei"), 0);
  EXPECT_EQ(acts("cooperation.answered", "answered"), 1);
}

TEST_P(Cooperations, an_outside_body_is_asked_on_paper_and_answered_by_who_asked) {
  auto what = request();
  what.to.reset();
  what.outside = "ひなた高校";
  const auto id = ask(officer, what).value();
  EXPECT_EQ(look(officer, id)->outside.shown(), "ひなた高校");
  EXPECT_EQ(open_dues("cooperation.reply", "chiiki_fukushi_renkei"), 1) << "who sent the paper waits for it";
  ASSERT_TRUE(answer(coordinator, id, 1, true));
  EXPECT_EQ(look(officer, id)->state, CooperationState::cannot);
  EXPECT_EQ(open_dues("cooperation.read", "chiiki_fukushi_renkei"), 0) << "who wrote it down has read it";
  what.topics = Topic::health;
  EXPECT_EQ(ask(officer, what).error().fields.front().field, "topics");
}

TEST_P(Cooperations, a_question_can_be_asked_so_that_nobody_is_recognised) {
  auto what = request();
  what.household.reset();
  what.person.reset();
  const auto id = ask(officer, what).value();
  EXPECT_FALSE(look(disability, id)->household);
  what.topics = Topic::health;
  EXPECT_EQ(ask(officer, what).error().fields.front().field, "topics");
}

TEST_P(Cooperations, only_who_may_hold_the_meeting_asks) {
  office.reach(home.household, dir.id("cgsc_nishi"));
  EXPECT_EQ(ask(centre, request()).error().code, ErrorCode::not_permitted) << "knows the household, but does not hold the meeting";
  EXPECT_EQ(ask(staff("chiiki_fukushi_renkei", Role::window_counsellor), request()).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(ask(stranger, request()).error().code, ErrorCode::not_found);
  auto wrong = request();
  wrong.body = "juso_kaigi";
  EXPECT_EQ(ask(officer, wrong).error().fields.front().field, "body") << "not a meeting under 106条の6";
  auto faulty = request();
  faulty.to.reset();
  faulty.question = " ";
  faulty.due_on = today().plus_days(-1);
  faulty.person = fresh_id<PersonTag>();
  EXPECT_THAT(ask(officer, faulty).error().fields, SizeIs(4));
}

TEST_P(Cooperations, what_is_taken_back_is_closed_at_once) {
  const auto id = ask(officer, request(Topic::health)).value();
  EXPECT_EQ(take_back(disability, id).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(take_back(stranger, id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(take_back(officer, id));
  EXPECT_FALSE(sees_home(disability));
  EXPECT_EQ(look(disability, id).error().code, ErrorCode::not_found);
  EXPECT_EQ(open_dues("cooperation.reply", "shogai_fukushi"), 0);
  EXPECT_EQ(take_back(officer, id).error().code, ErrorCode::conflict);
}

TEST_P(Cooperations, who_is_kept_from_the_person_is_not_reached_by_a_request) {
  office.shield(mother, dir.id("shogai_fukushi"), access::kAllTopics);
  const auto id = ask(officer, request(Topic::health)).value();
  EXPECT_EQ(look(disability, id).error().code, ErrorCode::not_found);
  EXPECT_FALSE(sees(disability, mother));
}

TEST_P(Cooperations, an_answer_on_an_older_state_is_stale) {
  const auto id = ask(officer, request()).value();
  EXPECT_EQ(answer(disability, id, 7).error().code, ErrorCode::stale);
}

}  // namespace
}  // namespace kasane::consent
