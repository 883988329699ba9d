// Parts of a joint sitting, pure: which part comes when, and which number an item bears.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// "13:30" as minutes after midnight; -1 when it is none.
int minutes_of_day(std::string_view time);
std::string time_of_day(int minutes);

/// A part without a time begins where the one before it ends, the first one with the sitting. A time stays empty where
/// neither is known.
void fill_times(std::vector<Slice>& parts, std::string_view sitting_at);
/// The sitting begins at another time: every part moves by as much; one that would fall past midnight loses its time. Without a
/// time before, parts get theirs as fill_times gives it; without one now they keep theirs.
void move_times(std::vector<Slice>& parts, std::string_view from, std::string_view to);
/// Each body of the sitting once, in an order in which no part begins before the one before it ends. The faults name
/// start_N and minutes_N, N being the place in `parts` from 1.
std::vector<FieldError> faults_of(const std::vector<Slice>& parts, const Session& session);

/// Where an item stands on the agenda.
struct Place {
  AgendaItemId item;
  int number = 0;
  std::string body;
  int minutes = 0;
};
/// The same items in the order of their parts, then as they stood; without parts as they stood. Numbers from 1.
std::vector<Place> in_order(std::vector<Place> places, const std::vector<Slice>& parts);
/// Swapped with its neighbour of the same part (`by` -1: up, +1: down); unchanged at the ends. `joint`: parts are set.
std::vector<Place> moved(std::vector<Place> places, AgendaItemId item, int by, bool joint);
/// Minutes of the items of this body; of all for "".
int sum_of_minutes(const std::vector<Place>& places, std::string_view body);

}  // namespace kasane::meeting
