#include "access/audit_verify.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "access/audit_store.hpp"
#include "access/key_handover.hpp"
#include "db/as_it_is.hpp"

namespace kasane::access {

namespace {

using audit_store::Batch;
using audit_store::hash_of;
using audit_store::StoredCheckpoint;
using audit_store::StoredEvent;
using audit_store::Words;

constexpr std::int64_t kBatchesAtOnce = 500;
constexpr std::int64_t kCheckpointsAtOnce = 5'000;
constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min(), kLast = std::numeric_limits<std::int64_t>::max();

std::string text_of(const Hash& h) { return std::string(h.begin(), h.end()); }

class Reckoning {
 public:
  explicit Reckoning(db::Database& city) : city_(&city) {}

  // The whole file in one view of it: what is served meanwhile is not taken for tampering.
  void file(db::Database& audit, int year) {
    const Reckoning before = *this;
    audit.read([&](db::ReadTx& tx) {
      *this = before;  // the closure may run twice
      year_ = year;
      batches(tx);
      checkpoints(tx);
    });
  }

  AuditReport finish(const std::string& slug, const std::vector<std::string>& outside, const std::vector<PublicKey>& trusted) {
    report_.chain = chain_;
    report_.unsealed = static_cast<std::int64_t>(
        city_->read([&](db::ReadTx& tx) { return audit_store::writes_after(tx, last_write_, 100'000); }).size());
    missing_words();
    keys_of(slug, outside, trusted);
    for (const StoredCheckpoint& c : checkpoints_) stored_checkpoint(slug, c);
    for (const std::string& line : outside) outside_line(slug, line);
    return report_;
  }

 private:
  void batches(db::ReadTx& tx) {
    last_read_ = 0;
    for (std::int64_t from = 0;;) {
      const auto some = audit_store::batches_from(tx, from, kBatchesAtOnce);
      load_words(tx, some);
      for (const Batch& b : some) batch(tx, b);
      for (const auto& [seq, words] : words_) note(AuditFault::words_added, "read", seq, seq, 0);
      if (static_cast<std::int64_t>(some.size()) < kBatchesAtOnce) break;
      from = some.back().number + 1;
    }
    // A read is stored together with its batch: one that no batch holds was put there.
    const auto last = audit_store::last_read_seq(tx);
    if (last > last_read_) note(AuditFault::event_added, "read", last_read_ + 1, last, 0);
    for (const auto& [seq, words] : audit_store::words_between(tx, last_read_ == 0 ? kFirst : last_read_ + 1, kLast)) note(AuditFault::words_added, "read", seq, seq, 0);
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
      if (read) compare_words(e.event, b.number);
      else take_note(e.event);
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

  // Words from the first event of these batches to the last; those of events that are there are taken out again.
  void load_words(db::ReadTx& tx, const std::vector<Batch>& some) {
    words_.clear();
    std::int64_t last = 0;
    for (const Batch& b : some)
      if (b.stream == "read") last = std::max(last, b.last);
    if (last > last_read_) words_ = audit_store::words_between(tx, last_read_ == 0 ? kFirst : last_read_ + 1, last);
  }

  void compare_words(const AuditEvent& e, std::int64_t in_batch) {
    const auto kept = words_.find(e.seq);
    if (kept == words_.end()) {
      if (!e.detail.empty()) wordless_.insert({year_, e.seq});
      return;
    }
    const Words words = kept->second;
    words_.erase(kept);
    if (e.form == 1) ++report_.words_unproven;
    else if (e.detail.empty()) note(AuditFault::words_added, "read", e.seq, e.seq, in_batch);
    else if (text_of(words_hash(words.salt, words.text)) != e.detail) note(AuditFault::words_altered, "read", e.seq, e.seq, in_batch);
  }

  void take_note(const AuditEvent& e) {
    if (e.action == kRestored)
      if (const auto lost = lost_checkpoints(e.detail)) report_.restored.push_back({*lost, e.at});
    if (e.action != kWordsForgotten) return;
    if (const auto gone = forgotten_words(e.detail))
      for (const std::int64_t seq : gone->searches) forgotten_.insert({gone->year, seq});
  }

  // Only a disposal may forget words, and it says which: a sealed event, or one that is about to be.
  void missing_words() {
    if (wordless_.empty()) return;
    for (const StoredEvent& e : city_->read([&](db::ReadTx& tx) { return audit_store::writes_after(tx, last_write_, 100'000); })) take_note(e.event);
    for (const auto& [year, seq] : wordless_) {
      if (forgotten_.contains({year, seq})) ++report_.words_forgotten;
      else note(AuditFault::words_missing, "read", seq, seq, 0);
    }
  }

  void keys_of(const std::string& slug, const std::vector<std::string>& outside, std::vector<PublicKey> trusted) {
    std::vector<KeyHandover> handovers;
    for (const std::string& line : outside)
      if (const auto h = parse_handover_line(line)) handovers.push_back(*h);
    // Nobody kept a key: the first one that signed is taken at its word.
    if (trusted.empty() && !checkpoints_.empty()) trusted.push_back(checkpoint_of(slug, checkpoints_.front()).key);
    keys_ = KeyLine(std::move(trusted), handovers);
    if (keys_.forked()) note(AuditFault::key_forked, "", 0, 0, 0);
  }

  bool lost_by_restore(std::int64_t checkpoint) const {
    return std::ranges::any_of(report_.restored, [&](const AuditReport::Restored& r) { return r.lost.holds(checkpoint); });
  }

  bool signed_rightly(const Checkpoint& c) {
    if (!signature_holds(c)) {
      note(AuditFault::checkpoint_altered, "", c.number, c.number, c.batch);
      return false;
    }
    if (!keys_.knows(c.key)) note(AuditFault::other_key, "", c.number, c.number, c.batch);
    return true;
  }

  void compare(const Checkpoint& c) {
    if (!signed_rightly(c)) return;
    const auto at = chain_at_.find(c.batch);
    if (at == chain_at_.end())
      note(c.batch >= next_batch_ ? AuditFault::truncated : AuditFault::batch_missing, "", c.batch, c.batch, c.batch);
    else if (at->second != c.chain)
      note(AuditFault::checkpoint_altered, "", c.number, c.number, c.batch);
  }

  static Checkpoint checkpoint_of(const std::string& slug, const StoredCheckpoint& s) {
    Checkpoint c{slug, s.number, s.batch, hash_of(s.chain), s.at, {}, {}};
    std::copy_n(s.key.begin(), std::min(s.key.size(), c.key.size()), c.key.begin());
    std::copy_n(s.signature.begin(), std::min(s.signature.size(), c.signature.size()), c.signature.begin());
    return c;
  }

  void stored_checkpoint(const std::string& slug, const StoredCheckpoint& s) {
    ++report_.checkpoints;
    while (next_checkpoint_ < s.number && lost_by_restore(next_checkpoint_)) ++next_checkpoint_;
    if (s.number != next_checkpoint_) note(AuditFault::checkpoint_missing, "", next_checkpoint_, s.number - 1, 0);
    next_checkpoint_ = s.number + 1;
    const Checkpoint c = checkpoint_of(slug, s);
    // Who has handed over signs no more.
    if (!kept_.empty() && keys_.handed_over(c.key, kept_.rbegin()->second.key)) note(AuditFault::other_key, "", c.number, c.number, c.batch);
    kept_[s.number] = c;
    compare(c);
  }

  void outside_line(const std::string& slug, const std::string& line) {
    const auto c = parse_checkpoint_line(line);
    if (!c || c->city != slug) return;
    ++report_.outside;
    if (!kept_.contains(c->number) && lost_by_restore(c->number)) {
      ++report_.before_restore;
      signed_rightly(*c);
      return;
    }
    const auto kept = kept_.find(c->number);
    if (kept == kept_.end()) note(AuditFault::checkpoint_missing, "", c->number, c->number, c->batch);
    else if (!(kept->second == *c)) note(AuditFault::checkpoint_altered, "", c->number, c->number, c->batch);
    compare(*c);
  }

  db::Database* city_;
  int year_ = 0;
  AuditReport report_;
  Hash chain_{};
  std::int64_t next_batch_ = 1;
  std::int64_t last_read_ = 0;
  std::int64_t last_write_ = 0;
  std::int64_t next_checkpoint_ = 1;
  std::map<std::int64_t, Hash> chain_at_;
  std::vector<StoredCheckpoint> checkpoints_;
  std::map<std::int64_t, Checkpoint> kept_;
  std::map<std::int64_t, Words> words_;                // of the batches at hand, until their event has come
  std::set<std::pair<int, std::int64_t>> wordless_;    // searches of a year whose words are gone
  std::set<std::pair<int, std::int64_t>> forgotten_;   // those whose words a disposal says to have forgotten
  KeyLine keys_{{}, {}};
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
    case AuditFault::words_altered: return "検索 " + range + " のさがした言葉が書きかえられています" + in_batch;
    case AuditFault::words_missing: return "検索 " + range + " のさがした言葉が、廃棄によらずに取り除かれています";
    case AuditFault::words_added: return "閲覧の記録 " + range + " のさがした言葉は、あとから入れられたものです" + in_batch;
    case AuditFault::batch_altered: return "まとまり" + std::to_string(f.batch) + "（" + stream_word(f.stream) + "の記録 " + range + "）が、封じたときのものと違います";
    case AuditFault::batch_missing: return "まとまり " + range + " がありません";
    case AuditFault::chain_broken: return "まとまり" + std::to_string(f.batch) + "が、前のまとまりにつながっていません";
    case AuditFault::checkpoint_altered: return "確認点 " + range + " が、記録のつながりと合いません";
    case AuditFault::checkpoint_missing: return "確認点 " + range + " がありません";
    case AuditFault::truncated: return "まとまり" + std::to_string(f.batch) + "まであったはずの記録が、途中で切られています";
    case AuditFault::other_key: return "確認点 " + range + " が、別の鍵（または交代したあとの古い鍵）で署名されています";
    case AuditFault::key_forked: return "一つの鍵が、二つの鍵に交代したことになっています";
  }
  return {};
}

AuditReport verify_audit(const std::filesystem::path& folder, db::Database& city, const std::string& slug,
                         const std::vector<std::string>& outside, const std::vector<PublicKey>& trusted) {
  Reckoning reckoning(city);
  for (const int year : years_in(folder)) {
    db::Settings settings;
    settings.location = (folder / ("audit-" + std::to_string(year) + ".db")).string();
    settings.migrations = db::kAuditMigrations;
    settings.connections = 1;
    reckoning.file(*db::open_as_it_is(settings), year);
  }
  return reckoning.finish(slug, outside, trusted);
}

}  // namespace kasane::access
