// Whoever edits, removes, adds, swaps or cuts off events, batches or checkpoints in the files is found, and it is said
// which. The tamperer here may do whatever can be done with the files, up to reckoning all hashes anew.
#include "access/audit_verify.hpp"

#include <gtest/gtest.h>

#include <future>

#include "access/audit_store.hpp"
#include "access/key_handover.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

std::array<std::uint8_t, 32> secret(std::uint8_t fill) {
  std::array<std::uint8_t, 32> s{};
  s.fill(fill);
  return s;
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

  void search(const std::string& words) {
    Trail trail;
    trail.action("household.search", Act::search);
    trail.words(words);
    std::promise<bool> kept;
    log_->submit(AccountId(1), trail, clock_.now(), [&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
  }

  /// An event of the program itself.
  void note(const char* action, std::string detail) {
    city_->write([&](db::WriteTx& tx) {
      Trail trail;
      trail.action(action, Act::write);
      trail.detail(detail);
      audit_write(tx, AccountId(0), trail, clock_.now());
    });
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
    return verify_audit(folder_, *city_, "mitsuhama", with_outside ? outside_ : std::vector<std::string>{}, {signer_.public_key()});
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

TEST_F(AuditVerify, altered_removed_and_added_words_of_a_search_are_named) {
  search("阿曽");
  search("佐藤");
  look(1, 101);
  EXPECT_TRUE(verify().whole());
  file().write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_words SET words = '鈴木' WHERE seq = 1)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::words_altered, 1));
  file().write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_words SET words = '阿曽' WHERE seq = 1)sql"); });
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_words WHERE seq = 2)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::words_missing, 2));
  EXPECT_EQ(verify().findings.size(), 1u);
  for (const std::int64_t seq : {3, 4}) {
    file().write([&](db::WriteTx& tx) { tx.run(R"sql(INSERT INTO audit_words (seq, words, salt) SELECT $1, words, salt FROM audit_words WHERE seq = 1)sql", db::params(seq)); });
    EXPECT_TRUE(names(verify(), AuditFault::words_added, seq)) << "of a look without words, and of no event at all";
  }
}

TEST_F(AuditVerify, words_that_a_disposal_has_forgotten_are_told_as_a_number) {
  search("阿曽");
  search("佐藤");
  note(kWordsForgotten, detail_of(ForgottenWords{2026, {1}}));
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_words WHERE seq = 1)sql"); });
  for (int sealed = 0; sealed < 2; ++sealed) {
    const AuditReport report = verify();
    EXPECT_TRUE(report.whole()) << words_of(report.findings.front());
    EXPECT_EQ(report.words_forgotten, 1);
    log_->seal_writes(*city_);
  }
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_words)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::words_missing, 2)) << "what the disposal did not name";
}

// A file from before events had a detail: its bytes are hashed as they were then.
TEST_F(AuditVerify, events_of_the_first_form_still_verify_and_their_words_are_told_as_unproven) {
  EXPECT_EQ(canonical("read", {.seq = 1, .at = 2, .account = 3, .act = Act::list, .action = "a", .count = 4, .subjects = "s", .detail = "x", .form = 1}),
            std::string("kasane-audit-1\0\0\0\0\0\0\0\4read\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\6\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0\1s", 14 + 12 + 8 * 4 + 9 + 8 + 9));
  search("阿曽");
  file().write([](db::WriteTx& tx) {
    auto old = audit_store::reads_between(tx, 1, 1).front();
    old.event.form = 1;
    const Hash leaf = leaf_hash(old.salt, canonical("read", old.event));
    tx.run(R"sql(UPDATE audit_read SET form = 1, detail = NULL, leaf = $1)sql", db::params(db::Blob(leaf.begin(), leaf.end())));
    tx.run(R"sql(UPDATE audit_words SET salt = NULL)sql");
  });
  reckon_anew(file(), *city_);
  close();
  open();
  search("佐藤");
  AuditReport report = verify();
  EXPECT_TRUE(report.whole()) << words_of(report.findings.front());
  EXPECT_EQ(report.words_unproven, 1);
  file().write([](db::WriteTx& tx) { tx.run(R"sql(UPDATE audit_read SET form = 1, detail = NULL WHERE seq = 2)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::event_altered, 2)) << "a newer event is not made into an older one";
}

// The copy ends at checkpoint 1; outside stand 2 and 3 already. What was lost is told, and nothing collides.
TEST_F(AuditVerify, a_restored_copy_goes_on_behind_the_lines_that_stand_outside) {
  look(1, 101);
  log_->seal_writes(*city_);
  checkpoint();
  close();
  std::filesystem::copy_file(folder_ / "audit-2026.db", folder_ / "copy");
  open();
  for (int i = 0; i < 2; ++i) {
    look(1, 102 + i);
    checkpoint();
  }
  close();
  std::filesystem::rename(folder_ / "copy", folder_ / "audit-2026.db");
  for (const char* rest : {"audit-2026.db-wal", "audit-2026.db-shm"}) std::filesystem::remove(folder_ / rest);
  open();
  EXPECT_TRUE(has(verify(), AuditFault::truncated)) << "until it is said that a copy was put back";
  note(kRestored, detail_of(LostCheckpoints{2, 3}));
  log_->seal_writes(*city_);
  const auto made = log_->checkpoint("mitsuhama", signer_, 4);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->number, 4);
  outside_.push_back(checkpoint_line(*made));
  look(1, 104);
  checkpoint();
  const AuditReport report = verify();
  EXPECT_TRUE(report.whole()) << words_of(report.findings.front());
  ASSERT_EQ(report.restored.size(), 1u);
  EXPECT_EQ(report.restored[0].lost, (LostCheckpoints{2, 3}));
  EXPECT_EQ(report.before_restore, 2);
  // It excuses nothing but what it names.
  file().write([](db::WriteTx& tx) { tx.run(R"sql(DELETE FROM audit_checkpoint WHERE number = 4)sql"); });
  EXPECT_TRUE(names(verify(), AuditFault::checkpoint_missing, 4));
}

TEST_F(AuditVerify, a_key_that_handed_over_vouches_for_the_next_one_and_signs_no_more) {
  a_day();
  const Signer next(secret(9));
  outside_.push_back(handover_line(sign_handover(signer_, next, clock_.now())));
  look(1, 120);
  outside_.push_back(checkpoint_line(*log_->checkpoint("mitsuhama", next)));
  for (const PublicKey& trusted : {signer_.public_key(), next.public_key()}) {
    const AuditReport report = verify_audit(folder_, *city_, "mitsuhama", outside_, {trusted});
    EXPECT_TRUE(report.whole()) << words_of(report.findings.front());
  }
  EXPECT_TRUE(has(verify(false), AuditFault::other_key)) << "without the handover nobody vouches for the new key";
  EXPECT_TRUE(verify_audit(folder_, *city_, "mitsuhama", {}, {signer_.public_key(), next.public_key()}).whole()) << "both kept on paper";
  look(1, 121);
  checkpoint();
  EXPECT_TRUE(names(verify(), AuditFault::other_key, 4)) << "signed by the key that had handed over";
}

TEST_F(AuditVerify, a_handover_that_one_key_alone_made_counts_for_nothing_and_two_of_one_key_are_named) {
  const Signer next(secret(9)), thief(secret(10));
  KeyHandover bent = sign_handover(signer_, next, 5);
  bent.by_new = bent.by_old;
  EXPECT_FALSE(handover_holds(bent));
  EXPECT_FALSE(KeyLine({signer_.public_key()}, {bent}).knows(next.public_key()));
  look(1, 101);
  checkpoint();
  for (const Signer* to : {&next, &thief}) outside_.push_back(handover_line(sign_handover(signer_, *to, 5)));
  EXPECT_EQ(parse_handover_line(outside_.back() + "\n"), sign_handover(signer_, thief, 5));
  EXPECT_TRUE(has(verify(), AuditFault::key_forked));
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
  const AuditReport report = verify_audit(folder_, *city_, "mitsuhama", outside_, {Signer(secret(8)).public_key()});
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
