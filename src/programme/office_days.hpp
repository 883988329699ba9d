// Days on which the city's offices are closed: national holidays (a dated table; the equinoxes are published a year ahead, so
// it ends) and the closed days of the city's folder. The one place that knows them.
#pragma once
#include <optional>
#include <string>

#include "base/date.hpp"
#include "programme/municipality.hpp"

namespace kasane::programme {

class OfficeDays {
 public:
  explicit OfficeDays(const Municipality& m);
  /// What the day is called, where the offices are closed on it: 文化の日; a closed day of the city. Nothing on other days,
  /// also not on a Saturday or Sunday: bodies sit there by their own choice.
  std::optional<std::string> closed(Date day) const;
  /// A closed day is put off to the next day that is neither closed nor a Saturday or Sunday; others stay.
  Date put_off(Date day) const;
  /// The last day whose holidays are known; nothing when the table is empty.
  std::optional<Date> known_until() const { return known_until_; }
  bool known(Date day) const { return known_until_ && day <= *known_until_; }

 private:
  std::shared_ptr<const form::CodeTable> holidays_, closed_;
  std::optional<Date> known_until_;
};

/// 0: Monday … 6: Sunday.
int weekday(Date day);

}  // namespace kasane::programme
