// Why something is proposed for an agenda, pure: the phrase, whether the rule is sure, and how long it is given.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "meeting/model.hpp"
#include "programme/municipality.hpp"

namespace kasane::meeting {

/// Minutes of an item before somebody sets them: the city's own (wording minutes_plan …), else the product's.
int default_minutes(const programme::Municipality& m, Matter matter);

/// A proposed reason to put something on an agenda.
struct Reason {
  std::string why;
  bool sure = false;
};
/// Of what waits by itself. `due`: the day on which a plan is to be reviewed; a review that is due by the sitting is sure,
/// one that comes up later is offered.
Reason reason_for(Matter matter, std::optional<Date> due, Date sitting);

/// An open case as a body looks at it again.
struct CaseSigns {
  Date opened_on;
  std::optional<Date> last_contact_on;
  Date contact_by;                  // its own cadence: before the day, silent
  std::optional<Date> next_look_on;
  std::optional<Date> overdue_since;  // oldest task that is past its day
  std::optional<Date> joined_on;    // newest referral that came to it
  std::optional<Date> quiet_since;  // in support by a plan in force: its last contact, where that is longer ago than the body's cycle
};
/// Silent by its own cadence, a task past its day, the day to look at it again, come since the last sitting, worked on
/// since, in support without contact for longer than the body's cycle: the first that fits. Nothing: the body need not look at
/// it. `since`: the last sitting. Contact since then alone, and quiet that its own cadence allows, are offered; the others are
/// sure.
std::optional<Reason> reason_to_look_again(const CaseSigns& signs, Date since, Date on);

/// Since when a body looks back where it never sat: one cycle, else three months.
Date looks_back_to(const programme::Body& body, std::optional<Date> last_sitting, Date on);

/// Contact before this day is longer ago than one cycle of the body; three months where it has none.
Date one_cycle_before(const programme::Body& body, Date on);

/// Whether the body looks at cases again by rule: review bodies, and 支援会議 that sit regularly (北上 コアメンバー, K-61, K-62).
bool looks_at_cases_again(const programme::Body& body);

}  // namespace kasane::meeting
