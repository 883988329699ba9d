#include "access/unusual_rules.hpp"

namespace kasane::access {

std::string_view code_of(Unusual rule) {
  switch (rule) {
    case Unusual::many_households: return "many_households";
    case Unusual::night: return "night";
    case Unusual::own_relatives: return "own_relatives";
    case Unusual::after_leaving: return "after_leaving";
    case Unusual::many_refused: return "many_refused";
    case Unusual::many_searches: return "many_searches";
    case Unusual::before_declaring: return "before_declaring";
  }
  return {};
}

std::string_view label_of(Unusual rule) {
  switch (rule) {
    case Unusual::many_households: return "1日に多くの世帯を開いた";
    case Unusual::night: return "夜間に開いた";
    case Unusual::own_relatives: return "親族・知人と届け出た世帯を開こうとした";
    case Unusual::after_leaving: return "関わりを終えた世帯を開いた";
    case Unusual::many_refused: return "見られない記録を何度も求めた";
    case Unusual::many_searches: return "1日に何度も検索した";
    case Unusual::before_declaring: return "親族・知人と届け出る前の日に、その世帯を開いていた";
  }
  return {};
}

std::vector<Unusual> all_unusual() {
  return {Unusual::many_households, Unusual::night, Unusual::own_relatives, Unusual::after_leaving, Unusual::many_refused, Unusual::many_searches, Unusual::before_declaring};
}

bool is_night(int hour, const UnusualLimits& limits) {
  // Round midnight: from 22 to 6 is everything but 6 to 22.
  if (limits.night_from <= limits.night_until) return hour >= limits.night_from && hour < limits.night_until;
  return hour >= limits.night_from || hour < limits.night_until;
}

std::vector<Unusual> unusual_in(const AccountDay& day, const UnusualLimits& limits) {
  std::vector<Unusual> found;
  if (day.households > limits.households) found.push_back(Unusual::many_households);
  if (day.at_night) found.push_back(Unusual::night);
  if (day.own_relatives) found.push_back(Unusual::own_relatives);
  if (day.after_leaving) found.push_back(Unusual::after_leaving);
  if (day.refused > limits.refused) found.push_back(Unusual::many_refused);
  if (day.searches > limits.searches) found.push_back(Unusual::many_searches);
  return found;
}

}  // namespace kasane::access
