// The state machine of a case and what follows from its own cadence. Pure: no clock, no I/O.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "casework/model.hpp"
#include "programme/directory.hpp"
#include "programme/municipality.hpp"

namespace kasane::casework {

/// Whether somebody may move a case from one state to the other. Closing is a step of its own (closes()), and a
/// closed case leaves that state only by reopening. Staying where it is is no step.
bool may_step(CaseState from, CaseState to);
/// Whether a case in this state can be closed: every open one, as also an effort without consent comes to an end.
bool closes(CaseState from);

/// Where a case stands after consents changed. `sharing_stands`: for at least one 本人. A decided plan stays in force.
CaseState after_consent(CaseState now, bool sharing_stands);
/// Where a case stands that is reopened.
CaseState on_reopening(bool sharing_stands);

/// By when the next contact is due by the case's own cadence.
Date contact_due(std::optional<Date> last_contact, Date opened_on, int cadence_days);
/// Silence: the day for the next contact is over. Never of a closed case.
bool is_silent(CaseState state, Date contact_by, Date today);
/// Whether the program may remind of closing it. 伴走 and 見守り never, and no case where the city does not press.
bool closure_may_be_proposed(CaseState state, bool city_presses);

/// Shortest and longest cadence that can be set, in days.
inline constexpr int kShortestCadence = 1;
inline constexpr int kLongestCadence = 366;

/// "R08-0001"; years before 令和 (none can be opened in one) by their 西暦. The city's prefix goes in front.
std::string case_number(std::string_view prefix, FiscalYear year, std::int64_t serial);

/// Faults of a new case, each at its field (subjects, cadence_days, owner_by).
std::vector<FieldError> faults_of_case(const std::vector<PersonId>& subjects, int cadence_days, bool has_owner, std::optional<Date> owner_by,
                                       Date today);

/// The viewer's agency that opens cases by triage: a 多機関協働事業者 before an owner section of the city. Others send a
/// referral: whoever may just know a household must not learn from a refusal whether it has a case.
std::optional<AgencyId> triage_agency(const programme::Municipality& m, const programme::Directory& dir, const access::Viewer& viewer);

}  // namespace kasane::casework
