// The order of an agenda, minutes of its items, and the parts of a joint sitting, until the sitting is held.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/slice_rules.hpp"

namespace kasane::meeting {

/// Items of the session that are not withdrawn, by number. Holds no content.
std::vector<Place> places(db::ReadTx& tx, SessionId id);

/// One place up (`by` -1) or down (+1), within its part where there are parts. `number`: as it was shown. Errors: those of
/// the gate; not_permitted (the viewer does not run the body); stale (the agenda was put in another order); conflict (held).
Result<> move_item(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id, int number, int by);

struct MinutesChange {
  AgendaItemId item;
  int before = 0;                   // as it was shown
  int minutes = 0;                  // 0: not set
};
inline constexpr int kMostMinutes = 240;
/// Of several items at once; those that stay as they were are left alone. Errors: as move_item; invalid (minutes).
Result<> set_minutes(db::WriteTx& tx, access::Gate& gate, const Settings& city, const std::vector<MinutesChange>& changes);

/// The parts of a joint sitting in this order, with the agencies invited to each; items follow their parts. Who was there
/// stays, and who is invited without the viewer being told of it. Errors: not_permitted; stale; conflict (not planned); invalid (order_N, start_N, minutes_N).
Result<> plan_slices(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t version, std::vector<Slice> parts);
/// Puts the items into the order of the parts, when there are any; called when an item was added.
void follow_slices(db::WriteTx& tx, SessionId id);

}  // namespace kasane::meeting
