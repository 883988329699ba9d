// Regular sittings: the next one of each body that sits in a cycle and has none planned, and a series planned at once.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "meeting/cycle_rules.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

/// A sitting to come: bodies that sat together last time, or that the plan lets sit together, come together again.
struct NextSitting {
  std::vector<std::string> bodies;
  std::optional<Date> last;
  Date on;                          // never a closed day
  std::optional<Date> put_off_from; // the closed day on which it would have been
  std::string at_time, place, facilitator;  // as last time
  Step step;
};
/// Of those bodies that the viewer may call, in the city's order: those in a cycle without a planned sitting to come.
std::vector<NextSitting> next_sittings(db::ReadTx& tx, const access::Gate& gate, const Settings& city);

struct NewSeries {
  NewSession first;
  int every = 0;                    // months between two sittings; 0: as the city's plan says
  int months = 6;                   // how far ahead, from the first sitting
};
inline constexpr int kLongestSeriesMonths = 12;
/// Each its own session, with slices of its own later; those after the first that fall on a closed day are put off to the next
/// open one. Errors: as plan_session; invalid (every: the plan gives no number;
/// months).
Result<std::vector<SessionId>> plan_series(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewSeries& in);

}  // namespace kasane::meeting
