// For tests of stores and services: a fresh, migrated database on every engine.
//
//   class ReferralStore : public db::EngineTest {};
//   KASANE_EVERY_ENGINE(ReferralStore);
//   TEST_P(ReferralStore, keeps_the_sender) { db().write([](db::WriteTx& tx) { ... }); }
//
// SQLite always; PostgreSQL when the environment's KASANE_TEST_PG names a server (libpq conninfo) on which databases
// may be made. ./do test starts one with tools/pg_cluster.sh.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "db/database.hpp"

namespace kasane::db {

/// A database of its own, gone when this goes. Migrated once per process and then copied.
class TestDatabase {
 public:
  explicit TestDatabase(Engine engine = Engine::sqlite, std::string_view migrations = kCityMigrations);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const Settings& settings() const { return settings_; }
  /// Closes and opens it again, as after a restart; with other settings but the same data if given.
  void reopen();
  void reopen(const Settings& settings);

 private:
  Settings settings_;
  std::unique_ptr<Database> database_;
};

/// An empty place (no tables, not migrated) for tests of opening. SQLite: a file name in a new folder.
class TestPlace {
 public:
  explicit TestPlace(Engine engine);
  ~TestPlace();
  TestPlace(const TestPlace&) = delete;
  TestPlace& operator=(const TestPlace&) = delete;
  const Settings& settings() const { return settings_; }

 private:
  Settings settings_;
};

/// SQLite, and PostgreSQL when KASANE_TEST_PG is set.
std::vector<Engine> test_engines();

class EngineTest : public ::testing::TestWithParam<Engine> {
 protected:
  Database& db() { return *database_; }
  TestDatabase& test_database() { return database_; }

 private:
  TestDatabase database_{GetParam()};
};

#define KASANE_EVERY_ENGINE(Suite)                                                                    \
  INSTANTIATE_TEST_SUITE_P(on, Suite, ::testing::ValuesIn(::kasane::db::test_engines()),              \
                           [](const ::testing::TestParamInfo<::kasane::db::Engine>& info_) {          \
                             return info_.param == ::kasane::db::Engine::sqlite ? "sqlite" : "postgres"; \
                           })

}  // namespace kasane::db
