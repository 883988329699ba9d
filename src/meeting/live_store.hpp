// SQL of sittings that are being run. No personal columns.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/tx.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_model.hpp"

namespace kasane::meeting::store {

/// False when it was begun already.
bool insert_live(db::WriteTx& tx, SessionId session, UtcMs now, AccountId by);
std::optional<Live> live(db::ReadTx& tx, SessionId session);
/// Item, part and end. False when the version has moved on.
bool set_live(db::WriteTx& tx, const Live& live, std::int64_t version);
/// Something that is shown there has changed: the new number; 0 where the sitting is not run.
std::int64_t touch_live(db::WriteTx& tx, SessionId session);

/// Whether the viewer may know an item of the session; nothing of it is shown.
bool knows_an_item(const access::Scope<AgendaItemTag>& scope, SessionId session);
/// Another wording of the 要点 of an item that was treated. False when the version has moved on.
bool set_note_text(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& note);

/// Accounts and guest links of whom the host said that they are not in the room.
std::set<std::int64_t> away(db::ReadTx& tx, SessionId session);
void set_away(db::WriteTx& tx, SessionId session, std::int64_t party, bool away);

void set_absences(db::WriteTx& tx, SessionId session, const std::vector<std::int64_t>& parties);
std::vector<Absence> absences(db::ReadTx& tx, SessionId session);
/// False when it was read already, or never asked for.
bool set_read(db::WriteTx& tx, SessionId session, std::int64_t party, UtcMs at, AccountId by);

}  // namespace kasane::meeting::store
