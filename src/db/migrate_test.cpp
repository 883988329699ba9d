// Opening and migrating, on both engines.
#include <unistd.h>

#include <atomic>
#include <thread>

#include "db/testing.hpp"
#include "db/testing_postgres.hpp"

namespace kasane::db {
namespace {

class Opening : public ::testing::TestWithParam<Engine> {
 protected:
  std::unique_ptr<Database> open(const std::vector<Migration>& migrations) {
    return Database::open(place_.settings(), migrations);
  }
  std::string refusal(const std::vector<Migration>& migrations) {
    try {
      open(migrations);
    } catch (const OpenError& error) {
      return error.what();
    }
    return {};
  }
  const Settings& settings() const { return place_.settings(); }

 private:
  TestPlace place_{GetParam()};
};
KASANE_EVERY_ENGINE(Opening);

const Migration kFirst{1, "001_a.sql", "CREATE TABLE a (id {{i64}} PRIMARY KEY) {{strict}}; INSERT INTO a (id) VALUES (1);"};
const Migration kSecond{2, "002_b.sql", "CREATE TABLE b (id {{i64}} PRIMARY KEY) {{strict}};"};

std::int64_t count_a(Database& database) {
  return database.read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM a"); });
}

TEST_P(Opening, applies_each_migration_once) {
  EXPECT_EQ(count_a(*open({kFirst})), 1);
  auto again = open({kFirst, kSecond});
  EXPECT_EQ(count_a(*again), 1);
  again->read([](ReadTx& tx) {
    EXPECT_EQ(tx.number("SELECT count(*) FROM b"), 0);
    const auto names = tx.list("SELECT name FROM schema_migration WHERE applied_at > 0 ORDER BY version", {},
                               [](const Row& row) { return row.text(0); });
    EXPECT_EQ(names, (std::vector<std::string>{"001_a.sql", "002_b.sql"}));
  });
}

TEST_P(Opening, stops_when_a_migration_was_changed_after_it_had_been_applied) {
  open({kFirst});
  auto changed = kFirst;
  changed.sql += " ";
  EXPECT_NE(refusal({changed}).find("001_a.sql は、このデータベースに適用した後で書き換えられています"), std::string::npos);
  EXPECT_EQ(refusal({kFirst}), "");
}

TEST_P(Opening, stops_when_the_database_is_newer_than_the_program) {
  open({kFirst, kSecond});
  EXPECT_NE(refusal({kFirst}).find("新しい版"), std::string::npos);
}

TEST_P(Opening, undoes_a_migration_that_fails_and_keeps_those_before_it) {
  const Migration bad{2, "002_b.sql", "CREATE TABLE b (id {{i64}}); INSERT INTO nowhere VALUES (1);"};
  EXPECT_NE(refusal({kFirst, bad}).find("002_b.sql を適用できません"), std::string::npos);
  EXPECT_EQ(count_a(*open({kFirst, kSecond})), 1) << "b is made as if nothing had happened";
}

TEST_P(Opening, notices_references_that_a_migration_leaves_dangling) {
  const Migration bad{2, "002_b.sql",
                      "CREATE TABLE b (id {{i64}} PRIMARY KEY REFERENCES a (id)) {{strict}}; INSERT INTO b VALUES (5);"};
  EXPECT_NE(refusal({kFirst, bad}).find("002_b.sql"), std::string::npos);
}

TEST_P(Opening, by_several_programs_at_once_migrates_once) {
  std::vector<std::thread> programs;
  std::atomic<int> opened = 0;
  for (int n = 0; n < 3; ++n) {
    programs.emplace_back([&] {
      open({kFirst, kSecond});
      ++opened;
    });
  }
  for (auto& program : programs) program.join();
  EXPECT_EQ(opened, 3);
  EXPECT_EQ(count_a(*open({kFirst, kSecond})), 1);
}

TEST_P(Opening, tells_what_it_cannot_open) {
  auto nowhere = settings();
  nowhere.location = GetParam() == Engine::sqlite ? "/nonexistent/folder/city.db" : "host=/nonexistent dbname=x";
  EXPECT_THROW(Database::open(nowhere), OpenError);
}

TEST_P(Opening, takes_the_embedded_migrations_of_the_set_it_is_told) {
  auto database = Database::open(settings());
  EXPECT_EQ(database->read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM command"); }), 0);
  EXPECT_EQ(database->engine(), GetParam());
}

TEST(Settings, are_told_apart_by_the_start_of_the_location) {
  EXPECT_EQ(settings_for("/var/lib/kasane/city.db").engine, Engine::sqlite);
  EXPECT_EQ(settings_for("postgresql://kasane@db/city").engine, Engine::postgres);
  EXPECT_EQ(settings_for("postgres:///city").engine, Engine::postgres);
  EXPECT_EQ(settings_for("PostgreSQL://db/city").location, "postgresql://db/city");
  EXPECT_EQ(settings_for("host=/run/x user=kasane dbname=city").engine, Engine::postgres);
}

TEST(Settings, never_make_a_file_of_what_was_meant_as_something_else) {
  for (const char* text : {"", "postgres:city", "mysql://db/city", "postgresq://db/city", "city", "dbname=", "user=kasane", "dbname=x sslmod=on", "postgresql://db/city?sslmod=on", "/var/lib/"})
    EXPECT_THROW(settings_for(text), OpenError) << text;
}

TEST(PostgresOpening, refuses_a_database_with_other_characters) {
  const char* server = std::getenv("KASANE_TEST_PG");
  if (!server) GTEST_SKIP() << "no PostgreSQL here";
  Settings settings;
  settings.engine = Engine::postgres;
  const std::string name = "kasane_order_" + std::to_string(::getpid());
  detail::on_test_server("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
  settings.location = std::string(server) + " dbname=" + name;
  EXPECT_THROW(Database::open(settings), OpenError);
  detail::on_test_server("DROP DATABASE " + name);
}

}  // namespace
}  // namespace kasane::db
