#include "meeting/gathering_model.hpp"

#include <algorithm>

namespace kasane::meeting {

namespace {

template <class E>
struct Word {
  E value;
  std::string_view code;
  std::string_view label;
};

constexpr std::array kKinds{
    Word<GatheringKind>{GatheringKind::training, "training", "研修"},
    Word<GatheringKind>{GatheringKind::study, "study", "勉強会"},
    Word<GatheringKind>{GatheringKind::information, "information", "情報共有会議"},
    Word<GatheringKind>{GatheringKind::platform, "platform", "プラットフォーム"},
    Word<GatheringKind>{GatheringKind::other, "other", "その他の集まり"},
};
constexpr std::array kStates{
    Word<GatheringState>{GatheringState::planned, "planned", "予定"},
    Word<GatheringState>{GatheringState::held, "held", "開きました"},
    Word<GatheringState>{GatheringState::cancelled, "cancelled", "取りやめ"},
};
constexpr std::array kStandingWords{
    Word<Standing>{Standing::city, "city", "市の職員"},
    Word<Standing>{Standing::agency, "agency", "相談や支援の機関"},
    Word<Standing>{Standing::resident, "resident", "地域の人"},
    Word<Standing>{Standing::company, "company", "企業・団体"},
    Word<Standing>{Standing::other, "other", "その他"},
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

}  // namespace

std::string_view code_of(GatheringKind kind) { return word_in(kKinds, kind).code; }
std::string_view code_of(GatheringState state) { return word_in(kStates, state).code; }
std::string_view code_of(Standing standing) { return word_in(kStandingWords, standing).code; }
template <> std::optional<GatheringKind> parse_code(std::string_view code) { return value_in(kKinds, code); }
template <> std::optional<GatheringState> parse_code(std::string_view code) { return value_in(kStates, code); }
template <> std::optional<Standing> parse_code(std::string_view code) { return value_in(kStandingWords, code); }
std::string_view label_of(GatheringKind kind) { return word_in(kKinds, kind).label; }
std::string_view label_of(GatheringState state) { return word_in(kStates, state).label; }
std::string_view label_of(Standing standing) { return word_in(kStandingWords, standing).label; }

}  // namespace kasane::meeting
