// The table of work to be done outside.
#include "db/outbox.hpp"

namespace kasane::db {

std::vector<OutboxItem> waiting_in_outbox(ReadTx& tx, int limit) {
  return tx.list(R"sql(SELECT id, topic, payload, attempts FROM outbox ORDER BY attempts, id LIMIT $1)sql", params(limit),
                 [](const Row& row) {
                   return OutboxItem{row.i64(0), row.text(1), row.text(2), static_cast<int>(row.i64(3))};
                 });
}

void outbox_done(WriteTx& tx, std::int64_t id) { tx.run(R"sql(DELETE FROM outbox WHERE id = $1)sql", params(id)); }

void outbox_failed(WriteTx& tx, std::int64_t id) {
  tx.run(R"sql(UPDATE outbox SET attempts = attempts + 1 WHERE id = $1)sql", params(id));
}

}  // namespace kasane::db
