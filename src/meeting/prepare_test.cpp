// Preparing a sitting on the record: series, parts, order, what is proposed, who is asked, sheets — and who may not.
#include <gtest/gtest.h>

#include "access/facts.hpp"
#include "casework/team_service.hpp"
#include "due/service.hpp"
#include "meeting/attendee_store.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/order_service.hpp"
#include "meeting/preparation_service.hpp"
#include "meeting/prepare_service.hpp"
#include "meeting/series_service.hpp"

namespace kasane::meeting {
namespace {

using access::Act;
using programme::testing::Login;
using testing::World;
using testing::has;

std::vector<NextSitting> next_of(World& w) {
  return w.t.read(w.who, [&](auto& tx, auto& gate) { return next_sittings(tx, gate, w.city()); });
}

// N-36: 月1回（支援会議と同時開催）
TEST(MeetingSeries, bodies_that_sat_together_come_together_again_until_they_are_planned) {
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  ASSERT_EQ(next_of(w).size(), 1u) << "both bodies of the monthly sitting in one";
  EXPECT_EQ(next_of(w).front().bodies.size(), 2u);
  const SessionId held = w.sit({"juso_kaigi", "shien_kaigi"});
  EXPECT_TRUE(next_of(w).empty()) << "one is planned";
  ASSERT_TRUE(w.hold(held, {"chiiki_fukushi_renkei"}));
  const auto next = next_of(w);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next.front().bodies.size(), 2u);
  EXPECT_EQ(next.front().on, *Date::from_ymd(2026, 12, 22)) << "the fourth Tuesday again";
  EXPECT_EQ(next.front().at_time, "13:30");
  const auto shown = w.t.get(w.who, "/meetings");
  EXPECT_TRUE(has(shown, "次の定例会を予定する"));
  EXPECT_EQ(w.t.post(w.who, "/meetings/next", {{"bodies", "juso_kaigi,shien_kaigi"}, {"held_on", "R8.12.22"}, {"at_time", "13:30"}}).status, 303);
  EXPECT_TRUE(next_of(w).empty());
}

TEST(MeetingSeries, half_a_year_is_planned_at_once_each_its_own_sitting) {  // KN-27
  World w("kawachinagano", "swc");
  NewSeries in{{{"shien_chosei"}, *Date::from_ymd(2026, 12, 8), "10:00", "市役所", ""}, 0, 6};
  const auto made = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return plan_series(tx, gate, actor, w.city(), in); });
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_EQ(made->size(), 6u);
  EXPECT_EQ(w.one((*made)[5]).held_on, *Date::from_ymd(2027, 5, 11));
  in.first.bodies = {"shien_kaigi"};
  const auto on_demand = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return plan_series(tx, gate, actor, w.city(), in); });
  ASSERT_FALSE(on_demand) << "随時: the plan gives no number";
  EXPECT_EQ(on_demand.error().fields.front().field, "every");
  EXPECT_EQ(w.t.post(w.who, "/meetings/series", {{"bodies", "shien_chosei"}, {"held_on", "R9.6.8"}, {"months", "3"}}).status, 303);
}

TEST(MeetingSeries, skips_holidays_and_goes_on_as_before_them) {
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto hold_on = [&](Date day) {
    const SessionId id = w.sit({"juso_kaigi", "shien_kaigi"}, day);
    w.t.clock().set(day);
    ASSERT_TRUE(w.hold(id, {"chiiki_fukushi_renkei"}));
  };
  hold_on(*Date::from_ymd(2026, 12, 10));  // 第2木曜
  hold_on(*Date::from_ymd(2027, 1, 14));
  const auto next = next_of(w);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next.front().on, *Date::from_ymd(2027, 2, 12)) << "建国記念の日";
  EXPECT_EQ(next.front().put_off_from, Date::from_ymd(2027, 2, 11));
  const Login host = w.t.account("chiiki_fukushi_renkei", Role::coordinator);
  const auto shown = w.t.get(host, "/meetings");
  EXPECT_TRUE(has(shown, "建国記念の日のため、次の開庁日にしてあります"));
  hold_on(*Date::from_ymd(2027, 2, 12));
  EXPECT_EQ(next_of(w).front().on, *Date::from_ymd(2027, 3, 11)) << "the second Thursday, not the second Friday";
  EXPECT_FALSE(next_of(w).front().put_off_from);
}

TEST(MeetingSeries, planned_at_once_puts_off_what_falls_on_a_holiday_and_marks_what_was_typed_and_what_is_not_known) {
  World w("kawachinagano", "swc");
  NewSeries in{{{"shien_chosei"}, *Date::from_ymd(2026, 12, 10), "10:00", "市役所", ""}, 1, 4};
  const auto made = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return plan_series(tx, gate, actor, w.city(), in); });
  ASSERT_EQ(made->size(), 5u);
  EXPECT_EQ(w.one((*made)[1]).held_on, *Date::from_ymd(2027, 1, 14));
  EXPECT_EQ(w.one((*made)[2]).held_on, *Date::from_ymd(2027, 2, 12));
  EXPECT_EQ(w.one((*made)[3]).held_on, *Date::from_ymd(2027, 3, 11));
  const SessionId typed = w.sit({"shien_chosei"}, *Date::from_ymd(2026, 11, 23));
  EXPECT_EQ(w.one(typed).held_on, *Date::from_ymd(2026, 11, 23)) << "whoever types a holiday means it";
  EXPECT_TRUE(has(w.t.get(w.who, w.page(typed)), "勤労感謝の日"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings"), "勤労感謝の日"));
  const SessionId far = w.sit({"shien_chosei"}, *Date::from_ymd(2028, 3, 8));
  EXPECT_TRUE(has(w.t.get(w.who, w.page(far)), "2028年の祝日は、まだ分かりません"));
  EXPECT_FALSE(has(w.t.get(w.who, w.page((*made)[0])), "祝日は、まだ分かりません"));
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/series"), "令和9年12月31日まで"));
}

TEST(MeetingSeries, is_not_for_who_may_not_call_the_body) {
  World w("kawachinagano", "swc");
  const Login other = w.t.account("kikan", Role::coordinator);
  EXPECT_TRUE(w.t.read(other, [&](auto& tx, auto& gate) { return next_sittings(tx, gate, w.city()); }).empty());
  const NewSeries in{{{"shien_chosei"}, w.today(), "", "", ""}, 0, 6};
  EXPECT_FALSE(w.t.write(other, [&](auto& tx, auto& gate, const auto& actor) { return plan_series(tx, gate, actor, w.city(), in); }));
  EXPECT_TRUE(w.t.read(w.who, [&](auto& tx, auto& gate) { return upcoming(tx, gate); }).empty()) << "nothing half planned";
}

// K-55 to K-57
TEST(MeetingParts, items_follow_their_part_and_stay_in_it) {
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"chiiki_care", "shien_kaigi"});
  std::vector<AgendaItemId> items;
  for (const char* ground : {"held_apart", "no_consent"}) items.push_back(w.put(w.household_item(sitting, "shien_kaigi", home.household, ground)).value());
  NewItem care;
  care.session = sitting;
  care.body = "chiiki_care";
  care.question = "地域の課題";
  items.push_back(w.put(care).value());
  std::vector<Slice> parts(2);
  parts[0] = {"chiiki_care", "", 30, {}};
  parts[1] = {"shien_kaigi", "", 60, {{w.t.agency("cgsc_chuo"), true, false}}};
  const auto slice_up = [&](const Login& who, std::int64_t version) {
    return w.t.write(who, [&](auto& tx, auto& gate, const auto&) { return plan_slices(tx, gate, w.city(), sitting, version, parts); });
  };
  EXPECT_FALSE(slice_up(w.t.account("cgsc_chuo", Role::coordinator), w.one(sitting).version));
  EXPECT_EQ(slice_up(w.who, 99).error().code, ErrorCode::stale);
  ASSERT_TRUE(slice_up(w.who, w.one(sitting).version));
  const auto order = [&] { return w.t.read(w.who, [&](auto& tx, auto&) { return places(tx, sitting); }); };
  EXPECT_EQ(order()[0].item, items[2]) << "its part comes first";
  const auto move = [&](AgendaItemId id, int number, int by) {
    return w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return move_item(tx, gate, w.city(), id, number, by); });
  };
  EXPECT_EQ(move(items[1], 2, -1).error().code, ErrorCode::stale) << "it stands third";
  ASSERT_TRUE(move(items[1], 3, -1));
  EXPECT_EQ(order()[1].item, items[1]);
  ASSERT_TRUE(move(items[1], 2, -1));
  EXPECT_EQ(order()[1].item, items[1]) << "not into the part before";
  const auto stored = w.t.read(w.who, [&](auto& tx, auto&) { return slices(tx, sitting); });
  EXPECT_EQ(stored[1].starts_at, "14:00");
  const auto shown = w.t.get(w.who, w.page(sitting));
  EXPECT_TRUE(has(shown, "時間の切り分け"));
  EXPECT_TRUE(has(shown, "14:00〜15:00"));
}

TEST(MeetingParts, move_with_the_sitting) {
  World w("kitakami", "swc");
  const SessionId sitting = w.sit({"chiiki_care", "shien_kaigi"});
  std::vector<Slice> parts(2);
  parts[0] = {"chiiki_care", "", 30, {{w.t.agency("cgsc_chuo"), true, false}}};
  parts[1] = {"shien_kaigi", "", 60, {}};
  const std::int64_t planned = w.one(sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto&) { return plan_slices(tx, gate, w.city(), sitting, planned, parts); }));
  NewSession to{{"chiiki_care", "shien_kaigi"}, w.today().plus_days(1), "09:00", "市役所"};
  const std::int64_t version = w.one(sitting).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return move_session(tx, gate, actor, w.city(), sitting, version, to); }));
  const auto stored = w.t.read(w.who, [&](auto& tx, auto&) { return slices(tx, sitting); });
  EXPECT_EQ(stored[0].starts_at, "09:00");
  EXPECT_EQ(stored[1].starts_at, "09:30");
  ASSERT_EQ(stored[0].seats.size(), 1u) << "who is invited to a part stays";
  EXPECT_TRUE(stored[0].seats.front().expected);
}

TEST(MeetingMinutes, of_somebody_else_are_never_overwritten_unseen) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const AgendaItemId item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "no_consent")).value();
  const auto set = [&](const Login& who, int before, int minutes) {
    return w.t.write(who, [&](auto& tx, auto& gate, const auto&) { return set_minutes(tx, gate, w.city(), {{item, before, minutes}}); });
  };
  ASSERT_TRUE(set(w.who, 0, 20));
  EXPECT_EQ(set(w.who, 0, 30).error().code, ErrorCode::stale);
  EXPECT_EQ(set(w.who, 20, 500).error().code, ErrorCode::invalid);
  EXPECT_FALSE(set(w.t.account("hokatsu_care", Role::window_counsellor), 20, 5));
  EXPECT_EQ(w.see(item).head.minutes, 20);
}

/// A plan that waits, agreed to.
PlanId waiting_plan(World& w, const people::Registered& home, std::vector<AgencyId> exceptions = {}) {
  w.agree(home, 0, std::move(exceptions));
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  return plan;
}

Result<Preparing> prepare(World& w, const Login& who, SessionId id) {
  return w.t.read(who, [&](auto& tx, auto& gate) { return preparing(tx, gate, w.city(), id); });
}

// T-66, T-71, T-74
TEST(MeetingPrepare, what_waits_is_ticked_with_its_reason_and_one_post_puts_it_on_with_who_is_asked) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const PlanId plan = waiting_plan(w, home);
  const SessionId sitting = w.sit({"juso_kaigi"});
  const auto before = prepare(w, w.who, sitting);
  ASSERT_TRUE(before) << before.error().message;
  ASSERT_EQ(before->proposals.size(), 1u);
  EXPECT_TRUE(before->proposals.front().sure);
  EXPECT_EQ(before->proposals.front().why, "プラン案が出ている");
  EXPECT_EQ(before->proposals.front().minutes, 15);
  const std::string key = "juso_kaigi:plan:" + id_text(plan);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(sitting) + "/prepare"), key));
  EXPECT_EQ(w.t.post(w.who, w.page(sitting) + "/prepare/items", {{"rows", "1"}, {"key_1", key}}).status, 422) << "nothing ticked";
  ASSERT_EQ(w.t.post(w.who, w.page(sitting) + "/prepare/items", {{"rows", "1"}, {"key_1", key}, {"pick_1", "yes"}, {"minutes_1", "25"}}).status, 303);
  const auto after = prepare(w, w.who, sitting);
  ASSERT_EQ(after->items.size(), 1u);
  EXPECT_EQ(after->items.front().line.head.minutes, 25);
  const auto& invitees = after->items.front().invitees;
  const auto mine = std::find_if(invitees.begin(), invitees.end(), [&](const AskedParty& i) { return i.party == w.t.agency("swc").value; });
  ASSERT_NE(mine, invitees.end());
  EXPECT_TRUE(mine->on_list);
  EXPECT_TRUE(mine->why);
  const auto again = w.t.post(w.who, w.page(sitting) + "/prepare/items", {{"rows", "1"}, {"key_1", key}, {"pick_1", "yes"}});
  EXPECT_EQ(again.status, 409) << "on an agenda already";
}

TEST(MeetingPrepare, what_lacks_consent_cannot_be_ticked_and_shows_the_other_way) {  // T-67, N-33, N-40
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId sitting = w.sit({"juso_kaigi", "shien_kaigi"});
  const auto p = prepare(w, w.who, sitting);
  ASSERT_EQ(p->proposals.size(), 1u);
  EXPECT_FALSE(p->proposals.front().sure);
  EXPECT_FALSE(p->proposals.front().why_not.empty());
  const auto shown = w.t.get(w.who, w.page(sitting) + "/prepare");
  EXPECT_FALSE(has(shown, "key_1"));
  EXPECT_TRUE(has(shown, "いまは議題にできないもの"));
  EXPECT_TRUE(has(shown, "支援会議の議題にする"));
  EXPECT_EQ(w.t.post(w.who, w.page(sitting) + "/prepare/items", {{"rows", "1"}, {"key_1", "juso_kaigi:plan:" + id_text(plan)}, {"pick_1", "yes"}}).status, 409)
      << "a forged tick is refused by the rule itself";
}

TEST(MeetingPrepare, is_shut_for_who_arranges_none_of_the_bodies) {
  World w("kawachinagano", "swc");
  const SessionId sitting = w.sit({"shien_chosei"});
  EXPECT_EQ(w.t.get(w.t.account("kikan", Role::coordinator), w.page(sitting) + "/prepare").status, 403);
  EXPECT_EQ(w.t.get(w.t.account("kikan", Role::window_counsellor), w.page(sitting) + "/prepare").status, 404);
  const Login secretary = w.t.account("swc", Role::secretary);
  const auto shown = w.t.get(secretary, w.page(sitting) + "/prepare");
  EXPECT_EQ(shown.status, 200);
  EXPECT_FALSE(has(shown, "議題をえらぶ</h2>")) << "date and place, no content";
  EXPECT_EQ(w.t.post(w.who, w.page(sitting) + "/prepare/ready").status, 303);
}

// 長岡京: the school that she left out
TEST(MeetingPrepare, an_agency_that_the_person_left_out_is_never_proposed) {
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  std::string left_out;
  for (const auto& e : w.t.city().directory.all())
    if (left_out.empty() && e.active && e.code != w.home && !w.t.m().is_collaboration_operator(e.code) && !w.t.m().agency(e.code)->sensitive) left_out = e.code;
  const PlanId plan = waiting_plan(w, home, {w.t.agency(left_out)});
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) {
    casework::NewInvolvement in;
    in.household = home.household;
    in.agency = w.t.agency(left_out);
    in.from_on = w.today();
    return casework::involve(tx, gate, actor, in);
  }));
  const SessionId sitting = w.sit({"juso_kaigi"});
  ASSERT_TRUE(w.put(w.plan_item(sitting, "juso_kaigi", plan)));
  const auto p = prepare(w, w.who, sitting);
  for (const AskedParty& i : p->items.front().invitees) EXPECT_NE(i.party, w.t.agency(left_out).value);
  const AgendaItemId item = p->items.front().line.head.id;
  EXPECT_EQ(w.t.post(w.who, w.page(item) + "/agencies", {{"version", "1"}, {"agencies", id_text(w.t.agency(left_out))}}).status, 422);
}

/// On a written consent of this day, not in the team.
void let_see(World& w, HouseholdId household, std::string_view agency, access::Topics topics) {
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto&, const auto& actor) -> Result<> {
    access::Ground g;
    g.kind = access::GroundKind::consent;
    g.root = household.value;
    g.topics = topics;
    g.named = {w.t.agency(agency).value};
    g.from = w.today();
    g.until = w.today().plus_days(90);
    g.basis = "test";
    access::add_ground(tx, g, actor);
    return {};
  }));
}

// T-74: whom the goals and the roles of the plan concern
TEST(MeetingPrepare, who_sees_on_a_consent_what_a_goal_is_about_is_offered_with_that_reason) {
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  w.agree(home, 0, {w.t.agency("kosodate_shien")});
  planning::PlanContent c;
  c.persons = {home.persons[0]};
  c.direction = "家計を立て直す";
  c.review_on = w.today().plus_days(90);
  c.goals = {{planning::Term::short_term, "", {}, "家賃を払える", {}, access::Topic::economy, false}, {planning::Term::short_term, "", {}, "通院を続ける", {}, access::Topic::health, false}};
  c.roles = {{w.t.agency("cgsc_nishi"), "", "月に一度の訪問", "", {}, "", access::Topic::plan, false}, {w.t.agency("shogai_fukushi"), "", "通院の相談", "", {}, "", access::Topic::health, false}};
  const CaseId case_id = w.open(home);
  const PlanId plan = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return planning::create_plan(tx, gate, actor, w.city(), case_id, planning::PlanKind::collaboration, c); }).value();
  w.submit(plan, home.persons[0]);
  const access::Topics always = access::Topic::basic | access::Topic::plan;
  let_see(w, home.household, "sogo_seikatsu", always | access::Topic::economy);
  let_see(w, home.household, "cgsc_kita", always | access::Topic::child);
  let_see(w, home.household, "ensemble", always | access::Topic::health);
  let_see(w, home.household, "kosodate_shien", always | access::Topic::economy);  // older than the exception, say
  const SessionId sitting = w.sit({"juso_kaigi"});
  ASSERT_TRUE(w.put(w.plan_item(sitting, "juso_kaigi", plan)));
  const auto p = prepare(w, w.who, sitting);
  const auto why = [&](std::string_view agency) -> std::optional<AskedFor> {
    for (const AskedParty& i : p->items.front().invitees)
      if (i.party == w.t.agency(agency).value) return i.why;
    return std::nullopt;
  };
  EXPECT_EQ(why("sogo_seikatsu"), AskedFor::plan_goal);
  EXPECT_EQ(why("cgsc_nishi"), AskedFor::plan_role);
  EXPECT_FALSE(why("cgsc_kita")) << "no goal is about what it sees";
  EXPECT_FALSE(why("ensemble")) << "a goal of health would tell of it by the agency alone";
  EXPECT_FALSE(why("kosodate_shien")) << "she has left it out";
  for (const AskedParty& i : p->items.front().invitees)
    if (i.party == w.t.agency("sogo_seikatsu").value) {
      EXPECT_FALSE(i.on_list) << "offered, not asked by itself";
    }
  EXPECT_TRUE(has(w.t.get(w.who, w.page(sitting) + "/prepare"), "プランの目標に関わる"));
}

TEST(MeetingPrepare, an_office_kept_away_from_somebody_there_is_not_brought_in_by_a_goal) {
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  w.agree(home, 0);
  const access::Topics economy = access::Topic::basic | access::Topic::plan | access::Topic::economy;
  for (const char* agency : {"sogo_seikatsu", "cgsc_kita", "cgsc_higashi"}) let_see(w, home.household, agency, economy);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto&, const auto&) -> Result<> {
    access::NewShield shield;
    shield.parties = {w.t.agency("cgsc_kita").value};
    shield.person = home.persons[1];
    shield.topics = access::Topics(access::Topic::contact);
    shield.from = w.today();
    shield.until = w.today().plus_days(90);
    access::add_shield(tx, shield);
    return {};
  }));
  const auto found = w.t.db().read([&](db::ReadTx& tx) { return store::on_consent(tx, {home.household}, w.today()); });
  const auto holds = [&](std::string_view agency) { return std::any_of(found.begin(), found.end(), [&](const store::OnGround& g) { return g.agency == w.t.agency(agency); }); };
  EXPECT_TRUE(holds("sogo_seikatsu"));
  EXPECT_FALSE(holds("cgsc_kita"));
}

// KN-30, KN-31, KN-66: レビュー会議
TEST(MeetingReviewBody, pulls_cases_by_its_rule_and_not_those_that_nobody_touched) {
  World w("kawachinagano", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  const SessionId sitting = w.sit({"review_kaigi"});
  auto waiting = w.waiting_for(sitting);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting.front().matter, Matter::progress);
  EXPECT_EQ(waiting.front().why, "前回のあとにつながった");
  EXPECT_TRUE(waiting.front().sure);
  EXPECT_TRUE(waiting.front().why_not.empty());
  ASSERT_EQ(w.t.post(w.who, w.page(sitting) + "/prepare/items", {{"rows", "1"}, {"key_1", "review_kaigi:progress:" + id_text(home.household)}, {"pick_1", "yes"}}).status, 303);
  EXPECT_TRUE(w.waiting_for(sitting).empty()) << "once";
  const auto p = prepare(w, w.who, sitting);
  EXPECT_EQ(p->items.front().line.head.case_id, case_id);
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi_korei"}));
  ASSERT_TRUE(w.say(p->items.front().line.head.id, {}));
  w.t.clock().set(w.today().plus_days(20));
  EXPECT_TRUE(w.waiting_for(w.sit({"review_kaigi"})).empty()) << "nothing happened since, and it is not silent yet";
  w.t.clock().set(w.today().plus_days(40));
  const auto later = w.waiting_for(w.sit({"review_kaigi"}));
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later.front().why, "連絡の間隔を過ぎている");
}

// K-61 to K-64, K-77: 北上 コアメンバー
TEST(MeetingCore, a_household_to_look_at_again_is_proposed_but_never_ticked_without_a_reason) {
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId first = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(first, "shien_kaigi", home.household, "held_apart"));
  ASSERT_TRUE(w.hold(first, {"swc", "chiiki_fukushi"}));
  Outcome out;
  out.policy = "急がず見守る";
  out.connect = Connect::not_needed;
  out.below_threshold = "concern";
  out.next_look = w.today().plus_days(28);
  ASSERT_TRUE(w.say(*item, out));
  const SessionId next = w.sit({"shien_kaigi"}, w.today().plus_days(28));
  const auto waiting = w.waiting_for(next);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_TRUE(waiting.front().asks_reason);
  EXPECT_FALSE(waiting.front().sure);
  const std::string key = "shien_kaigi:progress:" + id_text(home.household);
  const auto refused = w.t.post(w.who, w.page(next) + "/prepare/items", {{"rows", "1"}, {"key_1", key}, {"pick_1", "yes"}, {"reason_1", "次に見る日"}});
  EXPECT_EQ(refused.status, 422) << "a ground is named";
  EXPECT_TRUE(has(refused, "次に見る日"));
  EXPECT_EQ(w.t.post(w.who, w.page(next) + "/prepare/items", {{"rows", "1"}, {"key_1", key}, {"pick_1", "yes"}, {"ground_1", "held_apart"}, {"reason_1", "次に見る日"}}).status, 303);
}

TEST(MeetingCore, a_plan_in_support_of_which_nothing_was_heard_for_a_cycle_is_offered) {  // K-48, K-62
  World w("kitakami", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  const PlanId plan = w.draft(case_id, home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId held = w.sit({"kobetsu_shien"});
  const auto item = w.put(w.plan_item(held, "kobetsu_shien", plan));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(held, {"swc", "chiiki_fukushi"}));
  Outcome out;
  out.findings = {{plan, planning::Finding::adequate, "", {}}};
  ASSERT_TRUE(w.say(*item, out));
  const Login head = w.t.account("chiiki_fukushi", Role::head);
  const std::int64_t version = w.plan(plan).version;
  const auto decided = w.t.write(head, [&](auto& tx, auto& gate, const auto& actor) { return planning::decide(tx, gate, actor, w.city(), plan, {version, true, w.today(), ""}); });
  ASSERT_TRUE(decided) << decided.error().message;
  w.t.clock().set(w.today().plus_days(1));  // the core members sat after it was decided, and talked of it there
  const SessionId first = w.sit({"shien_kaigi"});
  ASSERT_TRUE(w.hold(first, {"swc", "chiiki_fukushi"}));
  // 伴走: its own cadence is long.
  w.t.db().write([&](db::WriteTx& tx) { tx.run("UPDATE support_case SET contact_by = $2 WHERE id = $1", db::params(case_id, w.today().plus_days(120))); });
  w.t.clock().set(w.today().plus_days(20));
  EXPECT_TRUE(w.waiting_for(w.sit({"shien_kaigi"})).empty()) << "within the month";
  w.t.clock().set(w.today().plus_days(20));
  const auto later = w.waiting_for(w.sit({"shien_kaigi"}));
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later.front().why, "支援中で、会議の間隔より長く連絡の記録がない");
  EXPECT_FALSE(later.front().sure);
  EXPECT_EQ(later.front().case_id, case_id);
}

TEST(MeetingProposals, name_each_plan_and_each_case_once_however_much_waits) {
  World w("kawachinagano", "swc");
  const SessionId sitting = w.sit({"shien_chosei", "review_kaigi"});
  const auto more = [&](int n) {
    for (int i = 0; i < n; ++i) {
      const auto home = w.aso();
      waiting_plan(w, home);
    }
  };
  more(1);
  EXPECT_EQ(w.waiting_for(sitting).size(), 2u);
  more(5);
  EXPECT_EQ(w.waiting_for(sitting).size(), 12u);
}

struct SheetWorld : World {
  people::Registered home;
  SessionId sitting;
  AgendaItemId item;
  explicit SheetWorld() : World("tsuruoka", "swc"), home(aso()) {
    const PlanId plan = waiting_plan(*this, home);
    sitting = sit({"juso_kaigi"});
    item = put(plan_item(sitting, "juso_kaigi", plan)).value();
  }
  std::string sheet() { return page(item) + "/preparation"; }
  std::vector<due::DueLine> due_of(const std::string& agency) {
    return t.db().read([&](db::ReadTx& tx) {
      auto all = due::open_for(tx, {t.agency(agency).value}, AccountId(), today(), 50);
      std::erase_if(all, [](const due::DueLine& d) { return d.kind != "item.sheet"; });
      return all;
    });
  }
};

TEST(PreparationSheet, is_prefilled_written_by_the_owner_and_read_by_who_gets_the_packet) {
  SheetWorld w;
  EXPECT_EQ(w.due_of("swc").size(), 1u);
  const auto form = w.t.get(w.who, w.sheet());
  EXPECT_TRUE(has(form, "月に一度の訪問")) << "what is being done comes from the plan";
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc"), w.agency("hokatsu_care")}));
  const Login member = w.t.account("hokatsu_care", Role::window_counsellor);
  const Login stranger = w.t.account("cgsc_fujishima", Role::window_counsellor);
  w.swear(member, w.item);
  EXPECT_TRUE(has(w.t.get(member, w.sheet()), "準備シートはまだ書かれていません"));
  EXPECT_EQ(w.t.get(stranger, w.sheet()).status, 404);
  EXPECT_EQ(w.t.post(stranger, w.sheet(), {{"version", "0"}, {"ask", "x"}}).status, 404);
  EXPECT_EQ(w.t.post(member, w.sheet(), {{"version", "0"}, {"ask", "x"}}).status, 403) << "the owner writes";
  EXPECT_EQ(w.t.post(w.who, w.sheet(), {{"version", "0"}}).status, 422);
  ASSERT_EQ(w.t.post(w.who, w.sheet(), {{"version", "0"}, {"trouble", "家計が見えない"}, {"ask", "だれが通帳を預かるか"}}).status, 303);
  EXPECT_TRUE(w.due_of("swc").empty()) << "written";
  EXPECT_TRUE(has(w.t.get(member, w.sheet()), "だれが通帳を預かるか"));
  const auto stale = w.t.post(w.who, w.sheet(), {{"version", "0"}, {"ask", "別のこと"}});
  EXPECT_EQ(stale.status, 409);
  EXPECT_TRUE(has(stale, "だれが通帳を預かるか")) << "what is stored";
  EXPECT_TRUE(has(stale, "別のこと")) << "what was typed";
  EXPECT_EQ(w.t.post(member, w.sheet() + "/answer", {{"text", "来週の訪問で聞けます"}}).status, 303);
  EXPECT_EQ(w.t.post(stranger, w.sheet() + "/answer", {{"text", "x"}}).status, 404);
  const auto paper = w.t.get(w.who, w.page(w.item) + "/sheet");
  EXPECT_TRUE(has(paper, "家計が見えない"));
  EXPECT_TRUE(has(paper, "来週の訪問で聞けます"));
}

TEST(PreparationSheet, never_blocks_the_sitting_and_is_awaited_no_more_once_it_was_held) {
  SheetWorld w;
  ASSERT_EQ(w.due_of("swc").size(), 1u);
  ASSERT_TRUE(w.hold(w.sitting, {"swc", "hokatsu_care"}));
  EXPECT_TRUE(w.due_of("swc").empty());
  EXPECT_EQ(w.t.post(w.who, w.sheet(), {{"version", "0"}, {"ask", "x"}}).status, 409);
  EXPECT_EQ(w.t.get(w.who, w.sheet()).status, 200);
}

TEST(PreparationSheet, closes_with_the_packet) {
  SheetWorld w;
  ASSERT_TRUE(w.invite(w.item, {w.agency("swc"), w.agency("hokatsu_care")}));
  const Login member = w.t.account("hokatsu_care", Role::window_counsellor);
  w.swear(member, w.item);
  ASSERT_EQ(w.t.post(w.who, w.sheet(), {{"version", "0"}, {"ask", "だれが通帳を預かるか"}}).status, 303);
  EXPECT_EQ(w.t.get(member, w.sheet()).status, 200);
  w.t.clock().set(w.today().plus_days(30));
  const auto gone = w.t.read(member, [&](auto& tx, auto& gate) { return preparation(tx, gate, w.city(), w.item); });
  EXPECT_FALSE(gone);
}

}  // namespace
}  // namespace kasane::meeting
