// Pure decisions about names, birth dates, household numbers and search words. No clock, no database.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "people/model.hpp"

namespace kasane::people {

/// "昭和25年4月2日" or less as far as known; "" when unknown. `stored` is the text of a PartialDate.
std::string birth_text(std::string_view stored);
/// "76歳", "およそ76歳" for a birth date known in part; "" when unknown. After death the age at death.
std::string age_text(std::string_view stored, Date on, std::optional<Date> deceased_on = std::nullopt);
/// "70代", "10歳未満"; "" when unknown (W-69).
std::string age_band(std::string_view stored, Date on);

/// "世R08-00012": prefix, fiscal year of the era at its end, five digits (more when they run out).
std::string household_number(std::string_view prefix, FiscalYear year, std::int64_t serial);
/// What was typed as a household number, in the form it is stored in; nothing when it does not look like one.
std::optional<std::string> as_household_number(std::string_view typed);

/// What is wrong with a household to register; empty when nothing is. Fields of the first person begin with p1_, of the
/// second with p2_ …
std::vector<FieldError> faults_of(const NewHousehold& what, Date today);
std::vector<FieldError> faults_of(const PersonFields& fields, std::string_view prefix, Date today);
std::vector<FieldError> faults_of(const MembershipFields& fields, std::string_view prefix);
/// The label as typed, else the first person's family name and 家, else the given name and の世帯.
std::string default_label(const NewHousehold& what);

}  // namespace kasane::people
