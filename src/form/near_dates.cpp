#include "form/near_dates.hpp"

#include "base/near_date.hpp"

namespace kasane::form {

std::vector<std::pair<std::string, std::string>> with_years(const Form& form, const Posted& posted, Date today) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [name, value] : posted) {
    const Field* field = form.find(name);
    const auto day = field != nullptr && field->kind == Kind::date ? near_date(value, today) : std::nullopt;
    all.emplace_back(name, day ? day->iso() : value);
  }
  return all;
}

}  // namespace kasane::form
