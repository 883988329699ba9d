// Personal columns are read only with a key, whatever way they come into a result.
#include "db/scratch.hpp"

namespace kasane::access {
// Stands for the access door, which is built above this room.
class Door {
 public:
  static db::PersonalKey key() { return {}; }
};
}  // namespace kasane::access

namespace kasane::db {
namespace {

class PersonalColumns : public Scratch {
 protected:
  void SetUp() override {
    db().write([](WriteTx& tx) {
      tx.run_personal("INSERT INTO thing (id, title, pii_owner) VALUES ($1, $2, $3)", params(1, "t", "柏木"),
                      access::Door::key());
      tx.run_personal("INSERT INTO thing (id, title) VALUES (2, 'u')", {}, access::Door::key());
    });
  }
};
KASANE_EVERY_ENGINE(PersonalColumns);

TEST_P(PersonalColumns, are_read_with_the_key) {
  db().read([](ReadTx& tx) {
    const auto key = access::Door::key();
    std::vector<std::string> owners;
    tx.each_personal("SELECT id, pii_owner FROM thing ORDER BY id", {}, [&](const Row& row) {
      EXPECT_EQ(row.is_null(1, key), row.i64(0) == 2);
      owners.emplace_back(row.raw_text(1, key));
    }, key);
    EXPECT_EQ(owners, (std::vector<std::string>{"柏木", ""}));
  });
}

TEST_P(PersonalColumns, refuse_every_ordinary_getter) {
  db().read([](ReadTx& tx) {
    tx.each_personal("SELECT pii_owner FROM thing WHERE id = 1", {}, [](const Row& row) {
      EXPECT_THROW(row.text(0), Misuse);
      EXPECT_THROW(row.opt_text(0), Misuse);
      EXPECT_THROW(row.i64(0), Misuse);
      EXPECT_THROW(row.opt_i64(0), Misuse);
      EXPECT_THROW(row.boolean(0), Misuse);
      EXPECT_THROW(row.blob(0), Misuse);
      EXPECT_THROW(row.opt_blob(0), Misuse);
      EXPECT_THROW(row.date(0), Misuse);
      EXPECT_THROW(row.opt_date(0), Misuse);
      EXPECT_THROW(row.is_null(0), Misuse);
    }, access::Door::key());
  });
}

TEST_P(PersonalColumns, stay_closed_to_plain_statements_that_select_everything) {
  // PostgreSQL lets the statement run, and the column refuses; SQLite refuses the statement.
  const auto take_all = [&] {
    db().read([](ReadTx& tx) { tx.each("SELECT * FROM thing", {}, [](const Row& row) { row.text(7); }); });
  };
  if (GetParam() == Engine::sqlite) EXPECT_THROW(take_all(), QueryError);
  else EXPECT_THROW(take_all(), Misuse);
}

TEST_P(PersonalColumns, may_be_looked_at_by_views_that_hand_out_none) {
  EXPECT_EQ(db().read([](ReadTx& tx) { return tx.number("SELECT sum(owned) FROM thing_overview"); }), 1);
}

TEST_P(PersonalColumns, come_from_more_different_statements_than_the_cache_holds) {
  for (int round = 0; round < 2; ++round) {
    db().write([](WriteTx& tx) {
      for (int n = 0; n < 600; ++n) {
        int rows = 0;
        tx.each_personal("SELECT pii_owner FROM thing WHERE id <> " + std::to_string(n + 10), {},
                         [&](const Row&) { ++rows; }, access::Door::key());
        ASSERT_EQ(rows, 2);
      }
    });
  }
}

TEST_P(PersonalColumns, keep_their_name_under_an_alias_where_the_engine_tells) {
  if (GetParam() != Engine::sqlite) GTEST_SKIP() << "PostgreSQL does not tell the column behind an alias";
  db().read([](ReadTx& tx) {
    tx.each_personal("SELECT pii_owner AS title FROM thing WHERE id = 1", {},
                     [](const Row& row) { EXPECT_THROW(row.text(0), Misuse); }, access::Door::key());
  });
}

TEST_P(PersonalColumns, are_named_in_what_a_statement_reads) {
  if (GetParam() != Engine::sqlite) GTEST_SKIP() << "only SQLite lists what a statement reads";
  const auto info = db().describe("SELECT title FROM thing WHERE pii_owner = $1");
  EXPECT_EQ(info.reads, (std::vector<std::string>{"thing.pii_owner", "thing.title"}));
  EXPECT_EQ(info.parameters, 1);
  EXPECT_EQ(info.columns, std::vector<std::string>{"title"});
}

}  // namespace
}  // namespace kasane::db
