// 会津若松, 佐瀬家: a mother who is made to hand over her pension; two papers on two grounds; nothing reaches the other side.
#include "casework/abuse_service.hpp"
#include "cli/demo_archive.hpp"
#include "cli/demo_protection.hpp"
#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

using access::Topic;

namespace {

struct Sase {
  World& w;
  Home at;
  IntakeId intake = {};
  CaseId case_id = {};
  PersonId mother() const { return at[0]; }
  PersonId son() const { return at[1]; }
};

Sase reported_at_once(World& w) {
  w.days_ago(100, 9);
  Sase s{w, home(w, "window", {"", "架空町6-6", ""},
                 {{"佐瀬", "幸子", "させ さちこ", 63, "female", "self", "昼の12時台に職場へ"}, {"佐瀬", "亮", "させ りょう", 31, "male", "child"}})};
  s.intake = intake(w, "window", s.at, {.about = {"violence", "debt", "income"}, .summary = "年金の入った通帳を息子に渡すように言われ、自分の名前の借金も増えている。",
                                        .person = s.mother(), .abuse = true});
  casework::NewAbuseReport report;
  report.kind = casework::AbuseKind::other;
  report.agency = w.agency("seikatsu_support");
  report.reported_to = w.agency("chiiki_fukushi");
  report.reported_on = w.now_on();
  report.text = "同居の息子に年金を渡すよう強いられているおそれ。けがはない。";
  report.reporter = "本人の姉";
  report.household = s.at.id;
  report.person = s.mother();
  report.from = SubjectRef{SubjectKind::intake, s.intake.value};
  const NoticeId id = w.as("window", "abuse.report", [&](auto& tx, auto& gate, const auto& actor) {
    return casework::report_abuse(tx, gate, actor, w.in_city(), report);
  });
  w.days_ago(100, 11);
  w.as("coordinator", "abuse.receive", [&](auto& tx, auto& gate, const auto& actor) { return casework::note_abuse_received(tx, gate, actor, id); });
  return s;
}

/// The son asked about work himself: his own matter goes to his own window, which learns nothing of the mother's.
void work_of_the_son(Sase& s) {
  World& w = s.w;
  w.days_ago(98);
  const ReferralId sent = refer(w, "window", s.at, {.kind = casework::ReferralKind::network, .to = "dis_2", .person = s.son(),
                                                    .text = "仕事をさがしたいとのこと。本人は、窓口に伝えてよいと話している。"});
  w.days_ago(96);
  casework::ReferralAnswer reply;
  reply.text = "仕事の相談を続けます。";
  take(w, "window3", sent);
  answer(w, "window3", sent, reply);
  read_answer(w, "window", sent);
}

void case_and_consent(Sase& s) {
  World& w = s.w;
  w.days_ago(95);
  const ReferralId sent = refer(w, "window", s.at, {.person = s.mother(), .intake = s.intake, .reasons = {"beyond_agency"}, .reason = "お金・住まい・母子の関係が重なっている。",
                                                    .text = "本人は、地域包括支援センターと司法書士に伝えてよいと話している。"});
  w.days_ago(94);
  s.case_id = accept(w, "coordinator", s.at, sent, {s.mother()}, "受けました。本人に会う時間は昼にします。");
  read_answer(w, "window", sent);
  involve(w, "coordinator", s.at, "window2", "体の具合と暮らしの相談を受ける");
  issue(w, "coordinator", s.at, s.mother(), "debt");
  issue(w, "coordinator", s.at, s.mother(), "illness", casework::Certainty::suspected, casework::Treatment::untreated);
  w.days_ago(92, 12);
  consent(w, "coordinator", s.at, s.mother(), {.exceptions = {"dis_2"}});
}

/// The son's part without his consent, before the 支援会議.
void part_of_the_son(Sase& s) {
  World& w = s.w;
  w.days_ago(90);
  const Date on = w.ago(84);
  const SessionId id = sitting(w, "coordinator", {conference(w)}, on);
  const AgendaItemId i = item_by_hand(w, "coordinator", id, conference(w), s.at, "no_consent", "息子にはまだ会えていない。仕事の相談の窓口だけが知っている。",
                                      "息子の仕事の支援を、どの窓口が続けるか。");
  w.on(on, 16);
  hold(w, "coordinator", id, {"coordinator", "window3", "window"});
  meeting::Outcome said;
  said.policy = "障がい者の相談窓口が、仕事の話を入り口に会い続ける。";
  outcome(w, "coordinator", i, said);
  confirm(w, "coordinator", id);
}

/// The mother's part on her consent, before the 重層的支援会議; two of its rows stay out of the copy for the home.
void part_of_the_mother(Sase& s) {
  World& w = s.w;
  w.days_ago(80);
  planning::PlanContent c;
  c.approach = "solve";
  c.wishes = "自分の年金は、自分で使いたい。";
  c.direction = "借金を整理し、体をみてもらい、暮らす場所を選べるようにする。";
  c.review_on = w.now_on().plus_months(3);
  c.persons = {s.mother()};
  c.goals = {{planning::Term::long_term, "life", s.mother(), "年金を自分で管理して暮らす", w.now_on().plus_months(9), Topic::economy, false},
             {planning::Term::short_term, "solve", s.mother(), "一度受診する", w.now_on().plus_months(1), Topic::health, false},
             {planning::Term::short_term, "life", s.mother(), "転居先の候補を二つ見る", w.now_on().plus_months(2), Topic::housing, true}};
  c.roles = {{w.agency("seikatsu_support"), "", "借金の整理を手伝う", "月2回", w.now_on().plus_months(2), "", Topic::economy, false},
             {w.agency("cgsc_wakamatsu_2"), "", "受診に付きそう", "1回", w.now_on().plus_months(1), "", Topic::health, false},
             {w.agency("chiiki_fukushi"), "", "虐待対応の状況を確かめる", "月2回", w.now_on().plus_months(1), "", Topic::abuse, true},
             {{}, "司法書士", "手続きの相談を受ける", "2回", {}, "", Topic::economy, false}};
  const PlanId id = plan(w, "coordinator", s.case_id, planning::PlanKind::collaboration, c);
  w.days_ago(78);
  submit(w, "coordinator", id);
  const Date on = w.ago(70);
  const SessionId sits = sitting(w, "coordinator", {decision_body(w)}, on);
  const AgendaItemId i = item(w, "coordinator", sits, decision_body(w), meeting::Matter::plan, id.value, "このプランで進めてよいか。");
  w.on(on, 16);
  hold(w, "coordinator", sits, {"coordinator", "window", "window2"});
  outcome(w, "coordinator", i);
  confirm(w, "coordinator", sits);
  w.days_ago(69);
  decide(w, "head", id);
}

}  // namespace

void run_aizuwakamatsu(World& w) {
  Sase s = reported_at_once(w);
  protect_from(w, "window", s.at, s.mother(), s.son(), "chiiki_fukushi");
  work_of_the_son(s);
  case_and_consent(s);
  part_of_the_son(s);
  part_of_the_mother(s);
  w.days_ago(40, 12);
  record(w, "window", s.at, {.method = "phone", .text = "【本人】「督促の電話が止まった」\n\n【予定】来週、書類を一緒に見る。", .person = s.mother(), .content = {"money"}, .minutes = 20,
                             .next_in_days = 10});
  finish_tasks(w, "coordinator", s.at);
  w.days_ago(35, 15);
  record(w, "window3", s.at, {.method = "office", .text = "【事実】仕事の見学に行くと話した。", .person = s.son(), .content = {"work"}, .minutes = 30, .next_in_days = 14});
  run_disclosure(w, s.at, s.son());
}

}  // namespace kasane::cli::invented
