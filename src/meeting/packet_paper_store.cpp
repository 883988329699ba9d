#include "meeting/packet_paper_store.hpp"

namespace kasane::meeting::store {

namespace {

PacketPaper paper_from(const db::Row& r) { return {r.id<PacketPaperTag>(0), r.i64(1), r.text(2), r.date(3), r.opt_date(4)}; }

}  // namespace

void insert_paper(db::WriteTx& tx, const PacketPaper& p, AgendaItemId item, AccountId by) {
  tx.run(R"sql(INSERT INTO packet_paper (id, item_id, party_id, reader, handed_on, account_id, secrecy_on) VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
         db::params(p.id, item, p.party, p.reader, p.handed_on, by, p.secrecy_on));
}

std::optional<PacketPaper> paper(db::ReadTx& tx, AgendaItemId item, PacketPaperId id) {
  return tx.one<PacketPaper>(R"sql(SELECT id, party_id, reader, handed_on, secrecy_on FROM packet_paper WHERE id = $1 AND item_id = $2)sql", db::params(id, item), paper_from);
}

std::vector<PacketPaper> papers(db::ReadTx& tx, AgendaItemId item, std::int64_t party) {
  return tx.list<PacketPaper>(R"sql(SELECT id, party_id, reader, handed_on, secrecy_on FROM packet_paper WHERE item_id = $1 AND party_id = $2 ORDER BY id LIMIT 100)sql",
                              db::params(item, party), paper_from);
}

}  // namespace kasane::meeting::store
