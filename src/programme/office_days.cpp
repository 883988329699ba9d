#include "programme/office_days.hpp"

namespace kasane::programme {

namespace {

const form::Code* standing(const form::CodeTable* table, const std::string& code) {
  const form::Code* found = table == nullptr ? nullptr : table->find(code);
  return found == nullptr || found->retired ? nullptr : found;
}

}  // namespace

int weekday(Date day) { return ((day.days() + 3) % 7 + 7) % 7; }

OfficeDays::OfficeDays(const Municipality& m) : holidays_(m.code_table("holidays")), closed_(m.code_table("closed_days")) {
  if (!holidays_) return;
  for (const form::Code& code : holidays_->codes)
    if (const auto day = Date::from_iso(code.code))
      if (const Date end = *Date::from_ymd(day->year(), 12, 31); !known_until_ || end > *known_until_) known_until_ = end;
}

std::optional<std::string> OfficeDays::closed(Date day) const {
  const std::string iso = day.iso();
  if (const auto* holiday = standing(holidays_.get(), iso)) return holiday->label;
  if (const auto* once = standing(closed_.get(), iso)) return once->label;
  if (const auto* yearly = standing(closed_.get(), iso.substr(5))) return yearly->label;
  return std::nullopt;
}

Date OfficeDays::put_off(Date day) const {
  if (!closed(day)) return day;
  Date next = day;
  do next = next.plus_days(1);
  while (closed(next) || weekday(next) > 4);
  return next;
}

}  // namespace kasane::programme
