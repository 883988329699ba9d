// 河内長野, 楠本家: a girl who cares for her grandmother; one queue of two bodies; the girl's own view; 確認.
#include "cli/demo_stories.hpp"
#include "cli/demo_system.hpp"

namespace kasane::cli::invented {

using access::Topic;

namespace {

struct Kusumoto {
  World& w;
  Home at;
  CaseId case_id = {};
  PersonId mother() const { return at[0]; }
  PersonId girl() const { return at[2]; }
};

Kusumoto taken_from_the_queue(World& w) {
  w.days_ago(125);
  Kusumoto k{w, home(w, "window", {"", "架空町桜3-3", "0721-00-4455"},
                     {{"楠本", "直美", "くすもと なおみ", 46, "female", "self"},
                      {"楠本", "フサ", "くすもと ふさ", 79, "female", "mother"},
                      {"楠本", "沙羅", "くすもと さら", 15, "female", "child", "話は学校の帰りに"}})};
  const IntakeId id = intake(w, "window", k.at,
                             {.about = {"care", "family"}, .summary = "中学3年の子が祖母の世話をして、朝は遅れて登校する。母は夜勤で家にいない時間が長い。",
                              .consulter = "担任の先生", .relation = "agency", .person = k.mother()});
  w.days_ago(124);
  screen(w, "window", id, casework::ScreeningResult::multi_agency, "祖母の介護と子の学校を、別々に見ている。");
  const ReferralId sent = refer(w, "window", k.at, {.person = k.mother(), .intake = id, .reasons = {"not_coordinated"}, .reason = "介護の窓口と学校が、おたがいの動きを知らない。",
                                                    .text = "母は、家のことを伝えてよいと話している。"});
  w.days_ago(122);
  k.case_id = accept(w, "coordinator2", k.at, sent, {k.mother()}, "市の推進員が受けました。");
  read_answer(w, "window", sent);
  involve(w, "coordinator2", k.at, "window2", "祖母の介護の相談を受ける");
  involve(w, "coordinator2", k.at, "worker", "家の外の居場所を一緒にさがす");
  issue(w, "coordinator2", k.at, k.girl(), "young_carer");
  issue(w, "coordinator2", k.at, k.at[1], "care", casework::Certainty::confirmed, casework::Treatment::in_treatment);
  return k;
}

void two_views(Kusumoto& k) {
  World& w = k.w;
  w.days_ago(115, 18);
  consent(w, "coordinator2", k.at, k.mother(), {});
  w.days_ago(112, 16);
  const consent::NewOwnView view{k.at.id, k.girl(), "「ばあちゃんは好き。でも朝は学校に間に合いたい」", w.now_on()};
  w.as("window", "own_view.record", [&](auto& tx, auto& gate, const auto& actor) { return consent::record_own_view(tx, gate, actor, view); });
}

/// ケース会議 with a lawyer as an adviser: he sees this one item, until its end.
void with_adviser(Kusumoto& k) {
  World& w = k.w;
  w.days_ago(108);
  const Date on = w.ago(101);
  const SessionId s = sitting(w, "coordinator2", {conference(w)}, on, "10:00");
  const AgendaItemId i = item_by_hand(w, "coordinator2", s, conference(w), k.at, "", "家計の契約を、だれの名前でするか相談したい。", "祖母の契約の扱いについて。");
  w.as("coordinator2", "item.change", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::item(tx, gate, settings(w), i);
    if (!shown) return tl::unexpected(shown.error());
    meeting::ItemChange change{shown->head.version, "祖母の契約の扱いについて。", 30, shown->attendees};
    change.attendees.push_back({w.account("adviser").value, meeting::Scope::item, w.now_on(), on.plus_days(14), access::kStandardScope});
    return meeting::change_item(tx, gate, actor, settings(w), i, change);
  });
  w.on(on, 12);
  hold(w, "coordinator2", s, {"coordinator", "coordinator2", "window", "window2"});
  meeting::Outcome said;
  said.policy = "祖母の契約は母が代わりにせず、地域包括支援センターと相談して進める。";
  said.advice = "費用の支払いの記録を一冊にまとめておくとよい。";
  outcome(w, "coordinator2", i, said);
  confirm(w, "coordinator2", s);
}

PlanId plan_of_mother(Kusumoto& k) {
  World& w = k.w;
  w.days_ago(95);
  planning::PlanContent c;
  c.names_outreach = c.names_participation = true;
  c.approach = "accompany";
  c.wishes = "夜勤の日も、家のことを娘だけに任せないようにしたい。";
  c.direction = "介護の手を増やし、娘が朝に学校へ行ける日を増やす。";
  c.review_on = w.now_on().plus_months(4);
  c.persons = {k.mother()};
  c.goals = {{planning::Term::long_term, "life", k.mother(), "娘が中学生らしい時間を過ごせる", w.now_on().plus_months(10), Topic::plan, false},
             {planning::Term::short_term, "life", k.mother(), "週に2日、朝の介護を別の人に頼む", w.now_on().plus_months(2), Topic::plan, false}};
  c.roles = {{w.agency("cgsc"), "", "朝の介護サービスの調整", "週2回", w.now_on().plus_months(1), "", Topic::health, false},
             {w.agency("swc"), "", "CSWが家を訪ね、居場所に一緒に行く", "月2回", w.now_on().plus_months(2), "outreach", Topic::plan, false},
             {w.agency("aikku"), "", "娘の話を聞く", "月1回", w.now_on().plus_months(2), "", Topic::child, true}};
  const PlanId id = plan(w, "coordinator2", k.case_id, planning::PlanKind::collaboration, c);
  w.days_ago(92);
  submit(w, "coordinator2", id);
  return id;
}

}  // namespace

void run_kawachinagano(World& w) {
  Kusumoto k = taken_from_the_queue(w);
  two_views(k);
  with_adviser(k);
  const PlanId id = plan_of_mother(k);
  const Date on = w.ago(85);
  const SessionId s = sitting(w, "coordinator2", {decision_body(w)}, on);
  const AgendaItemId i = item(w, "coordinator2", s, decision_body(w), meeting::Matter::plan, id.value, "このプランを確認してほしい。");
  w.on(on, 16);
  hold(w, "coordinator2", s, {"coordinator", "coordinator2", "head2", "head3", "head4"});
  outcome(w, "coordinator2", i);
  confirm(w, "coordinator2", s);
  w.days_ago(83);
  decide(w, "head", id);
  w.days_ago(60, 17);
  record(w, "worker", k.at, {.text = "【事実】居場所に二人で来た。\n\n【本人】母「帰り道で笑ったのは久しぶり」", .person = k.mother(), .services = {"outreach", "participation"},
                             .content = {"outreach", "participation"}, .minutes = 50, .stage = "accepts", .next_in_days = 21});
  one_issue_through_the_bodies(w, k.at);
  w.days_ago(22, 10);
  record(w, "window2", k.at, {.method = "phone", .text = "【事実】朝の介護は週2日になった。", .person = k.at[1], .content = {"service_use"}, .minutes = 15, .next_in_days = 30});
}

}  // namespace kasane::cli::invented
