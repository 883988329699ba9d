// SQL of packets on paper.
#pragma once
#include <optional>
#include <vector>

#include "db/tx.hpp"
#include "meeting/packet_paper_service.hpp"

namespace kasane::meeting::store {

void insert_paper(db::WriteTx& tx, const PacketPaper& paper, AgendaItemId item, AccountId by);
std::optional<PacketPaper> paper(db::ReadTx& tx, AgendaItemId item, PacketPaperId id);
std::vector<PacketPaper> papers(db::ReadTx& tx, AgendaItemId item, std::int64_t party);

}  // namespace kasane::meeting::store
