// 北上, 及川家: below the threshold at first, connected later, two plans in a bundle, closed, and open again under the
// same number with consent lapsed.
#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

using access::Topic;
using planning::PlanKind;

namespace {

struct Oikawa {
  World& w;
  Home at;
  CaseId case_id = {};
  std::int64_t early = 0;
  PersonId father() const { return at[0]; }
  PersonId son() const { return at[1]; }
};

meeting::Outcome below_threshold() {
  meeting::Outcome said;
  said.note = "二つの課が持ち寄った。";
  said.policy = "見守りを続け、2か月後にもう一度話す。";
  said.connect = meeting::Connect::not_needed;
  said.below_threshold = "concern";
  said.advice = "いまの窓口で、父の仕事の話から聞いていく。";
  return said;
}

void sit(World& w, Date on, AgendaItemId item, SessionId session, const meeting::Outcome& said) {
  w.on(on, 16);
  hold(w, "coordinator", session, {"officer", "coordinator", "core", "window"});
  outcome(w, "coordinator", item, said);
  confirm(w, "coordinator", session);
}

/// The monthly sitting of the core members: first below the threshold, two months later to be connected.
Oikawa through_the_core_meeting(World& w) {
  w.days_ago(440);
  Oikawa o{w, home(w, "coordinator", {"kurosawajiri_higashi", "架空9地割12", ""},
                   {{"及川", "誠", "おいかわ まこと", 52, "male", "self"}, {"及川", "春樹", "おいかわ はるき", 22, "male", "child"}})};
  intake(w, "coordinator", o.at, {.about = {"job_search", "withdrawal"}, .summary = "工場が閉まって仕事を失った。息子は高校を出てから家にいる。", .person = o.father()});
  Date on = w.ago(430);
  w.days_ago(436);
  SessionId s = sitting(w, "coordinator", {conference(w)}, on);
  GroundRequestId asked = ask_conference(w, "coordinator", o.at, "held_apart", "二つの課が別々に知っている。");
  AgendaItemId i = item(w, "coordinator", s, conference(w), meeting::Matter::request, asked.value, "どこまで関わるか。");
  sit(w, on, i, s, below_threshold());

  w.days_ago(372);
  on = w.ago(365);
  s = sitting(w, "coordinator", {conference(w)}, on);
  asked = ask_conference(w, "coordinator", o.at, "no_consent", "貯金がなくなり、家賃が払えない。");
  i = item(w, "coordinator", s, conference(w), meeting::Matter::request, asked.value, "多機関協働につなぐか。");
  meeting::Outcome said;
  said.policy = "父の利用申込みをもらい、仕事と家計を一緒に進める。";
  said.connect = meeting::Connect::needed;
  said.subjects = {o.father()};
  sit(w, on, i, s, said);
  o.case_id = w.look("coordinator", [&](db::ReadTx& tx, access::Gate& gate) { return casework::case_of(tx, gate, o.at.id); }).value();
  return o;
}

void father_signs_son_does_not(Oikawa& o) {
  World& w = o.w;
  w.days_ago(358);
  involve(w, "coordinator", o.at, "window", "家計の相談を受ける");
  consent(w, "coordinator", o.at, o.father(), {});
  consent(w, "coordinator", o.at, o.son(), {.application = false, .sharing = false});
  w.days_ago(355);
  o.early = start_early(w, "coordinator", o.case_id, "participation", "swc", "early", "面接の日が決まっている。");
}

planning::PlanContent plan_for(const Oikawa& o, const char* direction, const char* goal, const char* role, const char* agency, const char* service) {
  planning::PlanContent c;
  c.approach = "solve";
  c.wishes = "もう一度、朝に出かける暮らしをしたい。";
  c.direction = direction;
  c.review_on = o.w.now_on().plus_months(3);
  c.persons = {o.father()};
  c.goals = {{planning::Term::long_term, "life", o.father(), goal, o.w.now_on().plus_months(8), Topic::plan, false}};
  c.roles = {{o.w.agency(agency), "", role, "月2回", o.w.now_on().plus_months(2), service, Topic::plan, false}};
  return c;
}

/// One 適切, one 差戻し, in one sitting; the one sent back comes again.
void bundle(Oikawa& o) {
  World& w = o.w;
  w.days_ago(348);
  const PlanId whole = plan(w, "coordinator", o.case_id, PlanKind::collaboration,
                            plan_for(o, "家計と仕事を並べて進める。", "家賃を滞りなく払える", "家計表を一緒に見る", "kurashi_jiritsu", ""));
  const PlanId part = plan(w, "coordinator2", o.case_id, PlanKind::participation,
                           plan_for(o, "短い時間の仕事からならす。", "週3日の仕事が続く", "受け入れ先の見学に同行する", "swc", "participation"));
  w.days_ago(345);
  submit(w, "coordinator", whole, {part});
  const Date on = w.ago(338);
  const SessionId s = sitting(w, "coordinator", {decision_body(w)}, on);
  const AgendaItemId i = item(w, "coordinator", s, decision_body(w), meeting::Matter::plan, whole.value, "二つのプランが合っているか。");
  const AgendaItemId ratified = item(w, "coordinator", s, decision_body(w), meeting::Matter::early_start, o.early, "決定前に始めた参加支援について。");
  w.on(on, 16);
  hold(w, "coordinator", s, {"officer", "coordinator", "window"});
  meeting::Outcome said;
  said.findings = {{part, planning::Finding::send_back, "見学の回数と、体の負担を書き足す。", {}}};
  outcome(w, "coordinator", i, said);
  outcome(w, "coordinator", ratified);
  confirm(w, "coordinator", s);
  w.days_ago(336);
  decide(w, "head", whole);
}

void closed_and_open_again(Oikawa& o) {
  World& w = o.w;
  w.days_ago(310, 15);
  record(w, "worker", o.at, {.text = "【事実】面接に同行した。翌週から週2日。", .person = o.father(), .services = {"participation"}, .content = {"work"}, .minutes = 90, .next_in_days = 20});
  w.days_ago(190);
  planning::NewClosure in;
  in.case_id = o.case_id;
  in.proposed_on = w.now_on();
  in.reason = "resolved";
  in.main_contact = w.agency("kurashi_jiritsu");
  in.watch_channel = "月1回の電話";
  in.access_until = w.now_on().plus_days(120);
  const ClosureId proposed = w.as("coordinator", "closure.propose", [&](auto& tx, auto& gate, const auto& actor) { return planning::propose_closure(tx, gate, actor, in); });
  const Date on = w.ago(183);
  const SessionId s = sitting(w, "coordinator", {decision_body(w)}, on);
  const AgendaItemId i = item(w, "coordinator", s, decision_body(w), meeting::Matter::closure, proposed.value, "終結してよいか。");
  w.on(on, 16);
  hold(w, "coordinator", s, {"officer", "coordinator", "window"});
  outcome(w, "coordinator", i);
  confirm(w, "coordinator", s);
  w.days_ago(30);
  // The consent has lapsed with the time-boxed reading: the case is before consent again, its history kept.
  w.as("coordinator", "case.reopen", [&](auto& tx, auto& gate, const auto& actor) { return casework::reopen_case(tx, gate, actor, o.case_id, "surroundings"); });
}

}  // namespace

void run_kitakami(World& w) {
  Oikawa o = through_the_core_meeting(w);
  father_signs_son_does_not(o);
  bundle(o);
  closed_and_open_again(o);
}

}  // namespace kasane::cli::invented
