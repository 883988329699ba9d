// Dates typed without their year, for forms that are filled in about these days.
#pragma once
#include "base/date.hpp"
#include "form/parse.hpp"

namespace kasane::form {

/// What was posted, the dates of the form's date fields that lack their year completed with the nearest one. All else, also
/// what cannot be read, stays as it was typed.
std::vector<std::pair<std::string, std::string>> with_years(const Form& form, const Posted& posted, Date today);

}  // namespace kasane::form
