// Whoever edits, removes, adds, swaps or cuts off events, batches or checkpoints in the files is found, and it is said
// which. The tamperer here may do whatever can be done with the files, up to reckoning all hashes anew.
#include "access/audit_verify.hpp"

#include <gtest/gtest.h>

#include <future>

#include "access/audit_store.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

std::array<std::uint8_t, 32> secret(std::uint8_t fill) {
  std::array<std::uint8_t, 32> s{};
  s.fill(fill);
  return s;
}

class AuditVerify : public ::testing::Test {
 protected:
  AuditVerify() : folder_(std::filesystem::temp_directory_path() / ("kasane-verify-" + id_text(next_id()))), clock_(*Date::from_ymd(2026, 11, 24)), signer_(secret(7)) {
    std::filesystem::create_directories(folder_);
    open();
  }
  ~AuditVerify() override {
    log_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() { log_ = std::make_unique<AuditLog>(folder_, clock_); }
  void close() { log_.reset(); }

  void look(std::int64_t account, std::int64_t household) {
    Trail trail;
    trail.action("household.page");
    trail.note(SubjectKind::household, household);
    std::promise<bool> kept;
    log_->submit(AccountId(account), trail, clock_.now(), [&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
    clock_.advance_ms(1000);
  }

  void change(std::int64_t household) {
    city_->write([&](db::WriteTx& tx) {
      Trail trail;
      trail.action("record.write", Act::write);
      trail.note(SubjectKind::household, household);
      audit_write(tx, AccountId(1), trail, clock_.now());
    });
  }

  /// Ten looks and six changes in three batches, with two checkpoints.
  void a_day() {
    for (int i = 1; i <= 5; ++i) look(1, 100 + i);
    for (int i = 1; i <= 3; ++i) change(200 + i);
    log_->seal_writes(*city_);
    checkpoint();
    for (int i = 6; i <= 10; ++i) look(2, 100 + i);
    for (int i = 4; i <= 6; ++i) change(200 + i);
    log_->seal_writes(*city_);
    checkpoint();
  }
  void checkpoint() {
    if (auto made = log_->checkpoint("mitsuhama", signer_)) outside_.push_back(checkpoint_line(*made));
  }

  db::Database& file() { return log_->file_for(clock_.now()); }
  AuditReport verify(bool with_outside = true) {
    return verify_audit(folder_, *city_, "mitsuhama", with_outside ? outside_ : std::vector<std::string>{}, signer_.public_key());
  }
  static bool names(const AuditReport& report, AuditFault fault, std::int64_t first, const std::string& stream = "") {
    for (const AuditFinding& f : report.findings)
      if (f.fault == fault && f.first == first && (stream.empty() || f.stream == stream)) return true;
    return false;
  }
  static bool has(const AuditReport& report, AuditFault fault) {
    for (const AuditFinding& f : report.findings)
      if (f.fault == fault) return true;
    return false;
  }
  std::vector<std::int64_t> writes() {
    return city_->read([](db::ReadTx& tx) {
      std::vector<std::int64_t> out;
      for (const auto& e : audit_store::writes_after(tx, 0, 100)) out.push_back(e.event.seq);
      return out;
    });
  }

  std::filesystem::path folder_;
  ManualClock clock_;
  Signer signer_;
  db::TestDatabase city_;
  std::unique_ptr<AuditLog> log_;
  std::vector<std::string> outside_;
};

TEST_F(AuditVerify, nothing_is_found_where_nothing_was_done) {
  a_day();
  const AuditReport report = verify();
  EXPECT_TRUE(report.whole()) << words_of(report.findings.front());
  EXPECT_EQ(report.events, 16);
  EXPECT_EQ(report.checkpoints, 2);
  EXPECT_EQ(report.outside, 2);
  EXPECT_EQ(report.unsealed, 0);
}

TEST_F(AuditVerify, an_empty_installation_is_whole) { EXPECT_TRUE(verify().whole()); }

TEST_F(AuditVerify, an_edited_look_is_named) {
  a_day();
  file().write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_read SET account_id = 9 WHERE seq = 4)sql"); });
  const AuditReport report = verify();
  EXPECT_TRUE(names(report, AuditFault::event_altered, 4, "read"));
  EXPECT_EQ(report.findings.size(), 1u) << "one fault is told once";
}

TEST_F(AuditVerify, an_edited_change_is_named) {
  a_day();
  const std::int64_t seq = writes()[2];
  city_->write([&](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_write SET at = at + 1 WHERE seq = $1)sql", db::params(seq)); });
  EXPECT_TRUE(names(verify(), AuditFault::event_altered, seq, "write"));
}

TEST_F(AuditVerify, a_removed_look_is_named) {
  a_day();
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_read WHERE seq = 7)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::event_missing, 7, "read"));
}

TEST_F(AuditVerify, a_removed_change_is_named) {
  a_day();
  const std::int64_t seq = writes()[4];
  city_->write([&](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_write WHERE seq = $1)sql", db::params(seq)); });
  EXPECT_TRUE(names(verify(), AuditFault::event_missing, seq, "write"));
}

TEST_F(AuditVerify, an_added_look_is_named) {
  a_day();
  file().write([](db::WriteTx& tx) {
    tx.run(R"sql(INSERT INTO audit_read (seq, at, account_id, act, action, count, subjects, salt, leaf) SELECT 11, at, account_id, act, action, count, subjects, salt, leaf FROM audit_read WHERE seq = 1)sql");
  });
  EXPECT_TRUE(names(verify(), AuditFault::event_added, 11, "read"));
}

TEST_F(AuditVerify, an_added_change_is_named) {
  a_day();
  const std::int64_t seq = writes()[1] + 1;
  city_->write([&](db::WriteTx& tx) {
    tx.run(R"sql(INSERT INTO audit_write (seq, at, account_id, act, action, count, subjects, salt, leaf) SELECT $1, at, account_id, act, action, count, subjects, salt, leaf FROM audit_write WHERE seq = $2)sql",
           db::params(seq, seq - 1));
  });
  EXPECT_TRUE(names(verify(), AuditFault::event_added, seq, "write"));
}

TEST_F(AuditVerify, two_swapped_looks_are_named) {
  a_day();
  file().write([](db::WriteTx& tx) {
    tx.run(R"sql(UPDATE audit_read SET seq = 1000 WHERE seq = 2)sql");
    tx.run(R"sql(UPDATE audit_read SET seq = 2 WHERE seq = 8)sql");
    tx.run(R"sql(UPDATE audit_read SET seq = 8 WHERE seq = 1000)sql");
  });
  const AuditReport report = verify();
  EXPECT_TRUE(names(report, AuditFault::event_altered, 2, "read"));
  EXPECT_TRUE(names(report, AuditFault::event_altered, 8, "read"));
}

// An edit with its own hash put right again: the batch does not give its root.
TEST_F(AuditVerify, an_event_rewritten_with_its_hash_is_found_by_its_batch) {
  a_day();
  file().write([](db::WriteTx& tx) {
    auto event = audit_store::reads_between(tx, 3, 3).front();
    event.event.account = 9;
    const Hash leaf = leaf_hash(event.salt, canonical("read", event.event));
    tx.run(R"sql(UPDATE audit_read SET account_id = 9, leaf = $1 WHERE seq = 3)sql", db::params(db::Blob(leaf.begin(), leaf.end())));
  });
  EXPECT_TRUE(names(verify(), AuditFault::batch_altered, 3, "read"));
}

/// Everything reckoned anew from the events, as one would who has the program and the files.
void reckon_anew(db::Database& audit, db::Database& city) {
  const auto batches = audit.read([](db::ReadTx& tx) { return audit_store::batches_from(tx, 0, 1000); });
  Hash chain{};
  for (audit_store::Batch b : batches) {
    const auto between = [&](db::ReadTx& tx) { return b.stream == "read" ? audit_store::reads_between(tx, b.first, b.last) : audit_store::writes_between(tx, b.first, b.last); };
    std::vector<Hash> leaves;
    for (const auto& e : b.stream == "read" ? audit.read(between) : city.read(between)) leaves.push_back(leaf_hash(e.salt, canonical(b.stream, e.event)));
    const Hash root = merkle_root(leaves);
    chain = chain_hash(chain, b.stream, b.first, b.last, root);
    audit.write([&](db::WriteTx& tx) {
      tx.run(R"sql(UPDATE audit_batch SET root = $2, chain = $3 WHERE number = $1)sql",
             db::params(b.number, db::Blob(root.begin(), root.end()), db::Blob(chain.begin(), chain.end())));
    });
  }
}

TEST_F(AuditVerify, a_chain_reckoned_anew_does_not_match_the_signed_checkpoints) {
  a_day();
  file().write([](db::WriteTx& tx) {
    auto event = audit_store::reads_between(tx, 3, 3).front();
    event.event.account = 9;
    const Hash leaf = leaf_hash(event.salt, canonical("read", event.event));
    tx.run(R"sql(UPDATE audit_read SET account_id = 9, leaf = $1 WHERE seq = 3)sql", db::params(db::Blob(leaf.begin(), leaf.end())));
  });
  reckon_anew(file(), *city_);
  EXPECT_TRUE(names(verify(false), AuditFault::checkpoint_altered, 1));
}

// With the key of the machine even the checkpoints can be made anew: what was kept outside tells.
TEST_F(AuditVerify, checkpoints_signed_anew_do_not_match_the_lines_kept_outside) {
  a_day();
  file().write([](db::WriteTx& tx) {
    auto event = audit_store::reads_between(tx, 3, 3).front();
    event.event.account = 9;
    const Hash leaf = leaf_hash(event.salt, canonical("read", event.event));
    tx.run(R"sql(UPDATE audit_read SET account_id = 9, leaf = $1 WHERE seq = 3)sql", db::params(db::Blob(leaf.begin(), leaf.end())));
    tx.run(R"sql(DELETE FROM audit_checkpoint)sql");
  });
  reckon_anew(file(), *city_);
  close();
  open();
  const auto forged = log_->checkpoint("mitsuhama", signer_);
  ASSERT_TRUE(forged);
  EXPECT_TRUE(names(verify(true), AuditFault::checkpoint_altered, 1));
}

TEST_F(AuditVerify, a_removed_and_an_altered_checkpoint_are_named) {
  a_day();
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_checkpoint WHERE number = 1)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::checkpoint_missing, 1));
  file().write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_checkpoint SET at = at + 60000 WHERE number = 2)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::checkpoint_altered, 2));
}

TEST_F(AuditVerify, what_was_cut_off_at_the_end_is_found) {
  a_day();
  const auto last = file().read([](db::ReadTx& tx) { return audit_store::last_batch(tx); })->number;
  // The last batch with its events, the checkpoints left standing.
  const auto newest = writes();
  city_->write([&](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_write WHERE seq > $1)sql", db::params(newest[2])); });
  file().write([&](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_batch WHERE number = $1)sql", db::params(last)); });
  EXPECT_TRUE(names(verify(false), AuditFault::truncated, last));
  // And with the last checkpoint gone too, only the outside line knows.
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_checkpoint WHERE number = 2)sql"); });
  EXPECT_TRUE(verify(false).whole()) << "nothing inside can tell: this is why a copy is kept outside";
  EXPECT_TRUE(names(verify(true), AuditFault::truncated, last));
}

TEST_F(AuditVerify, a_removed_batch_and_a_swapped_pair_are_named) {
  a_day();
  file().write([](db::WriteTx& tx) {
    tx.run(R"sql(UPDATE audit_batch SET number = 1000 WHERE number = 2)sql");
    tx.run(R"sql(UPDATE audit_batch SET number = 2 WHERE number = 3)sql");
    tx.run(R"sql(UPDATE audit_batch SET number = 3 WHERE number = 1000)sql");
  });
  EXPECT_TRUE(has(verify(), AuditFault::chain_broken));
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_batch WHERE number = 1)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::batch_missing, 1));
}

TEST_F(AuditVerify, another_key_is_named) {
  a_day();
  const AuditReport report = verify_audit(folder_, *city_, "mitsuhama", outside_, Signer(secret(8)).public_key());
  EXPECT_TRUE(has(report, AuditFault::other_key));
}

TEST_F(AuditVerify, a_removed_year_is_named) {
  a_day();
  clock_.set(*Date::from_ymd(2027, 4, 1));
  look(1, 300);
  change(301);
  log_->seal_writes(*city_);
  checkpoint();
  ASSERT_TRUE(verify().whole()) << words_of(verify().findings.front());
  close();
  std::filesystem::remove(folder_ / "audit-2026.db");
  std::filesystem::remove(folder_ / "audit-2026.db-wal");
  std::filesystem::remove(folder_ / "audit-2026.db-shm");
  EXPECT_TRUE(has(verify(), AuditFault::batch_missing));
  open();
}

// The new year's file begins without batches; changes sealed in the old year are not sealed a second time.
TEST_F(AuditVerify, the_turn_of_the_year_seals_each_change_once) {
  a_day();
  clock_.set(*Date::from_ymd(2027, 4, 1));
  look(1, 300);
  change(301);
  EXPECT_EQ(log_->seal_writes(*city_), 1);
  EXPECT_EQ(verify().events, 18);
}

TEST(Checkpoint, a_line_is_read_back_and_a_bent_one_does_not_hold) {
  const Signer signer(secret(3));
  const Checkpoint made = sign_checkpoint({"mitsuhama", 12, 345, {1, 2, 3}, 1'790'000'000'000, {}, {}}, signer);
  const std::string line = checkpoint_line(made);
  const auto read = parse_checkpoint_line(line + "\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, made);
  EXPECT_TRUE(signature_holds(*read));
  auto bent = *read;
  bent.batch = 346;
  EXPECT_FALSE(signature_holds(bent));
  EXPECT_FALSE(parse_checkpoint_line(""));
  EXPECT_FALSE(parse_checkpoint_line(line.substr(0, line.size() - 1)));
  EXPECT_FALSE(parse_checkpoint_line("kasane-checkpoint-1 mitsuhama -1 2 00 3 00 00"));
}

}  // namespace
}  // namespace kasane::access
