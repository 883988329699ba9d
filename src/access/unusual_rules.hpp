// Which reading an auditor should look at: pure, from what an account did on one day. A line is no accusation; it
// says what is unusual and leaves the judging to a person.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace kasane::access {

/// Limits of a day. Invented starting values (no law or seed names any): a city sets its own in rules.toml.
struct UnusualLimits {
  std::int64_t households = 60;  // more opened on one day by one account
  std::int64_t refused = 20;     // more records that it might not know
  std::int64_t searches = 150;
  int night_from = 22;           // hour of the office's time, inclusive
  int night_until = 6;           // exclusive
};

enum class Unusual : std::uint8_t { many_households, night, own_relatives, after_leaving, many_refused, many_searches, before_declaring };

/// `before_declaring` is not found by the day: it is looked up when a relation is declared, see look_back.
/// "many_households": stored, and the key of its words.
std::string_view code_of(Unusual rule);
/// What the auditor reads: "1日に多くの世帯を開いた".
std::string_view label_of(Unusual rule);
std::vector<Unusual> all_unusual();

struct AccountDay {
  std::int64_t households = 0;  // opened one by one, not seen in a list
  std::int64_t refused = 0;
  std::int64_t searches = 0;
  bool at_night = false;
  bool own_relatives = false;   // asked for a household from which the account itself is shielded
  bool after_leaving = false;   // opened a household whose team its agency has left
};

bool is_night(int hour, const UnusualLimits& limits);
std::vector<Unusual> unusual_in(const AccountDay& day, const UnusualLimits& limits);

}  // namespace kasane::access
