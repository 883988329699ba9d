// SQL of the order of an agenda and the minutes of its items.
#pragma once
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/slice_rules.hpp"

namespace kasane::meeting::store {

/// Without those withdrawn, by number.
std::vector<Place> places(db::ReadTx& tx, SessionId id);
void set_number(db::WriteTx& tx, AgendaItemId id, int number);
/// False when they are no longer what they were.
bool set_minutes(db::WriteTx& tx, const access::Permit<AgendaItemTag>& permit, int before, int minutes);

}  // namespace kasane::meeting::store
