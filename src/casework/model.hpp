// Words that all subjects of casework share: states of a case, roles on the team, types of a record's paragraphs,
// certainty of an issue. Each is stored as its code; what a code is called on a page comes from label_of().
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace kasane::casework {

enum class CaseState : std::uint8_t {
  before_consent,  // 同意前: known and worked on, but no 本人 has agreed to sharing yet
  preparing,       // 準備中: consent stands, assessment and plan are being made
  active,          // 支援中: a plan has been decided
  watching,        // 伴走・見守り: stays open without a term; only its own cadence counts
  closed,          // 終結: asleep, can be reopened under the same number
};

/// What an agency does on the team around a household.
enum class InvolvementRole : std::uint8_t {
  originating,   // つなぎ元: stays on the team (T-15)
  coordinating,  // 調整役
  member,        // 支援機関
  watching,      // 見守り
  main_contact,  // 主な連絡先 after closure
};

/// Type of one paragraph of a support record.
enum class PartKind : std::uint8_t { unsorted, fact_observed, said_by_person, heard_from, assessment, plan };

/// 確認 or 疑い (W-71).
enum class Certainty : std::uint8_t { confirmed, suspected };

/// Whether a person is in medical treatment for an issue (W-71). unsaid: does not apply or nobody asked.
enum class Treatment : std::uint8_t { unsaid, in_treatment, untreated, stopped, unknown };

/// The stored code, e.g. "before_consent"; "" for Treatment::unsaid.
std::string_view code_of(CaseState state);
std::string_view code_of(InvolvementRole role);
std::string_view code_of(PartKind kind);
std::string_view code_of(Certainty certainty);
std::string_view code_of(Treatment treatment);

/// Nothing when the code is none of the list.
template <class E>
std::optional<E> parse_code(std::string_view code);
template <> std::optional<CaseState> parse_code(std::string_view code);
template <> std::optional<InvolvementRole> parse_code(std::string_view code);
template <> std::optional<PartKind> parse_code(std::string_view code);
template <> std::optional<Certainty> parse_code(std::string_view code);
template <> std::optional<Treatment> parse_code(std::string_view code);

/// Japanese, as shown.
std::string_view label_of(CaseState state);
std::string_view label_of(InvolvementRole role);
std::string_view label_of(PartKind kind);
std::string_view label_of(Certainty certainty);
std::string_view label_of(Treatment treatment);

inline constexpr CaseState kCaseStates[] = {CaseState::before_consent, CaseState::preparing, CaseState::active, CaseState::watching,
                                            CaseState::closed};
inline constexpr InvolvementRole kInvolvementRoles[] = {InvolvementRole::originating, InvolvementRole::coordinating, InvolvementRole::member,
                                                        InvolvementRole::watching, InvolvementRole::main_contact};
inline constexpr PartKind kPartKinds[] = {PartKind::unsorted,   PartKind::fact_observed, PartKind::said_by_person,
                                          PartKind::heard_from, PartKind::assessment,    PartKind::plan};
inline constexpr Certainty kCertainties[] = {Certainty::confirmed, Certainty::suspected};
inline constexpr Treatment kTreatments[] = {Treatment::unsaid, Treatment::in_treatment, Treatment::untreated, Treatment::stopped,
                                            Treatment::unknown};

}  // namespace kasane::casework
