#include "meeting/common_issue_rules.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "meeting/packet_rules.hpp"

namespace kasane::meeting {

using programme::AgendaAct;
using programme::BodyFunction;

namespace {

constexpr std::string_view kAgeWords[] = {"歳", "才"};
/// After an age these make a band or a limit of it.
constexpr std::string_view kBandWords[] = {"代", "以上", "未満", "以下", "から", "まで", "~", "〜", "-"};
constexpr std::string_view kNumerals[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百"};

bool ends_in_number(std::string_view text) {
  if (text.empty()) return false;
  if (text.back() >= '0' && text.back() <= '9') return true;
  return std::ranges::any_of(kNumerals, [&](std::string_view n) { return text.ends_with(n); });
}

bool holds_age(std::string_view typed) {
  const std::string text = nfkc(typed);
  for (const std::string_view word : kAgeWords)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
      const std::string_view before = std::string_view(text).substr(0, at), after = std::string_view(text).substr(at + word.size());
      if (ends_in_number(trim(before)) && std::ranges::none_of(kBandWords, [&](std::string_view b) { return after.starts_with(b); })) return true;
    }
  return false;
}

/// Telephone numbers are typed with every kind of stroke.
std::string with_plain_strokes(std::string_view text) {
  std::string plain = nfkc(text);
  for (const std::string_view stroke : {"−", "‐", "‑", "–", "—", "ー", "―"})
    for (std::size_t at = plain.find(stroke); at != std::string::npos; at = plain.find(stroke, at)) plain.replace(at, stroke.size(), "-");
  return plain;
}

void check_text(std::vector<FieldError>& faults, std::string field, std::string_view text, std::size_t longest, const Telling& telling) {
  if (count_characters(text) > longest) faults.push_back({std::move(field), std::to_string(longest) + "字までで入力してください。"});
  else if (auto why = names_somebody(text, telling)) faults.push_back({std::move(field), *std::move(why)});
}

void check_answer(std::vector<FieldError>& faults, const IssueAnswer& answer, const Telling& telling) {
  if (answer.kind != AnswerKind::policy && trim(answer.name).empty()) faults.push_back({"answer_name", "名前を入力してください。"});
  if (answer.kind != AnswerKind::rule && trim(answer.text).empty())
    faults.push_back({"answer_text", answer.kind == AnswerKind::policy ? "計画に書く文を入力してください。" : "何をしてくれるものかを入力してください。"});
  if (answer.kind == AnswerKind::resource && trim(answer.run_by).empty()) faults.push_back({"answer_run_by", "だれが行うかを入力してください。"});
  const bool web = answer.link.starts_with("https://") || answer.link.starts_with("http://");
  if (!answer.link.empty() && !web) faults.push_back({"answer_link", "アドレスは https:// から入力してください。"});
  check_text(faults, "answer_name", answer.name, kLongestIssueTitle, telling);
  check_text(faults, "answer_text", answer.text, kLongestIssueText, telling);
  check_text(faults, "answer_run_by", answer.run_by, kLongestIssueTitle, telling);
}

}  // namespace

std::optional<std::string> names_somebody(std::string_view text, const Telling& telling) {
  if (const auto word = gives_away(text, telling.known)) return "「" + *word + "」は、だれのことかが分かるので書けません。一般の言い方に直してください。";
  if (gives_away(with_plain_strokes(text), {})) return "電話番号は書けません。";
  if (gives_away(text, telling.unseen)) return "だれのことかが分かる言葉が入っています。名前や住所を書かずに、一般の言い方に直してください。";
  if (holds_age(text)) return "年齢は「80歳代」のように、年代で書いてください。";
  return std::nullopt;
}

std::vector<FieldError> faults_of(const programme::Municipality& m, const IssueText& in, const Telling& telling, std::string_view suffix) {
  std::vector<FieldError> faults;
  const auto field = [&](std::string_view name) { return std::string(name) + std::string(suffix); };
  if (trim(in.title).empty()) faults.push_back({field("title"), "課題を短い言葉で入力してください。"});
  check_text(faults, field("title"), in.title, kLongestIssueTitle, telling);
  check_text(faults, field("text"), in.text, kLongestIssueText, telling);
  if (!in.area.empty() && m.area(in.area) == nullptr) faults.push_back({field("area"), "地区を一覧から選んでください。"});
  return faults;
}

std::vector<FieldError> faults_of(const programme::Municipality& m, const NewStep& step, const Telling& telling, IssueState state, Date today) {
  std::vector<FieldError> faults;
  const auto next = steps_from(state);
  if (std::find(next.begin(), next.end(), step.kind) == next.end()) faults.push_back({"step", "いまの状態からは選べません。"});
  if (step.on > today) faults.push_back({"on", "今日までの日を入力してください。"});
  if (!step.body.empty() && m.body(step.body) == nullptr) faults.push_back({"body", "会議を一覧から選んでください。"});
  if (step.kind == StepKind::carried && step.to_body.empty() == !step.to_agency.has_value())
    faults.push_back({"to_body", "受け持つ会議か、受け持つ機関のどちらか一つを選んでください。"});
  if (const auto* body = m.body(step.to_body); !step.to_body.empty() && (body == nullptr || !may_carry(body->function)))
    faults.push_back({"to_body", "受け持つ会議を一覧から選んでください。"});
  if ((step.kind == StepKind::not_taken || step.kind == StepKind::withdrawn) && trim(step.text).empty())
    faults.push_back({"said", "理由を入力してください。"});
  check_text(faults, "said", step.text, kLongestIssueText, telling);
  if (step.kind == StepKind::answered) check_answer(faults, step.answer, telling);
  return faults;
}

std::vector<StepKind> steps_from(IssueState state) {
  switch (state) {
    case IssueState::raised:
    case IssueState::plenary:
      return {StepKind::carried, StepKind::kept, StepKind::answered, StepKind::not_taken, StepKind::withdrawn};
    case IssueState::carried:
      return {StepKind::answered, StepKind::kept, StepKind::carried, StepKind::not_taken, StepKind::withdrawn};
    case IssueState::answered: return {StepKind::looked_again, StepKind::answered, StepKind::reopened};
    case IssueState::not_taken: return {StepKind::reopened};
    case IssueState::withdrawn: return {};
  }
  return {};
}

IssueState state_after(IssueState before, StepKind step) {
  switch (step) {
    case StepKind::raised:
    case StepKind::reopened: return IssueState::raised;
    case StepKind::to_plenary: return IssueState::plenary;
    case StepKind::carried: return IssueState::carried;
    case StepKind::answered: return IssueState::answered;
    case StepKind::not_taken: return IssueState::not_taken;
    case StepKind::withdrawn: return IssueState::withdrawn;
    case StepKind::kept:
    case StepKind::looked_again: return before;
  }
  return before;
}

bool is_plenary(BodyFunction function) { return function == BodyFunction::plenary || function == BodyFunction::promotion; }

bool may_carry(BodyFunction function) {
  switch (function) {
    case BodyFunction::working_group:
    case BodyFunction::theme:
    case BodyFunction::liaison:
    case BodyFunction::training:
    case BodyFunction::platform: return true;
    case BodyFunction::support_conference_106_6:
    case BodyFunction::plan_decision:
    case BodyFunction::review:
    case BodyFunction::plenary:
    case BodyFunction::promotion:
    case BodyFunction::information_source:
    case BodyFunction::sector_oversight:
    case BodyFunction::umbrella:
    case BodyFunction::other_law: return false;
  }
  return false;
}

std::string named_origin(const programme::Municipality& m, std::string_view code) {
  const auto* body = m.body(code);
  if (body == nullptr) return {};
  switch (body->function) {
    case BodyFunction::support_conference_106_6:
    case BodyFunction::plan_decision:
    case BodyFunction::other_law: return {};
    case BodyFunction::review:
    case BodyFunction::plenary:
    case BodyFunction::promotion:
    case BodyFunction::liaison:
    case BodyFunction::working_group:
    case BodyFunction::training:
    case BodyFunction::platform:
    case BodyFunction::theme:
    case BodyFunction::information_source:
    case BodyFunction::sector_oversight:
    case BodyFunction::umbrella: return body->code;
  }
  return {};
}

std::string agenda_kind_for_issue(const programme::Body& body) {
  for (const AgendaAct act : {AgendaAct::common_issues, AgendaAct::resources, AgendaAct::programme_evaluation, AgendaAct::programme_progress, AgendaAct::exchange,
                              AgendaAct::learning, AgendaAct::direction})
    for (const auto& kind : body.agenda)
      if (kind.act == act) return kind.code;
  return {};
}

}  // namespace kasane::meeting
