// For the tests of this room: a database with a few small tables on every engine.
#pragma once
#include "db/testing.hpp"

namespace kasane::db {

inline std::vector<Migration> scratch_migrations(Engine engine) {
  auto all = migrations_for(kCityMigrations, engine);
  all.resize(1);  // 000_base.sql; the rooms' tables are not needed here
  all.push_back({901, "901_scratch.sql", R"sql(
CREATE TABLE shelf (
  id {{i64}} PRIMARY KEY,
  label {{text}} NOT NULL,
  CONSTRAINT shelf_label_once UNIQUE (label)
) {{strict}};
CREATE TABLE thing (
  id {{i64}} PRIMARY KEY,
  shelf_id {{i64}} CONSTRAINT thing_stands_on_shelf REFERENCES shelf (id),
  title {{text}},
  number {{i64}},
  flag {{bool}} NOT NULL DEFAULT FALSE,
  bytes {{blob}},
  made_on {{text}},
  pii_owner {{text}},
  version {{i64}} NOT NULL DEFAULT 1,
  CONSTRAINT thing_number_small CHECK (number < 1000000000000000)
) {{strict}};
CREATE UNIQUE INDEX thing_title_once ON thing (shelf_id, title);
CREATE TABLE plain_key (a {{i64}} NOT NULL, b {{i64}} NOT NULL, c {{i64}} UNIQUE, PRIMARY KEY (a, b)) {{strict}};
CREATE VIEW thing_overview AS SELECT id, CASE WHEN pii_owner IS NULL THEN 0 ELSE 1 END AS owned FROM thing;
)sql"});
  return all;
}

/// db() with the tables shelf, thing and plain_key; `place` outlives it.
class Scratch : public ::testing::TestWithParam<Engine> {
 protected:
  Scratch() : database_(Database::open(place_.settings(), scratch_migrations(GetParam()))) {}
  Database& db() { return *database_; }
  const Settings& settings() const { return place_.settings(); }
  void reopen(const Settings& with) {
    database_.reset();
    database_ = Database::open(with, scratch_migrations(GetParam()));
  }
  void close() { database_.reset(); }
  std::int64_t count(Database& in) {
    return in.read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM shelf"); });
  }
  std::int64_t count() { return count(db()); }

 private:
  TestPlace place_{GetParam()};
  std::unique_ptr<Database> database_;
};

}  // namespace kasane::db
