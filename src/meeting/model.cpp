#include "meeting/model.hpp"

#include "meeting/note_model.hpp"
#include "meeting/words.hpp"

namespace kasane::meeting {

namespace {

constexpr std::array kSessionStates{
    Word<SessionState>{SessionState::planned, "planned", "予定"},
    Word<SessionState>{SessionState::held, "held", "開催済み"},
    Word<SessionState>{SessionState::cancelled, "cancelled", "取りやめ"},
};
constexpr std::array kManners{
    Word<Manner>{Manner::sitting, "sitting", "会議"},
    Word<Manner>{Manner::phone, "phone", "電話（2機関以上）"},
};
constexpr std::array kItemStates{
    Word<ItemState>{ItemState::waiting, "waiting", "これから"},
    Word<ItemState>{ItemState::treated, "treated", "扱いました"},
    Word<ItemState>{ItemState::deferred, "deferred", "次回へ"},
    Word<ItemState>{ItemState::withdrawn, "withdrawn", "取り下げ"},
};
constexpr std::array kMatters{
    Word<Matter>{Matter::plan, "plan", "プラン案"},
    Word<Matter>{Matter::review, "review", "見直し"},
    Word<Matter>{Matter::marked, "marked", "同意の取消し"},
    Word<Matter>{Matter::closure, "closure", "終結の評価"},
    Word<Matter>{Matter::early_start, "early_start", "決定前開始の追認"},
    Word<Matter>{Matter::request, "request", "106条の6の依頼"},
    Word<Matter>{Matter::progress, "progress", "支援の経過"},
    Word<Matter>{Matter::other, "other", "その他"},
};
constexpr std::array kResultKinds{
    Word<ResultKind>{ResultKind::policy, "policy", "支援方針"},
    Word<ResultKind>{ResultKind::watch, "watch", "見守り"},
    Word<ResultKind>{ResultKind::emergency, "emergency", "緊急の対応"},
    Word<ResultKind>{ResultKind::connect, "connect", "多機関協働につなぐか"},
    Word<ResultKind>{ResultKind::consent_step, "consent_step", "同意に向けた次の一歩"},
    Word<ResultKind>{ResultKind::advice, "advice", "助言"},
    Word<ResultKind>{ResultKind::undertaking, "undertaking", "引き受けたこと"},
};
constexpr std::array kNoteKinds{
    Word<NoteKind>{NoteKind::answer, "answer", "会議の前のひとこと"},
    Word<NoteKind>{NoteKind::point, "point", "要点"},
    Word<NoteKind>{NoteKind::undertaking, "undertaking", "引き受けたこと"},
};
constexpr std::array kScopes{
    Word<Scope>{Scope::household, "household", "議題と世帯の情報"},
    Word<Scope>{Scope::item, "item", "この議題だけ"},
    Word<Scope>{Scope::section, "section", "この議題だけ、終わるまで（徴収・滞納処分には使えません）"},
    Word<Scope>{Scope::summary, "summary", "名前を出さない要約だけ"},
};

}  // namespace

std::string_view code_of(NoteKind kind) { return code_in(kNoteKinds, kind); }
std::string_view code_of(SessionState state) { return code_in(kSessionStates, state); }
std::string_view code_of(Manner manner) { return code_in(kManners, manner); }
std::string_view code_of(ItemState state) { return code_in(kItemStates, state); }
std::string_view code_of(Matter matter) { return code_in(kMatters, matter); }
std::string_view code_of(ResultKind kind) { return code_in(kResultKinds, kind); }
std::string_view code_of(Scope scope) { return code_in(kScopes, scope); }

template <> std::optional<NoteKind> parse_code(std::string_view code) { return parse_in<NoteKind>(kNoteKinds, code); }
template <> std::optional<SessionState> parse_code(std::string_view code) { return parse_in<SessionState>(kSessionStates, code); }
template <> std::optional<Manner> parse_code(std::string_view code) { return parse_in<Manner>(kManners, code); }
template <> std::optional<ItemState> parse_code(std::string_view code) { return parse_in<ItemState>(kItemStates, code); }
template <> std::optional<Matter> parse_code(std::string_view code) { return parse_in<Matter>(kMatters, code); }
template <> std::optional<ResultKind> parse_code(std::string_view code) { return parse_in<ResultKind>(kResultKinds, code); }
template <> std::optional<Scope> parse_code(std::string_view code) { return parse_in<Scope>(kScopes, code); }

std::string_view label_of(NoteKind kind) { return label_in(kNoteKinds, kind); }
std::string_view label_of(SessionState state) { return label_in(kSessionStates, state); }
std::string_view label_of(Manner manner) { return label_in(kManners, manner); }
std::string_view label_of(ItemState state) { return label_in(kItemStates, state); }
std::string_view label_of(Matter matter) { return label_in(kMatters, matter); }
std::string_view label_of(ResultKind kind) { return label_in(kResultKinds, kind); }
std::string_view label_of(Scope scope) { return label_in(kScopes, scope); }

}  // namespace kasane::meeting
