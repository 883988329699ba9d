// Ids of records. Made here, never by the database, so that both engines behave alike and a command can name
// its result before it is stored. 64 bits: 41 of milliseconds since 2020-01-01 UTC, 22 random and counted, so ids
// sort by time of making and cannot be guessed from one another. In addresses they are 13 signs of base 32.
#pragma once
#include <cstdint>
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kasane {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// A fresh id; unique within the process and, by 22 random bits a millisecond, practically across processes.
std::int64_t next_id();
/// 13 lower-case signs of Crockford's base 32.
std::string id_text(std::int64_t id);
/// Nothing when the text is not exactly what id_text makes (forged or mistyped ids are "not found").
std::optional<std::int64_t> parse_id_text(std::string_view text);

template <class Tag>
Id<Tag> fresh_id() { return Id<Tag>(next_id()); }
template <class Tag>
std::string id_text(Id<Tag> id) { return id_text(id.value); }
template <class Tag>
std::optional<Id<Tag>> parse_id(std::string_view text) {
  auto v = parse_id_text(text);
  return v ? std::optional<Id<Tag>>(Id<Tag>(*v)) : std::nullopt;
}

// The kinds of record that access rules speak of. The number is stored and audited: never reuse one.
enum class SubjectKind : std::uint8_t {
  household = 1, person = 2, notice = 3, intake = 4, referral = 5, support_case = 6, involvement = 7,
  support_record = 8, issue = 9, consent = 10, ground_request = 11, assessment = 12, plan = 13, decision = 14,
  meeting_session = 15, agenda_item = 16, advice = 17, task = 18, evaluation = 19, closure = 20, membership = 21,
  account = 22, agency = 23, post = 24, settings = 25, audit = 26, statistic = 27, protective_measure = 28,
  own_view = 29, cooperation_request = 30, provision = 31, disclosure = 32, disposal = 33, legal_hold = 34,
  emergency_access = 35, guest_link = 36, conflict = 37, meeting_note = 38,
};

struct SubjectRef {
  SubjectKind kind;
  std::int64_t id = 0;
  friend auto operator<=>(const SubjectRef&, const SubjectRef&) = default;
};

#define KASANE_ID(Name, Kind)                                            \
  struct Name##Tag { static constexpr SubjectKind kind = SubjectKind::Kind; }; \
  using Name##Id = Id<Name##Tag>;
KASANE_ID(Household, household)
KASANE_ID(Person, person)
KASANE_ID(Notice, notice)
KASANE_ID(Intake, intake)
KASANE_ID(Referral, referral)
KASANE_ID(Case, support_case)
KASANE_ID(Involvement, involvement)
KASANE_ID(SupportRecord, support_record)
KASANE_ID(Issue, issue)
KASANE_ID(Consent, consent)
KASANE_ID(GroundRequest, ground_request)
KASANE_ID(Assessment, assessment)
KASANE_ID(Plan, plan)
KASANE_ID(Decision, decision)
KASANE_ID(Session, meeting_session)
KASANE_ID(AgendaItem, agenda_item)
KASANE_ID(Advice, advice)
KASANE_ID(Task, task)
KASANE_ID(Evaluation, evaluation)
KASANE_ID(Closure, closure)
KASANE_ID(Membership, membership)
KASANE_ID(Account, account)
KASANE_ID(Agency, agency)
KASANE_ID(Post, post)
KASANE_ID(ProtectiveMeasure, protective_measure)
KASANE_ID(OwnView, own_view)
KASANE_ID(CooperationRequest, cooperation_request)
KASANE_ID(Provision, provision)
KASANE_ID(Disclosure, disclosure)
KASANE_ID(Disposal, disposal)
KASANE_ID(LegalHold, legal_hold)
KASANE_ID(EmergencyAccess, emergency_access)
KASANE_ID(GuestLink, guest_link)
KASANE_ID(Conflict, conflict)
KASANE_ID(MeetingNote, meeting_note)
#undef KASANE_ID

}  // namespace kasane

template <class Tag>
struct std::hash<kasane::Id<Tag>> {
  std::size_t operator()(kasane::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
