#include "meeting/order_store.hpp"

namespace kasane::meeting::store {

std::vector<Place> places(db::ReadTx& tx, SessionId id) {
  return tx.list<Place>(R"sql(SELECT id, number, body, minutes FROM agenda_item WHERE session_id = $1 AND state <> 'withdrawn' ORDER BY number, id)sql",
                        db::params(id), [](const db::Row& r) {
                          return Place{r.id<AgendaItemTag>(0), static_cast<int>(r.i64(1)), r.text(2), static_cast<int>(r.i64(3))};
                        });
}

void set_number(db::WriteTx& tx, AgendaItemId id, int number) {
  tx.run(R"sql(UPDATE agenda_item SET number = $2 WHERE id = $1)sql", db::params(id, number));
}

bool set_minutes(db::WriteTx& tx, const access::Permit<AgendaItemTag>& permit, int before, int minutes) {
  return permit.run(tx, R"sql(UPDATE agenda_item SET minutes = $2 WHERE id = $permit AND minutes = $1)sql", db::params(before, minutes)) == 1;
}

}  // namespace kasane::meeting::store
