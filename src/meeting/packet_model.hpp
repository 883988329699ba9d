// Packets: what each attendee of an item gets to see, for how long, and the summary without names.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/explain.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// Open until each attendee's day, unless it was closed before.
struct PacketState {
  std::optional<UtcMs> closed_at;
  std::optional<AccountId> closed_by;
  std::optional<UtcMs> slice_ended_at;  // sections that got just this item see it no more

  bool closed_to(Scope scope) const { return closed_at.has_value() || (scope == Scope::section && slice_ended_at.has_value()); }
};

/// An item so that nobody can be recognised, for advisers who are not appointed for it.
struct Summary {
  AgendaItemId id;                  // a record of its own
  AgendaItemId item;
  PersonalText people;              // 80代、50代
  PersonalText text;
  std::int64_t version = 0;         // 0: none was written yet
};
struct SummaryLine {
  AgendaItemId id;
  int number = 0;                   // of the item in its session
};

/// What one attendee is shown, as the decision itself answers for that attendee.
struct Sight {
  Attendee attendee;
  std::string name;
  bool opens = false;
  std::vector<access::UsedGround> grounds;
  access::Topics topics;
  std::vector<PersonalText> persons;  // of the household's register; empty: what the item says, and nothing else
  std::optional<Date> secrecy_on;   // accounts only
};
struct Overview {
  ItemView item;
  PacketState state;
  std::vector<Sight> sights;
  std::optional<Summary> summary;
};

}  // namespace kasane::meeting
