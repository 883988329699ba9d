// Common issues: what may be written in them, from the review meeting to the plenary, to those who carry them, to what
// they become; the way back, which opens link by link.
#include <gtest/gtest.h>

#include "due/service.hpp"
#include "meeting/common_issue_agenda.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/meeting_world.hpp"
#include "meeting/plenary_service.hpp"

namespace kasane::meeting {
namespace {

using programme::testing::Login;
using testing::has;
using testing::World;

IssueText night() { return {"夜に電話で相談できるところがない", "仕事のあとに相談したい人が、つながらない。", IssueField::poverty, IssueKind::resource, ""}; }

/// 河内長野: the review meeting has treated an item about a household that agreed.
struct Review : World {
  people::Registered home;
  SessionId sitting;
  AgendaItemId item;

  explicit Review(std::string agency = "swc") : World("kawachinagano", std::move(agency)), home(aso()) {
    agree(home, 0);
    open(home);
    sitting = sit({"review_kaigi"});
    item = put_case(sitting);
  }
  AgendaItemId put_case(SessionId session) {
    NewItem in;
    in.session = session;
    in.body = "review_kaigi";
    in.household = home.household;
    in.question = "どこも受けられない。";
    return put(in).value();
  }
  void treat(SessionId session, AgendaItemId one) {
    if (one_state(session) == SessionState::planned) { ASSERT_TRUE(hold(session, {home_agency()})); }
    Outcome out;
    out.note = "夜の相談先がない";
    const auto said = say(one, out);
    ASSERT_TRUE(said) << said.error().message;
  }
  std::string home_agency() const { return "swc"; }
  SessionState one_state(SessionId session) { return one(session).state; }
  template <class F>
  auto run(const Login& login, F&& f) {
    return t.write(login, [&](auto& tx, auto& gate, const auto& actor) { return f(tx, gate, actor, city()); });
  }
  Result<std::vector<CommonIssueId>> raise(const Login& login, const std::vector<IssueText>& in, const std::vector<CommonIssueId>& known = {}) {
    return run(login, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return raise_from_item(tx, gate, actor, c, item, in, known); });
  }
  CommonIssueId raised() {
    treat(sitting, item);
    return raise(who, {night()}).value().front();
  }
  IssueView see_issue(const Login& login, CommonIssueId id) {
    return t.read(login, [&](auto& tx, auto& gate) { return issue_view(tx, gate, city(), id); }).value();
  }
  IssueView see_issue(CommonIssueId id) { return see_issue(who, id); }
  std::vector<CommonIssue> waiting(std::string_view body) {
    return t.read(who, [&](auto& tx, auto& gate) { return common_issues_waiting(tx, gate, *t.m().body(body)); });
  }
  Result<AgendaItemId> put_issue(SessionId session, std::string body, CommonIssueId id) {
    return run(who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return put_issue_on_agenda(tx, gate, actor, c, session, body, id); });
  }
  Result<> decide(AgendaItemId about, CommonIssueId id, NewStep step) {
    const std::int64_t item_version = see(about).head.version, issue_version = see_issue(id).issue.version;
    return run(who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return decide_issue(tx, gate, actor, c, about, item_version, issue_version, step); });
  }
  Result<> go(const Login& login, CommonIssueId id, NewStep step) {
    const std::int64_t version = see_issue(id).issue.version;
    return run(login, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return take_step(tx, gate, actor, c, id, version, step); });
  }
};

// --- rules ---

TEST(CommonIssueText, names_nobody) {  // KN-39: generalised, anonymised
  const Telling telling{{"阿曽", "阿曽 千代", "0235-12-3456"}, {}};
  EXPECT_FALSE(names_somebody("夜に相談できるところがない", telling));
  EXPECT_TRUE(names_somebody("阿 曽さんのような人が困る", telling));
  EXPECT_TRUE(names_somebody("０９０−１２３４−５６７８にかける", {}));
  EXPECT_TRUE(names_somebody("83歳の母と暮らす", {}));
  EXPECT_TRUE(names_somebody("八十三歳の母", {}));
  EXPECT_TRUE(names_somebody("８３ 才", {}));
  EXPECT_FALSE(names_somebody("80歳代の母と50歳代の子", {}));
  EXPECT_FALSE(names_somebody("65歳以上が使える制度、18歳未満の窓口", {}));
}

TEST(CommonIssueSteps, lead_from_raised_to_an_answer_and_back) {
  for (const IssueState state : kIssueStates)
    for (const StepKind step : steps_from(state)) EXPECT_NE(step, StepKind::raised) << code_of(state);
  EXPECT_EQ(state_after(IssueState::raised, StepKind::to_plenary), IssueState::plenary);
  EXPECT_EQ(state_after(IssueState::plenary, StepKind::carried), IssueState::carried);
  EXPECT_EQ(state_after(IssueState::carried, StepKind::answered), IssueState::answered);
  EXPECT_EQ(state_after(IssueState::answered, StepKind::looked_again), IssueState::answered);
  EXPECT_EQ(state_after(IssueState::answered, StepKind::reopened), IssueState::raised);
  EXPECT_TRUE(steps_from(IssueState::withdrawn).empty());
}

TEST(CommonIssueFields, are_called_as_the_citys_plan_calls_them) {
  programme::testing::TestCity t("kawachinagano");
  EXPECT_EQ(label_of(IssueField::elderly, t.m()), "高齢者");
  EXPECT_EQ(label_of(IssueField::housing, t.m()), "住まい");
}

TEST(CommonIssueCarriers, are_working_groups_and_bodies_that_link_and_learn) {  // KN-32, KN-61, T-78, W-12, KN-33
  programme::testing::TestCity kawachi("kawachinagano"), aizu("aizuwakamatsu");
  EXPECT_TRUE(may_carry(kawachi.m().body("working")->function));
  EXPECT_TRUE(may_carry(kawachi.m().body("chonai_renkei")->function));
  EXPECT_TRUE(may_carry(kawachi.m().body("benkyokai")->function));
  EXPECT_FALSE(may_carry(kawachi.m().body("shien_kaigi")->function));
  EXPECT_TRUE(may_carry(aizu.m().body_for(programme::BodyFunction::theme)->function));
  for (const char* city : {"kawachinagano", "aizuwakamatsu", "kitakami", "nagaokakyo", "tsuruoka"}) {  // each has somebody who looks at the whole
    programme::testing::TestCity t(city);
    EXPECT_TRUE(std::any_of(t.m().bodies.begin(), t.m().bodies.end(), [](const auto& b) { return is_plenary(b.function); })) << city;
  }
}

// --- from the review meeting ---

TEST(CommonIssue, is_drawn_from_a_treated_item_of_the_review_meeting) {  // KN-30, KN-31, KN-66
  Review w;
  const auto early = w.raise(w.who, {night()});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::conflict);
  const CommonIssueId id = w.raised();
  const IssueView v = w.see_issue(id);
  EXPECT_EQ(v.issue.state, IssueState::raised);
  EXPECT_EQ(v.steps.front().body, "review_kaigi");
  EXPECT_EQ(v.households, "5世帯未満");
  ASSERT_EQ(v.sources.size(), 1u);
  EXPECT_EQ(v.sources.front().item, w.item);
  EXPECT_EQ(w.acts("common_issue.raised", "poverty"), 1);
}

TEST(CommonIssue, takes_no_word_that_tells_the_household) {
  Review w;
  w.treat(w.sitting, w.item);
  IssueText telling = night();
  telling.text = "千代さんは電話ができない。";
  const auto refused = w.raise(w.who, {night(), telling});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.front().field, "text_2");
  EXPECT_EQ(w.acts("common_issue.raised", "poverty"), 0);  // nothing half written
}

TEST(CommonIssue, takes_no_telling_word_from_who_does_not_know_the_household_and_repeats_none) {
  Review w;
  const Login attendee = w.t.account("kikan", Role::window_counsellor), steward = w.t.account("kodomo_kosodate", Role::coordinator);
  ASSERT_TRUE(w.invite(w.item, {w.agency("kikan")}));
  w.treat(w.sitting, w.item);
  ASSERT_FALSE(w.t.read(attendee, [&](auto& tx, auto& gate) { return people::household_view(tx, gate, w.home.household); })) << "gets the item only";
  IssueText telling = night();
  telling.text = "千代さんの通院が続かない。";
  const auto refused = w.raise(attendee, {telling});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.front().field, "text_1");
  EXPECT_EQ(refused.error().fields.front().message.find("千代"), std::string::npos);
  const CommonIssueId id = w.raise(attendee, {night()}).value().front();
  const auto reworded = w.run(steward, [&](auto& tx, auto& gate, const auto&, const auto& c) { return reword_issue(tx, gate, c, id, 1, telling); });
  ASSERT_FALSE(reworded);
  EXPECT_EQ(reworded.error().fields.front().message.find("千代"), std::string::npos);
  NewStep step;
  step.kind = StepKind::withdrawn;
  step.on = w.today();
  step.text = "千代さんのことだけだった";
  EXPECT_EQ(w.go(steward, id, step).error().fields.front().field, "said");
  step.kind = StepKind::answered;
  step.text.clear();
  step.answer = {AnswerKind::resource, "夜の電話相談", "千代さんのために始める", "社会福祉協議会", "", {}};
  EXPECT_EQ(w.go(steward, id, step).error().fields.front().field, "answer_text");
}

TEST(CommonIssue, that_stands_already_gets_another_way_back) {
  Review w;
  const CommonIssueId id = w.raised();
  const SessionId next = w.sit({"review_kaigi"});
  const AgendaItemId again = w.put_case(next);
  w.treat(next, again);
  const AgendaItemId first = w.item;
  w.item = again;
  ASSERT_TRUE(w.raise(w.who, {}, {id}));
  EXPECT_EQ(w.see_issue(id).sources.size(), 2u);
  EXPECT_EQ(w.see_issue(id).households, "5世帯未満");  // one household, two items
  w.item = first;
  EXPECT_EQ(w.raise(w.who, {}, {CommonIssueId(42)}).error().code, ErrorCode::not_found);
}

TEST(CommonIssue, shows_its_way_back_to_nobody_who_may_not_open_the_item) {  // KN-39
  Review w;
  const CommonIssueId id = w.raised();
  const Login elsewhere = w.t.account("kodomo_kosodate", Role::coordinator);
  const IssueView theirs = w.see_issue(elsewhere, id);
  EXPECT_TRUE(theirs.sources.empty());
  EXPECT_EQ(theirs.households, "5世帯未満");
  const CommonIssueId by_hand = w.run(w.who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return raise_issue(tx, gate, actor, c, night(), "review_kaigi"); }).value();
  const auto page = w.t.get(elsewhere, "/common-issues/" + id_text(id)), other = w.t.get(elsewhere, "/common-issues/" + id_text(by_hand));
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "阿曽"));
  EXPECT_TRUE(has(page, "あなたが開ける議題は、ここにはありません"));
  EXPECT_TRUE(has(other, "あなたが開ける議題は、ここにはありません"));  // nothing tells one from the other
  EXPECT_TRUE(has(other, "5世帯未満"));
  EXPECT_TRUE(has(w.t.get(w.who, "/common-issues/" + id_text(id)), "阿曽"));
}

TEST(CommonIssue, of_a_body_that_looks_at_single_cases_names_no_body) {
  Review w;
  EXPECT_EQ(named_origin(w.t.m(), "review_kaigi"), "review_kaigi");
  EXPECT_EQ(named_origin(w.t.m(), "working"), "working");
  EXPECT_EQ(named_origin(w.t.m(), "shien_kaigi"), "");
  EXPECT_EQ(named_origin(w.t.m(), "shien_chosei"), "");
}

TEST(CommonIssue, is_drawn_only_by_those_who_may_open_the_item_and_work_with_cases) {
  Review w;
  w.treat(w.sitting, w.item);
  const Login elsewhere = w.t.account("kodomo_kosodate", Role::coordinator), head = w.t.account("swc", Role::head);
  EXPECT_EQ(w.raise(elsewhere, {night()}).error().code, ErrorCode::not_found);
  EXPECT_EQ(w.raise(head, {night()}).error().code, ErrorCode::not_permitted);
  const CommonIssueId id = w.raise(w.who, {night()}).value().front();
  NewStep step;
  step.kind = StepKind::withdrawn;
  step.on = w.today();
  step.text = "重なっている";
  EXPECT_EQ(w.go(w.t.account("swc", Role::window_counsellor), id, step).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(w.t.read(w.t.account("swc", Role::commissioner), [&](auto& tx, auto& gate) { return issue_view(tx, gate, w.city(), id); }).error().code, ErrorCode::not_found);
}

// --- plenary, working group, rule ---

TEST(CommonIssue, goes_from_the_plenary_to_a_working_group_and_becomes_a_rule) {  // KN-21, KN-22, KN-32, KN-61, T-58, T-73, K-71, K-72, N-35, W-81
  Review w;
  const CommonIssueId id = w.raised();
  ASSERT_EQ(w.waiting("zentai_kaigi").size(), 1u);
  EXPECT_TRUE(w.waiting("working").empty());
  EXPECT_TRUE(w.waiting("shien_kaigi").empty());

  const SessionId plenary = w.sit({"zentai_kaigi"});
  const AgendaItemId at_plenary = w.put_issue(plenary, "zentai_kaigi", id).value();
  EXPECT_FALSE(w.see(at_plenary).head.household);
  EXPECT_EQ(w.see_issue(id).issue.state, IssueState::plenary);
  EXPECT_TRUE(w.waiting("zentai_kaigi").empty());
  EXPECT_EQ(w.put_issue(plenary, "zentai_kaigi", id).error().code, ErrorCode::conflict);
  ASSERT_TRUE(w.hold(plenary, {"swc"}));
  NewStep carry;
  carry.kind = StepKind::carried;
  carry.text = "ワーキングで考える";
  EXPECT_EQ(w.decide(at_plenary, id, carry).error().code, ErrorCode::invalid);  // by whom
  EXPECT_EQ(w.see(at_plenary).head.state, ItemState::waiting);
  carry.to_body = "working";
  const auto carried = w.decide(at_plenary, id, carry);
  ASSERT_TRUE(carried) << carried.error().message;
  EXPECT_EQ(w.see(at_plenary).head.state, ItemState::treated);
  EXPECT_EQ(w.see_issue(id).issue.carrier_body, "working");

  ASSERT_EQ(w.waiting("working").size(), 1u);
  EXPECT_TRUE(w.waiting("zentai_kaigi").empty());
  const SessionId group = w.sit({"working"});
  const AgendaItemId at_group = w.put_issue(group, "working", id).value();
  ASSERT_TRUE(w.hold(group, {"swc"}));
  NewStep keep;
  keep.text = "次までに調べる";
  ASSERT_TRUE(w.decide(at_group, id, keep));
  EXPECT_EQ(w.see(at_group).head.state, ItemState::deferred);
  ASSERT_EQ(w.waiting("working").size(), 1u);

  const SessionId later = w.sit({"working"});
  const AgendaItemId again = w.put_issue(later, "working", id).value();
  ASSERT_TRUE(w.hold(later, {"swc"}));
  NewStep answer;
  answer.kind = StepKind::answered;
  answer.answer = {AnswerKind::rule, "相談支援連携のルールブック", "夜の電話は輪番で受ける", "", "https://example.jp/rulebook", {}};
  answer.look_on = w.today().plus_days(180);
  ASSERT_TRUE(w.decide(again, id, answer));
  const IssueView v = w.see_issue(id);
  EXPECT_EQ(v.issue.state, IssueState::answered);
  ASSERT_EQ(v.answers.size(), 1u);
  EXPECT_EQ(v.answers.front().kind, AnswerKind::rule);
  EXPECT_EQ(v.steps.size(), 5u);  // raised, to the plenary, carried, kept, answered
  EXPECT_EQ(v.sources.size(), 1u);  // the way back is kept
  EXPECT_EQ(w.acts("common_issue.answered", "rule"), 1);
  const auto waits = w.t.db().read([&](db::ReadTx& tx) { return due::open_about(tx, id.value); });
  ASSERT_EQ(waits.size(), 1u);
  EXPECT_EQ(waits.front().kind, "common_issue.look");

  NewStep look;
  look.kind = StepKind::reopened;
  look.on = w.today();
  ASSERT_TRUE(w.go(w.who, id, look));
  EXPECT_EQ(w.see_issue(id).issue.state, IssueState::raised);
  EXPECT_EQ(w.waiting("zentai_kaigi").size(), 1u);
}

TEST(CommonIssue, is_answered_by_a_resource_or_a_policy_or_is_not_taken_up_with_a_reason) {  // T-73, N-35, N-31, KN-40
  Review w;
  const CommonIssueId id = w.raised();
  NewStep no;
  no.kind = StepKind::not_taken;
  no.on = w.today();
  EXPECT_EQ(w.go(w.who, id, no).error().fields.front().field, "said");
  NewStep resource;
  resource.kind = StepKind::answered;
  resource.on = w.today();
  resource.answer.kind = AnswerKind::resource;
  EXPECT_EQ(w.go(w.who, id, resource).error().fields.size(), 3u);
  resource.answer = {AnswerKind::resource, "夜の電話相談", "週2回、夜8時まで", "社会福祉協議会", "javascript:alert(1)", {}};
  EXPECT_EQ(w.go(w.who, id, resource).error().fields.front().field, "answer_link");
  resource.answer.link.clear();
  ASSERT_TRUE(w.go(w.who, id, resource));
  NewStep policy = resource;
  policy.answer = {AnswerKind::policy, "", "夜間の相談体制を整えます。", "", "", {}};
  ASSERT_TRUE(w.go(w.who, id, policy));
  EXPECT_EQ(w.see_issue(id).answers.size(), 2u);
  const auto stale = w.run(w.who, [&](auto& tx, auto& gate, const auto& actor, const auto& c) { return take_step(tx, gate, actor, c, id, 1, policy); });
  EXPECT_EQ(stale.error().code, ErrorCode::stale);
}

TEST(CommonIssue, is_worded_anew_by_those_who_run_meetings) {
  Review w;
  const CommonIssueId id = w.raised();
  const auto reword = [&](const IssueText& in, std::int64_t version) {
    return w.run(w.who, [&](auto& tx, auto& gate, const auto&, const auto& c) { return reword_issue(tx, gate, c, id, version, in); });
  };
  IssueText other = night();
  other.title = "阿曽家のような家";
  EXPECT_EQ(reword(other, 1).error().code, ErrorCode::invalid);
  other.title = "夜間に相談できない";
  ASSERT_TRUE(reword(other, 1));
  EXPECT_EQ(reword(other, 1).error().code, ErrorCode::stale);
}

// --- the plenary's paper ---

TEST(Plenary, sees_issues_needs_and_resources_and_no_household) {  // K-72, K-74, T-73, N-35, W-49
  Review w;
  const CommonIssueId id = w.raised();
  w.t.clock().set(*Date::from_ymd(2027, 1, 5));
  const Login member = w.t.account("kikan", Role::meeting_member), host = w.t.account("swc", Role::coordinator);
  const auto figures = [&](const Login& login, const PlenaryPeriod& period) {
    return w.t.read(login, [&](auto& tx, auto& gate) { return plenary_figures(tx, gate, w.city(), period); });
  };
  const PlenaryPeriod autumn{FiscalYear{2026}, 3};
  const auto f = figures(host, autumn).value();
  ASSERT_EQ(f.open.size(), 1u);
  EXPECT_EQ(f.issues.front()[3], 1);  // an issue is nobody
  for (const auto& row : f.households.cells)
    for (const std::string& number : row) EXPECT_EQ(number, "＊");
  EXPECT_EQ(f.needs.front().numbers.numbers[3], "＊");
  // 推進員, 市の担当 and 課長 only: a member reads the issues, and no number of households.
  const auto theirs = figures(member, autumn).value();
  EXPECT_EQ(theirs.open.size(), 1u);
  EXPECT_TRUE(theirs.needs.empty());
  EXPECT_TRUE(theirs.households.cells.empty());
  EXPECT_TRUE(has(w.t.get(host, "/common-issues/paper"), "満たされなかった必要（"));
  EXPECT_FALSE(has(w.t.get(member, "/common-issues/paper"), "満たされなかった必要（"));
  EXPECT_FALSE(has(w.t.get(member, "/common-issues/paper.csv"), "世帯の数"));
  // Two answers for days chosen freely would tell of one household.
  EXPECT_EQ(figures(host, {FiscalYear{2026}, 4}).error().code, ErrorCode::invalid) << "it has not ended";
  EXPECT_EQ(figures(host, {FiscalYear{2026}, 0}).error().code, ErrorCode::invalid);
  EXPECT_EQ(w.t.get(host, "/common-issues/paper?period=2026-4").status, 422);
  const auto page = w.t.get(member, "/common-issues/paper");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, night().title));
  EXPECT_FALSE(has(page, "阿曽"));
  const auto file = w.t.get(member, "/common-issues/paper.csv");
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(has(file, night().title));
  EXPECT_FALSE(has(file, "阿曽"));
  const SessionId plenary = w.sit({"zentai_kaigi"});
  EXPECT_TRUE(has(w.t.get(member, w.page(plenary) + "/plenary"), night().title));
  EXPECT_EQ(w.t.get(member, "/common-issues/paper?period=abc").status, 422);
  EXPECT_NE(w.see_issue(id).issue.id.value, 0);
}

// --- pages ---

TEST(CommonIssuePages, ask_right_after_the_result_of_an_item) {  // KN-31
  Review w;
  EXPECT_FALSE(has(w.t.get(w.who, w.page(w.item)), "この話から見えた共通の課題"));
  w.treat(w.sitting, w.item);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item)), "この話から見えた共通の課題"));
  const std::string post = w.page(w.item) + "/common-issues";
  const auto nothing = w.t.post(w.who, post);
  EXPECT_EQ(nothing.status, 422);
  const auto named = w.t.post(w.who, post, {{"title_1", "阿曽さんのこと"}, {"text_1", "つながらない"}, {"field_1", "other"}, {"kind_1", "link"}});
  EXPECT_EQ(named.status, 422);
  EXPECT_TRUE(has(named, "つながらない"));  // what was typed is kept
  EXPECT_EQ(w.t.post(w.who, post, {{"title_1", "夜につながらない"}, {"field_1", "poverty"}, {"kind_1", "resource"}}).status, 303);
  EXPECT_TRUE(has(w.t.get(w.who, w.page(w.item)), "夜につながらない"));
  EXPECT_TRUE(has(w.t.get(w.who, "/common-issues"), "夜につながらない"));
  EXPECT_FALSE(has(w.t.get(w.who, "/common-issues?state=answered"), "夜につながらない"));
}

TEST(CommonIssuePages, bring_an_issue_before_the_plenary_and_take_its_decision) {  // KN-22
  Review w;
  const CommonIssueId id = w.raised();
  const SessionId plenary = w.sit({"zentai_kaigi"});
  EXPECT_TRUE(has(w.t.get(w.who, w.page(plenary)), night().title));
  ASSERT_EQ(w.t.post(w.who, w.page(plenary) + "/common-issues", {{"body", "zentai_kaigi"}, {"issue", id_text(id)}}).status, 303);
  EXPECT_EQ(w.t.post(w.who, w.page(plenary) + "/common-issues", {{"body", "zentai_kaigi"}, {"issue", id_text(id)}}).status, 409);
  ASSERT_TRUE(w.hold(plenary, {"swc"}));
  const auto items = w.t.read(w.who, [&](auto& tx, auto& gate) { return items_of(tx, gate, plenary); });
  const std::string item = w.page(items.at(0).head.id);
  const auto page = w.t.get(w.who, item);
  EXPECT_TRUE(has(page, "この課題をどうするか"));
  EXPECT_FALSE(has(page, "会議の結果を書く"));  // one form, not two
  const auto wrong = w.t.post(w.who, item + "/common-issue", {{"version", "1"}, {"issue_version", "2"}, {"step", "not_taken"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, "理由を入力してください"));
  const auto stale = w.t.post(w.who, item + "/common-issue", {{"version", "1"}, {"issue_version", "1"}, {"step", "not_taken"}, {"said", "市では受けられない"}});
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(w.see_issue(id).issue.state, IssueState::plenary);  // nothing half written
  EXPECT_EQ(w.t.post(w.who, item + "/common-issue", {{"version", "1"}, {"issue_version", "2"}, {"step", "not_taken"}, {"said", "市では受けられない"}}).status, 303);
  EXPECT_EQ(w.see_issue(id).issue.state, IssueState::not_taken);
  EXPECT_TRUE(has(w.t.get(w.who, "/common-issues/" + id_text(id)), "市では受けられない"));
}

}  // namespace
}  // namespace kasane::meeting
