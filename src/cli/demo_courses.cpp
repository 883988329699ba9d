#include "cli/demo_courses.hpp"

#include "casework/team_service.hpp"
#include "cli/demo_plan_steps.hpp"
#include "cli/demo_situations.hpp"

namespace kasane::cli::invented {

using casework::Outcome;
using casework::ScreeningResult;

namespace {

bool meeting_judges(const World& w) { return w.m().rules.judge == programme::Judge::meeting; }

/// The first reason of the city's list, for a referral; a city without a list takes the free reason alone.
std::vector<std::string> first_reason(const World& w) {
  const auto& reasons = w.m().rules.referral_reasons;
  return reasons.empty() ? std::vector<std::string>() : std::vector<std::string>{reasons.front().code};
}
std::string first_category(const World& w) {
  const auto& all = w.m().rules.case_categories;
  return all.empty() ? std::string() : all.front().code;
}

struct Going {
  World& w;
  const Course& c;
  Home at;
  CaseId case_id;

  PlanId plan_id = {};

  const Situation& s() const { return *c.situation; }
  PersonId subject() const { return at[c.subject]; }
  /// `day` days after it began.
  void day(int after, int hour = 10) { w.days_ago(c.begun_days_ago - after, hour); }
};

IntakeId begin(Going& g, Who who) {
  g.day(0);
  g.at = home(g.w, who, g.c.place, g.c.faces);
  return intake(g.w, who, g.at, {.about = g.s().about, .summary = g.s().summary, .person = g.subject()});
}

/// Where a meeting decides about connecting, whoever runs 多機関協働 also takes intakes of its own.
void open_at_the_operator(Going& g) {
  const IntakeId id = begin(g, "coordinator");
  g.day(2);
  screen(g.w, "coordinator", id, ScreeningResult::multi_agency, g.s().reason);
  const casework::CaseFromIntake what{{g.subject()}, first_category(g.w), g.w.agency_of("coordinator"), {}};
  g.case_id = g.w.as("coordinator", "case.open", [&](auto& tx, auto& gate, const auto& actor) {
    return casework::open_case_from_intake(tx, gate, actor, g.w.in_city(), id, what);
  });
}

/// False when it stops here.
bool open_by_referral(Going& g) {
  const IntakeId id = begin(g, g.c.window);
  if (g.c.stop == Stop::intake) return false;
  g.day(1);
  screen(g.w, g.c.window, id, ScreeningResult::multi_agency, g.s().reason);
  Handover handover{.person = g.subject(), .intake = id, .reasons = first_reason(g.w), .reason = g.s().reason, .text = g.s().passed_on};
  if (const auto* body = g.w.m().body_for(programme::BodyFunction::support_conference_106_6); meeting_judges(g.w) && body != nullptr && !body->grounds.empty())
    handover.ground = body->grounds.front().code;
  const ReferralId sent = refer(g.w, g.c.window, g.at, handover);
  if (g.c.stop == Stop::referral) return false;
  g.day(4);
  g.case_id = accept(g.w, "coordinator", g.at, sent, {g.subject()}, "受けました。次の会議までに、いまの様子をまとめます。", first_category(g.w));
  read_answer(g.w, g.c.window, sent);
  return true;
}

void involve(Going& g, Who who, casework::InvolvementRole role, const char* what) {
  const casework::NewInvolvement row{g.at.id, g.w.agency_of(who), g.w.account(who), role, {}, what, g.w.now_on(), {}, false};
  g.w.as("coordinator", "team.involve", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto done = casework::involve(tx, gate, actor, row);
    // The field worker of the coordinator's own agency is on the team already.
    if (!done && done.error().code != ErrorCode::conflict) return tl::unexpected(done.error());
    return {};
  });
}

void first_weeks(Going& g) {
  g.day(6);
  for (const IssueOf& i : g.s().issues)
    issue(g.w, "coordinator", g.at, i.person < 0 ? std::optional<PersonId>() : std::optional(g.at[static_cast<std::size_t>(i.person)]), i.code, i.certainty,
          i.treatment);
  for (const RoleOf& r : g.s().roles)
    if (*r.who != '\0' && std::string_view(r.who) != "coordinator") involve(g, r.who, casework::InvolvementRole::member, r.what);
  if (g.s().safety != nullptr) {
    const people::SafetyEdit note{{"excessive_complaints", "two_people"}, g.s().safety, 0};
    g.w.as("coordinator", "safety.set", [&](auto& tx, auto& gate, const auto& actor) { return people::set_safety(tx, gate, actor, g.at.id, note); });
  }
  g.day(8, 14);
  record(g.w, "coordinator", g.at, {.text = g.s().first_visit, .person = g.subject(), .services = {"collaboration"}, .minutes = 40, .stage = "talks", .next_in_days = 14});
  task(g.w, "coordinator", g.at, g.case_id, g.w.in_city().dir.code(g.w.agency_of("worker")).c_str(), "次に訪ねる日を本人と決める", 10);
}

void later_weeks(Going& g) {
  g.day(20, 15);
  record(g.w, "worker", g.at, {.text = g.s().later_visit, .person = g.subject(), .services = {g.s().service}, .content = {"outreach"}, .minutes = 30, .stage = "accepts", .next_in_days = 14});
  finish_tasks(g.w, "coordinator", g.at);
}

planning::PlanContent content_of(Going& g) {
  planning::PlanContent content;
  const bool one_plan_for_all = g.w.m().rules.plan_author != programme::PlanAuthor::each_contractor_bundle;
  content.names_outreach = one_plan_for_all && std::string_view(g.s().service) == "outreach";
  content.names_participation = one_plan_for_all && std::string_view(g.s().service) == "participation";
  content.approach = "accompany";
  content.wishes = g.s().wishes;
  content.direction = g.s().direction;
  content.review_on = g.w.now_on().plus_months(6);
  content.persons = {g.subject()};
  content.goals = {{planning::Term::long_term, "life", g.subject(), g.s().long_goal, g.w.now_on().plus_months(12), access::Topic::plan, false},
                   {planning::Term::short_term, "relationship", g.subject(), g.s().short_goal, g.w.now_on().plus_months(3), access::Topic::plan, false}};
  for (const RoleOf& r : g.s().roles) {
    planning::NewRole role;
    if (*r.who != '\0') role.agency = g.w.agency_of(r.who);
    role.who = r.part;
    role.what = r.what;
    role.how_often = r.how_often;
    if (*r.who != '\0') role.by_on = g.w.now_on().plus_months(12);
    content.roles.push_back(role);
  }
  return content;
}

void make_plan(Going& g) {
  g.day(24);
  assess(g.w, "coordinator", g.case_id, {{"family", g.s().first_visit, 0}, {"own_words", g.s().wishes, 0}});
  g.day(28);
  g.plan_id = plan(g.w, "coordinator", g.case_id, planning::PlanKind::collaboration, content_of(g));
  g.day(30);
  submit(g.w, "coordinator", g.plan_id);
}

/// The sitting is called a week ahead; the matter is put on its agenda, treated and the minutes confirmed.
void meet(Going& g, int after, meeting::Matter matter, std::int64_t id, const char* question) {
  g.day(after - 6);
  const Date on = g.w.ago(g.c.begun_days_ago - after);
  const SessionId s = sitting(g.w, "coordinator", {decision_body(g.w)}, on);
  const AgendaItemId i = item(g.w, "coordinator", s, decision_body(g.w), matter, id, question);
  g.w.on(on, 16);
  hold(g.w, "coordinator", s, {"coordinator", "officer", g.c.window, "worker"});
  meeting::Outcome said;
  said.note = "役割分担を確かめた。";
  outcome(g.w, "coordinator", i, said);
  confirm(g.w, "coordinator", s);
}

void decided(Going& g) {
  meet(g, 37, meeting::Matter::plan, g.plan_id.value, "このプランで進めてよいか。");
  g.day(38);
  decide(g.w, "head", g.plan_id);
}

/// Visits about every three weeks until `last` days after it began; one of them finds nobody at home.
void support(Going& g, int last) {
  int n = 0;
  for (int after = 45; after <= last; after += 21) {
    g.day(after, 14);
    const bool nobody = ++n % 3 == 2;
    record(g.w, "worker", g.at,
           {.outcome = nobody ? "no_answer" : "met", .text = nobody ? "【事実】留守。手紙を入れた。" : g.s().later_visit, .person = g.subject(),
            .services = {g.s().service}, .content = {"outreach"}, .attempt = nobody, .minutes = nobody ? 10 : 35, .stage = nobody ? "" : "accepts",
            .next_in_days = 21});
  }
}

/// The next sitting is planned for the coming days, with this plan on its agenda.
void put_on_next_agenda(Going& g) {
  g.w.days_ago(3);
  record(g.w, "coordinator", g.at, {.method = "phone", .text = "【本人】プランの案に「これでよい」\n\n【予定】会議のあとに知らせる。", .person = g.subject(), .minutes = 10, .next_in_days = 10});
  const SessionId s = sitting(g.w, "coordinator", {decision_body(g.w)}, g.w.today().plus_days(5));
  item(g.w, "coordinator", s, decision_body(g.w), meeting::Matter::plan, g.plan_id.value, "このプランで進めてよいか。");
}

void propose_to_close(Going& g, int after) {
  g.day(after);
  planning::NewEvaluation evaluation;
  evaluation.plan = g.plan_id;
  evaluation.made_on = g.w.now_on();
  evaluation.verdict = planning::Verdict::close;
  evaluation.change = "本人が自分で窓口に電話できるようになった。";
  evaluation.person_view = "「もう自分たちでやってみたい」";
  evaluation.left = "急な出費があるときは、また相談する。";
  g.w.as("coordinator", "plan.evaluate", [&](auto& tx, auto& gate, const auto& actor) -> Result<EvaluationId> {
    const auto shown = planning::plan_view(tx, gate, g.plan_id);
    if (!shown) return tl::unexpected(shown.error());
    evaluation.plan_version = shown->head.version;
    return planning::evaluate(tx, gate, actor, settings(g.w), evaluation);
  });
}

ClosureId closure(Going& g) {
  planning::NewClosure in;
  in.case_id = g.case_id;
  in.proposed_on = g.w.now_on();
  in.reason = "resolved";
  in.main_contact = g.w.agency_of(g.c.window);
  in.watch_channel = "月1回の電話";
  in.access_until = g.w.now_on().plus_days(g.w.m().rules.days.dormant_access);
  in.note = "困ったときの連絡先を本人に渡した。";
  return g.w.as("coordinator", "closure.propose", [&](auto& tx, auto& gate, const auto& actor) { return planning::propose_closure(tx, gate, actor, in); });
}

}  // namespace

void run(World& w, const Course& course) {
  Going g{w, course, {}, {}};
  const bool early = course.stop == Stop::intake || course.stop == Stop::referral;
  if (meeting_judges(w) && !early) open_at_the_operator(g);
  else if (!open_by_referral(g)) return;
  first_weeks(g);
  if (course.stop == Stop::before_consent) return;
  g.day(15, 11);
  consent(w, "coordinator", g.at, g.subject(), {});
  later_weeks(g);
  if (course.stop == Stop::preparing) return;
  make_plan(g);
  if (course.stop == Stop::submitted) return put_on_next_agenda(g);
  decided(g);
  if (course.stop == Stop::active) return support(g, course.begun_days_ago - 3);
  support(g, 120);
  propose_to_close(g, 132);
  const ClosureId proposed = closure(g);
  if (course.stop == Stop::closing) return;
  finish_tasks(g.w, "coordinator", g.at, true);
  meet(g, 146, meeting::Matter::closure, proposed.value, "終結してよいか。");
}

}  // namespace kasane::cli::invented
