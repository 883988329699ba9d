// Meetings in five cities: who sees what, what may go on an agenda, what follows from what was said.
#include <gtest/gtest.h>

#include "casework/case_service.hpp"
#include "casework/record_service.hpp"
#include "casework/task_service.hpp"
#include "consent/service.hpp"
#include "due/service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"
#include "people/service.hpp"
#include "planning/closure_service.hpp"
#include "planning/early_service.hpp"
#include "planning/plan_service.hpp"
#include "programme/testing.hpp"

namespace kasane::meeting {
namespace {

using planning::Finding;
using planning::PlanKind;
using programme::testing::Login;
using programme::testing::TestCity;
using testing::World;
using testing::has;

TEST(MeetingConsent, without_consent_the_plan_is_refused_with_the_reason_and_offered_to_the_statutory_body) {  // T-66, T-67, T-69, N-33
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const CaseId case_id = w.open(home);
  const PlanId plan = w.draft(case_id, home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId sitting = w.sit({"juso_kaigi", "shien_kaigi"});
  const auto refused = w.put(w.plan_item(sitting, "juso_kaigi", plan));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_NE(refused.error().message.find("本人の同意が必要"), std::string::npos);
  const auto shown = w.t.get(w.who, w.page(sitting));
  EXPECT_TRUE(has(shown, "議題にできません"));
  EXPECT_TRUE(has(shown, "支援会議の議題にする"));
  NewItem other = w.plan_item(sitting, "shien_kaigi", plan);
  EXPECT_FALSE(w.put(other)) << "a ground and a reason are needed";
  other.ground_code = "no_consent";
  other.reason = "母が一人で抱えている";
  const auto item = w.put(other);
  ASSERT_TRUE(item) << item.error().message;
  const ItemView view = w.see(*item);
  EXPECT_TRUE(view.plans.empty()) << "a plan is not judged without consent";
  EXPECT_FALSE(view.head.needs_consent);
  EXPECT_NE(view.head.ground_text.find("本人同意が得られず"), std::string::npos);
  EXPECT_TRUE(view.head.request);
}

TEST(MeetingReview, of_a_plan_in_force_sets_the_next_day_and_asks_for_one) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const Login head = w.t.account("hokatsu_care", Role::head);
  const std::int64_t version = w.plan(plan).version;
  ASSERT_TRUE(w.t.write(head, [&](auto& tx, auto& gate, const auto& actor) {
    return planning::decide(tx, gate, actor, w.city(), plan, {version, true, w.today(), ""});
  }));
  const SessionId sitting = w.sit({"juso_kaigi"});
  NewItem in = w.plan_item(sitting, "juso_kaigi", plan);
  in.matter = Matter::review;
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "hokatsu_care"}));
  Outcome out;
  out.findings = {{plan, Finding::adequate, "続けてよい", {}}};
  EXPECT_FALSE(w.say(*item, out)) << "a plan that goes on needs its next day";
  out.findings = {{plan, Finding::adequate, "続けてよい", w.today().plus_days(120)}};
  const auto said = w.say(*item, out);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(w.plan(plan).state, planning::PlanState::active);
  EXPECT_EQ(w.plan(plan).review_on, w.today().plus_days(120));
}

TEST(MeetingFinding, is_stored_in_the_citys_words_and_is_not_the_decision) {  // T-60, T-71, T-86, W-61, W-64
  World w("aizuwakamatsu", "chiiki_fukushi");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  const PlanId plan = w.draft(case_id, home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId sitting = w.sit({"juso_kaigi"});
  const auto item = w.put(w.plan_item(sitting, "juso_kaigi", plan));
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_FALSE(w.put(w.plan_item(sitting, "juso_kaigi", plan))) << "once on an agenda";
  EXPECT_FALSE(w.say(*item, {})) << "before it was held";
  ASSERT_TRUE(w.hold(sitting, {"chiiki_fukushi"}));
  Outcome out;
  EXPECT_FALSE(w.say(*item, out)) << "each plan needs a finding";
  out.findings = {{plan, Finding::adequate, "よい", {}}};
  const auto said = w.say(*item, out);
  ASSERT_TRUE(said) << said.error().message;
  const ItemView view = w.see(*item);
  ASSERT_EQ(view.findings.size(), 1u);
  EXPECT_EQ(view.findings.front().wording, "適切性の協議");
  EXPECT_EQ(w.plan(plan).state, planning::PlanState::submitted) << "the 支援決定 is the city's and comes apart";
  EXPECT_EQ(w.acts("finding.made", "adequate"), 1);
  EXPECT_EQ(w.acts("item.treated", "plan_decision"), 1);
  EXPECT_EQ(w.acts("session.held", "plan_decision"), 1);
  EXPECT_EQ(w.acts("plan.decided", "collaboration"), 0);
}

TEST(MeetingHeld, one_sitting_of_two_bodies_counts_one_for_each) {  // N-36, T-86, T-87
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const SessionId sitting = w.sit({"juso_kaigi", "shien_kaigi"});
  EXPECT_FALSE(w.hold(sitting, {}));
  ASSERT_TRUE(w.hold(sitting, {"chiiki_fukushi_renkei"}));
  EXPECT_FALSE(w.hold(sitting, {"chiiki_fukushi_renkei"})) << "never counted twice";
  EXPECT_EQ(w.acts("session.held", "plan_decision"), 1);
  EXPECT_EQ(w.acts("session.held", "support_conference_106_6"), 1);
}

TEST(MeetingHeld, without_the_city_or_the_operator_the_body_cannot_be_held) {  // K-55, K-66
  World w("kitakami", "swc");
  const SessionId sitting = w.sit({"kobetsu_shien"});
  const auto by_contractors = w.hold(sitting, {"swc", "cgsc_chuo"});
  ASSERT_FALSE(by_contractors);
  ASSERT_EQ(by_contractors.error().code, ErrorCode::invalid);
  EXPECT_NE(by_contractors.error().fields.front().message.find("市の参加"), std::string::npos);
  const auto without_operator = w.hold(sitting, {"chiiki_fukushi", "kikan"});
  ASSERT_FALSE(without_operator);
  EXPECT_NE(without_operator.error().fields.front().message.find("多機関協働事業者の参加"), std::string::npos);
  EXPECT_EQ(w.acts("session.held", "plan_decision"), 0);
  EXPECT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  EXPECT_EQ(w.acts("session.held", "plan_decision"), 1);
}

TEST(MeetingHeld, a_telephone_call_needs_two_agencies_and_a_city_that_counts_it) {
  World w("mitsuhama", "hamanokai");
  const SessionId call = w.sit({"sugu"});
  EXPECT_FALSE(w.hold(call, {"hamanokai"}, Manner::phone));
  EXPECT_TRUE(w.hold(call, {"hamanokai", "cgsc_shima"}, Manner::phone));
  EXPECT_EQ(w.one(call).manner, Manner::phone);

  World silent("tsuruoka", "swc");
  const auto refused = silent.hold(silent.sit({"shien_kaigi"}), {"swc", "hokatsu_care"}, Manner::phone);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().fields.front().message.find("決まりが、この市の設定にありません"), std::string::npos);
}

TEST(MeetingHeld, not_before_its_day) {
  World w("tsuruoka", "swc");
  const SessionId later = w.sit({"shien_kaigi"}, w.today().plus_days(3));
  EXPECT_FALSE(w.hold(later, {"swc"}));
}

TEST(MeetingBundle, one_plan_is_adequate_and_the_other_sent_back) {  // K-69
  World w("kitakami", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  const PlanId whole = w.draft(case_id, home.persons[0]);
  const PlanId part = w.draft(case_id, home.persons[0], PlanKind::participation);
  w.submit(whole, home.persons[0], {part});
  const SessionId sitting = w.sit({"kobetsu_shien"});
  const auto waiting = w.waiting_for(sitting);
  ASSERT_EQ(waiting.size(), 1u) << "a bundle is one";
  EXPECT_EQ(waiting.front().plans.size(), 2u);
  const auto item = w.put(w.plan_item(sitting, "kobetsu_shien", whole));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  Outcome out;
  out.findings = {{whole, Finding::adequate, {}, {}}, {part, Finding::send_back, "受入先を書く", {}}};
  const auto said = w.say(*item, out);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(w.plan(whole).state, planning::PlanState::submitted);
  EXPECT_EQ(w.plan(part).state, planning::PlanState::draft);
}

TEST(MeetingDeferred, is_proposed_again) {
  World w("aizuwakamatsu", "chiiki_fukushi");
  const auto home = w.aso();
  w.agree(home, 0);
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId first = w.sit({"juso_kaigi"});
  const auto item = w.put(w.plan_item(first, "juso_kaigi", plan));
  ASSERT_TRUE(item);
  ASSERT_TRUE(w.hold(first, {"chiiki_fukushi"}));
  Outcome out;
  out.deferred = true;
  ASSERT_TRUE(w.say(*item, out));
  const SessionId next = w.sit({"juso_kaigi"}, w.today().plus_days(7));
  const auto waiting = w.waiting_for(next);
  EXPECT_EQ(waiting.size(), 1u);
  EXPECT_EQ(w.acts("item.treated", "plan_decision"), 0);
}

TEST(MeetingConference, below_the_threshold_there_is_no_case_and_a_watcher_gets_a_task) {  // K-61, K-64, K-77, T-61, T-65
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "held_apart"));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  EXPECT_FALSE(w.say(*item, {})) << "a 支援会議 has a result";
  Outcome out;
  out.policy = "急がず見守る";
  out.connect = Connect::not_needed;
  out.below_threshold = "concern";
  out.undertakings = {{ResultKind::watch, w.t.agency("cgsc_chuo"), "週に一度の声かけ", w.today().plus_days(7)}};
  const auto said = w.say(*item, out);
  ASSERT_TRUE(said) << said.error().message << (said.error().fields.empty() ? "" : said.error().fields.front().message);
  EXPECT_EQ(w.acts("case.opened", ""), 0);
  EXPECT_EQ(w.acts("item.treated", "support_conference_106_6"), 1);
  const Login watcher = w.t.account("cgsc_chuo", Role::window_counsellor);
  EXPECT_EQ(w.t.read(watcher, [&](auto& tx, auto& gate) { return casework::tasks(tx, gate, {}, {}); }).lines.size(), 1u);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(*item)), "気になるケース"));
}

// Found while 北上's story was played: the day was written down, and nobody was told when it came.
TEST(MeetingConference, whoever_brought_what_is_not_connected_is_told_when_to_look_again) {  // K-61, K-64
  World w("kitakami", "swc");
  const auto home = w.aso();
  const auto waits = [&] {
    int n = 0;
    w.t.db().read([&](db::ReadTx& tx) {
      for (const due::DueLine& line : due::open_about(tx, home.household.value)) n += line.kind == "item.look" && line.party == w.t.agency("swc").value;
      return n;
    });
    return n;
  };
  const auto treat = [&](std::optional<Date> next_look) {
    const SessionId sitting = w.sit({"shien_kaigi"});
    const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "held_apart"));
    ASSERT_TRUE(item) << item.error().message;
    ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
    Outcome out;
    out.policy = "急がず見守る";
    out.connect = Connect::not_needed;
    out.below_threshold = "concern";
    out.next_look = next_look;
    ASSERT_TRUE(w.say(*item, out));
  };
  treat(w.today().plus_days(60));
  EXPECT_EQ(waits(), 1);
  treat(w.today().plus_days(90));
  EXPECT_EQ(waits(), 1) << "moved, not doubled";
  treat({});
  EXPECT_EQ(waits(), 0) << "it came before the sitting again";
}

TEST(MeetingConference, a_contact_about_the_day_is_the_look_and_one_long_before_is_not) {  // K-61
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "held_apart"));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  Outcome out;
  out.policy = "急がず見守る";
  out.next_look = w.today().plus_days(30);
  ASSERT_TRUE(w.say(*item, out));
  const auto waits = [&] {
    return w.t.db().read([&](db::ReadTx& tx) {
      const auto all = due::open_about(tx, home.household.value);
      return std::count_if(all.begin(), all.end(), [](const due::DueLine& line) { return line.kind == "item.look"; });
    });
  };
  const auto contact = [&] {
    casework::NewRecord in;
    in.household = home.household;
    in.on_day = w.today();
    in.method = "phone";
    in.text = "声をかけた。";
    return w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return casework::write_record(tx, gate, actor, in); }).has_value();
  };
  ASSERT_TRUE(contact());
  EXPECT_EQ(waits(), 1);
  w.t.clock().set(w.today().plus_days(24));
  ASSERT_TRUE(contact());
  EXPECT_EQ(waits(), 0);
}

TEST(MeetingConference, connecting_opens_the_case) {  // T-52, K-62
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "no_consent"));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  Outcome out;
  out.policy = "父から話を聞く";
  out.connect = Connect::needed;
  EXPECT_FALSE(w.say(*item, out)) << "a case names its 本人";
  out.subjects = {home.persons[0]};
  const auto said = w.say(*item, out);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(w.acts("case.opened", ""), 1);
  EXPECT_EQ(w.acts("ground.treated", "no_consent"), 1);
}

TEST(MeetingEarlyStart, waits_for_the_next_agenda_and_is_ratified_there) {  // K-22, K-23
  World w("kitakami", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  planning::NewEarlyStart start;
  start.case_id = case_id;
  start.service = "participation";
  start.agency = w.t.agency("swc");
  start.started_on = w.today();
  start.reason = "early";
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return planning::start_early(tx, gate, actor, w.city(), start); }));
  const SessionId sitting = w.sit({"kobetsu_shien"});
  const auto waiting = w.waiting_for(sitting);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting.front().matter, Matter::early_start);
  NewItem in = w.plan_item(sitting, "kobetsu_shien", PlanId(waiting.front().id));
  in.matter = Matter::early_start;
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "chiiki_fukushi"}));
  ASSERT_TRUE(w.say(*item, {}));
  EXPECT_EQ(w.acts("early.ratified", ""), 1);
  EXPECT_TRUE(w.t.read(w.who, [&](auto& tx, auto& gate) { return planning::early_starts_to_ratify(tx, gate); }).empty());
}

TEST(MeetingAccess, only_attendees_see_the_item_and_only_until_the_packet_closes) {  // T-74, W-65, KN-37, KN-49
  World w("kawachinagano", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, ""));
  ASSERT_TRUE(item) << item.error().message << (item.error().fields.empty() ? "" : item.error().fields.front().message);
  const auto& agencies = w.t.city().directory.all();
  std::string invited, stranger;
  for (const auto& e : agencies) {
    if (w.t.m().is_host(*w.t.m().body("shien_kaigi"), e.code) || w.t.m().is_collaboration_operator(e.code) || e.code == w.home || collects(e.name)) continue;
    const auto& owners = w.t.m().owner_sections;
    if (std::find(owners.begin(), owners.end(), e.code) != owners.end()) continue;
    if (invited.empty()) invited = e.code;
    else if (stranger.empty()) stranger = e.code;
  }
  const Login member = w.t.account(invited, Role::meeting_member);
  const Login counsellor = w.t.account(invited, Role::window_counsellor);
  const Login outsider = w.t.account(stranger, Role::coordinator);
  const Login lawyer = w.t.account(stranger, Role::meeting_member);
  EXPECT_EQ(w.t.get(member, w.page(*item)).status, 404);
  Attendee adviser = w.agency(invited);
  adviser.party = lawyer.account.value;
  adviser.until = w.today().plus_days(5);
  const auto refused = w.invite(*item, {adviser});
  ASSERT_FALSE(refused) << "an individual is appointed first";
  adviser.appointed_on = w.today();
  const auto done = w.invite(*item, {w.agency(invited, Scope::household), adviser});
  ASSERT_TRUE(done) << done.error().message;
  w.swear(member, *item);
  EXPECT_TRUE(has(w.t.get(member, w.page(*item)), "見守りの分担を決めたい"));
  EXPECT_FALSE(has(w.t.get(member, w.page(*item)), "この議題を見られる人"));
  EXPECT_TRUE(w.t.read(counsellor, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); }));
  EXPECT_EQ(w.t.get(outsider, w.page(*item)).status, 404);
  EXPECT_EQ(w.t.get(lawyer, w.page(*item)).status, 200);
  EXPECT_EQ(w.t.post(outsider, w.page(*item) + "/outcome", {{"outcome", "deferred"}}).status, 404);
  w.t.clock().set(w.today().plus_days(6));
  EXPECT_FALSE(w.sees(lawyer, *item)) << "the adviser's day is over";
  EXPECT_TRUE(w.sees(member, *item));
  w.t.clock().set(w.today().plus_days(30));
  EXPECT_FALSE(w.sees(member, *item));
  EXPECT_FALSE(w.t.read(counsellor, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); }));
}

TEST(MeetingAccess, the_secretary_sees_how_many_items_there_are_and_nothing_of_them) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "household_not_shared"));
  ASSERT_TRUE(item) << item.error().message;
  const Login secretary = w.t.account("swc", Role::secretary);
  const auto page = w.t.get(secretary, w.page(sitting));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "議題1"));
  EXPECT_FALSE(has(page, "阿曽"));
  EXPECT_FALSE(has(page, id_text(*item)));
  EXPECT_FALSE(has(w.t.get(secretary, w.page(sitting) + "/agenda"), "阿曽"));
  EXPECT_NE(w.t.get(secretary, w.page(*item)).status, 200);
  EXPECT_NE(w.t.get(secretary, w.page(*item) + "/sheet").status, 200);
  EXPECT_NE(w.t.post(secretary, w.page(sitting) + "/held", {{"manner", "sitting"}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(*item) + "/sheet"), "守秘"));
}

TEST(MeetingAccess, who_the_person_left_out_is_neither_proposed_nor_let_in_and_a_withdrawal_closes_the_packet) {  // N-33, N-37, N-39
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  const ConsentId consent_id = w.agree(home, 0, {w.t.agency("cgsc_nishi")});
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId sitting = w.sit({"juso_kaigi"}, w.today().plus_days(2));
  const auto item = w.put(w.plan_item(sitting, "juso_kaigi", plan));
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_FALSE(w.invite(*item, {w.agency("cgsc_nishi")}));
  const auto invited = w.invite(*item, {w.agency("cgsc_kita", Scope::household)});
  ASSERT_TRUE(invited) << invited.error().message;
  const Login kita = w.t.account("cgsc_kita", Role::meeting_member);
  w.swear(kita, *item);
  EXPECT_TRUE(has(w.t.get(kita, w.page(*item)), "家計を立て直す"));
  EXPECT_EQ(w.see(*item).attendees.front().scope, Scope::item) << "the household itself is for the team, on consent";
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return consent::withdraw(tx, gate, actor, consent_id, w.today(), "やめたい"); }));
  EXPECT_EQ(w.t.get(kita, w.page(*item)).status, 404);
}

// N-39: who may run the body sees an item on consent as a packet only, and not when the person left it out.
void convene_on_consent(bool left_out) {
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"juso_kaigi"});
  std::vector<AgencyId> others;
  for (const AgencyId a : conveners(w.city(), *w.t.m().body("juso_kaigi")))
    if (a != w.t.agency("swc")) others.push_back(a);
  ASSERT_FALSE(others.empty()) << "the city's section may call this body too";
  const ConsentId consent_id = w.agree(home, 0, left_out ? std::vector<AgencyId>{others[0]} : std::vector<AgencyId>{});
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const auto item = w.put(w.plan_item(sitting, "juso_kaigi", plan));
  ASSERT_TRUE(item) << item.error().message;
  const Login convener = w.t.account(w.t.city().directory.code(others[0]), Role::coordinator);
  EXPECT_EQ(w.sees(convener, *item), !left_out);
  w.t.clock().set(w.today().plus_days(15));
  EXPECT_FALSE(w.sees(convener, *item));
  EXPECT_TRUE(w.sees(w.who, *item)) << "the agency that called the item keeps it";
  w.t.clock().set(w.today().plus_days(-15));
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return consent::withdraw(tx, gate, actor, consent_id, w.today(), "やめたい"); }));
  EXPECT_FALSE(w.sees(convener, *item));
}

TEST(MeetingAccess, other_conveners_see_an_item_on_consent_as_long_as_a_packet) { convene_on_consent(false); }
TEST(MeetingAccess, a_convener_that_the_person_left_out_sees_nothing) { convene_on_consent(true); }

TEST(MeetingRules, a_tax_section_gets_its_item_until_the_day_and_not_for_collection) {  // N-38
  const Date day = *Date::from_ymd(2026, 12, 1);
  EXPECT_TRUE(collects("税務課"));
  EXPECT_TRUE(collects("保険料収納課"));
  EXPECT_FALSE(collects("健康推進課"));
  EXPECT_EQ(proposed_scope("税務課", false, true), Scope::section);
  EXPECT_EQ(proposed_scope("健康推進課", false, true), Scope::household);
  EXPECT_EQ(proposed_scope("健康推進課", true, true), Scope::item);
  EXPECT_EQ(packet_until(Scope::section, day, day.plus_days(30)), day);
  EXPECT_EQ(packet_until(Scope::item, day, day.plus_days(30)), day.plus_days(30));
  EXPECT_EQ(packet_until(Scope::household, day, day.plus_days(3000)), day.plus_days(90)) << "no packet stays open for years";
  EXPECT_NE(label_of(Scope::section).find("徴収・滞納処分には使えません"), std::string_view::npos);
}

TEST(MeetingAccess, a_section_sees_the_item_on_the_day_with_its_notice_and_no_longer) {  // N-38
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi"});
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "early_system"));
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.invite(*item, {w.agency("korei_kaigo", Scope::section)}));
  const Login section = w.t.account("korei_kaigo", Role::meeting_member);
  const Login officer = w.t.account("korei_kaigo", Role::city_officer);
  w.swear(section, *item);
  EXPECT_TRUE(has(w.t.get(section, w.page(*item)), "徴収・滞納処分には使えません"));
  EXPECT_FALSE(w.t.read(officer, [&](auto&, auto& gate) { return gate.may(home.household, access::Act::read); }));
  EXPECT_TRUE(w.sees(section, *item));
  w.t.clock().set(w.today().plus_days(1));
  EXPECT_FALSE(w.sees(section, *item));
}

TEST(MeetingAccess, the_statutory_item_is_for_its_members_in_every_body_that_sits) {  // K-56, K-57, K-59
  World w("kitakami", "swc");
  const auto home = w.aso();
  const SessionId sitting = w.sit({"shien_kaigi", "chiiki_care"});
  NewItem in = w.household_item(sitting, "chiiki_care", home.household, "no_consent");
  EXPECT_EQ(w.put(in).error().code, ErrorCode::invalid) << "a body under another law takes none of our households";
  const auto item = w.put(w.household_item(sitting, "shien_kaigi", home.household, "no_consent"));
  ASSERT_TRUE(item) << item.error().message;
  const Login next_slice = w.t.account("cgsc_hondori", Role::meeting_member);
  EXPECT_FALSE(w.sees(next_slice, *item));
  EXPECT_FALSE(has(w.t.get(next_slice, w.page(sitting)), "阿曽"));
}

TEST(MeetingClosure, goes_to_the_meeting_which_closes_the_case) {  // K-46, K-70, T-72, KN-28
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const CaseId case_id = w.open(home);
  planning::NewClosure closure;
  closure.case_id = case_id;
  closure.proposed_on = w.today();
  closure.reason = w.t.m().code_table("closure_reason")->codes.front().code;
  closure.main_contact = w.t.agency("swc");
  closure.watch_channel = "月1回の電話";
  closure.access_until = w.today().plus_days(90);
  const auto proposed = w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return planning::propose_closure(tx, gate, actor, closure); });
  ASSERT_TRUE(proposed) << proposed.error().message;
  const SessionId sitting = w.sit({"juso_kaigi"});
  const auto waiting = w.waiting_for(sitting);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting.front().matter, Matter::closure);
  NewItem in = w.plan_item(sitting, "juso_kaigi", PlanId(waiting.front().id));
  in.matter = Matter::closure;
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(w.see(*item).head.agenda_kind, "closure_evaluation");
  ASSERT_TRUE(w.hold(sitting, {"swc", "hokatsu_care"}));
  const auto said = w.say(*item, {});
  ASSERT_TRUE(said) << said.error().message;
  const auto facts = w.t.read(w.who, [&](auto& tx, auto& gate) { return casework::case_facts(tx, gate, case_id); });
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->state, casework::CaseState::closed);
}

TEST(MeetingMarked, a_withdrawal_is_looked_at_by_the_hosts_alone) {  // practice: withdrawal looks forward
  World w("nagaokakyo", "chiiki_fukushi_renkei");
  const auto home = w.aso();
  const ConsentId consent_id = w.agree(home, 0);
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    if (auto done = consent::withdraw(tx, gate, actor, consent_id, w.today(), "やめたい"); !done) return tl::unexpected(done.error());
    planning::mark_consent_withdrawn(tx, home.persons[0]);
    return {};
  }));
  const SessionId sitting = w.sit({"juso_kaigi"});
  NewItem in = w.plan_item(sitting, "juso_kaigi", plan);
  EXPECT_FALSE(w.put(in)) << "as a plan to be judged it lacks consent";
  in.matter = Matter::marked;
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_TRUE(w.see(*item).attendees.empty());
  EXPECT_FALSE(w.invite(*item, {w.agency("cgsc_kita")}));
  EXPECT_FALSE(w.sees(w.t.account("cgsc_kita", Role::coordinator), *item));
}

TEST(MeetingCancelled, what_was_on_it_waits_again) {
  World w("aizuwakamatsu", "chiiki_fukushi");
  const auto home = w.aso();
  w.agree(home, 0);
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  const SessionId off = w.sit({"juso_kaigi"});
  ASSERT_TRUE(w.put(w.plan_item(off, "juso_kaigi", plan)));
  EXPECT_TRUE(w.waiting_for(off).empty());
  const std::int64_t version = w.one(off).version;
  ASSERT_TRUE(w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return cancel_session(tx, gate, actor, w.city(), off, version); }));
  const SessionId next = w.sit({"juso_kaigi"});
  EXPECT_EQ(w.waiting_for(next).size(), 1u);
}

TEST(MeetingMinutes, are_confirmed_once_and_not_over_an_older_version) {
  World w("tsuruoka", "swc");
  const SessionId sitting = w.sit({"juso_kaigi"});
  NewItem in;
  in.session = sitting;
  in.body = "juso_kaigi";
  in.agenda_kind = "resources";
  in.question = "通いの場が足りない地区";  // T-73: about the system, no household
  const auto item = w.put(in);
  ASSERT_TRUE(item) << item.error().message;
  ASSERT_TRUE(w.hold(sitting, {"swc", "hokatsu_care"}));
  const auto confirm = [&](std::int64_t version) {
    return w.t.write(w.who, [&](auto& tx, auto& gate, const auto& actor) { return confirm_minutes(tx, gate, actor, w.city(), sitting, version); });
  };
  EXPECT_EQ(confirm(w.one(sitting).version).error().code, ErrorCode::conflict) << "an item still waits";
  ASSERT_TRUE(w.say(*item, {}));
  EXPECT_EQ(confirm(w.one(sitting).version - 1).error().code, ErrorCode::stale);
  EXPECT_TRUE(confirm(w.one(sitting).version));
  EXPECT_EQ(confirm(w.one(sitting).version).error().code, ErrorCode::conflict);
}

TEST(MeetingPages, a_session_is_called_and_filled_in_the_browser) {  // T-58, T-62 to T-64, T-76
  World w("tsuruoka", "swc");
  const auto home = w.aso();
  w.agree(home, 0);
  const PlanId plan = w.draft(w.open(home), home.persons[0]);
  w.submit(plan, home.persons[0]);
  EXPECT_TRUE(has(w.t.get(w.who, "/meetings/new"), "重層的支援会議"));
  EXPECT_EQ(w.t.post(w.who, "/meetings", {{"held_on", "令和8年2月30日"}, {"bodies", "juso_kaigi"}}).status, 422);
  const auto made = w.t.post(w.who, "/meetings", {{"held_on", "R8.11.24"}, {"bodies", "juso_kaigi"}, {"at_time", "13:30"}, {"place", "にこふる"}, {"facilitator", "社協の推進員"}});
  ASSERT_EQ(made.status, 303) << made.body;
  const std::string path = std::string(made.header_value("location")).substr(std::string("/tsuruoka").size());
  EXPECT_TRUE(has(w.t.get(w.who, path), "議題にする"));
  EXPECT_TRUE(has(w.t.get(w.who, path), "進行役 社協の推進員"));  // KN-51
  const auto added = w.t.post(w.who, path + "/items", {{"body", "juso_kaigi"}, {"matter", "plan"}, {"matter_id", id_text(plan)}});
  ASSERT_EQ(added.status, 303) << added.body;
  const std::string item = std::string(added.header_value("location")).substr(std::string("/tsuruoka").size());
  EXPECT_TRUE(has(w.t.get(w.who, item), "通帳を自分で持つ"));
  ASSERT_EQ(w.t.post(w.who, path + "/held", {{"version", "1"}, {"manner", "sitting"}, {"present", id_text(w.t.agency("swc"))}}).status, 303);
  EXPECT_EQ(w.t.post(w.who, item + "/outcome", {{"version", "1"}, {"outcome", "treated"}}).status, 422);
  EXPECT_EQ(w.t.post(w.who, item + "/outcome", {{"version", "9"}, {"outcome", "treated"}, {"finding_1", "adequate"}}).status, 409);
  EXPECT_EQ(w.t.post(w.who, item + "/outcome", {{"version", "1"}, {"outcome", "treated"}, {"finding_1", "adequate"}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, item), "市の支援決定は、これとは別に行います"));
  const Login other = w.t.account("nikokoro", Role::coordinator);
  EXPECT_NE(w.t.post(other, path + "/confirm", {{"version", "2"}}).status, 303);
}

}  // namespace
}  // namespace kasane::meeting
