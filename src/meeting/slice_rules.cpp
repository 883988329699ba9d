#include "meeting/slice_rules.hpp"

#include <algorithm>

namespace kasane::meeting {

namespace {

constexpr int kLongestDay = 24 * 60;

bool digit(char c) { return c >= '0' && c <= '9'; }

void renumber(std::vector<Place>& places) {
  int number = 0;
  for (Place& place : places) place.number = ++number;
}

}  // namespace

int minutes_of_day(std::string_view time) {
  if (time.size() != 5 || time[2] != ':' || !digit(time[0]) || !digit(time[1]) || !digit(time[3]) || !digit(time[4])) return -1;
  const int minutes = ((time[0] - '0') * 10 + (time[1] - '0')) * 60 + (time[3] - '0') * 10 + (time[4] - '0');
  return minutes < kLongestDay && time[3] < '6' ? minutes : -1;
}

std::string time_of_day(int minutes) {
  const int wrapped = ((minutes % kLongestDay) + kLongestDay) % kLongestDay;
  std::string text = "00:00";
  text[0] = static_cast<char>('0' + wrapped / 600);
  text[1] = static_cast<char>('0' + wrapped / 60 % 10);
  text[3] = static_cast<char>('0' + wrapped % 60 / 10);
  text[4] = static_cast<char>('0' + wrapped % 10);
  return text;
}

void fill_times(std::vector<Slice>& parts, std::string_view sitting_at) {
  int at = minutes_of_day(sitting_at);
  for (Slice& part : parts) {
    if (part.starts_at.empty() && at >= 0) part.starts_at = time_of_day(at);
    at = minutes_of_day(part.starts_at);
    at = at >= 0 && part.minutes > 0 ? at + part.minutes : -1;
  }
}

void move_times(std::vector<Slice>& parts, std::string_view from, std::string_view to) {
  const int before = minutes_of_day(from), after = minutes_of_day(to);
  if (after < 0) return;
  if (before < 0) return fill_times(parts, to);
  constexpr int kDay = 24 * 60;
  for (Slice& part : parts) {
    const int at = minutes_of_day(part.starts_at);
    if (at < 0) continue;
    const int moved = at + after - before;
    part.starts_at = moved >= 0 && moved < kDay ? time_of_day(moved) : std::string();
  }
}

std::vector<FieldError> faults_of(const std::vector<Slice>& parts, const Session& session) {
  std::vector<FieldError> faults;
  const auto once = [&](const SessionBody& b) { return std::count_if(parts.begin(), parts.end(), [&](const Slice& s) { return s.body == b.body; }) == 1; };
  if (parts.size() != session.bodies.size() || !std::all_of(session.bodies.begin(), session.bodies.end(), once))
    faults.push_back({"order_1", "この回の会議を、一つずつ並べてください。"});
  int free_from = -1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string key = std::to_string(i + 1);
    const int at = minutes_of_day(parts[i].starts_at);
    if (!parts[i].starts_at.empty() && at < 0) faults.push_back({"start_" + key, "始まる時刻は、13:30 のように入力してください。"});
    if (parts[i].minutes < 0 || parts[i].minutes > 480) faults.push_back({"minutes_" + key, "長さは、480分までで入力してください。"});
    if (at >= 0 && at < free_from) faults.push_back({"start_" + key, "前の会議が終わる前に始まります。時刻か長さを直してください。"});
    free_from = at >= 0 ? at + parts[i].minutes : free_from;
  }
  return faults;
}

std::vector<Place> in_order(std::vector<Place> places, const std::vector<Slice>& parts) {
  const auto part_of = [&](const Place& place) {
    return std::find_if(parts.begin(), parts.end(), [&](const Slice& s) { return s.body == place.body; }) - parts.begin();
  };
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.number < b.number; });
  std::stable_sort(places.begin(), places.end(), [&](const Place& a, const Place& b) { return part_of(a) < part_of(b); });
  renumber(places);
  return places;
}

std::vector<Place> moved(std::vector<Place> places, AgendaItemId item, int by, bool joint) {
  const auto found = std::find_if(places.begin(), places.end(), [&](const Place& p) { return p.item == item; });
  if (found == places.end()) return places;
  const auto at = found - places.begin();
  const auto to = at + (by < 0 ? -1 : 1);
  if (to < 0 || to >= static_cast<std::ptrdiff_t>(places.size())) return places;
  if (joint && places[static_cast<std::size_t>(to)].body != found->body) return places;
  std::swap(places[static_cast<std::size_t>(at)], places[static_cast<std::size_t>(to)]);
  renumber(places);
  return places;
}

int sum_of_minutes(const std::vector<Place>& places, std::string_view body) {
  int sum = 0;
  for (const Place& place : places)
    if (body.empty() || place.body == body) sum += place.minutes;
  return sum;
}

}  // namespace kasane::meeting
