#include "access/audit.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <limits>
#include <map>
#include <thread>

#include "access/audit_store.hpp"
#include "base/crypto.hpp"
#include "base/id_floor.hpp"
#include "base/log.hpp"
#include "base/varint.hpp"
#include "db/fault_word.hpp"

namespace kasane::access {

namespace {

constexpr std::size_t kSaltSize = 16;
constexpr int kYearsBack = 30;  // an installation's audit files, newest first
constexpr std::chrono::milliseconds kApart{2};  // between the beginnings of two batches, at the least

void put(std::string& out, std::uint64_t v) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((v >> shift) & 0xff));
}
void put(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint64_t>(text.size()));
  out += text;
}
std::string str(const Hash& h) { return std::string(h.begin(), h.end()); }
Hash to_hash(const Bytes& bytes) {
  Hash h{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), h.size()), h.begin());
  return h;
}
using audit_store::hash_of;
std::string salt() {
  const Bytes b = random_bytes(kSaltSize);
  return std::string(b.begin(), b.end());
}

audit_store::StoredEvent stored(std::string_view stream, AuditEvent event) {
  audit_store::StoredEvent s{std::move(event), salt(), {}};
  s.leaf = str(leaf_hash(s.salt, canonical(stream, s.event)));
  return s;
}

audit_store::Words kept_words(std::string text) {
  if (text.empty()) return {};
  return {std::move(text), salt()};
}

struct Waiting {
  AuditEvent event;
  audit_store::Words words;
  std::function<void(bool)> done;
};

AuditEvent event_of(AccountId account, Trail& trail, UtcMs at) {
  AuditEvent e;
  e.at = at;
  e.account = account.value;
  e.act = trail.act();
  e.action = trail.action_name();
  e.subjects = trail.packed();  // tidies, so the count comes after
  e.count = trail.count();
  e.detail = trail.details();
  return e;
}

}  // namespace

std::string canonical(std::string_view stream, const AuditEvent& e) {
  std::string out = "kasane-audit-" + std::to_string(e.form);
  put(out, stream);
  put(out, static_cast<std::uint64_t>(e.seq));
  put(out, static_cast<std::uint64_t>(e.at));
  put(out, static_cast<std::uint64_t>(e.account));
  put(out, static_cast<std::uint64_t>(e.act));
  put(out, std::string_view(e.action));
  put(out, static_cast<std::uint64_t>(e.count));
  put(out, std::string_view(e.subjects));
  if (e.form != 1) put(out, std::string_view(e.detail));
  return out;
}

Hash words_hash(std::string_view salt_bytes, std::string_view words) {
  std::string in(1, '\3');
  put(in, salt_bytes);
  put(in, words);
  return to_hash(sha256(in));
}

Hash leaf_hash(std::string_view salt_bytes, std::string_view canonical_bytes) {
  std::string in(1, '\0');
  in += salt_bytes;
  in += canonical_bytes;
  return to_hash(sha256(in));
}

Hash merkle_root(std::vector<Hash> leaves) {
  if (leaves.empty()) return {};
  while (leaves.size() > 1) {
    std::vector<Hash> above;
    for (std::size_t i = 0; i + 1 < leaves.size(); i += 2) {
      std::string in(1, '\1');
      in += str(leaves[i]);
      in += str(leaves[i + 1]);
      above.push_back(to_hash(sha256(in)));
    }
    if (leaves.size() % 2 == 1) above.push_back(leaves.back());
    leaves = std::move(above);
  }
  return leaves.front();
}

Hash chain_hash(const Hash& before, std::string_view stream, std::int64_t first, std::int64_t last, const Hash& root) {
  std::string in(1, '\2');
  in += str(before);
  put(in, stream);
  put(in, static_cast<std::uint64_t>(first));
  put(in, static_cast<std::uint64_t>(last));
  in += str(root);
  return to_hash(sha256(in));
}

std::string pack_numbers(const std::vector<std::int64_t>& rising) {
  std::string out;
  std::uint64_t last = 0;
  for (const std::int64_t number : rising) {
    put_varint(out, static_cast<std::uint64_t>(number) - last);
    last = static_cast<std::uint64_t>(number);
  }
  return out;
}

std::optional<std::vector<std::int64_t>> unpack_numbers(std::string_view bytes) {
  std::vector<std::int64_t> out;
  std::uint64_t last = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto step = take_varint(bytes, at);
    if (!step) return std::nullopt;
    last += *step;
    out.push_back(static_cast<std::int64_t>(last));
  }
  return out;
}

// Shared with the database's writer thread, which calls back after the log itself may be on its way out.
struct AuditLog::State : std::enable_shared_from_this<AuditLog::State> {
  State(std::filesystem::path folder_, const Clock& clock_) : folder(std::move(folder_)), clock(clock_) {}

  std::filesystem::path folder;
  const Clock& clock;
  std::mutex mutex;
  std::condition_variable idle;
  std::deque<Waiting> waiting;
  bool sending = false;
  int year = 0;    // whose file is written; 0: to be looked up anew
  int newest = 0;  // newest year ever entered
  std::map<int, std::unique_ptr<db::Database>> files;
  std::int64_t next_seq = 0;
  std::int64_t next_batch = 0;
  std::int64_t last_write = 0;  // number of the last write that is sealed
  Hash chain{};
  std::chrono::steady_clock::time_point formed_at{};  // when the last batch was; the file's own thread

  db::Database& file(int fiscal_year) {
    auto& db = files[fiscal_year];
    if (!db) {
      db::Settings settings;
      settings.location = (folder / ("audit-" + std::to_string(fiscal_year) + ".db")).string();
      settings.migrations = db::kAuditMigrations;
      settings.connections = 2;
      settings.queue_limit = kMostWaiting + 64;
      db = db::Database::open(settings);
    }
    return *db;
  }

  // The chain runs on from the last batch of the newest file that has one.
  void enter_year(int fiscal_year) {
    // Never back: what comes late, or under a clock that was set back, joins the newest file, or the chain would fork.
    fiscal_year = std::max(fiscal_year, newest);
    if (year == fiscal_year) return;
    db::Database& now = file(fiscal_year);
    std::optional<audit_store::Batch> last = now.read([](db::ReadTx& tx) { return audit_store::last_batch(tx); });
    for (int back = 1; !last && back <= kYearsBack; ++back)
      if (std::filesystem::exists(folder / ("audit-" + std::to_string(fiscal_year - back) + ".db")))
        last = file(fiscal_year - back).read([](db::ReadTx& tx) { return audit_store::last_batch(tx); });
    next_seq = now.read([](db::ReadTx& tx) { return audit_store::last_read_seq(tx); }) + 1;
    next_batch = last ? last->number + 1 : 1;
    chain = last ? hash_of(last->chain) : Hash{};
    year = newest = fiscal_year;
    last_write = last_sealed_write();
  }

  // A new year's file starts without batches: the writes go on after those sealed into an older one.
  std::int64_t last_sealed_write() {
    for (int back = 0; back <= kYearsBack; ++back) {
      if (back > 0 && !std::filesystem::exists(folder / ("audit-" + std::to_string(year - back) + ".db"))) continue;
      const std::int64_t found = file(year - back).read([](db::ReadTx& tx) { return audit_store::last_sealed_write(tx); });
      if (found > 0) return found;
    }
    return 0;
  }

  struct Sending {
    std::vector<audit_store::StoredEvent> events;
    std::vector<audit_store::Words> words;
    std::vector<std::function<void(bool)>> dones;
    audit_store::Batch row;
    Hash chain{};
  };

  // One batch at a time; what comes in meanwhile forms the next. The batch is made on the file's own thread, so that a
  // page that ends does not wait for the hashes of the others.
  void send_locked() {
    if (sending || waiting.empty()) return;
    try {
      enter_year(FiscalYear::of(office_day(waiting.front().event.at)).year);
      auto self = shared_from_this();
      auto batch = std::make_shared<Sending>();
      file(year).submit(
          [self, batch](db::WriteTx& tx) {
            if (batch->events.empty()) self->form(*batch);  // tried again: the same batch
            for (std::size_t i = 0; i < batch->events.size(); ++i) {
              audit_store::add_read(tx, batch->events[i]);
              if (!batch->words[i].text.empty()) audit_store::add_words(tx, batch->events[i].event.seq, batch->words[i]);
            }
            audit_store::add_batch(tx, batch->row);
          },
          [self, batch](std::exception_ptr fault) { self->sent(*batch, fault); });
      sending = true;
    } catch (const std::exception&) {
      log::error("audit.unavailable", {{"fault", db::fault_word(std::current_exception())}});
      std::deque<Waiting> refused;
      refused.swap(waiting);
      for (Waiting& w : refused) w.done(false);
    }
  }

  void form(Sending& batch) {
    // Syncs that follow each other at once keep few pages each, and each sync costs as much as reading a small page.
    std::this_thread::sleep_until(formed_at + kApart);
    formed_at = std::chrono::steady_clock::now();
    std::deque<Waiting> taken;
    {
      const std::lock_guard lock(mutex);
      taken.swap(waiting);
    }
    std::vector<Hash> leaves;
    leaves.reserve(taken.size());
    std::int64_t seq = next_seq;  // nobody else moves these while `sending`
    for (Waiting& w : taken) {
      batch.dones.push_back(std::move(w.done));
      w.event.seq = seq++;
      batch.events.push_back(stored("read", std::move(w.event)));
      batch.words.push_back(std::move(w.words));
      leaves.push_back(hash_of(batch.events.back().leaf));
    }
    const Hash root = merkle_root(std::move(leaves));
    const std::int64_t first = batch.events.front().event.seq, last = batch.events.back().event.seq;
    batch.chain = chain_hash(chain, "read", first, last, root);
    batch.row = {next_batch, "read", first, last, str(root), str(batch.chain), clock.now(), {}};
  }

  void sent(Sending& batch, const std::exception_ptr& fault) {
    const bool kept = !fault;
    if (!kept) log::error("audit.batch_failed", {{"year", year}, {"fault", db::fault_word(fault)}});
    std::deque<Waiting> never_taken;
    {
      const std::lock_guard lock(mutex);
      sending = false;
      if (kept) {
        next_seq = batch.row.last + 1;
        next_batch = batch.row.number + 1;
        chain = batch.chain;
      } else {
        year = 0;  // another process may have gone on with the chain: look where it stands
        if (batch.dones.empty()) never_taken.swap(waiting);
      }
    }
    for (auto& done : batch.dones) done(kept);
    for (Waiting& w : never_taken) w.done(false);
    const std::lock_guard lock(mutex);
    send_locked();
    idle.notify_all();
  }
};

AuditLog::AuditLog(std::filesystem::path folder, const Clock& clock) : state_(std::make_shared<State>(std::move(folder), clock)) {
  std::filesystem::create_directories(state_->folder);
  const std::lock_guard lock(state_->mutex);
  for (const int year : years_in(state_->folder)) state_->newest = std::max(state_->newest, year);
  state_->enter_year(FiscalYear::of(clock.today()).year);
  ids_after(state_->last_write);
}

AuditLog::~AuditLog() {
  std::unique_lock lock(state_->mutex);
  state_->idle.wait(lock, [&] { return !state_->sending && state_->waiting.empty(); });
  lock.unlock();
  // Closing the files joins their writers; nothing calls back afterwards.
  state_->files.clear();
}

void AuditLog::submit(AccountId account, Trail& trail, UtcMs at, std::function<void(bool)> done) {
  Waiting w{event_of(account, trail, at), kept_words(trail.search_words()), std::move(done)};
  if (!w.words.text.empty()) w.event.detail = str(words_hash(w.words.salt, w.words.text));
  std::unique_lock lock(state_->mutex);
  if (state_->waiting.size() >= kMostWaiting) {
    lock.unlock();
    w.done(false);
    return;
  }
  state_->waiting.push_back(std::move(w));
  state_->send_locked();
}

std::int64_t AuditLog::seal_writes(db::Database& city, bool all) {
  constexpr std::int64_t kAtOnce = 10'000;
  constexpr UtcMs kLongestWrite = 120'000;
  const bool wait = !all && city.engine() == db::Engine::postgres;
  const std::int64_t until = wait ? first_id_at(SystemClock{}.now() - kLongestWrite) : std::numeric_limits<std::int64_t>::max();
  // While we hold `sending`, no read batch takes the next place in the chain.
  std::unique_lock lock(state_->mutex);
  state_->idle.wait(lock, [&] { return !state_->sending; });
  state_->enter_year(FiscalYear::of(state_->clock.today()).year);
  db::Database& file = state_->file(state_->year);
  const std::int64_t from = state_->last_write;
  state_->sending = true;
  lock.unlock();
  std::int64_t sealed = 0;
  try {
    auto events = city.read([&](db::ReadTx& tx) { return audit_store::writes_after(tx, from, kAtOnce); });
    std::erase_if(events, [&](const audit_store::StoredEvent& e) { return e.event.seq >= until; });
    if (!events.empty()) {
      std::vector<Hash> leaves;
      for (const auto& e : events) leaves.push_back(hash_of(e.leaf));
      const Hash root = merkle_root(std::move(leaves));
      const std::int64_t first = events.front().event.seq, last = events.back().event.seq;
      const Hash next = chain_hash(state_->chain, "write", first, last, root);
      std::vector<std::int64_t> seqs;
      for (const auto& e : events) seqs.push_back(e.event.seq);
      const audit_store::Batch row{state_->next_batch, "write", first, last, str(root), str(next), state_->clock.now(), pack_numbers(seqs)};
      file.write([&](db::WriteTx& tx) { audit_store::add_batch(tx, row); });
      state_->chain = next;
      ++state_->next_batch;
      state_->last_write = last;
      sealed = static_cast<std::int64_t>(events.size());
    }
  } catch (...) {
    lock.lock();
    state_->year = 0;  // as after a batch of reads that failed
    state_->sending = false;
    state_->send_locked();
    state_->idle.notify_all();
    throw;
  }
  lock.lock();
  state_->sending = false;
  state_->send_locked();
  state_->idle.notify_all();
  return sealed;
}

std::optional<Checkpoint> AuditLog::checkpoint(const std::string& city, const Signer& signer, std::int64_t at_least) {
  std::unique_lock lock(state_->mutex);
  state_->idle.wait(lock, [&] { return !state_->sending; });
  state_->enter_year(FiscalYear::of(state_->clock.today()).year);
  const std::int64_t batch = state_->next_batch - 1;
  const Hash chain = state_->chain;
  db::Database& file = state_->file(state_->year);
  std::optional<audit_store::StoredCheckpoint> last;
  for (int back = 0; !last && back <= kYearsBack; ++back)
    if (back == 0 || std::filesystem::exists(state_->folder / ("audit-" + std::to_string(state_->year - back) + ".db")))
      last = state_->file(state_->year - back).read([](db::ReadTx& tx) { return audit_store::last_checkpoint(tx); });
  lock.unlock();
  if (batch == 0) return std::nullopt;
  if (last && last->batch == batch) return std::nullopt;
  const std::int64_t number = std::max(last ? last->number + 1 : 1, at_least);
  const Checkpoint made = sign_checkpoint({city, number, batch, chain, state_->clock.now(), {}, {}}, signer);
  file.write([&](db::WriteTx& tx) {
    audit_store::add_checkpoint(tx, {made.number, made.batch, str(made.chain), made.at, std::string(made.key.begin(), made.key.end()),
                                     std::string(made.signature.begin(), made.signature.end())});
  });
  return made;
}

std::vector<int> years_in(const std::filesystem::path& folder) {
  std::vector<int> years;
  if (!std::filesystem::exists(folder)) return years;
  constexpr std::string_view kBefore = "audit-", kAfter = ".db";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kBefore) || !name.ends_with(kAfter)) continue;
    int year = 0;
    const char* last = name.data() + name.size() - kAfter.size();
    const auto [end, fault] = std::from_chars(name.data() + kBefore.size(), last, year);
    if (fault == std::errc() && end == last) years.push_back(year);
  }
  std::sort(years.begin(), years.end());
  return years;
}

std::vector<int> AuditLog::years() const { return years_in(state_->folder); }

db::Database& AuditLog::file_for(UtcMs at) {
  const std::lock_guard lock(state_->mutex);
  return state_->file(FiscalYear::of(office_day(at)).year);
}

std::int64_t audit_write(db::WriteTx& tx, AccountId account, Trail& trail, UtcMs at) {
  AuditEvent e = event_of(account, trail, at);
  e.seq = next_id();  // ids rise within the process that writes, so they order the stream
  const std::int64_t seq = e.seq;
  audit_store::add_write(tx, stored("write", std::move(e)));
  return seq;
}

}  // namespace kasane::access
