// The audit of reads: each page that showed personal data becomes one event, durable before the page leaves. Events
// queue while the last batch is being synced and then go together: batches form by themselves. One file per fiscal
// year; each batch is a Merkle tree over salted leaves and joins one chain, together with the writes of the city's
// database (audit_write), which are committed with the write itself.
#pragma once
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "access/checkpoint.hpp"
#include "access/trail.hpp"
#include "base/clock.hpp"
#include "db/database.hpp"

namespace kasane::access {

/// The form in which events are hashed now; older ones say theirs.
inline constexpr std::int64_t kEventForm = 2;  // 1: without `detail`

/// One event in the form that is hashed. Nothing in it is a name or a typed word.
struct AuditEvent {
  std::int64_t seq = 0;
  UtcMs at = 0;
  std::int64_t account = 0;
  Act act = Act::read;
  std::string action;    // kind of query or command, a code such as "household.page"
  std::int64_t count = 0;
  std::string subjects;  // Trail::packed()
  std::string detail = {};  // a search: words_hash; a command: Trail::details()
  std::int64_t form = kEventForm;
};

/// Canonical bytes: version, stream and each field with its length, so that no two events share their bytes.
std::string canonical(std::string_view stream, const AuditEvent& event);
/// SHA-256 over 0x03, salt and words: says of the words of a search, while they are kept, whether they were altered;
/// once they and their salt are gone it tells nothing of them.
Hash words_hash(std::string_view salt, std::string_view words);
/// SHA-256 over 0x00, salt and the canonical bytes.
Hash leaf_hash(std::string_view salt, std::string_view canonical_bytes);
/// Root of the binary tree over the leaves in order; nodes are SHA-256 over 0x01, left, right; an odd one moves up.
Hash merkle_root(std::vector<Hash> leaves);
/// SHA-256 over 0x02, the chain so far, stream, bounds and root.
Hash chain_hash(const Hash& before, std::string_view stream, std::int64_t first, std::int64_t last, const Hash& root);

/// Rising numbers as differences, few bytes each.
std::string pack_numbers(const std::vector<std::int64_t>& rising);
/// The inverse; nothing when the bytes are damaged.
std::optional<std::vector<std::int64_t>> unpack_numbers(std::string_view bytes);

/// Fiscal years of the audit files in a folder, rising.
std::vector<int> years_in(const std::filesystem::path& folder);

class AuditLog {
 public:
  /// `folder` holds audit-2026.db and so on. Throws db::OpenError.
  AuditLog(std::filesystem::path folder, const Clock& clock);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  /// Most events waiting to become durable; one more answers false at once (the page becomes a 503).
  static constexpr std::size_t kMostWaiting = 1024;

  /// Takes what the page disclosed. `done(true)` once durable, `done(false)` when it could not be kept: then nothing
  /// may be shown. Called on the writer's thread; quick.
  void submit(AccountId account, Trail& trail, UtcMs at, std::function<void(bool)> done);

  /// Seals the writes committed since the last call into the chain. Number of events sealed. Where several writers
  /// commit side by side (PostgreSQL), the newest wait until none with a smaller number can still come; `all`: nobody
  /// writes any more.
  std::int64_t seal_writes(db::Database& city, bool all = false);

  /// Signs where the chain stands, when it has moved since the last checkpoint; nothing when it has not. Kept in the
  /// file of the year; the caller keeps its line outside as well. `at_least`: its number where the one that follows is
  /// smaller (after a restore the numbers in between stand outside already).
  std::optional<Checkpoint> checkpoint(const std::string& city, const Signer& signer, std::int64_t at_least = 0);

  /// Fiscal years that have a file, rising.
  std::vector<int> years() const;
  /// The file of the year that `at` is in, for the auditor's pages and checks.
  db::Database& file_for(UtcMs at);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Writes the audit event of a command into the city's database, in the command's own transaction. Its number.
std::int64_t audit_write(db::WriteTx& tx, AccountId account, Trail& trail, UtcMs at);

}  // namespace kasane::access
