#include "consent/other_law_rules.hpp"

namespace kasane::consent {

using access::Topic;

const programme::Statute* meeting_law(const programme::Municipality& m, std::string_view key, Date on) {
  const programme::Statute* found = programme::statute(m, key, on);
  return found != nullptr && found->allows == programme::Allows::other_law_meeting ? found : nullptr;
}

std::optional<int> least_age(std::string_view birth, Date on) {
  constexpr int kDecember = 12, kLastOfDecember = 31;
  const auto known = PartialDate::from_text(birth);
  if (!known) return std::nullopt;
  const int month = known->month == 0 ? kDecember : known->month;
  // The last day that the birth can have been.
  auto latest = known->day != 0 ? Date::from_ymd(known->year, month, known->day) : Date::from_ymd(known->year, month, 1);
  if (!latest) return std::nullopt;
  if (known->day == 0) latest = month == kDecember ? Date::from_ymd(known->year, kDecember, kLastOfDecember) : std::optional(latest->plus_months(1).plus_days(-1));
  return *latest > on ? 0 : age_on(*latest, on);
}

bool is_about(const programme::Statute& law, const OfHome& who) {
  if (law.child_home && !who.child_at_home && !who.expectant) return false;
  if (!law.min_age && !law.max_age) return true;
  if (!who.age) return false;
  return (!law.min_age || *who.age >= *law.min_age) && (!law.max_age || *who.age <= *law.max_age);
}

access::Topics topics_under(access::Topics law, access::Topics attendee) { return (law & attendee & access::kStandardScope) | Topic::basic | Topic::meeting; }

}  // namespace kasane::consent
