// SQL of audit events and batches; use audit.hpp.
#pragma once
#include <map>
#include <vector>

#include "access/audit.hpp"

namespace kasane::access::audit_store {

/// A stored hash; what is missing of its bytes is zero.
Hash hash_of(std::string_view bytes);

struct StoredEvent {
  AuditEvent event;
  std::string salt;
  std::string leaf;
};
/// What was asked in a search. Kept without a salt before events of form 2: nothing vouches for such words.
struct Words {
  std::string text;
  std::string salt;
};
struct Batch {
  std::int64_t number = 0;
  std::string stream;  // "read" | "write"
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::string root;
  std::string chain;
  UtcMs sealed_at = 0;
  std::string seqs = {};  // writes: pack_numbers of the events; reads: empty, they count up without a gap
};
struct StoredCheckpoint {
  std::int64_t number = 0;
  std::int64_t batch = 0;
  std::string chain;
  UtcMs at = 0;
  std::string key;
  std::string signature;
};

void add_read(db::WriteTx& tx, const StoredEvent& event);
void add_words(db::WriteTx& tx, std::int64_t seq, const Words& words);
/// Words that are still kept, by the number of their event, from `first` to `last` (inclusive).
std::map<std::int64_t, Words> words_between(db::ReadTx& tx, std::int64_t first, std::int64_t last);
void add_batch(db::WriteTx& tx, const Batch& batch);
void add_write(db::WriteTx& tx, const StoredEvent& event);
std::int64_t last_read_seq(db::ReadTx& tx);
std::optional<Batch> last_batch(db::ReadTx& tx);
std::int64_t last_sealed_write(db::ReadTx& tx);
/// Writes after `seq`, in order, at most `limit`.
std::vector<StoredEvent> writes_after(db::ReadTx& tx, std::int64_t seq, std::int64_t limit);
/// The events from `first` to `last` (inclusive), in order.
std::vector<StoredEvent> reads_between(db::ReadTx& tx, std::int64_t first, std::int64_t last);
std::vector<StoredEvent> writes_between(db::ReadTx& tx, std::int64_t first, std::int64_t last);
/// Batches from number `from` on, in order, at most `limit`.
std::vector<Batch> batches_from(db::ReadTx& tx, std::int64_t from, std::int64_t limit);
void add_checkpoint(db::WriteTx& tx, const StoredCheckpoint& checkpoint);
std::optional<StoredCheckpoint> last_checkpoint(db::ReadTx& tx);
/// All checkpoints with a number above `after`, in order, at most `limit`.
std::vector<StoredCheckpoint> checkpoints_after(db::ReadTx& tx, std::int64_t after, std::int64_t limit);
/// Newest reads first, at most `limit`, older than `before` (0: from the newest), of
/// one account (0: of all).
std::vector<StoredEvent> newest_reads(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account = 0);
/// A search whose words are still kept.
struct StoredSearch {
  std::int64_t seq = 0;
  UtcMs at = 0;
  std::int64_t account = 0;
  std::string words;
  std::int64_t found = 0;
};
/// As newest_reads.
std::vector<StoredSearch> newest_searches(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account = 0);
std::vector<StoredEvent> newest_writes(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account = 0);

}  // namespace kasane::access::audit_store
