// What a count is: which acts, dated how, counted how. Definitions are data, made from the city's settings, and are
// printed beside each number. Numbers come from the register of acts alone, which holds nothing personal.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "programme/municipality.hpp"

namespace kasane::measure {

/// What is counted once. The numbers stand in the SQL of the store.
enum class Counting : std::uint8_t {
  acts = 0,        // each act: a sitting of two bodies is one for each
  subjects = 1,    // each record: a visit that serves two programmes is one visit
  households = 2,  // each household in the period, however often
  persons = 3,     // each person in the period, however often
  open_cases = 4,  // cases that stand open at the end of the period (stock)
};

/// Whether the plan of a person who had one already counts again.
enum class Replans : std::uint8_t { not_asked, first_only, each_version };

/// Acts of one kind.
struct Event {
  SubjectKind subject;                // kind of record that these acts are about
  std::string kind;                   // as in docs/acts.md
  std::vector<std::string> codes;     // empty: any
  std::vector<std::string> services;  // statutory service codes; empty: any
  bool leaves = false;                // stocks only: takes one away
};

/// One count.
struct MeasureDef {
  std::string code;
  std::string name;
  std::vector<Event> events;
  std::string date;                   // which day decides whether it falls into the period
  std::string unit;                   // 件, 回, 人, 世帯
  Counting counting = Counting::acts;
  Replans replans = Replans::not_asked;
  std::string meaning;                // one plain sentence
  const programme::Indicator* indicator = nullptr;  // of the city's plan, when it is one
};

/// First and last day, both inclusive.
struct Period {
  Date from;
  Date to;
};

/// What a viewer is told. Who makes the city's report gets numbers; below that a small one is told as such, because the
/// number of the whole city counts households that this viewer may not know of (docs/decisions/0011).
struct Figure {
  const MeasureDef* def = nullptr;
  std::int64_t value = 0;  // 0 where only `told` is for this viewer
  std::string told;        // "7", "5件未満"
};

/// A line behind a number: a record that the viewer may know.
struct Line {
  SubjectRef subject{};
  std::int64_t root = 0;
  AgencyId agency;                    // that acted
  Date held_on;
  std::int64_t act = 0;
};

/// Where the next page of lines begins: below this one.
struct LineCursor {
  Date on;
  std::int64_t act = 0;
};

struct AgencyFigure {
  AgencyId agency;
  std::int64_t value = 0;
};

/// Whose acts a number counts for whom.
enum class Told : std::uint8_t {
  exact,  // 市の担当・所属長: any period, every number
  small_protected,  // below: one fiscal year, bands, agencies only the viewer's own
};

}  // namespace kasane::measure
