// 長岡京, 中小路家: one sitting of two bodies, the case before consent and after it, and the consent taken back.
#include "cli/demo_grounds.hpp"
#include "cli/demo_stories.hpp"

namespace kasane::cli::invented {

using access::Topic;

namespace {

struct Nakakoji {
  World& w;
  Home at;
  CaseId case_id = {};
  PersonId mother() const { return at[0]; }
};

Nakakoji told_by_a_window(World& w) {
  w.days_ago(120);
  Nakakoji n{w, home(w, "window", {"", "架空8丁目3", ""},
                     {{"中小路", "環", "なかこうじ たまき", 44, "female", "self", "電話は昼に"}, {"中小路", "岳", "なかこうじ がく", 9, "male", "child"}})};
  const IntakeId id = intake(w, "window", n.at, {.about = {"illness", "withdrawal", "tax_utilities"}, .summary = "子が学校を休みがち。母は以前の通院の話をした。水道の料金が遅れている。",
                                                 .person = n.mother()});
  w.days_ago(119);
  screen(w, "window", id, casework::ScreeningResult::multi_agency, "健康・学校・お金の窓口がそれぞれに要る。");
  const ReferralId sent = refer(w, "window", n.at, {.person = n.mother(), .intake = id, .reasons = {"several_services"}, .reason = "一つの窓口の支援では進まない。",
                                                    .text = "本人は、くらし連携担当に伝えることはよいと話している。"});
  w.days_ago(117);
  n.case_id = accept(w, "coordinator", n.at, sent, {n.mother()}, "くらし連携担当が受けました。");
  read_answer(w, "window", sent);
  issue(w, "coordinator", n.at, n.mother(), "mental_health", casework::Certainty::confirmed, casework::Treatment::stopped);
  issue(w, "coordinator", n.at, n.at[1], "truancy");
  return n;
}

/// The monthly sitting, both bodies at once; she has not agreed yet: the 支援会議 segment.
void first_sitting(Nakakoji& n) {
  World& w = n.w;
  w.days_ago(112);
  const Date on = w.ago(106);
  const SessionId s = sitting(w, "coordinator", {decision_body(w), conference(w)}, on, "10:00");
  const AgendaItemId i = item_by_hand(w, "coordinator", s, conference(w), n.at, "early_system", "早めに役割を決めておきたい。", "どの窓口から近づくか。");
  const AgendaItemId arrears = item_by_hand(w, "coordinator", s, conference(w), n.at, "early_system", "水道の料金が遅れている。", "支払いの相談をどこで受けるか。");
  ask_to(w, "coordinator", arrears, "zei_ryo_choshu", meeting::Scope::section);
  w.on(on, 12);
  hold(w, "coordinator", s, {"coordinator", "window", "member", "tax"});
  meeting::Outcome said;
  said.policy = "くらし連携担当が訪ね、障がい福祉課に相談しながら進める。";
  said.undertakings = {{meeting::ResultKind::consent_step, w.agency("chiiki_fukushi_renkei"), "訪ねて、共有の同意をたずねる", w.now_on().plus_days(21)}};
  outcome(w, "coordinator", i, said);
  meeting::Outcome paying;
  paying.undertakings = {{meeting::ResultKind::undertaking, w.agency("chiiki_fukushi_renkei"), "支払いを分ける相談に同行する", w.now_on().plus_days(30)}};
  outcome(w, "coordinator", arrears, paying);
  confirm(w, "coordinator", s);
}

PlanId after_consent(Nakakoji& n) {
  World& w = n.w;
  w.days_ago(85, 11);
  record(w, "coordinator", n.at, {.text = "【本人】「学校にはまだ言わないで」\n\n【事実】台所の明かりがついていた。", .person = n.mother(), .services = {"outreach", "participation"},
                                  .content = {"outreach"}, .minutes = 45, .stage = "talks", .next_in_days = 14});
  consent(w, "coordinator", n.at, n.mother(), {.exceptions = {"kosodate_shien"}});
  w.days_ago(80);
  planning::PlanContent c;
  c.names_outreach = c.names_participation = true;
  c.approach = "accompany";
  c.wishes = "朝起きられる日を増やしたい。";
  c.direction = "訪ねながら、通院の再開と子の昼の過ごし方を一緒に決める。";
  c.review_on = w.now_on().plus_months(3);
  c.persons = {n.mother()};
  c.goals = {{planning::Term::long_term, "life", n.mother(), "無理のない一日の流れができる", w.now_on().plus_months(9), Topic::plan, false},
             {planning::Term::short_term, "solve", n.mother(), "一度、通院を再開する", w.now_on().plus_months(2), Topic::health, false}};
  c.roles = {{w.agency("chiiki_fukushi_renkei"), "", "訪ねて話を聞き、出かける日に同行する", "月2回", w.now_on().plus_months(2), "outreach", Topic::plan, false},
             {w.agency("shogai_fukushi"), "", "通院の相談を受ける", "月1回", w.now_on().plus_months(2), "", Topic::health, false},
             {{}, "本人", "起きられた日に印をつける", "", {}, "", Topic::plan, false}};
  const PlanId id = plan(w, "coordinator", n.case_id, planning::PlanKind::collaboration, c);
  w.days_ago(78);
  submit(w, "coordinator", id);
  return id;
}

void next_sitting(Nakakoji& n, PlanId id) {
  World& w = n.w;
  const Date on = w.ago(72);
  const SessionId s = sitting(w, "coordinator", {decision_body(w), conference(w)}, on, "10:00");
  const AgendaItemId i = item(w, "coordinator", s, decision_body(w), meeting::Matter::plan, id.value, "プラン案の協議、決定。");
  w.on(on, 12);
  hold(w, "coordinator", s, {"coordinator", "window", "member"});
  outcome(w, "coordinator", i);
  confirm(w, "coordinator", s);
  w.days_ago(71);
  decide(w, "head", id);
}

/// She takes the consent to sharing back; the plan stays, marked.
void taken_back(Nakakoji& n) {
  World& w = n.w;
  w.days_ago(9, 14);
  w.as("coordinator", "consent.withdraw", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto sharing = consent::state_of(tx, n.mother(), w.now_on()).sharing;
    const auto gone = consent::withdraw(tx, gate, actor, sharing.id.value_or(ConsentId()), w.now_on(), "「いまは、そっとしておいてほしい」");
    if (!gone) return tl::unexpected(gone.error());
    planning::mark_consent_withdrawn(tx, n.mother());
    return casework::consent_changed(tx, gate, actor, n.at.id);
  });
}

}  // namespace

void run_nagaokakyo(World& w) {
  Nakakoji n = told_by_a_window(w);
  first_sitting(n);
  next_sitting(n, after_consent(n));
  w.days_ago(45, 11);
  record(w, "coordinator", n.at, {.text = "【事実】通院に同行した。", .person = n.mother(), .services = {"outreach"}, .content = {"medical"}, .minutes = 120, .stage = "accepts", .next_in_days = 21});
  run_grounds(w, n.at, n.mother());
  taken_back(n);
}

}  // namespace kasane::cli::invented
