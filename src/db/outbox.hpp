// What is to be done outside the database after a commit: written with WriteTx::outbox in the transaction that
// causes it, taken here by one worker. Done at least once, so what it triggers must bear a repeat.
#pragma once
#include <string>
#include <vector>

#include "db/tx.hpp"

namespace kasane::db {

struct OutboxItem {
  std::int64_t id = 0;
  std::string topic;
  std::string payload;
  int attempts = 0;  // how often it failed
};

/// The oldest waiting items.
std::vector<OutboxItem> waiting_in_outbox(ReadTx& tx, int limit);
void outbox_done(WriteTx& tx, std::int64_t id);
/// Puts it back behind those that failed less often.
void outbox_failed(WriteTx& tx, std::int64_t id);

}  // namespace kasane::db
