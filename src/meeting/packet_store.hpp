// SQL of packets: whether they are open, and the summary without names.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/item_store.hpp"
#include "meeting/packet_model.hpp"

namespace kasane::meeting::store {

PacketState packet_state(db::ReadTx& tx, AgendaItemId item);
void set_packet_state(db::WriteTx& tx, AgendaItemId item, const PacketState& state);

/// The record of the item's summary; nothing while none was written.
std::optional<AgendaItemId> summary_of(db::ReadTx& tx, AgendaItemId item);
/// The item that this record is the summary of.
std::optional<AgendaItemId> item_of_summary(db::ReadTx& tx, AgendaItemId summary);
void insert_summary(db::WriteTx& tx, const ItemPermit& permit, AgendaItemId item, const std::string& people, const std::string& text);
bool set_summary(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& people, const std::string& text);
std::optional<Summary> summary(const ItemPermit& permit);
/// Summaries of items of this session that the viewer may know.
std::vector<SummaryLine> summaries(const access::Scope<AgendaItemTag>& scope, SessionId session);

}  // namespace kasane::meeting::store
