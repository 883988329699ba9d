// An intake (相談受付): at any window, whatever the person's attribute. Date, receiver and what it is about are enough;
// the 本人 and who consults may be two people, and neither has to be known by name.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"

namespace kasane::casework {

/// What the screening of an intake led to. Codes that the national table screening_result knows take their words there.
enum class ScreeningResult : std::uint8_t {
  information_only,  // 情報提供・相談対応のみで終了
  referred,          // 他制度・他機関につなぐ
  no_consent_yet,    // 現時点で本人同意は取れないが引き続き取り組む
  own_support,       // the own agency goes on alone
  multi_agency,      // to 多機関協働
  ended_before,      // 判断前に中断・終了
};
std::string_view code_of(ScreeningResult result);
template <> std::optional<ScreeningResult> parse_code(std::string_view code);
std::string_view label_of(ScreeningResult result);
inline constexpr ScreeningResult kScreeningResults[] = {ScreeningResult::information_only, ScreeningResult::own_support,
                                                        ScreeningResult::referred,         ScreeningResult::multi_agency,
                                                        ScreeningResult::no_consent_yet,   ScreeningResult::ended_before};

/// What an intake says. `answers` is the canonical JSON of the folded fields, with the key and version of their form.
struct IntakeContent {
  Date taken_on;
  AccountId receiver;
  std::vector<std::string> about;      // consultation topics; the first is the most serious
  std::string summary;
  std::string consulter;               // name; '' the 本人 came, or not said
  std::string consulter_relation;      // code table consulter_relation; '' the 本人
  std::string form_key;
  int form_version = 1;
  std::string answers;
  bool abuse_named = false;
  std::string not_abuse_because;       // on a change that no longer names it: why the naming was a mistake; '' it stays named
};

struct NewIntake {
  AgencyId agency;                     // one of the viewer's
  std::optional<NoticeId> notice;      // from which it was started
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;      // 本人, when known
  IntakeContent content;
};

struct Intake {
  IntakeId id;
  AgencyId agency;
  Date taken_on;
  AccountId receiver;
  std::string receiver_name;
  std::optional<NoticeId> notice;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
  std::vector<std::string> about;
  Personal<std::string> summary;
  Personal<std::string> consulter;
  std::string consulter_relation;
  std::string form_key;
  int form_version = 1;
  Personal<std::string> answers;       // hidden unless every topic of the sheet may be seen
  bool abuse_named = false;
  std::optional<Date> abuse_taken_back_on;
  Personal<std::string> not_abuse_because;
  std::optional<ScreeningResult> screening;
  std::optional<Date> screened_on;
  Personal<std::string> screening_note;
  std::optional<Date> next_on;         // own_support: when the window is in touch again
  std::int64_t version = 1;
};

struct Screening {
  ScreeningResult result = ScreeningResult::own_support;
  Date on;
  std::string note;
  std::optional<Date> next_on;         // no_consent_yet: when consent is sought again; own_support: the next contact, may be open
};

struct IntakeLine {
  IntakeId id;
  Date taken_on;
  AgencyId agency;
  std::vector<std::string> about;
  Personal<std::string> summary;
  std::optional<HouseholdId> household;
  Personal<std::string> label;         // of the household, where the viewer may know it
  bool abuse_named = false;
  std::optional<ScreeningResult> screening;
};

}  // namespace kasane::casework
