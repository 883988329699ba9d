// Reckons the whole audit anew from its files: every leaf from its event, every batch from its leaves, the chain from
// its first batch, the words of searches that are still kept, every checkpoint's signature, and, where lines were kept
// outside, those too. Says which event, batch or checkpoint was altered, removed, added or moved.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "access/audit.hpp"
#include "access/audit_notes.hpp"

namespace kasane::access {

enum class AuditFault : std::uint8_t {
  event_altered,       // what is stored is not what was hashed
  event_missing,
  event_added,         // an event that no batch vouches for
  words_altered,       // the words of a search are not those that were typed
  words_missing,       // words are gone, and no disposal has forgotten them
  words_added,         // words of an event that had none
  batch_altered,       // its events are whole in themselves, but are not those that were sealed (rewritten with their hashes), or its row was changed
  batch_missing,       // batches or a whole year's file removed, or moved
  chain_broken,        // a batch does not follow from the one before
  checkpoint_altered,  // signature does not hold, or it names another chain than the batches give
  checkpoint_missing,
  truncated,           // a checkpoint vouches for more than is there
  other_key,           // signed by another key than the installation's or those kept outside, or by one that had handed over
  key_forked,          // one key handed over to two others
};

/// "どこが、どう違うか" in words for the operator; numbers only.
struct AuditFinding {
  AuditFault fault{};
  std::string stream;      // "read", "write"; empty for checkpoints
  std::int64_t first = 0;  // event, or batch, or checkpoint number, by the kind of fault
  std::int64_t last = 0;
  std::int64_t batch = 0;  // where it belongs; 0: none
  friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};
std::string words_of(const AuditFinding& finding);

struct AuditReport {
  std::int64_t events = 0;
  std::int64_t batches = 0;
  std::int64_t checkpoints = 0;
  std::int64_t outside = 0;         // lines from outside that were compared
  std::int64_t unsealed = 0;        // writes of the last moments that wait for their batch
  std::int64_t words_forgotten = 0;  // searches whose words a disposal has forgotten
  std::int64_t words_unproven = 0;   // words of events of form 1, which vouch for none
  struct Restored {
    LostCheckpoints lost;
    UtcMs at = 0;
  };
  std::vector<Restored> restored;   // each time that a copy was put back, as the events tell it
  std::int64_t before_restore = 0;  // lines from outside that vouch for what a restore has lost
  Hash chain{};                     // where the chain ends
  std::vector<AuditFinding> findings;  // in the order found; at most kMostFindings
  bool whole() const { return findings.empty(); }
};
inline constexpr std::size_t kMostFindings = 1'000;

/// `folder`: the audit files of one city; `city`: its database, for the writes. `slug`: whose outside lines to compare.
/// `outside`: lines kept elsewhere, checkpoints of this and other cities and handovers of keys. `trusted`: keys kept
/// outside; none: the key of the first checkpoint is taken for the installation's. Reads some batches at a time.
AuditReport verify_audit(const std::filesystem::path& folder, db::Database& city, const std::string& slug,
                         const std::vector<std::string>& outside = {}, const std::vector<PublicKey>& trusted = {});

}  // namespace kasane::access
