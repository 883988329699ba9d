// 通告・通報: a report of abuse to the agency that has the duty. A route of its own from the first day: no consent, no
// agenda and no packet delays it, and who reported is protected even from most of the team. For access it is a record
// of the kind notice: a notice to one addressee.
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

/// By the law that makes it a duty.
enum class AbuseKind : std::uint8_t { child, elder, disabled, partner, other };
std::string_view code_of(AbuseKind kind);
template <> std::optional<AbuseKind> parse_code(std::string_view code);
std::string_view label_of(AbuseKind kind);
inline constexpr AbuseKind kAbuseKinds[] = {AbuseKind::child, AbuseKind::elder, AbuseKind::disabled, AbuseKind::partner, AbuseKind::other};

struct NewAbuseReport {
  AbuseKind kind = AbuseKind::other;
  AgencyId agency;                        // who reports: one of the viewer's
  AgencyId reported_to;                   // the agency with the duty
  Date reported_on;
  std::string text;
  std::string reporter;                   // who told it; '' not said
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;         // the one to be protected, when known
  std::optional<SubjectRef> from;         // notice, intake or household from which it was started
};

struct AbuseReport {
  NoticeId id;
  AbuseKind kind = AbuseKind::other;
  AgencyId agency;
  AgencyId reported_to;
  Date reported_on;
  Personal<std::string> text;
  Personal<std::string> reporter;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
};

struct AbuseLine {
  NoticeId id;
  AbuseKind kind = AbuseKind::other;
  AgencyId agency;
  AgencyId reported_to;
  Date reported_on;
};

}  // namespace kasane::casework
