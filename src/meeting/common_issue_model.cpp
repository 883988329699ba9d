#include "meeting/common_issue_model.hpp"

#include <algorithm>

#include "meeting/words.hpp"

namespace kasane::meeting {

namespace {

constexpr std::array kFields{
    Word<IssueField>{IssueField::elderly, "elderly", "高齢"},   Word<IssueField>{IssueField::disability, "disability", "障がい"},
    Word<IssueField>{IssueField::child, "child", "子ども"},     Word<IssueField>{IssueField::poverty, "poverty", "困窮"},
    Word<IssueField>{IssueField::health, "health", "健康"},     Word<IssueField>{IssueField::housing, "housing", "住まい"},
    Word<IssueField>{IssueField::other, "other", "その他"},
};
constexpr std::array kKinds{
    Word<IssueKind>{IssueKind::resource, "resource", "資源が足りない"},
    Word<IssueKind>{IssueKind::procedure, "procedure", "手続きが使いにくい"},
    Word<IssueKind>{IssueKind::link, "link", "機関どうしがつながらない"},
    Word<IssueKind>{IssueKind::rule, "rule", "決まりがない・合わない"},
    Word<IssueKind>{IssueKind::other, "other", "その他"},
};
constexpr std::array kStates{
    Word<IssueState>{IssueState::raised, "raised", "出されました"},
    Word<IssueState>{IssueState::plenary, "plenary", "全体の会議で検討中"},
    Word<IssueState>{IssueState::carried, "carried", "受け持って検討中"},
    Word<IssueState>{IssueState::answered, "answered", "こたえが出ました"},
    Word<IssueState>{IssueState::not_taken, "not_taken", "取り上げないことにしました"},
    Word<IssueState>{IssueState::withdrawn, "withdrawn", "取り下げました"},
};
constexpr std::array kSteps{
    Word<StepKind>{StepKind::raised, "raised", "共通の課題として出した"},
    Word<StepKind>{StepKind::to_plenary, "to_plenary", "全体の会議に出した"},
    Word<StepKind>{StepKind::carried, "carried", "受け持つところを決めた"},
    Word<StepKind>{StepKind::kept, "kept", "続けて話し合う"},
    Word<StepKind>{StepKind::answered, "answered", "こたえが出た"},
    Word<StepKind>{StepKind::not_taken, "not_taken", "取り上げない"},
    Word<StepKind>{StepKind::looked_again, "looked_again", "見直した（いまのままでよい）"},
    Word<StepKind>{StepKind::reopened, "reopened", "見直した（まだ足りないので、もう一度取り上げる）"},
    Word<StepKind>{StepKind::withdrawn, "withdrawn", "取り下げた"},
};
constexpr std::array kAnswers{
    Word<AnswerKind>{AnswerKind::resource, "resource", "新しい資源"},
    Word<AnswerKind>{AnswerKind::rule, "rule", "決まり・ルールブック"},
    Word<AnswerKind>{AnswerKind::policy, "policy", "計画・施策"},
};

std::optional<programme::Subitem> subitem_of(IssueField field) {
  switch (field) {
    case IssueField::elderly: return programme::Subitem::i;
    case IssueField::disability: return programme::Subitem::ro;
    case IssueField::child: return programme::Subitem::ha;
    case IssueField::poverty: return programme::Subitem::ni;
    case IssueField::health:
    case IssueField::housing:
    case IssueField::other: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string_view code_of(IssueField field) { return code_in(kFields, field); }
std::string_view code_of(IssueKind kind) { return code_in(kKinds, kind); }
std::string_view code_of(IssueState state) { return code_in(kStates, state); }
std::string_view code_of(StepKind kind) { return code_in(kSteps, kind); }
std::string_view code_of(AnswerKind kind) { return code_in(kAnswers, kind); }
template <> std::optional<IssueField> parse_code(std::string_view code) { return parse_in<IssueField>(kFields, code); }
template <> std::optional<IssueKind> parse_code(std::string_view code) { return parse_in<IssueKind>(kKinds, code); }
template <> std::optional<IssueState> parse_code(std::string_view code) { return parse_in<IssueState>(kStates, code); }
template <> std::optional<StepKind> parse_code(std::string_view code) { return parse_in<StepKind>(kSteps, code); }
template <> std::optional<AnswerKind> parse_code(std::string_view code) { return parse_in<AnswerKind>(kAnswers, code); }
std::string_view label_of(IssueKind kind) { return label_in(kKinds, kind); }
std::string_view label_of(IssueState state) { return label_in(kStates, state); }
std::string_view label_of(StepKind kind) { return label_in(kSteps, kind); }
std::string_view label_of(AnswerKind kind) { return label_in(kAnswers, kind); }

std::string label_of(IssueField field, const programme::Municipality& m) {
  if (const auto subitem = subitem_of(field))
    for (const programme::Service& s : m.services)
      if (s.statute_item == 1 && s.subitem == subitem && !s.sector.empty()) return s.sector;
  return std::string(label_in(kFields, field));
}

}  // namespace kasane::meeting
