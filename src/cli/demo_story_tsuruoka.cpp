// 鶴岡, 阿曽家: a hint without a name, a 支援会議 without consent, six visits, a signature, one plan, a decision.
#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

using access::Topic;

namespace {

struct Aso {
  World& w;
  Home at;
  CaseId case_id = {};
  std::int64_t early = 0;
  PersonId son() const { return at[1]; }
};

Aso heard_and_sent(World& w) {
  w.days_ago(170, 9);
  casework::NewNotice hint;
  hint.received_on = w.now_on();
  hint.channel = "phone";
  hint.source = "commissioner";
  hint.from_community = true;
  hint.owner = w.agency("cgsc_fujishima");
  hint.area = "area_fujishima";
  hint.about = "藤島地域の、角の平屋";
  hint.text = "昼もカーテンが閉まったまま。名前は分からない。おばあさんを春から見ていない。";
  const NoticeId id = notice(w, "commissioner", hint);

  w.days_ago(168, 14);
  look(w, "window", id, casework::LookResult::support, "母とは玄関で話せた。息子が奥にいるという。");
  Aso aso{w, home(w, "window", {"area_fujishima", "藤島字架空30", ""},
                  {{"阿曽", "トミ", "あそ とみ", 83, "female", "self"}, {"阿曽", "和也", "あそ かずや", 55, "male", "child", "手紙は青い封筒で"}})};
  w.as("window", "notice.link", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = casework::notice(tx, gate, id);
    if (!shown) return tl::unexpected(shown.error());
    return casework::link_notice(tx, gate, actor, id, shown->version, aso.at.id);
  });
  w.days_ago(166);
  const ReferralId sent = refer(w, "window", aso.at,
                                {.passing = casework::Passing::statutory, .person = aso.son(),
                                 .reason = "母は助けを望むが、息子は外の人に会わない。包括だけでは息子に近づけない。",
                                 .text = "母83歳と息子55歳。息子とは声だけ。本人の同意はまだない。", .ground = "no_consent"});
  w.days_ago(164);
  aso.case_id = accept(w, "coordinator", aso.at, sent, {aso.son()}, "受けました。市が開く支援会議で方針を決めます。", "gap");
  read_answer(w, "window", sent);
  return aso;
}

void conference_without_consent(Aso& aso) {
  World& w = aso.w;
  w.days_ago(162);
  const Date on = w.ago(157);
  const SessionId s = sitting(w, "coordinator2", {conference(w)}, on);
  const AgendaItemId i = item(w, "coordinator2", s, conference(w), meeting::Matter::request, waiting_request(w, "coordinator2", aso.at).value,
                              "本人に会う前に、だれがどう近づくか。");
  w.on(on, 16);
  hold(w, "coordinator2", s, {"coordinator", "coordinator2", "window"});
  meeting::Outcome said;
  said.note = "母の買い物の手伝いを入り口にする。";
  said.policy = "地域福祉ワーカーが訪問を続け、まず顔を覚えてもらう。";
  said.undertakings = {{meeting::ResultKind::watch, w.agency("cgsc_fujishima"), "母の様子を見に行く", w.now_on().plus_days(30)}};
  said.next_look = w.today().plus_days(20);
  outcome(w, "coordinator2", i, said);
  confirm(w, "coordinator2", s);
  w.days_ago(155);
  aso.early = start_early(w, "coordinator", aso.case_id, "outreach", "swc", "", "支援会議の方針による。会える時を逃さないため。");
}

void six_visits(Aso& aso) {
  World& w = aso.w;
  const int days[] = {150, 140, 128, 114, 100};
  for (const int d : days) {
    w.days_ago(d, 15);
    record(w, "worker", aso.at, {.outcome = "no_answer", .text = "【事実】戸は開かない。青い封筒の手紙を入れた。", .person = aso.son(),
                                 .services = {"outreach"}, .content = {"outreach"}, .attempt = true, .minutes = 15, .stage = "not_met", .next_in_days = 12});
  }
  w.days_ago(88, 15);
  record(w, "worker", aso.at, {.text = "【事実】戸が開き、玄関で20分。\n\n【本人】「封筒は全部とってある」\n\n【見立て】話の順番を本人が決めると続く。", .person = aso.son(),
                               .services = {"outreach"}, .content = {"outreach"}, .minutes = 20, .stage = "talks", .next_in_days = 7});
  w.days_ago(80, 11);
  consent(w, "worker", aso.at, aso.son(), {});
}

PlanId one_plan(Aso& aso) {
  World& w = aso.w;
  w.days_ago(74);
  planning::PlanContent c;
  c.names_outreach = c.names_participation = true;
  c.approach = "accompany";
  c.wishes = "すぐに働くのは無理だが、夜に少し歩けるようになりたい。";
  c.household_wishes = "母は、息子と一緒に夕飯を食べたい。";
  c.direction = "訪問を続けながら、本人が選んだ場所に出てみる。";
  c.review_on = w.now_on().plus_months(6);
  c.persons = {aso.son()};
  c.goals = {{planning::Term::long_term, "relationship", aso.son(), "家の外に、行ってもよいと思える場所が一つある", w.now_on().plus_months(12), Topic::plan, false},
             {planning::Term::short_term, "relationship", aso.son(), "月に2回、玄関で話す", w.now_on().plus_months(3), Topic::plan, false}};
  c.roles = {{w.agency("swc"), "", "訪問を続け、出かける日に同行する", "月2回", w.now_on().plus_months(3), "outreach", Topic::plan, false},
             {w.agency("ashitaba_aguri"), "", "畑の見学を受け入れる", "本人が決めた日", w.now_on().plus_months(4), "participation", Topic::participation, false},
             {w.agency("cgsc_fujishima"), "", "母の暮らしの相談を受ける", "月1回", w.now_on().plus_months(9), "", Topic::plan, false},
             {{}, "本人", "行きたくない日は、封筒の裏に書いて出す", "", {}, "", Topic::plan, false}};
  const PlanId id = plan(w, "coordinator", aso.case_id, planning::PlanKind::collaboration, c);
  w.days_ago(70);
  submit(w, "coordinator", id);
  return id;
}

void decided(Aso& aso, PlanId id) {
  World& w = aso.w;
  const Date on = w.ago(62);
  const SessionId s = sitting(w, "coordinator", {decision_body(w)}, on);
  const AgendaItemId i = item(w, "coordinator", s, decision_body(w), meeting::Matter::plan, id.value, "このプランで進めてよいか。");
  const AgendaItemId ratified = item(w, "coordinator", s, decision_body(w), meeting::Matter::early_start, aso.early, "決定前に始めた訪問について。");
  w.on(on, 16);
  hold(w, "coordinator", s, {"coordinator", "coordinator2", "window", "worker"});
  outcome(w, "coordinator", i);
  outcome(w, "coordinator", ratified);
  confirm(w, "coordinator", s);
  w.days_ago(60);
  decide(w, "head", id);
}

}  // namespace

void run_tsuruoka(World& w) {
  Aso aso = heard_and_sent(w);
  conference_without_consent(aso);
  six_visits(aso);
  decided(aso, one_plan(aso));
  w.days_ago(40, 15);
  record(w, "worker", aso.at, {.text = "【事実】畑を遠くから見て帰った。\n\n【本人】「においがなつかしい」", .person = aso.son(), .services = {"outreach", "participation"},
                               .content = {"outreach", "participation"}, .minutes = 60, .stage = "accepts", .next_in_days = 14});
  w.days_ago(20, 11);
  finish_tasks(w, "coordinator", aso.at);
  record(w, "window", aso.at, {.text = "【事実】母の足の具合は変わりない。", .person = aso.at[0], .content = {"watch"}, .minutes = 20, .next_in_days = 30});
}

}  // namespace kasane::cli::invented
