// Opening a household in an emergency: one account, for hours, with a reason, reviewed afterwards by who holds the record.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace kasane::consent {

/// What the holder said of it afterwards.
enum class Verdict : std::uint8_t { open, justified, not_justified };
std::string_view code_of(Verdict verdict);
std::string_view label_of(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view code);

/// Whom it is about: the exact number of the household, or the exact full name of one person and the birth date.
struct EmergencyAsk {
  std::string number;
  std::string name;
  std::optional<Date> birth;
  std::string reason_code;          // code table emergency_reason
  std::string reason;
  bool harm_checked = false;        // consent cannot be had in time, and nobody's rights are unjustly harmed
};

/// An opening without its reason and note. Plain facts.
struct EmergencyFacts {
  EmergencyAccessId id;
  HouseholdId household;
  AccountId account;
  std::string account_name;
  AgencyId agency;
  AgencyId holder;
  std::string reason_code;
  UtcMs opened_at = 0;
  UtcMs until_at = 0;
  std::optional<UtcMs> ended_at;
  Date review_by;
  std::optional<Date> reviewed_on;
  Verdict verdict = Verdict::open;
  std::int64_t version = 1;

  bool open_at(UtcMs now) const { return !ended_at && now < until_at; }
  bool overdue_on(Date day) const { return verdict == Verdict::open && review_by < day; }
};
struct Emergency {
  EmergencyFacts facts;
  Personal<std::string> label;      // of the household
  Personal<std::string> reason;
  Personal<std::string> note;       // of the review
};

}  // namespace kasane::consent
