#include "meeting/gathering_model.hpp"

#include "meeting/words.hpp"

namespace kasane::meeting {

namespace {

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

}  // namespace

std::string_view code_of(GatheringKind kind) { return code_in(kKinds, kind); }
std::string_view code_of(GatheringState state) { return code_in(kStates, state); }
std::string_view code_of(Standing standing) { return code_in(kStandingWords, standing); }
template <> std::optional<GatheringKind> parse_code(std::string_view code) { return parse_in<GatheringKind>(kKinds, code); }
template <> std::optional<GatheringState> parse_code(std::string_view code) { return parse_in<GatheringState>(kStates, code); }
template <> std::optional<Standing> parse_code(std::string_view code) { return parse_in<Standing>(kStandingWords, code); }
std::string_view label_of(GatheringKind kind) { return label_in(kKinds, kind); }
std::string_view label_of(GatheringState state) { return label_in(kStates, state); }
std::string_view label_of(Standing standing) { return label_in(kStandingWords, standing); }

}  // namespace kasane::meeting
