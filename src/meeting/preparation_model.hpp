// The preparation sheet of an item: the household picture, what is being done, what troubles us, what we ask. The owner
// writes it, the others add a line or nothing, and nothing waits for it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "casework/issue_service.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

inline constexpr std::size_t kLongestAnswerOfSheet = 1000;  // characters, so that four of them fit on one A4

struct SheetText {
  std::string picture, doing, trouble, ask;
  bool empty() const { return picture.empty() && doing.empty() && trouble.empty() && ask.empty(); }
};
struct Sheet {
  MeetingNoteId id;
  AgendaItemId item;
  AgencyId agency;                  // that writes it
  PersonalText picture, doing, trouble, ask;
  UtcMs written_at = 0;
  std::int64_t version = 1;
};

/// What a sheet may be prefilled from: already what the writer sees, and then cut to what each attendee sees.
struct SheetSource {
  struct Person {
    PersonId id;
    std::string name;
    std::string relation;           // words of the city's table; ''
    std::optional<int> age;         // years on the day of the sitting
    bool seen_by_all = false;       // each attendee may know this person
  };
  struct Trouble {
    std::optional<PersonId> person;  // nothing: of the household
    access::Topics topics;
    std::string words;              // the code's label and certainty, never the note
  };
  struct Doing {
    access::Topics topics;
    std::string who;                // an agency at the table, or an actor of the plan
    std::string what;
  };
  access::Topics shared;            // topics that each attendee of the item sees
  bool household_seen_by_all = false;
  std::vector<Person> persons;
  std::vector<Trouble> troubles;
  std::vector<Doing> doings;
  std::string question;
};
/// Pure. Nothing that the least entitled attendee may not read.
SheetText prefill(const SheetSource& source);

}  // namespace kasane::meeting
