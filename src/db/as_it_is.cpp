#include "db/as_it_is.hpp"

#include "base/clock.hpp"
#include "db/engines.hpp"

namespace kasane::db {

std::unique_ptr<Database> open_as_it_is(const Settings& settings) {
  try {
    return settings.engine == Engine::sqlite ? detail::open_sqlite_as_it_is(settings) : detail::open_postgres_as_it_is(settings);
  } catch (const OpenError&) {
    throw;
  } catch (const Failure& failure) {
    throw OpenError(std::string("データベースを開けません: ") + failure.what());
  }
}

void require_openable(const Settings& settings) { require_openable(settings, migrations_for(settings.migrations, settings.engine)); }

void require_openable(const Settings& settings, const std::vector<Migration>& migrations) {
  if (settings.engine == Engine::sqlite) detail::require_openable_sqlite(settings, migrations);
  else detail::require_openable_postgres(settings, migrations);
}

void prove_serving(Database& database) {
  database.write([](WriteTx& tx) {
    tx.run(R"sql(INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (0, 'health', '', $1))sql", params(SystemClock{}.now()));
    tx.run(R"sql(DELETE FROM schema_migration WHERE name = 'health')sql");
  });
  database.read([](ReadTx& tx) { return tx.number("SELECT count(*) FROM schema_migration"); });
}

}  // namespace kasane::db
