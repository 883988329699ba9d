// A city that the program was not made with, from its folder alone: its own names, bodies, reasons and days from the
// first notice to the case that is opened again. Nothing here is written in the program. The steps are those of
// N-27 to N-30: reception, assessment, draft of the plan, meeting, progress, evaluation.
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "cli/demo_plan_steps.hpp"
#include "cli/routes.hpp"
#include "programme/account_service.hpp"
#include "programme/sign_in_pages.hpp"
#include "programme/testing.hpp"

namespace kasane {
namespace {

using cli::invented::World;
using programme::testing::Login;
using programme::testing::TestCity;
using testing::HasSubstr;
using testing::Not;

const Date kToday = *Date::from_ymd(2026, 11, 24);
constexpr const char* kIslandWords = "船が止まり、ほかに知る方法がないとき";

class SixthCity : public ::testing::Test {
 protected:
  SixthCity() : dispatcher_(cli::all_routes()), world_(t_.city(), t_.clock(), kToday) {
    dispatcher_.add_city(std::shared_ptr<programme::City>(std::shared_ptr<void>(), &t_.city()));
    const auto hire = [&](const char* who, const char* agency, Role role, const char* services = "") {
      logins_[who] = t_.account(agency, role, services);
      world_.add_account(who, logins_[who].account);
    };
    hire("commissioner", "commissioners", Role::commissioner);
    hire("window", "cgsc_minato", Role::window_counsellor, "cgsc_operation");
    hire("coordinator", "hamanokai", Role::coordinator, "collaboration,planning");
    hire("worker", "hamanokai", Role::field_worker, "outreach,participation");
    hire("officer", "shimin_anzen_ka", Role::city_officer);
    hire("head", "shimin_anzen_ka", Role::head);
    hire("stranger", "akari", Role::window_counsellor, "disability_consultation");
  }

  std::string page(const char* who, std::string path) {
    web::Request r;
    r.method = "GET";
    if (const auto q = path.find('?'); q != std::string::npos) {
      std::istringstream pairs(path.substr(q + 1));
      for (std::string one; std::getline(pairs, one, '&');) r.query.emplace_back(one.substr(0, one.find('=')), one.substr(one.find('=') + 1));
      path.resize(q);
    }
    r.path = "/mitsuhama" + path;
    std::istringstream segments(r.path.substr(1));
    for (std::string one; std::getline(segments, one, '/');) r.segments.push_back(one);
    r.client = "192.0.2.1";
    r.secure = true;
    r.request_id = 42;
    // The story's clock goes back and forth by days, which no session outlives.
    const std::string token = "token-" + std::to_string(++sign_ins_);
    t_.db().write([&](db::WriteTx& tx) { programme::add_session(tx, programme::token_hash(token), {logins_.at(who).account, "csrf", t_.clock().now(), t_.clock().now()}); });
    r.cookies = {{programme::session_cookie_name(t_.city()), token}};
    const web::Reply reply = dispatcher_.answer(std::move(r));
    EXPECT_EQ(reply.status, 200) << path << " as " << who;
    return reply.body;
  }
  std::int64_t acts(const char* kind) {
    return t_.db().read([&](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM act WHERE kind = $1", db::params(kind)); });
  }
  std::int64_t due_in(const char* kind) {
    const auto day = t_.db().read([&](db::ReadTx& tx) {
      return tx.one("SELECT due_on FROM due_item WHERE kind = $1 AND done_on IS NULL ORDER BY id DESC LIMIT 1", db::params(kind), [](const db::Row& r) { return r.text(0); });
    });
    if (!day) return -1;
    return Date::from_iso(*day)->days() - world_.now_on().days();
  }
  void sit(const std::string& body, meeting::Matter matter, std::int64_t id, const meeting::Outcome& said, const char* host, SessionId* session = nullptr) {
    const SessionId s = cli::invented::sitting(world_, host, {body}, world_.now_on());
    if (session != nullptr) *session = s;
    item_ = cli::invented::item(world_, host, s, body, matter, id, "どう進めるか。");
    cli::invented::hold(world_, host, s, {"officer", "coordinator", "window"});
    cli::invented::outcome(world_, host, item_, said);
    cli::invented::confirm(world_, host, s);
  }

  void a_notice_becomes_a_referral();
  void the_meeting_connects_it();
  void consent_and_an_early_start();
  void the_plan_is_taken_note_of_and_decided();
  void recorded_reviewed_and_closed();
  void opened_again();

  TestCity t_{"mitsuhama", {}, kToday};
  programme::Dispatcher dispatcher_;
  int sign_ins_ = 0;
  World world_;
  std::map<std::string, Login> logins_;
  cli::invented::Home home_;
  CaseId case_;
  PlanId plan_;
  AgendaItemId item_;
  std::int64_t early_ = 0;
  std::string plan_page_;
};

void SixthCity::a_notice_becomes_a_referral() {
  world_.days_ago(200);
  casework::NewNotice seen;
  seen.source = "commissioner";
  seen.owner = t_.agency("cgsc_minato");
  seen.area = "shima";
  seen.text = "船が出ない日が続き、郵便がたまっている。";
  const NoticeId told = cli::invented::notice(world_, "commissioner", seen);
  EXPECT_EQ(due_in("notice.look"), 1) << "the city looks within a day";
  EXPECT_THAT(page("commissioner", "/notices"), Not(HasSubstr("郵便"))) << "silent to who told it";
  EXPECT_THAT(page("window", "/notices/" + id_text(told)), HasSubstr("郵便がたまっている"));
  cli::invented::look(world_, "window", told, casework::LookResult::support, "島の家で話を聞けた。");
  home_ = cli::invented::home(world_, "window", {"shima", "沖の島1", ""}, {{"磯部", "渚", "いそべ なぎさ", 71, "female", "self"}, {"磯部", "航", "いそべ わたる", 44, "male", "child"}});
  const IntakeId taken = cli::invented::intake(world_, "window", home_, {.about = {"illness"}, .summary = "船が止まると薬が切れる。", .notice = told, .person = home_[0]});
  EXPECT_THAT(page("window", "/intakes/new"), HasSubstr("巡回船")) << "a channel of the city's own";
  EXPECT_THAT(page("window", "/households/" + id_text(home_.id) + "/issues/new"), HasSubstr("船便の欠航による孤立"));
  cli::invented::screen(world_, "window", taken, casework::ScreeningResult::multi_agency, "三つより多い機関が関わっている。");
  const std::string form = page("window", "/referrals/new?kind=collaboration&household=" + id_text(home_.id));
  for (const char* own : {"海の向こうに家族がいる", "手伝う人が多く、まとまらない", kIslandWords}) EXPECT_THAT(form, HasSubstr(own));
  cli::invented::refer(world_, "window", home_, {.passing = casework::Passing::statutory, .person = home_[0], .intake = taken, .reasons = {"sea"}, .reason = "島の外の機関をつなぎたい。",
                                                 .text = "母の薬と、息子の仕事。", .ground = "island"});
  EXPECT_EQ(due_in("referral.reply"), 10);
}

void SixthCity::the_meeting_connects_it() {
  world_.days_ago(195);
  EXPECT_EQ(acts("case.opened"), 0) << "the meeting judges, nobody before it";
  const GroundRequestId asked = cli::invented::waiting_request(world_, "officer", home_);
  meeting::Outcome said;  // N-46: what the meeting said is kept where the work goes on
  said.policy = "つぎの船で訪ね、薬を続けて届ける。";
  said.connect = meeting::Connect::needed;
  said.subjects = {home_[0]};
  SessionId session;
  sit("sugu", meeting::Matter::request, asked.value, said, "officer", &session);
  EXPECT_THAT(page("officer", "/meetings/" + id_text(session)), HasSubstr("すぐ会議"));
  EXPECT_THAT(page("officer", "/items/" + id_text(item_)), HasSubstr(kIslandWords));
  case_ = world_.look("coordinator", [&](db::ReadTx& tx, access::Gate& gate) { return casework::case_of(tx, gate, home_.id); }).value();
  const auto facts = world_.look("coordinator", [&](db::ReadTx& tx, access::Gate& gate) { return casework::case_facts(tx, gate, case_); });
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->state, casework::CaseState::before_consent);
  EXPECT_EQ(facts->cadence_days, 14) << "the city's own days of silence";
}

void SixthCity::consent_and_an_early_start() {
  world_.days_ago(190);
  cli::invented::consent(world_, "coordinator", home_, home_[0], {});
  const std::string form = page("coordinator", "/cases/" + id_text(case_) + "/early-start");
  for (const char* own : {"船が止まる前に始める", "冬の暖房がない", "子どもの食事がない"}) EXPECT_THAT(form, HasSubstr(own));
  early_ = cli::invented::start_early(world_, "coordinator", case_, "outreach", "hamanokai", "ferry", "");
  EXPECT_EQ(due_in("early.ratify"), 90);
  cli::invented::record(world_, "worker", home_, {.text = "【本人】「船が出るうちに来てくれて助かった」", .person = home_[0], .services = {"outreach"}, .minutes = 50});
}

void SixthCity::the_plan_is_taken_note_of_and_decided() {
  world_.days_ago(180);
  planning::PlanContent c;
  c.approach = "solve";
  c.wishes = "島で暮らし続けたい。";
  c.direction = "薬と見守りを、船の日に合わせる。";
  c.review_on = world_.now_on().plus_months(3);
  c.persons = {home_[0]};
  c.goals = {{planning::Term::long_term, "life", home_[0], "薬が切れない", world_.now_on().plus_months(6), access::Topic::plan, false}};
  c.roles = {{t_.agency("hamanokai"), "", "船の日に訪ねる", "週1回", world_.now_on().plus_months(3), "outreach", access::Topic::plan, false}};
  plan_ = cli::invented::plan(world_, "coordinator", case_, planning::PlanKind::collaboration, c);
  cli::invented::submit(world_, "coordinator", plan_);
  meeting::Outcome said;
  sit("tabane_kaigi", meeting::Matter::plan, plan_.value, said, "coordinator");
  EXPECT_THAT(page("coordinator", "/items/" + id_text(item_)), HasSubstr("承る"));
  sit("tabane_kaigi", meeting::Matter::early_start, early_, said, "coordinator");
  EXPECT_EQ(due_in("early.ratify"), -1) << "ratified";
  cli::invented::decide(world_, "head", plan_);
  // KN-20: the division of roles becomes what each agency has to do.
  const auto tasks = world_.look("worker", [&](db::ReadTx& tx, access::Gate& gate) { return casework::tasks_of(tx, gate, home_.id); });
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].what.shown(), "船の日に訪ねる");
  plan_page_ = page("coordinator", "/plans/" + id_text(plan_));
  for (const char* own : {"承る", "応援計画", "たばねる応援事業"}) EXPECT_THAT(plan_page_, HasSubstr(own));
  EXPECT_THAT(page("coordinator", "/households/" + id_text(home_.id) + "/sheet"), HasSubstr("うちの絵"));
}

void SixthCity::recorded_reviewed_and_closed() {
  world_.days_ago(90);
  cli::invented::record(world_, "worker", home_, {.text = "【事実】薬は二週間分ある。", .person = home_[0], .services = {"outreach", "participation"}, .minutes = 30});
  const std::string form = page("coordinator", "/plans/" + id_text(plan_) + "/evaluation");
  EXPECT_THAT(form, HasSubstr("海に出られるか"));
  EXPECT_THAT(form, HasSubstr("話す人がいるか"));
  planning::NewEvaluation made;
  made.plan = plan_;
  made.made_on = world_.now_on();
  made.verdict = planning::Verdict::close;
  made.change = "船の日に自分で電話するようになった。";
  made.dimensions = {{"sea", 1, 4}, {"talk", 2, 4}};
  world_.as("coordinator", "plan.evaluate", [&](auto& tx, auto& gate, const auto& actor) -> Result<EvaluationId> {
    const auto view = planning::plan_view(tx, gate, plan_);
    if (!view) return tl::unexpected(view.error());
    made.plan_version = view->head.version;
    return planning::evaluate(tx, gate, actor, cli::invented::settings(world_), made);
  });
  sit("tabane_kaigi", meeting::Matter::review, plan_.value, {}, "coordinator");
  EXPECT_THAT(page("coordinator", "/cases/" + id_text(case_) + "/closure"), HasSubstr("ひとくぎり"));
  planning::NewClosure ending;
  ending.case_id = case_;
  ending.proposed_on = world_.now_on();
  ending.reason = "resolved";
  ending.main_contact = t_.agency("cgsc_minato");
  ending.watch_channel = "月1回の電話";
  ending.access_until = world_.now_on().plus_days(t_.m().rules.days.dormant_access);
  const ClosureId proposed = world_.as("coordinator", "closure.propose", [&](auto& tx, auto& gate, const auto& actor) { return planning::propose_closure(tx, gate, actor, ending); });
  cli::invented::finish_tasks(world_, "coordinator", home_, true);
  sit("tabane_kaigi", meeting::Matter::closure, proposed.value, {}, "coordinator");
  EXPECT_EQ(acts("case.closed"), 1);
}

void SixthCity::opened_again() {
  t_.clock().set(kToday);
  world_.as("coordinator", "case.reopen", [&](auto& tx, auto& gate, const auto& actor) { return casework::reopen_case(tx, gate, actor, case_, "surroundings"); });
  const auto facts = world_.look("coordinator", [&](db::ReadTx& tx, access::Gate& gate) { return casework::case_facts(tx, gate, case_); });
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->state, casework::CaseState::preparing) << "the consent stands as long as the reading after closure";
  EXPECT_EQ(facts->episode, 2);
}

// KN-43: taking, sorting, liaising and preparing the meeting are all done by the coordinator.
TEST_F(SixthCity, runs_the_whole_flow_from_its_folder_alone) {
  a_notice_becomes_a_referral();
  the_meeting_connects_it();
  consent_and_an_early_start();
  the_plan_is_taken_note_of_and_decided();
  recorded_reviewed_and_closed();
  opened_again();
  const std::string counts = page("officer", "/counts?from=R8.4.1&to=R9.3.31");
  EXPECT_THAT(counts, HasSubstr("応援計画の数"));
  EXPECT_THAT(counts, HasSubstr("つながりを感じる人をふやす"));
  EXPECT_THAT(counts, HasSubstr("参加が6か月つづいた割合"));
  for (const char* kind : {"intake.taken", "referral.sent", "case.opened", "plan.decided", "early.ratified", "evaluation.made", "case.closed", "case.reopened"})
    EXPECT_EQ(acts(kind), 1) << kind;
  // None of the five cities' or the nation's words stands where this city has its own.
  for (const std::string& shown : {plan_page_, page("coordinator", "/meetings")})
    for (const char* other : {"重層的支援会議", "支援調整会議", "支援プラン", "終結"}) EXPECT_THAT(shown, Not(HasSubstr(other)));
  EXPECT_THAT(page("stranger", "/cases"), Not(HasSubstr("磯部"))) << "an agency without a ground finds nothing here either";
}

}  // namespace
}  // namespace kasane
