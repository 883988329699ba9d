// That tests get what testing.hpp promises.
#include "db/testing.hpp"

namespace kasane::db {
namespace {

class FreshDatabases : public ::testing::TestWithParam<Engine> {};
KASANE_EVERY_ENGINE(FreshDatabases);

TEST_P(FreshDatabases, are_empty_also_after_a_test_that_wrote_or_changed_tables) {
  for (int round = 0; round < 3; ++round) {
    TestDatabase database(GetParam());
    database->write([&](WriteTx& tx) {
      EXPECT_EQ(tx.number("SELECT count(*) FROM outbox"), 0);
      EXPECT_GE(tx.number("SELECT count(*) FROM schema_migration"), 1);
      tx.outbox("mail", "1");
      tx.run("DELETE FROM schema_migration");
      if (round == 1) tx.run("CREATE TABLE left_behind (a BIGINT)");
    });
  }
}

TEST_P(FreshDatabases, do_not_see_each_other) {
  TestDatabase one(GetParam()), two(GetParam());
  one->write([](WriteTx& tx) { tx.outbox("mail", "1"); });
  EXPECT_EQ(two->read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM outbox"); }), 0);
  one.reopen();
  EXPECT_EQ(one->read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM outbox"); }), 1);
}

}  // namespace
}  // namespace kasane::db
