// What an issue is about: the topic that one must be allowed to see to know that it is there. Pure.
#pragma once
#include <string_view>

#include "access/model.hpp"
#include "base/date.hpp"

namespace kasane::casework {

/// By the national code; codes that a city added count as what the case is about in general (Topic::plan).
access::Topics topics_of_issue(std::string_view code);
/// Whether it makes sense to ask if somebody is in treatment for it.
bool may_be_treated(std::string_view code);

/// Whole months from one day to another; 0 when the second is not later.
int months_between(Date from, Date to);
/// Whether withdrawal from society has lasted as long as the plans mean by ひきこもり: six months or more at home.
bool is_long_withdrawal(std::string_view code, Date since, Date today);

}  // namespace kasane::casework
