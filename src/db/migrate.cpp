// Applies migrations. What is already there is compared by checksum: a file that was changed after the fact would
// leave databases that look alike and are not.
#include "db/migrate.hpp"

#include <map>

#include "base/clock.hpp"

namespace kasane::db::detail {

namespace {
struct Applied {
  int version;
  std::string checksum;
};

void query(Connection& connection, const char* sql, const Params& params, ReadTx::OnRow on_row) {
  connection.query(sql, Text::plain, params, on_row);
}

std::map<std::string, Applied> applied_before(Connection& connection) {
  std::map<std::string, Applied> applied;
  query(connection, "SELECT name, version, checksum FROM schema_migration", {}, [&](const Row& row) {
    applied[row.text(0)] = {static_cast<int>(row.i64(1)), row.text(2)};
  });
  return applied;
}

void require_known(const std::map<std::string, Applied>& applied, const std::vector<Migration>& migrations) {
  for (const auto& [name, was] : applied) {
    bool known = false;
    for (const auto& migration : migrations) known = known || migration.name == name;
    if (!known) {
      throw OpenError("このデータベースは、このプログラムより新しい版で使われています(移行 " + name +
                      ")。プログラムを新しい版にしてください。");
    }
  }
}

void require_unchanged(const Migration& migration, const Applied& was) {
  if (was.checksum == migration_checksum(migration.sql)) return;
  throw OpenError("移行ファイル " + migration.name +
                  " は、このデータベースに適用した後で書き換えられています。適用した時の内容に戻し、変更は新しい番号の"
                  "ファイルに書いてください。");
}

bool was_ever_migrated(Connection& connection) {
  bool found = false;
  const char* sql = connection.engine() == Engine::sqlite ? "SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'"
                                                          : "SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL";
  query(connection, sql, {}, [&](const Row&) { found = true; });
  return found;
}

/// With foreign keys off (tables may be rebuilt), what they would have said is asked for at the end.
void require_intact_references(Connection& connection, const Migration& migration) {
  if (connection.engine() != Engine::sqlite) return;
  query(connection, "PRAGMA foreign_key_check", {}, [&](const Row& row) {
    throw OpenError("移行ファイル " + migration.name + " の後、表 " + row.text(0) + " の参照先がありません。");
  });
}

void run_file(Connection& connection, const Migration& migration) {
  if (connection.engine() == Engine::postgres) connection.control("SET LOCAL statement_timeout=0");
  connection.control(expand_tokens(migration.sql, connection.engine()).c_str());
  require_intact_references(connection, migration);
  connection.change("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                    Text::plain,
                    params(migration.version, migration.name, migration_checksum(migration.sql), SystemClock{}.now()));
}

void apply(Connection& connection, const Migration& migration) {
  connection.begin_write();
  try {
    // Looked at again inside the transaction: another program may have started at the same time.
    const auto applied = applied_before(connection);
    if (const auto was = applied.find(migration.name); was != applied.end()) {
      require_unchanged(migration, was->second);
    } else {
      run_file(connection, migration);
    }
    connection.commit();
  } catch (const OpenError&) {
    connection.roll_back();
    throw;
  } catch (const Failure& failure) {
    connection.roll_back();
    throw OpenError("移行ファイル " + migration.name + " を適用できません: " + failure.what());
  }
}

/// Migrations run without foreign keys (SQLite, so that tables can be rebuilt) and, on PostgreSQL, one program at a
/// time. The connection is closed afterwards, so its other settings need not come back.
void prepare_for_migrating(Connection& connection) {
  if (connection.engine() == Engine::sqlite) {
    connection.control("PRAGMA foreign_keys=OFF");
  } else {
    connection.control("SET lock_timeout=0; SET statement_timeout=0; SELECT pg_advisory_lock(7236101)");
  }
}

constexpr const char* kOwnTable =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " version {{i64}} NOT NULL, name {{text}} PRIMARY KEY, checksum {{text}} NOT NULL, applied_at {{i64}} NOT NULL"
    ") {{strict}}";
}  // namespace

void require_migratable(Connection& connection, const std::vector<Migration>& migrations) {
  if (!was_ever_migrated(connection)) return;
  const auto applied = applied_before(connection);
  require_known(applied, migrations);
  for (const auto& migration : migrations)
    if (const auto was = applied.find(migration.name); was != applied.end()) require_unchanged(migration, was->second);
}

void migrate(Connection& connection, const std::vector<Migration>& migrations) {
  prepare_for_migrating(connection);
  connection.control(expand_tokens(kOwnTable, connection.engine()).c_str());
  const auto applied = applied_before(connection);
  require_known(applied, migrations);
  for (const auto& migration : migrations) {
    const auto was = applied.find(migration.name);
    if (was == applied.end()) apply(connection, migration);
    else require_unchanged(migration, was->second);
  }
}

}  // namespace kasane::db::detail
