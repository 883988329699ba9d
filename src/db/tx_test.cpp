// Transactions as closures see them, the same on both engines.
#include "db/scratch.hpp"

namespace kasane::db {
namespace {

class Values : public Scratch {};
KASANE_EVERY_ENGINE(Values);
class Transactions : public Scratch {};
KASANE_EVERY_ENGINE(Transactions);

void put_shelf(WriteTx& tx, std::int64_t id, const std::string& label) {
  tx.run("INSERT INTO shelf (id, label) VALUES ($1, $2)", params(id, label));
}

TEST_P(Values, come_back_as_they_went_in) {
  const Blob bytes{0, 255, 10, 0};
  const std::int64_t large = 1'700'000'000'000;
  db().write([&](WriteTx& tx) {
    tx.run("INSERT INTO thing (id, title, number, flag, bytes, made_on) VALUES ($1, $2, $3, $4, $5, $6)",
           params(HouseholdId(9'007'199'254'740'993), "葛󠄀城 '; --", large, true, bytes, *Date::from_ymd(2026, 2, 28)));
  });
  const bool seen = db().read([&](ReadTx& tx) {
    return tx.one("SELECT id, title, number, flag, bytes, made_on FROM thing", {}, [&](const Row& row) {
      EXPECT_EQ(row.id<HouseholdTag>(0), HouseholdId(9'007'199'254'740'993));
      EXPECT_EQ(row.text(1), "葛󠄀城 '; --");
      EXPECT_EQ(row.i64(2), large);
      EXPECT_TRUE(row.boolean(3));
      EXPECT_EQ(row.blob(4), bytes);
      EXPECT_EQ(row.date(5), *Date::from_ymd(2026, 2, 28));
      EXPECT_EQ(row.columns(), 6);
      return true;
    }).has_value();
  });
  EXPECT_TRUE(seen);
}

TEST_P(Values, null_is_nothing_and_empty_is_something) {
  db().write([](WriteTx& tx) {
    tx.run("INSERT INTO thing (id, title, number, bytes) VALUES (1, $1, $2, $3)",
           params(std::optional<std::string>{}, null, std::optional<Blob>{}));
    tx.run("INSERT INTO thing (id, title, bytes) VALUES (2, $1, $2)", params("", Blob{}));
  });
  db().read([](ReadTx& tx) {
    tx.each("SELECT title, number, bytes, made_on FROM thing WHERE id = 1", {}, [](const Row& row) {
      EXPECT_EQ(row.opt_text(0), std::nullopt);
      EXPECT_EQ(row.opt_i64(1), std::nullopt);
      EXPECT_EQ(row.opt_blob(2), std::nullopt);
      EXPECT_EQ(row.opt_date(3), std::nullopt);
      EXPECT_EQ(row.opt_id<HouseholdTag>(1), std::nullopt);
      EXPECT_TRUE(row.is_null(0));
      EXPECT_THROW(row.text(0), Misuse);
      EXPECT_THROW(row.i64(1), Misuse);
    });
    tx.each("SELECT title, bytes FROM thing WHERE id = 2", {}, [](const Row& row) {
      EXPECT_EQ(row.opt_text(0), "");
      EXPECT_EQ(row.opt_blob(1), Blob{});
    });
  });
}

TEST_P(Values, are_bound_by_name_in_any_order_and_more_than_once) {
  db().read([](ReadTx& tx) {
    tx.each("SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), CAST($2 AS TEXT) || CAST($3 AS TEXT)", params(7, "b", "c"),
            [](const Row& row) {
              EXPECT_EQ(row.text(0), "b");
              EXPECT_EQ(row.i64(1), 7);
              EXPECT_EQ(row.text(2), "bc");
            });
  });
}

TEST_P(Values, truth_reads_alike_whether_a_column_or_a_comparison) {
  db().write([](WriteTx& tx) {
    tx.run("INSERT INTO thing (id, flag) VALUES (1, $1)", params(false));
    tx.run("INSERT INTO thing (id, flag) VALUES (2, $1)", params(true));
  });
  db().read([](ReadTx& tx) {
    EXPECT_EQ(tx.number("SELECT id FROM thing WHERE flag"), 2);
    EXPECT_EQ(tx.number("SELECT id FROM thing WHERE flag = $1", params(false)), 1);
    tx.each("SELECT count(*) > 1, EXISTS (SELECT 1 FROM thing WHERE id = 3), sum(id) FROM thing", {}, [](const Row& row) {
      EXPECT_TRUE(row.boolean(0));
      EXPECT_FALSE(row.boolean(1));
      EXPECT_EQ(row.i64(2), 3);
    });
  });
}

TEST_P(Values, of_the_wrong_type_are_a_bug_that_is_told) {
  db().write([](WriteTx& tx) { tx.run("INSERT INTO thing (id, title, made_on) VALUES (1, 'x', 'soon')"); });
  db().read([](ReadTx& tx) {
    tx.each("SELECT title, id, made_on FROM thing", {}, [](const Row& row) {
      EXPECT_THROW(row.i64(0), Misuse);
      EXPECT_THROW(row.text(1), Misuse);
      EXPECT_THROW(row.blob(0), Misuse);
      EXPECT_THROW(row.date(2), Misuse);
      EXPECT_THROW(row.text(3), Misuse);
      EXPECT_THROW(row.text(-1), Misuse);
    });
  });
  EXPECT_THROW(db().write([](WriteTx& tx) { tx.run("UPDATE thing SET number = $1", params("many")); }), QueryError);
  EXPECT_THROW(db().write([](WriteTx& tx) { tx.run("UPDATE thing SET title = $1", params(std::string("a\0b", 3))); }),
               Misuse);
}

TEST_P(Values, sort_and_match_text_byte_by_byte) {
  db().write([](WriteTx& tx) {
    std::int64_t id = 0;
    for (const char* label : {"b", "B", "か", "a", "亜", "カ"}) put_shelf(tx, ++id, label);
  });
  db().read([](ReadTx& tx) {
    const auto sorted = tx.list("SELECT label FROM shelf ORDER BY label", {}, [](const Row& row) { return row.text(0); });
    EXPECT_EQ(sorted, (std::vector<std::string>{"B", "a", "b", "か", "カ", "亜"}));
    EXPECT_EQ(tx.number("SELECT count(*) FROM shelf WHERE label LIKE $1", params("B%")), 1);
  });
}

TEST_P(Values, lists_of_ids_are_one_parameter) {
  db().write([](WriteTx& tx) {
    for (int id = 1; id <= 5; ++id) put_shelf(tx, id, "s" + std::to_string(id));
  });
  db().read([](ReadTx& tx) {
    const auto in = [&](const std::vector<HouseholdId>& ids) {
      return tx.number("SELECT count(*) FROM shelf WHERE id IN {ids:$1}", params(id_list(ids)));
    };
    EXPECT_EQ(in({}), 0);
    EXPECT_EQ(in({HouseholdId(2), HouseholdId(4), HouseholdId(99)}), 2);
  });
}

TEST_P(Values, wrong_numbers_of_parameters_are_refused) {
  const auto run = [&](const Params& with) {
    db().read([&](ReadTx& tx) { tx.number("SELECT id FROM shelf WHERE id = $1", with); });
  };
  EXPECT_THROW(run({}), QueryError);
  EXPECT_THROW(run(params(1, 2)), QueryError);
  EXPECT_THROW(db().read([](ReadTx& tx) { tx.exists("SELECT id FROM shelf WHERE id = $2", params(1, 2)); }), QueryError);
}

TEST_P(Values, of_several_statements_in_one_are_refused) {
  EXPECT_THROW(db().write([](WriteTx& tx) { tx.run("DELETE FROM shelf; DELETE FROM thing"); }), QueryError);
  EXPECT_THROW(db().write([](WriteTx& tx) { tx.run("DELETE FROM no_such_table"); }), QueryError);
}

TEST_P(Transactions, keep_what_a_closure_wrote) {
  const int answer = db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    return 42;
  });
  EXPECT_EQ(answer, 42);
  EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, undo_everything_when_the_closure_returns_an_error) {
  const Result<int> result = db().write([](WriteTx& tx) -> Result<int> {
    put_shelf(tx, 1, "a");
    return fail(ErrorCode::stale, "先に保存した人がいます。");
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::stale);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, keep_a_result_without_a_value_that_is_good) {
  EXPECT_TRUE(db().write([](WriteTx& tx) -> Result<> {
    put_shelf(tx, 1, "a");
    return {};
  }));
  EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, undo_everything_when_the_closure_throws) {
  EXPECT_THROW(db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    throw std::out_of_range("a bug");
  }), std::out_of_range);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, tell_how_many_rows_changed) {
  db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    put_shelf(tx, 2, "b");
    EXPECT_EQ(tx.run("UPDATE shelf SET label = label || 'x'"), 2);
    EXPECT_EQ(tx.run("UPDATE shelf SET label = 'y' WHERE id = 3"), 0);
    EXPECT_EQ(tx.run("DELETE FROM shelf WHERE id = $1", params(1)), 1);
  });
}

TEST_P(Transactions, let_the_later_of_two_savers_know_by_the_version) {
  db().write([](WriteTx& tx) { tx.run("INSERT INTO thing (id) VALUES (1)"); });
  const auto save = [&](std::int64_t seen) {
    return db().write([&](WriteTx& tx) {
      return tx.run("UPDATE thing SET title = 'x', version = version + 1 WHERE id = 1 AND version = $1", params(seen));
    });
  };
  EXPECT_EQ(save(1), 1);
  EXPECT_EQ(save(1), 0);
}

TEST_P(Transactions, see_their_own_writes_and_returning) {
  db().write([](WriteTx& tx) {
    const auto label = tx.one("INSERT INTO shelf (id, label) VALUES (1, 'a') RETURNING label", {},
                              [](const Row& row) { return row.text(0); });
    EXPECT_EQ(label, "a");
    EXPECT_EQ(tx.number("SELECT count(*) FROM shelf"), 1);
  });
}

TEST_P(Transactions, read_one_unchanging_view) {
  db().write([](WriteTx& tx) { put_shelf(tx, 1, "a"); });
  auto other = Database::open(settings(), scratch_migrations(GetParam()));
  db().read([&](ReadTx& tx) {
    EXPECT_EQ(tx.number("SELECT count(*) FROM shelf"), 1);
    other->write([](WriteTx& write) { put_shelf(write, 2, "b"); });
    EXPECT_EQ(tx.number("SELECT count(*) FROM shelf"), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, of_reading_cannot_write_even_by_a_trick) {
  EXPECT_THROW(db().read([](ReadTx& tx) { tx.exists("INSERT INTO shelf (id, label) VALUES (1, 'a') RETURNING id"); }),
               Failure);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, allow_reading_inside_each_but_no_change) {
  db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    put_shelf(tx, 2, "b");
    int seen = 0;
    tx.each("SELECT id FROM shelf ORDER BY id", {}, [&](const Row&) {
      tx.each("SELECT id FROM shelf ORDER BY id", {}, [&](const Row&) { ++seen; });
    });
    EXPECT_EQ(seen, 4);
  });
  EXPECT_THROW(db().write([](WriteTx& tx) {
    tx.each("SELECT id FROM shelf", {}, [&](const Row& row) { tx.run("DELETE FROM shelf WHERE id = $1", params(row.i64(0))); });
  }), Misuse);
  EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, cannot_be_nested) {
  EXPECT_THROW(db().write([&](WriteTx&) { db().write([](WriteTx&) {}); }), Misuse);
  EXPECT_THROW(db().read([&](ReadTx&) { count(); }), Misuse);
  EXPECT_EQ(count(), 0) << "and the next one is fine";
}

TEST_P(Transactions, find_one_or_none_and_refuse_several) {
  db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    put_shelf(tx, 2, "b");
  });
  const auto label = [](const Row& row) { return row.text(0); };
  db().read([&](ReadTx& tx) {
    EXPECT_EQ(tx.one("SELECT label FROM shelf WHERE id = 1", {}, label), "a");
    EXPECT_EQ(tx.one("SELECT label FROM shelf WHERE id = 3", {}, label), std::nullopt);
    EXPECT_THROW(tx.one("SELECT label FROM shelf", {}, label), Misuse);
    EXPECT_THROW(tx.number("SELECT id FROM shelf WHERE id = 3"), Misuse);
  });
}

TEST_P(Transactions, are_lost_after_a_failed_statement_even_when_the_closure_goes_on) {
  EXPECT_THROW(db().write([](WriteTx& tx) {
    put_shelf(tx, 1, "a");
    try {
      put_shelf(tx, 2, "a");
    } catch (const ConstraintViolation&) {
    }
  }), ConstraintViolation);
  EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, may_answer_a_failed_statement_with_an_error) {
  const auto result = db().write([](WriteTx& tx) -> Result<> {
    put_shelf(tx, 1, "a");
    try {
      put_shelf(tx, 2, "a");
    } catch (const ConstraintViolation&) {
      return fail(ErrorCode::conflict, "同じ名前があります。");
    }
    return {};
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::conflict);
  EXPECT_EQ(count(), 0);
}

class Constraints : public Scratch {
 protected:
  void expect(ConstraintKind kind, const std::string& name, PlainSql sql) {
    try {
      db().write([&](WriteTx& tx) { tx.run(sql); });
      ADD_FAILURE() << "nothing was broken by " << sql.text();
    } catch (const ConstraintViolation& broken) {
      EXPECT_EQ(broken.kind(), kind) << sql.text();
      EXPECT_EQ(broken.name(), name) << sql.text();
    }
  }
};
KASANE_EVERY_ENGINE(Constraints);

TEST_P(Constraints, have_the_same_names_on_both_engines) {
  db().write([](WriteTx& tx) {
    tx.run("INSERT INTO shelf (id, label) VALUES (1, 'a')");
    tx.run("INSERT INTO thing (id, shelf_id, title) VALUES (1, 1, 't')");
    tx.run("INSERT INTO plain_key (a, b, c) VALUES (1, 1, 1)");
    tx.run("INSERT INTO command (command_id, account_id, at, result) VALUES ('c', 1, 1, '')");
  });
  using enum ConstraintKind;
  expect(unique, "shelf_label_once", "INSERT INTO shelf (id, label) VALUES (2, 'a')");
  expect(unique, "shelf_pkey", "INSERT INTO shelf (id, label) VALUES (1, 'b')");
  expect(unique, "thing_title_once", "INSERT INTO thing (id, shelf_id, title) VALUES (2, 1, 't')");
  expect(unique, "plain_key_pkey", "INSERT INTO plain_key (a, b, c) VALUES (1, 1, 2)");
  expect(unique, "plain_key_c_key", "INSERT INTO plain_key (a, b, c) VALUES (1, 2, 1)");
  expect(unique, "command_once", "INSERT INTO command (command_id, account_id, at, result) VALUES ('c', 2, 1, '')");
  expect(check, "thing_number_small", "UPDATE thing SET number = 1000000000000000");
  expect(not_null, "shelf.label", "INSERT INTO shelf (id) VALUES (3)");
  const bool sqlite = GetParam() == Engine::sqlite;
  expect(foreign_key, sqlite ? "" : "thing_stands_on_shelf", "INSERT INTO thing (id, shelf_id) VALUES (3, 77)");
}

}  // namespace
}  // namespace kasane::db
