// SQL of what was held before and what is planned, by body. No personal columns.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting::store {

struct HeldBefore {
  SessionId session;
  std::string body;
  Date on;
  std::string at_time, place, facilitator;
};
/// The newest first, at most 400 rows: enough for two sittings of each body.
std::vector<HeldBefore> held_before(db::ReadTx& tx);
/// Bodies with a planned sitting on that day or later.
std::set<std::string> planned_bodies(db::ReadTx& tx, Date from);

}  // namespace kasane::meeting::store
