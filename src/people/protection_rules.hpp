// What a protective measure keeps from the other side. Pure: no clock, no database.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "people/protection_model.hpp"

namespace kasane::people {

/// How somebody of the other side stands to the household of the protected person.
enum class Nearness : std::uint8_t {
  apart,      // never belonged to it
  separated,  // belongs or belonged to it and lives elsewhere
  same_roof,  // lives there
};

struct Kept {
  access::Topics of_person;     // about the protected person
  access::Topics of_household;  // about her household as a whole, or about anybody in it
};
/// For people under one roof: the report, the consultation, safe contact, the separation plan and all else recorded about
/// the protected person; not that she lives there, and not the shared address.
/// For people living apart: everything about the person; where they never shared a household, all of the household too.
Kept kept_by(Nearness nearness, bool whole);

/// The last day of a term of so many months that was filed on `filed`.
Date term_end(Date filed, int months);
/// The day from which the end is announced, never before `today`.
Date warn_on(Date until, int warn_days, Date today);

/// What is wrong with a measure to be made; empty when nothing is. Fields: person, from, opponents, reason, review_on.
std::vector<FieldError> faults_of(const NewMeasure& what, Date today);

/// A name as it is compared: without blanks of any width.
std::string plain_name(std::string_view name);
/// What happened, in words that name nobody.
std::string alarm_words(std::string_view code);

/// Goals and roles of these topics do not belong on a paper for the home of a 相手方.
access::Topics kept_from_home();

}  // namespace kasane::people
