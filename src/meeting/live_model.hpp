// A sitting that is being run, and who was not there.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "meeting/model.hpp"

namespace kasane::meeting {

/// Where the sitting stands. Holds no content.
struct Live {
  SessionId session;
  UtcMs started_at = 0;
  AccountId started_by;
  std::optional<AgendaItemId> item;   // treated now; nothing between two items
  UtcMs item_started_at = 0;
  std::string body;                   // whose part it is; '' before the first item
  std::optional<UtcMs> ended_at;
  std::int64_t change = 0;            // rises with every change of what is shown
  std::int64_t version = 1;           // of item and end
};

/// Somebody who was invited and not there.
struct Absence {
  std::int64_t party = 0;             // agency or account
  std::optional<UtcMs> read_at;       // read the papers afterwards
  std::optional<AccountId> read_by;
};

}  // namespace kasane::meeting
