#include "cli/demo_system.hpp"

#include "cli/demo_plan_steps.hpp"
#include "meeting/common_issue_agenda.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/gathering_service.hpp"
#include "programme/office_days.hpp"

namespace kasane::cli::invented {

namespace {

using meeting::AnswerKind;
using meeting::CommonIssueId;
using meeting::GatheringId;
using meeting::IssueField;
using meeting::IssueKind;
using meeting::StepKind;

meeting::IssueText words_of(const char* title, const char* text, IssueField field, IssueKind kind) {
  meeting::IssueText in;
  in.title = title;
  in.text = text;
  in.field = field;
  in.kind = kind;
  return in;
}

CommonIssueId raise(World& w, Who who, const meeting::IssueText& in) {
  return w.as(who, "common_issue.raise", [&](auto& tx, auto& gate, const auto& actor) { return meeting::raise_issue(tx, gate, actor, settings(w), in); });
}

void step(World& w, Who who, CommonIssueId id, meeting::NewStep in) {
  in.on = w.now_on();
  w.as(who, "common_issue.step", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::issue_view(tx, gate, settings(w), id);
    if (!shown) return tl::unexpected(shown.error());
    return meeting::take_step(tx, gate, actor, settings(w), id, shown->issue.version, in);
  });
}

meeting::NewStep answer_with(const char* name, const char* text, const char* run_by, Date since) {
  meeting::NewStep in;
  in.kind = StepKind::answered;
  in.answer.kind = AnswerKind::resource;
  in.answer.name = name;
  in.answer.text = text;
  in.answer.run_by = run_by;
  in.answer.since = since;
  return in;
}

/// A sitting of this body about the issue, and what it decides.
void decided_by(World& w, Who who, const char* body, int days_ago, const std::vector<const char*>& present, CommonIssueId id, meeting::NewStep what) {
  w.days_ago(days_ago + 5);
  const Date on = w.ago(days_ago);
  const SessionId s = sitting(w, who, {body}, on, "14:00");
  const AgendaItemId about = w.as(who, "common_issue.agenda", [&](auto& tx, auto& gate, const auto& actor) {
    return meeting::put_issue_on_agenda(tx, gate, actor, settings(w), s, body, id);
  });
  w.on(on, 16);
  hold(w, who, s, present);
  what.on = w.now_on();
  w.as(who, "common_issue.decide", [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::item(tx, gate, settings(w), about);
    if (!shown) return tl::unexpected(shown.error());
    const auto issue = meeting::issue_view(tx, gate, settings(w), id);
    if (!issue) return tl::unexpected(issue.error());
    return meeting::decide_issue(tx, gate, actor, settings(w), about, shown->head.version, issue->issue.version, what);
  });
  confirm(w, who, s);
}

/// What people meet about in a city, in the words of its plan where it names such a gathering.
struct Meeting {
  Who who;
  const char* body;                 // of the city's folder; ''
  meeting::GatheringKind kind;
  const char* title;
  const char* theme;
  const char* place;
};
struct Meetings {
  Meeting held, to_come;
};

std::optional<Meetings> meetings_of(const std::string& slug) {
  using K = meeting::GatheringKind;
  if (slug == "tsuruoka")
    return Meetings{{"coordinator", "kenshukai", K::training, "世帯をまるごと見る聞き取り", "はじめの聞き取り", "架空会館 大ホール"},
                    {"coordinator", "platform", K::platform, "地域の居場所を見せ合う会", "居場所", "架空コミュニティセンター"}};
  if (slug == "kawachinagano")
    return Meetings{{"coordinator", "benkyokai", K::study, "家族の世話をする子どもを考える勉強会", "ヤングケアラー", "架空市民交流センター"},
                    {"coordinator", "platform", K::platform, "多分野の顔合わせの会", "分野をこえた知り合いづくり", "架空市民交流センター"}};
  if (slug == "aizuwakamatsu")
    return Meetings{{"coordinator", "kenshukai", K::training, "ことわられたあとの関わり方", "支援を望まない人", "架空会館 第3研修室"},
                    {"coordinator", "forum", K::information, "地域のつながりを話す会", "見守り", "架空会館 大ホール"}};
  if (slug == "kitakami")
    return Meetings{{"officer", "hablab", K::study, "ハブラボきたかみ　働く前の場所を考える勉強会", "居場所と働くことのあいだ", "架空交流プラザ"},
                    {"officer", "hablab", K::platform, "ハブラボきたかみ　活動を持ち寄る会", "空き家と移動", "架空交流プラザ"}};
  if (slug == "nagaokakyo")
    return Meetings{{"coordinator", "platform", K::platform, "とりこぼさない支援を考える集まり", "制度の狭間", "架空会館 会議室A"},
                    {"coordinator", "platform", K::study, "夜の相談を考える勉強会", "開いている時間", "架空会館 会議室A"}};
  return std::nullopt;
}

GatheringId plan(World& w, const Meeting& m, Date on) {
  meeting::GatheringText in;
  in.kind = m.kind;
  in.title = m.title;
  in.theme = m.theme;
  in.held_on = on;
  in.at_time = "14:00";
  in.place = m.place;
  in.body = m.body;
  in.fields = {IssueField::elderly, IssueField::disability, IssueField::child, IssueField::poverty};
  in.for_whom = "支援に関わる人、地域で活動する人";
  in.invitation = "どなたでもおいでください。申込みはいりません。";
  return w.as(m.who, "gathering.plan", [&](auto& tx, auto& gate, const auto& actor) { return meeting::plan_gathering(tx, gate, actor, settings(w), in); });
}

/// f(tx, gate, actor, version) on the gathering as it now is.
template <class F>
void on_gathering(World& w, Who who, const char* action, GatheringId id, F&& f) {
  w.as(who, action, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
    const auto shown = meeting::gathering_view(tx, gate, settings(w), id);
    if (!shown) return tl::unexpected(shown.error());
    return f(tx, gate, actor, shown->gathering.version);
  });
}

/// Twelve answers without a name, each from a browser of its own.
void answered_by_some(World& w, Who who, GatheringId id) {
  on_gathering(w, who, "gathering.survey", id, [&](auto& tx, auto& gate, const auto&, std::int64_t version) {
    return meeting::open_survey(tx, gate, settings(w), w.city().key, id, version);
  });
  const auto serial = w.look(who, [&](auto& tx, auto& gate) { return meeting::gathering_view(tx, gate, settings(w), id); }).value().gathering.survey_serial;
  const std::string token = meeting::survey_token(w.city().key, id, serial);
  for (int n = 0; n < 12; ++n) {
    meeting::SurveyAnswer said;
    said.scale = {n % 2 == 0 ? 5 : 4, n % 2 == 0 ? 4 : 5, 4};
    said.standing = n % 2 == 0 ? meeting::Standing::agency : meeting::Standing::resident;
    if (n == 3) said.text = "ほかの分野の人と、名前を知り合えたのがよかった。";
    if (n == 8) said.text = "事例の話をもう少し聞きたい。";
    const auto done = w.city().db().write([&](db::WriteTx& tx) { return meeting::answer_survey(tx, w.city().key, token, "demo-" + std::to_string(n), said, w.now_on()); });
    if (!done) throw Fault("survey.answer", done.error());
  }
}

}  // namespace

void one_issue_through_the_bodies(World& w, const Home& at) {
  const char* who = "coordinator2";
  w.days_ago(56);
  const Date on = w.ago(52);
  const SessionId review = sitting(w, who, {"review_kaigi"}, on, "10:00");
  const AgendaItemId i = item(w, who, review, "review_kaigi", meeting::Matter::progress, at.id.value, "朝の支えが、制度の上でどこにもない。");
  w.on(on, 12);
  hold(w, who, review, {"coordinator", "coordinator2", "window"});
  meeting::Outcome said;
  said.note = "朝の時間に入れる支えを、ほかの世帯でも探している。";
  outcome(w, who, i, said);
  const auto drawn = words_of("登校の前の時間に、家の手伝いを頼める先がない", "家族の世話をする子どもがいる家で、朝の一時間に来てもらえる先が見つからない。介護の制度では家族全体の用事を頼めず、子どもの制度では介護を頼めない。",
                              IssueField::child, IssueKind::resource);
  const CommonIssueId id = w.as(who, "common_issue.draw", [&](auto& tx, auto& gate, const auto& actor) -> Result<CommonIssueId> {
    const auto made = meeting::raise_from_item(tx, gate, actor, settings(w), i, {drawn});
    if (!made) return tl::unexpected(made.error());
    return made->front();
  });
  confirm(w, who, review);
  meeting::NewStep carried;
  carried.kind = StepKind::carried;
  carried.body = "zentai_kaigi";
  carried.to_body = "working";
  carried.text = "子どもと介護の両方の窓口でワーキングを開き、朝の支えの形を決める。";
  decided_by(w, who, "zentai_kaigi", 42, {"coordinator", "coordinator2", "head2"}, id, carried);
  meeting::NewStep answer = answer_with("朝の見守りの担い手（試行）", "有償ボランティアが、登校の前の一時間に家に来る。まず2地区で試す。", "社会福祉協議会", w.ago(28));
  answer.body = "working";
  answer.text = "半年試して、使われ方を見る。";
  answer.look_on = w.today().plus_months(5);
  decided_by(w, who, "working", 30, {"coordinator", "coordinator2", "window"}, id, answer);
}

void run_issues(World& w) {
  if (!meetings_of(w.city().slug)) return;  // a city of its own: only accounts
  w.days_ago(75, 15);
  const CommonIssueId night = raise(w, "coordinator", words_of("仕事のあとに相談できる時間がない", "昼に働く人が、窓口の開いている時間に来られない。電話もつながらない。", IssueField::poverty, IssueKind::procedure));
  w.days_ago(50, 15);
  meeting::NewStep carried;
  carried.kind = StepKind::carried;
  carried.to_agency = w.agency_of("officer");
  carried.text = "月に一度、夕方に窓口を開けることを、担当の課で考える。";
  step(w, "officer", night, carried);
  w.days_ago(36, 15);
  raise(w, "window", words_of("入院のときに保証人を求められる", "身寄りのない人の入院で、どこに頼めばよいかが窓口ごとにちがう。", IssueField::elderly, IssueKind::rule));
  w.days_ago(18, 15);
  meeting::NewStep answer = answer_with("夕方の相談日", "毎月第3水曜、19時まで開ける。電話の相談も受ける。", "担当の課", w.now_on());
  answer.text = "半年後に、来た人の数を見る。";
  answer.look_on = w.today().plus_months(6);
  step(w, "officer", night, answer);
}

void run_gatherings(World& w) {
  const auto meetings = meetings_of(w.city().slug);
  if (!meetings) return;
  const Meeting& m = meetings->held;
  w.days_ago(70);
  const Date on = w.ago(48);
  const GatheringId id = plan(w, m, on);
  w.on(on, 17);
  const std::vector<meeting::AttendanceLine> came_by = {
      {IssueField::elderly, w.agency_of("window2"), 6}, {IssueField::child, w.agency_of("window3"), 5}, {IssueField::other, w.agency_of("officer"), 4}, {IssueField::other, {}, 17}};
  on_gathering(w, m.who, "gathering.hold", id,
               [&](auto& tx, auto& gate, const auto& actor, std::int64_t version) { return meeting::hold_gathering(tx, gate, actor, id, version, came_by); });
  answered_by_some(w, m.who, id);
  w.days_ago(40);
  on_gathering(w, m.who, "gathering.survey_close", id, [&](auto& tx, auto& gate, const auto&, std::int64_t version) { return meeting::close_survey(tx, gate, id, version); });
  meeting::GatheringOutcome came;
  came.outcome = "分野のちがう窓口どうしで、名前と電話番号を知り合った。事例をもとに話す回がほしいという声が多かった。";
  came.next_step = "次は事例を使って話す。";
  on_gathering(w, m.who, "gathering.conclude", id, [&](auto& tx, auto& gate, const auto&, std::int64_t version) {
    return meeting::conclude_gathering(tx, gate, settings(w), id, version, came);
  });
  w.days_ago(7);
  plan(w, meetings->to_come, programme::OfficeDays(w.m()).put_off(w.ago(-20)));
}

}  // namespace kasane::cli::invented
