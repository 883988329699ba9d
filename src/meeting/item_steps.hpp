// Steps that changing an item and recording its outcome share.
#pragma once
#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/item_store.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

Error saved_by_other();
Error not_for_you();

/// A waiting item whose body the viewer runs; the minutes of its session are not confirmed.
struct Running {
  store::ItemPermit permit;
  ItemHead head;
  const programme::Body* body;
  Session session;
};
/// Errors: those of the gate; not_permitted; conflict.
Result<Running> running(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id);

}  // namespace kasane::meeting
