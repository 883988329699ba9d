#include "meeting/packet_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

PacketState packet_state(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<PacketState>(R"sql(SELECT closed_at, closed_by, slice_ended_at FROM packet_state WHERE item_id = $1)sql", db::params(item),
                             [](const db::Row& r) {
                               PacketState s{r.opt_i64(0), {}, r.opt_i64(2)};
                               if (const auto by = r.opt_i64(1)) s.closed_by = AccountId(*by);
                               return s;
                             })
      .value_or(PacketState());
}

void set_packet_state(db::WriteTx& tx, AgendaItemId item, const PacketState& s) {
  tx.run(R"sql(INSERT INTO packet_state (item_id, closed_at, closed_by, slice_ended_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (item_id) DO UPDATE SET closed_at = excluded.closed_at, closed_by = excluded.closed_by, slice_ended_at = excluded.slice_ended_at)sql",
         db::params(item, s.closed_at, s.closed_by, s.slice_ended_at));
}

std::optional<AgendaItemId> summary_of(db::ReadTx& tx, AgendaItemId item) {
  return tx.one<AgendaItemId>(R"sql(SELECT id FROM packet_summary WHERE item_id = $1)sql", db::params(item),
                              [](const db::Row& r) { return r.id<AgendaItemTag>(0); });
}

std::optional<AgendaItemId> item_of_summary(db::ReadTx& tx, AgendaItemId summary) {
  return tx.one<AgendaItemId>(R"sql(SELECT item_id FROM packet_summary WHERE id = $1)sql", db::params(summary),
                              [](const db::Row& r) { return r.id<AgendaItemTag>(0); });
}

void insert_summary(db::WriteTx& tx, const ItemPermit& permit, AgendaItemId item, const std::string& people, const std::string& text) {
  permit.run(tx, R"sql(INSERT INTO packet_summary (id, item_id, pii_people, pii_text, version) VALUES ($permit, $1, $2, $3, 1))sql",
             db::params(item, people, text));
}

bool set_summary(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& people, const std::string& text) {
  return permit.run(tx, R"sql(UPDATE packet_summary SET pii_people = $1, pii_text = $2, version = version + 1 WHERE id = $permit AND version = $3)sql",
                    db::params(people, text, version)) == 1;
}

std::optional<Summary> summary(const ItemPermit& permit) {
  return permit.one<Summary>(R"sql(SELECT id, item_id, pii_people, pii_text, version FROM packet_summary WHERE id = $permit)sql", {},
                             [](const SealedRow& r) {
                               return Summary{r.id<AgendaItemTag>(0), r.id<AgendaItemTag>(1), r.personal(2, Topic::meeting), r.personal(3, Topic::meeting), r.i64(4)};
                             });
}

std::vector<SummaryLine> summaries(const access::Scope<AgendaItemTag>& scope, SessionId session) {
  return scope.list<SummaryLine>(R"sql(SELECT s.id, i.number FROM packet_summary s JOIN agenda_item i ON i.id = s.item_id
                                       WHERE i.session_id = $1 AND i.state <> 'withdrawn' AND {scope:s.id} ORDER BY i.number, s.id LIMIT 200)sql",
                                 db::params(session), [](const SealedRow& r) { return SummaryLine{r.id<AgendaItemTag>(0), static_cast<int>(r.i64(1))}; });
}

}  // namespace kasane::meeting::store
