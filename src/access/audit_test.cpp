// What was disclosed is durable before it is shown, and every event enters one chain.
#include "access/audit.hpp"

#include <gtest/gtest.h>

#include <future>

#include "access/audit_store.hpp"
#include "base/crypto.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("kasane-audit-" + id_text(next_id()))) { std::filesystem::create_directories(path_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

bool keep(AuditLog& log, Clock& clock, std::int64_t id) {
  Trail trail;
  trail.action("household.page");
  trail.note(SubjectKind::household, id);
  std::promise<bool> kept;
  log.submit(AccountId(1), trail, clock.now(), [&](bool ok) { kept.set_value(ok); });
  return kept.get_future().get();
}

// The auditor's own reckoning: every leaf from its event, every batch from its leaves, the chain from the start.
bool chain_holds(db::Database& file) {
  return file.read([](db::ReadTx& tx) {
    const auto events = audit_store::newest_reads(tx, 0, 100'000);
    Hash chain{};
    bool ok = true;
    tx.each(R"sql(SELECT stream, first_seq, last_seq, root, chain FROM audit_batch ORDER BY number)sql", {}, [&](const db::Row& r) {
      std::vector<Hash> leaves;
      for (auto it = events.rbegin(); it != events.rend(); ++it)
        if (it->event.seq >= r.i64(1) && it->event.seq <= r.i64(2)) leaves.push_back(leaf_hash(it->salt, canonical("read", it->event)));
      ok = ok && static_cast<std::int64_t>(leaves.size()) == r.i64(2) - r.i64(1) + 1;
      const Hash root = merkle_root(std::move(leaves));
      chain = chain_hash(chain, r.text(0), r.i64(1), r.i64(2), root);
      const db::Blob stored = r.blob(4);
      ok = ok && std::equal(chain.begin(), chain.end(), stored.begin(), stored.end());
    });
    return ok;
  });
}

TEST(Audit, an_event_is_durable_when_the_page_may_leave) {
  Folder folder;
  ManualClock clock(*Date::from_ymd(2026, 11, 24));
  {
    AuditLog log(folder.path(), clock);
    ASSERT_TRUE(keep(log, clock, 77));
  }
  AuditLog again(folder.path(), clock);
  const auto events = again.file_for(clock.now()).read([](db::ReadTx& tx) { return audit_store::newest_reads(tx, 0, 10); });
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].event.action, "household.page");
  EXPECT_EQ(unpack_subjects(events[0].event.subjects)->front().ref, (SubjectRef{SubjectKind::household, 77}));
}

TEST(Audit, an_altered_or_removed_event_breaks_the_chain) {
  Folder folder;
  ManualClock clock(*Date::from_ymd(2026, 11, 24));
  AuditLog log(folder.path(), clock);
  for (int i = 1; i <= 20; ++i) ASSERT_TRUE(keep(log, clock, i));
  db::Database& file = log.file_for(clock.now());
  ASSERT_TRUE(chain_holds(file));
  file.write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_read SET account_id = 2 WHERE seq = 7)sql"); });
  EXPECT_FALSE(chain_holds(file));
  file.write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_read SET account_id = 1 WHERE seq = 7)sql"); });
  ASSERT_TRUE(chain_holds(file));
  file.write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_read WHERE seq = 3)sql"); });
  EXPECT_FALSE(chain_holds(file));
}

TEST(Audit, deleting_search_words_leaves_the_chain_whole) {
  Folder folder;
  ManualClock clock(*Date::from_ymd(2026, 11, 24));
  AuditLog log(folder.path(), clock);
  Trail trail;
  trail.action("household.search", Act::search);
  trail.words("阿曽");
  std::promise<bool> kept;
  log.submit(AccountId(1), trail, clock.now(), [&](bool ok) { kept.set_value(ok); });
  ASSERT_TRUE(kept.get_future().get());
  db::Database& file = log.file_for(clock.now());
  EXPECT_EQ(file.read([](db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM audit_words)sql"); }), 1);
  file.write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_words)sql"); });
  EXPECT_TRUE(chain_holds(file));
}

TEST(Audit, a_new_fiscal_year_gets_its_own_file_and_the_chain_runs_on) {
  Folder folder;
  ManualClock clock(*Date::from_ymd(2027, 3, 31));
  AuditLog log(folder.path(), clock);
  ASSERT_TRUE(keep(log, clock, 1));
  clock.set(*Date::from_ymd(2027, 4, 1));
  ASSERT_TRUE(keep(log, clock, 2));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "audit-2026.db"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "audit-2027.db"));
  const auto first = log.file_for(clock.now()).read([](db::ReadTx& tx) { return audit_store::last_batch(tx); });
  ASSERT_TRUE(first);
  EXPECT_EQ(first->number, 2);
}

TEST(Audit, writes_of_the_city_join_the_same_chain) {
  Folder folder;
  ManualClock clock(*Date::from_ymd(2026, 11, 24));
  AuditLog log(folder.path(), clock);
  db::TestDatabase city;
  city->write([&](db::WriteTx& tx) {
    Trail trail;
    trail.action("intake.take", Act::write);
    trail.note(SubjectKind::intake, 5);
    audit_write(tx, AccountId(1), trail, clock.now());
  });
  EXPECT_EQ(log.seal_writes(*city), 1);
  EXPECT_EQ(log.seal_writes(*city), 0);
  const auto batch = log.file_for(clock.now()).read([](db::ReadTx& tx) { return audit_store::last_batch(tx); });
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->stream, "write");
}

}  // namespace
}  // namespace kasane::access
