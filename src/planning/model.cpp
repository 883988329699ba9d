#include "planning/model.hpp"

#include <utility>

namespace kasane::planning {

namespace {

template <class E>
struct Word {
  E value;
  std::string_view code;
  std::string_view label;
};
constexpr Word<PlanKind> kKinds[] = {{PlanKind::collaboration, "collaboration", ""}, {PlanKind::outreach, "outreach", ""},
                                     {PlanKind::participation, "participation", ""}};
constexpr Word<PlanState> kStates[] = {{PlanState::draft, "draft", "案"},
                                       {PlanState::submitted, "submitted", "提出済み"},
                                       {PlanState::active, "active", "支援中"},
                                       {PlanState::under_review, "under_review", "見直し中"},
                                       {PlanState::refused, "refused", "決定されませんでした"},
                                       {PlanState::superseded, "superseded", "再プランに引き継ぎ"},
                                       {PlanState::closed, "closed", "終了"}};
constexpr Word<Term> kTerms[] = {{Term::long_term, "long", "長期目標"}, {Term::short_term, "short", "短期目標"}};
constexpr Word<Finding> kFindings[] = {{Finding::adequate, "adequate", "適切"},
                                       {Finding::with_changes, "with_changes", "一部修正して適切"},
                                       {Finding::send_back, "send_back", "差戻し"},
                                       {Finding::defer, "defer", "次回に持ち越し"}};
constexpr Word<Verdict> kVerdictWords[] = {{Verdict::close, "close", "終結"},
                                           {Verdict::carry_on, "continue", "プランを続ける"},
                                           {Verdict::replan, "replan", "再プラン"},
                                           {Verdict::interrupted, "interrupted", "中断"}};

template <class E, std::size_t N>
std::string_view code_in(const Word<E> (&words)[N], E value) {
  for (const auto& w : words)
    if (w.value == value) return w.code;
  return {};
}
template <class E, std::size_t N>
std::string_view label_in(const Word<E> (&words)[N], E value) {
  for (const auto& w : words)
    if (w.value == value) return w.label;
  return {};
}
template <class E, std::size_t N>
std::optional<E> parse_in(const Word<E> (&words)[N], std::string_view code) {
  for (const auto& w : words)
    if (w.code == code) return w.value;
  return std::nullopt;
}

}  // namespace

std::string_view code_of(PlanKind kind) { return code_in(kKinds, kind); }
std::string_view code_of(PlanState state) { return code_in(kStates, state); }
std::string_view code_of(Term term) { return code_in(kTerms, term); }
std::string_view code_of(Finding finding) { return code_in(kFindings, finding); }
std::string_view code_of(Verdict verdict) { return code_in(kVerdictWords, verdict); }

template <> std::optional<PlanKind> parse_code(std::string_view code) { return parse_in(kKinds, code); }
template <> std::optional<PlanState> parse_code(std::string_view code) { return parse_in(kStates, code); }
template <> std::optional<Term> parse_code(std::string_view code) { return parse_in(kTerms, code); }
template <> std::optional<Finding> parse_code(std::string_view code) { return parse_in(kFindings, code); }
template <> std::optional<Verdict> parse_code(std::string_view code) { return parse_in(kVerdictWords, code); }

std::string_view label_of(PlanState state) { return label_in(kStates, state); }
std::string_view label_of(Term term) { return label_in(kTerms, term); }
std::string_view label_of(Finding finding) { return label_in(kFindings, finding); }
std::string_view label_of(Verdict verdict) { return label_in(kVerdictWords, verdict); }

std::string kind_name(const programme::Municipality& m, PlanKind kind) {
  switch (kind) {
    case PlanKind::collaboration: return m.wording("plan", "支援プラン");
    case PlanKind::outreach: return m.wording("plan_outreach", "アウトリーチプラン");
    case PlanKind::participation: return m.wording("plan_participation", "参加支援プラン");
  }
  return {};
}

}  // namespace kasane::planning
