// Rules of opening in an emergency, pure.
#pragma once
#include <string>
#include <vector>

#include "access/model.hpp"
#include "base/result.hpp"
#include "consent/emergency_model.hpp"
#include "programme/municipality.hpp"

namespace kasane::consent {

/// What it shows: the standard scope, contact and the visit-safety note; never abuse, the reporter or tax.
inline constexpr access::Topics kEmergencyTopics = access::kStandardScope | access::Topic::contact | access::Topic::safety;

/// Hours that it lasts, days within which it is reviewed, and how many unreviewed ones of the last 24 hours one account
/// may have, as the folder says (emergency_hours, emergency_review_days, emergency_most_a_day).
int emergency_hours(const programme::Municipality& m);
int emergency_most_a_day(const programme::Municipality& m);
int emergency_review_days(const programme::Municipality& m);

/// Errors: number (neither a number nor a name with its birth date), birth, reason_code, reason, harm_checked (個人情報保護法
/// 69条2項 for a record of the city, 27条1項2号 for a contractor's: one tick says what both ask for).
std::vector<FieldError> faults_of(const EmergencyAsk& ask, const programme::Municipality& m);
/// A name as it is compared: without blanks of either width.
std::string plain_name(std::string_view name);

}  // namespace kasane::consent
