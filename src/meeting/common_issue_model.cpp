#include "meeting/common_issue_model.hpp"

#include <algorithm>
#include <array>

namespace kasane::meeting {

namespace {

template <class E>
struct Word {
  E value;
  std::string_view code;
  std::string_view label;
};

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

template <class E, std::size_t N>
const Word<E>& word_in(const std::array<Word<E>, N>& words, E value) {
  return *std::find_if(words.begin(), words.end(), [&](const Word<E>& w) { return w.value == value; });
}
template <class E, std::size_t N>
std::optional<E> value_in(const std::array<Word<E>, N>& words, std::string_view code) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word<E>& w) { return w.code == code; });
  return found == words.end() ? std::nullopt : std::optional(found->value);
}

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

std::string_view code_of(IssueField field) { return word_in(kFields, field).code; }
std::string_view code_of(IssueKind kind) { return word_in(kKinds, kind).code; }
std::string_view code_of(IssueState state) { return word_in(kStates, state).code; }
std::string_view code_of(StepKind kind) { return word_in(kSteps, kind).code; }
std::string_view code_of(AnswerKind kind) { return word_in(kAnswers, kind).code; }
template <> std::optional<IssueField> parse_code(std::string_view code) { return value_in(kFields, code); }
template <> std::optional<IssueKind> parse_code(std::string_view code) { return value_in(kKinds, code); }
template <> std::optional<IssueState> parse_code(std::string_view code) { return value_in(kStates, code); }
template <> std::optional<StepKind> parse_code(std::string_view code) { return value_in(kSteps, code); }
template <> std::optional<AnswerKind> parse_code(std::string_view code) { return value_in(kAnswers, code); }
std::string_view label_of(IssueKind kind) { return word_in(kKinds, kind).label; }
std::string_view label_of(IssueState state) { return word_in(kStates, state).label; }
std::string_view label_of(StepKind kind) { return word_in(kSteps, kind).label; }
std::string_view label_of(AnswerKind kind) { return word_in(kAnswers, kind).label; }

std::string label_of(IssueField field, const programme::Municipality& m) {
  if (const auto subitem = subitem_of(field))
    for (const programme::Service& s : m.services)
      if (s.statute_item == 1 && s.subitem == subitem && !s.sector.empty()) return s.sector;
  return std::string(word_in(kFields, field).label);
}

}  // namespace kasane::meeting
