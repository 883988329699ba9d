// SQL of preparation sheets.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/preparation_model.hpp"

namespace kasane::meeting::store {

using SheetPermit = access::Permit<MeetingNoteTag>;

void insert_sheet(db::WriteTx& tx, const SheetPermit& permit, AgendaItemId item, const SheetText& text, AgencyId agency, AccountId by, UtcMs now);
bool set_sheet(db::WriteTx& tx, const SheetPermit& permit, std::int64_t version, const SheetText& text, AccountId by, UtcMs now);
/// The record of an item's sheet; nothing while nobody wrote one.
std::optional<MeetingNoteId> sheet_of(db::ReadTx& tx, AgendaItemId item);
std::optional<Sheet> sheet(const SheetPermit& permit);
/// When the sheets of these items were written, of those that the viewer may know.
std::unordered_map<AgendaItemId, UtcMs> written(const access::Scope<MeetingNoteTag>& scope, const std::vector<AgendaItemId>& items);
/// The agency that holds the record of the item: the host that called it.
std::optional<AgencyId> host_of(db::ReadTx& tx, AgendaItemId item);
/// The agency that wrote the sheet.
std::optional<AgencyId> host_of(db::ReadTx& tx, MeetingNoteId sheet);
/// Who wrote the sheet of this item, where it was put back to be looked through.
std::optional<AgencyId> held_back_of(db::ReadTx& tx, AgendaItemId item);
/// Whoever has the sheet on the screen looks at it again before saving.
void raise_sheet(db::WriteTx& tx, MeetingNoteId sheet);
/// Owners of the cases of these items, where they have one. Plain facts.
std::unordered_map<AgendaItemId, AgencyId> owners_of(db::ReadTx& tx, const std::vector<AgendaItemId>& items);

}  // namespace kasane::meeting::store
