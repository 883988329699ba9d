// SQL of audit events and batches; use audit.hpp.
#pragma once
#include <vector>

#include "access/audit.hpp"

namespace kasane::access::audit_store {

struct StoredEvent {
  AuditEvent event;
  std::string salt;
  std::string leaf;
};
struct Batch {
  std::int64_t number = 0;
  std::string stream;  // "read" | "write"
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string root;
  std::string chain;
  UtcMs sealed_at = 0;
};

void add_read(db::WriteTx& tx, const StoredEvent& event);
void add_words(db::WriteTx& tx, std::int64_t seq, const std::string& words);
void add_batch(db::WriteTx& tx, const Batch& batch);
void add_write(db::WriteTx& tx, const StoredEvent& event);
std::int64_t last_read_seq(db::ReadTx& tx);
std::optional<Batch> last_batch(db::ReadTx& tx);
std::int64_t last_sealed(db::ReadTx& tx, std::string_view stream);
/// Writes after `seq`, in order, at most `limit`.
std::vector<StoredEvent> writes_after(db::ReadTx& tx, std::int64_t seq, std::int64_t limit);
/// Newest reads first, at most `limit`, older than `before` (0: from the newest).
std::vector<StoredEvent> newest_reads(db::ReadTx& tx, std::int64_t before, std::int64_t limit);
std::vector<StoredEvent> newest_writes(db::ReadTx& tx, std::int64_t before, std::int64_t limit);

}  // namespace kasane::access::audit_store
