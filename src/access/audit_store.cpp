#include "access/audit_store.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace kasane::access::audit_store {

namespace {

db::Blob blob(const std::string& s) { return db::Blob(s.begin(), s.end()); }
std::string text(const db::Blob& b) { return std::string(b.begin(), b.end()); }

StoredEvent map_event(const db::Row& r) {
  StoredEvent e;
  e.event = {r.i64(0), r.i64(1), r.i64(2), static_cast<Act>(r.i64(3)), r.text(4), r.i64(5), text(r.blob(6))};
  e.salt = text(r.blob(7));
  e.leaf = text(r.blob(8));
  e.event.form = r.i64(9);
  if (!r.is_null(10)) e.event.detail = text(r.blob(10));
  return e;
}

db::Params of(const StoredEvent& e) {
  return db::params(e.event.seq, e.event.at, e.event.account, static_cast<std::int64_t>(e.event.act), e.event.action, e.event.count,
                    blob(e.event.subjects), blob(e.salt), blob(e.leaf), e.event.form, e.event.detail.empty() ? std::nullopt : std::optional(blob(e.event.detail)));
}

Batch map_batch(const db::Row& r) { return {r.i64(0), r.text(1), r.i64(2), r.i64(3), text(r.blob(4)), text(r.blob(5)), r.i64(6), text(r.blob(7))}; }

StoredCheckpoint map_checkpoint(const db::Row& r) { return {r.i64(0), r.i64(1), text(r.blob(2)), r.i64(3), text(r.blob(4)), text(r.blob(5))}; }

}  // namespace

Hash hash_of(std::string_view bytes) {
  Hash h{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), h.size()), h.begin());
  return h;
}

void add_read(db::WriteTx& tx, const StoredEvent& e) {
  tx.run(R"sql(INSERT INTO audit_read (seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql", of(e));
}
void add_write(db::WriteTx& tx, const StoredEvent& e) {
  tx.run(R"sql(INSERT INTO audit_write (seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql", of(e));
}
void add_words(db::WriteTx& tx, std::int64_t seq, const Words& words) {
  tx.run(R"sql(INSERT INTO audit_words (seq, words, salt) VALUES ($1, $2, $3))sql", db::params(seq, words.text, blob(words.salt)));
}
std::map<std::int64_t, Words> words_between(db::ReadTx& tx, std::int64_t first, std::int64_t last) {
  std::map<std::int64_t, Words> found;
  tx.each(R"sql(SELECT seq, words, salt FROM audit_words WHERE seq >= $1 AND seq <= $2 ORDER BY seq)sql", db::params(first, last), [&](const db::Row& r) {
    found[r.i64(0)] = {r.text(1), r.is_null(2) ? std::string() : text(r.blob(2))};
  });
  return found;
}
void add_batch(db::WriteTx& tx, const Batch& b) {
  tx.run(R"sql(INSERT INTO audit_batch (number, stream, first_seq, last_seq, root, chain, sealed_at, seqs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql",
         db::params(b.number, b.stream, b.first, b.last, blob(b.root), blob(b.chain), b.sealed_at, blob(b.seqs)));
}
std::int64_t last_read_seq(db::ReadTx& tx) { return tx.number(R"sql(SELECT coalesce(max(seq), 0) FROM audit_read)sql"); }
std::optional<Batch> last_batch(db::ReadTx& tx) {
  return tx.one<Batch>(R"sql(SELECT number, stream, first_seq, last_seq, root, chain, sealed_at, seqs FROM audit_batch ORDER BY number DESC LIMIT 1)sql", {}, map_batch);
}
std::int64_t last_sealed_write(db::ReadTx& tx) {
  // The stream stands in the text: only so does the index of the batches of writes serve.
  return tx.number(R"sql(SELECT coalesce(max(last_seq), 0) FROM audit_batch WHERE stream = 'write')sql");
}
std::vector<StoredEvent> writes_after(db::ReadTx& tx, std::int64_t seq, std::int64_t limit) {
  return tx.list<StoredEvent>(R"sql(SELECT seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail FROM audit_write WHERE seq > $1 ORDER BY seq LIMIT $2)sql",
                              db::params(seq, limit), map_event);
}
std::vector<StoredEvent> reads_between(db::ReadTx& tx, std::int64_t first, std::int64_t last) {
  return tx.list<StoredEvent>(R"sql(SELECT seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail FROM audit_read WHERE seq >= $1 AND seq <= $2 ORDER BY seq)sql",
                              db::params(first, last), map_event);
}
std::vector<StoredEvent> writes_between(db::ReadTx& tx, std::int64_t first, std::int64_t last) {
  return tx.list<StoredEvent>(R"sql(SELECT seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail FROM audit_write WHERE seq >= $1 AND seq <= $2 ORDER BY seq)sql",
                              db::params(first, last), map_event);
}
std::vector<Batch> batches_from(db::ReadTx& tx, std::int64_t from, std::int64_t limit) {
  return tx.list<Batch>(R"sql(SELECT number, stream, first_seq, last_seq, root, chain, sealed_at, seqs FROM audit_batch WHERE number >= $1 ORDER BY number LIMIT $2)sql",
                        db::params(from, limit), map_batch);
}
void add_checkpoint(db::WriteTx& tx, const StoredCheckpoint& c) {
  tx.run(R"sql(INSERT INTO audit_checkpoint (number, batch, chain, at, key, signature) VALUES ($1, $2, $3, $4, $5, $6))sql",
         db::params(c.number, c.batch, blob(c.chain), c.at, blob(c.key), blob(c.signature)));
}
std::optional<StoredCheckpoint> last_checkpoint(db::ReadTx& tx) {
  return tx.one<StoredCheckpoint>(R"sql(SELECT number, batch, chain, at, key, signature FROM audit_checkpoint ORDER BY number DESC LIMIT 1)sql", {}, map_checkpoint);
}
std::vector<StoredCheckpoint> checkpoints_after(db::ReadTx& tx, std::int64_t after, std::int64_t limit) {
  return tx.list<StoredCheckpoint>(R"sql(SELECT number, batch, chain, at, key, signature FROM audit_checkpoint WHERE number > $1 ORDER BY number LIMIT $2)sql",
                                   db::params(after, limit), map_checkpoint);
}
namespace {
constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

std::vector<StoredEvent> reads_down(db::ReadTx& tx, std::int64_t first, std::int64_t below, std::int64_t limit, std::int64_t account) {
  return tx.list<StoredEvent>(R"sql(SELECT seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail FROM audit_read
                                WHERE seq >= $1 AND seq < $2 AND (CAST($4 AS BIGINT) = 0 OR account_id = $4)
                                ORDER BY seq DESC LIMIT $3)sql",
                              db::params(first, below, limit, account), map_event);
}

/// A day of one account, in the events gathered so far.
struct Stretch {
  std::int64_t first, last;
};
std::vector<Stretch> days_of(db::ReadTx& tx, std::int64_t account, std::int64_t below, std::int64_t limit) {
  return tx.list<Stretch>(R"sql(SELECT first_seq, last_seq FROM audit_day WHERE account_id = $1 AND first_seq < $2 ORDER BY day DESC LIMIT $3)sql",
                          db::params(account, below, limit), [](const db::Row& r) { return Stretch{r.i64(0), r.i64(1)}; });
}
}  // namespace

std::vector<StoredEvent> newest_reads(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account) {
  std::int64_t below = before == 0 ? kNewest : before;
  if (account == 0) return reads_down(tx, 0, below, limit, 0);
  // What is not gathered yet, then day after day: a year's events of others are not walked.
  const std::int64_t gathered = tx.number(R"sql(SELECT coalesce(max(last_seq), 0) FROM audit_scan)sql");
  std::vector<StoredEvent> found = reads_down(tx, gathered + 1, below, limit, account);
  below = std::min(below, gathered + 1);
  for (const Stretch& day : days_of(tx, account, below, limit)) {
    const std::int64_t left = limit - static_cast<std::int64_t>(found.size());
    if (left <= 0) break;
    auto more = reads_down(tx, day.first, std::min(below, day.last + 1), left, account);
    std::move(more.begin(), more.end(), std::back_inserter(found));
    below = std::min(below, day.first);
  }
  return found;
}
std::vector<StoredSearch> newest_searches(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account) {
  return tx.list<StoredSearch>(R"sql(SELECT w.seq, r.at, r.account_id, w.words, r.count FROM audit_words w JOIN audit_read r ON r.seq = w.seq
                                 WHERE w.seq < $1 AND (CAST($3 AS BIGINT) = 0 OR r.account_id = $3)
                                 ORDER BY w.seq DESC LIMIT $2)sql",
                               db::params(before == 0 ? kNewest : before, limit, account),
                               [](const db::Row& r) { return StoredSearch{r.i64(0), r.i64(1), r.i64(2), r.text(3), r.i64(4)}; });
}
std::vector<StoredEvent> newest_writes(db::ReadTx& tx, std::int64_t before, std::int64_t limit, std::int64_t account) {
  return tx.list<StoredEvent>(R"sql(SELECT seq, at, account_id, act, action, count, subjects, salt, leaf, form, detail FROM audit_write
                                WHERE (CAST($1 AS BIGINT) = 0 OR seq < $1) AND (CAST($3 AS BIGINT) = 0 OR account_id = $3)
                                ORDER BY seq DESC LIMIT $2)sql",
                              db::params(before, limit, account), map_event);
}

}  // namespace kasane::access::audit_store
