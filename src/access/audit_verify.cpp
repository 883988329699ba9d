#include "access/audit_verify.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "access/audit_store.hpp"
#include "db/as_it_is.hpp"

namespace kasane::access {

namespace {

using audit_store::Batch;
using audit_store::hash_of;
using audit_store::StoredCheckpoint;
using audit_store::StoredEvent;

constexpr std::int64_t kBatchesAtOnce = 500;
constexpr std::int64_t kCheckpointsAtOnce = 5'000;

std::string text_of(const Hash& h) { return std::string(h.begin(), h.end()); }

class Reckoning {
 public:
  explicit Reckoning(db::Database& city) : city_(&city) {}

  // The whole file in one view of it: what is served meanwhile is not taken for tampering.
  void file(db::Database& audit) {
    const Reckoning before = *this;
    audit.read([&](db::ReadTx& tx) {
      *this = before;  // the closure may run twice
      batches(tx);
      checkpoints(tx);
    });
  }

  AuditReport finish(const std::string& slug, const std::vector<std::string>& outside, const std::optional<PublicKey>& trusted) {
    report_.chain = chain_;
    report_.unsealed = static_cast<std::int64_t>(
        city_->read([&](db::ReadTx& tx) { return audit_store::writes_after(tx, last_write_, 100'000); }).size());
    std::optional<PublicKey> key = trusted;
    for (const StoredCheckpoint& c : checkpoints_) stored_checkpoint(slug, c, key);
    for (const std::string& line : outside) outside_line(slug, line, key);
    return report_;
  }

 private:
  void batches(db::ReadTx& tx) {
    last_read_ = 0;
    for (std::int64_t from = 0;;) {
      const auto some = audit_store::batches_from(tx, from, kBatchesAtOnce);
      for (const Batch& b : some) batch(tx, b);
      if (static_cast<std::int64_t>(some.size()) < kBatchesAtOnce) break;
      from = some.back().number + 1;
    }
    // A read is stored together with its batch: one that no batch holds was put there.
    const auto last = audit_store::last_read_seq(tx);
    if (last > last_read_) note(AuditFault::event_added, "read", last_read_ + 1, last, 0);
  }

  void checkpoints(db::ReadTx& tx) {
    for (std::int64_t after = 0;;) {
      const auto some = audit_store::checkpoints_after(tx, after, kCheckpointsAtOnce);
      checkpoints_.insert(checkpoints_.end(), some.begin(), some.end());
      if (static_cast<std::int64_t>(some.size()) < kCheckpointsAtOnce) break;
      after = some.back().number;
    }
  }

  void note(AuditFault fault, const std::string& stream, std::int64_t first, std::int64_t last, std::int64_t in_batch) {
    if (report_.findings.size() < kMostFindings) report_.findings.push_back({fault, stream, first, last, in_batch});
  }

  void batch(db::ReadTx& tx, const Batch& b) {
    ++report_.batches;
    if (b.number != next_batch_) note(AuditFault::batch_missing, "", next_batch_, b.number - 1, 0);
    next_batch_ = b.number + 1;
    const bool read = b.stream == "read";
    const auto events = read ? audit_store::reads_between(tx, last_read_ + 1, b.last)
                             : city_->read([&](db::ReadTx& in_city) { return audit_store::writes_between(in_city, last_write_ + 1, b.last); });
    const std::size_t faults_before = report_.findings.size();
    const auto expected = expected_of(b);
    std::vector<Hash> leaves;
    std::set<std::int64_t> there;
    for (const StoredEvent& e : events) {
      if (!expected.contains(e.event.seq)) {
        note(AuditFault::event_added, b.stream, e.event.seq, e.event.seq, b.number);
        continue;
      }
      there.insert(e.event.seq);
      ++report_.events;
      const Hash leaf = leaf_hash(e.salt, canonical(b.stream, e.event));
      if (text_of(leaf) != e.leaf) note(AuditFault::event_altered, b.stream, e.event.seq, e.event.seq, b.number);
      leaves.push_back(hash_of(e.leaf));
    }
    for (const std::int64_t seq : expected)
      if (!there.contains(seq)) note(AuditFault::event_missing, b.stream, seq, seq, b.number);
    const bool events_whole = report_.findings.size() == faults_before;
    if (events_whole && merkle_root(std::move(leaves)) != hash_of(b.root)) note(AuditFault::batch_altered, b.stream, b.first, b.last, b.number);
    // The chain goes on from what is stored, so that one fault is told once and not in every later batch.
    if (chain_hash(chain_, b.stream, b.first, b.last, hash_of(b.root)) != hash_of(b.chain)) note(AuditFault::chain_broken, b.stream, b.first, b.last, b.number);
    chain_ = hash_of(b.chain);
    chain_at_[b.number] = chain_;
    (read ? last_read_ : last_write_) = b.last;
  }

  // Reads count up without a gap; writes are numbered by time of making, so the batch lists them.
  std::set<std::int64_t> expected_of(const Batch& b) {
    std::set<std::int64_t> out;
    if (b.stream == "read") {
      // A batch that does not follow the one before: the events between have lost theirs.
      if (b.first != last_read_ + 1) note(AuditFault::batch_altered, b.stream, b.first, b.last, b.number);
      for (std::int64_t seq = b.first; seq <= b.last && b.last - b.first < 1'000'000; ++seq) out.insert(seq);
      return out;
    }
    const auto listed = unpack_numbers(b.seqs);
    if (!listed || listed->empty() || listed->front() != b.first || listed->back() != b.last) note(AuditFault::batch_altered, b.stream, b.first, b.last, b.number);
    if (listed) out.insert(listed->begin(), listed->end());
    return out;
  }

  void compare(const Checkpoint& c, std::optional<PublicKey>& key) {
    if (!signature_holds(c)) {
      note(AuditFault::checkpoint_altered, "", c.number, c.number, c.batch);
      return;
    }
    if (!key) key = c.key;
    if (c.key != *key) note(AuditFault::other_key, "", c.number, c.number, c.batch);
    const auto at = chain_at_.find(c.batch);
    if (at == chain_at_.end())
      note(c.batch >= next_batch_ ? AuditFault::truncated : AuditFault::batch_missing, "", c.batch, c.batch, c.batch);
    else if (at->second != c.chain)
      note(AuditFault::checkpoint_altered, "", c.number, c.number, c.batch);
  }

  void stored_checkpoint(const std::string& slug, const StoredCheckpoint& s, std::optional<PublicKey>& key) {
    ++report_.checkpoints;
    if (s.number != next_checkpoint_) note(AuditFault::checkpoint_missing, "", next_checkpoint_, s.number - 1, 0);
    next_checkpoint_ = s.number + 1;
    Checkpoint c{slug, s.number, s.batch, hash_of(s.chain), s.at, {}, {}};
    std::copy_n(s.key.begin(), std::min(s.key.size(), c.key.size()), c.key.begin());
    std::copy_n(s.signature.begin(), std::min(s.signature.size(), c.signature.size()), c.signature.begin());
    kept_[s.number] = c;
    compare(c, key);
  }

  void outside_line(const std::string& slug, const std::string& line, std::optional<PublicKey>& key) {
    const auto c = parse_checkpoint_line(line);
    if (!c || c->city != slug) return;
    ++report_.outside;
    const auto kept = kept_.find(c->number);
    if (kept == kept_.end()) note(AuditFault::checkpoint_missing, "", c->number, c->number, c->batch);
    else if (!(kept->second == *c)) note(AuditFault::checkpoint_altered, "", c->number, c->number, c->batch);
    compare(*c, key);
  }

  db::Database* city_;
  AuditReport report_;
  Hash chain_{};
  std::int64_t next_batch_ = 1;
  std::int64_t last_read_ = 0;
  std::int64_t last_write_ = 0;
  std::int64_t next_checkpoint_ = 1;
  std::map<std::int64_t, Hash> chain_at_;
  std::vector<StoredCheckpoint> checkpoints_;
  std::map<std::int64_t, Checkpoint> kept_;
};

std::string stream_word(const std::string& stream) { return stream == "read" ? "閲覧" : "変更"; }

}  // namespace

std::string words_of(const AuditFinding& f) {
  const std::string range = f.first == f.last ? std::to_string(f.first) + "番" : std::to_string(f.first) + "番から" + std::to_string(f.last) + "番";
  const std::string in_batch = f.batch == 0 ? std::string() : "（まとまり" + std::to_string(f.batch) + "）";
  switch (f.fault) {
    case AuditFault::event_altered: return stream_word(f.stream) + "の記録 " + range + " が書きかえられています" + in_batch;
    case AuditFault::event_missing: return stream_word(f.stream) + "の記録 " + range + " が取り除かれています" + in_batch;
    case AuditFault::event_added: return stream_word(f.stream) + "の記録 " + range + " は、あとから入れられたものです" + in_batch;
    case AuditFault::batch_altered: return "まとまり" + std::to_string(f.batch) + "（" + stream_word(f.stream) + "の記録 " + range + "）が、封じたときのものと違います";
    case AuditFault::batch_missing: return "まとまり " + range + " がありません";
    case AuditFault::chain_broken: return "まとまり" + std::to_string(f.batch) + "が、前のまとまりにつながっていません";
    case AuditFault::checkpoint_altered: return "確認点 " + range + " が、記録のつながりと合いません";
    case AuditFault::checkpoint_missing: return "確認点 " + range + " がありません";
    case AuditFault::truncated: return "まとまり" + std::to_string(f.batch) + "まであったはずの記録が、途中で切られています";
    case AuditFault::other_key: return "確認点 " + range + " が、別の鍵で署名されています";
  }
  return {};
}

AuditReport verify_audit(const std::filesystem::path& folder, db::Database& city, const std::string& slug,
                         const std::vector<std::string>& outside, const std::optional<PublicKey>& trusted) {
  Reckoning reckoning(city);
  for (const int year : years_in(folder)) {
    db::Settings settings;
    settings.location = (folder / ("audit-" + std::to_string(year) + ".db")).string();
    settings.migrations = db::kAuditMigrations;
    settings.connections = 1;
    reckoning.file(*db::open_as_it_is(settings));
  }
  return reckoning.finish(slug, outside, trusted);
}

}  // namespace kasane::access
