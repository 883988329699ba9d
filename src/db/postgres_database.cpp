// A PostgreSQL database: a bounded pool for everything; writes that lost a race run again.
#include <mutex>

#include "db/connection_pool.hpp"
#include "db/engines.hpp"
#include "db/group_writer.hpp"
#include "db/migrate.hpp"
#include "db/postgres_connection.hpp"

namespace kasane::db::detail {

namespace {
PostgresOptions options_of(const Settings& settings) {
  return {settings.location, settings.statement_timeout, settings.busy_timeout};
}

/// Text must sort and compare as in C++ and SQLite, byte by byte.
void require_plain_collation(Connection& connection) {
  std::string encoding, collation;
  connection.query("SELECT CAST(pg_encoding_to_char(encoding) AS TEXT), CAST(datcollate AS TEXT) FROM pg_database"
                   " WHERE datname = current_database()",
                   Text::plain, {}, [&](const Row& row) {
                     encoding = row.text(0);
                     collation = row.text(1);
                   });
  if (encoding == "UTF8" && (collation == "C" || collation == "POSIX")) return;
  throw OpenError("データベースの文字の設定が違います(文字コード " + encoding + "、照合順序 " + collation +
                  ")。次のように作ってください: CREATE DATABASE 名前 TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' "
                  "LC_CTYPE 'C'");
}

/// Runs `job` on a connection of its own; what fails is told in words for the operator.
void opening(const Settings& settings, function_ref<void(PostgresConnection&)> job) {
  try {
    PostgresConnection connection(options_of(settings));
    require_plain_collation(connection);
    job(connection);
  } catch (const OpenError&) {
    throw;
  } catch (const Failure& failure) {
    throw OpenError(std::string("PostgreSQL のデータベースを開けません: ") + failure.what());
  }
}

void migrate_server(const Settings& settings, const std::vector<Migration>& migrations) {
  opening(settings, [&](PostgresConnection& connection) { migrate(connection, migrations); });
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const Settings& settings)
      : settings_(settings),
        connections_([this] { return open(); }, settings.connections, settings.pool_wait) {}

  Engine engine() const override { return Engine::postgres; }
  void checkpoint() override {}  // the server does
  void backup_to(const std::filesystem::path&) override { throw Misuse("PostgreSQL is backed up with pg_dump"); }
  StatementInfo describe(std::string_view sql) override { return connections_.take()->describe(sql); }

 private:
  void read_job(ReadJob job) override {
    with_retries([&] {
      const auto connection = connections_.take();
      run_read_transaction(*connection, job);
    });
  }
  void write_job(WriteJob job) override {
    with_retries([&] {
      const auto connection = connections_.take();
      run_transaction(*connection, job);
    });
  }
  void submit_job(std::function<bool(WriteTx&)> job, std::function<void(std::exception_ptr)> done) override {
    std::call_once(writer_needed_, [&] {
      writer_ = std::make_unique<GroupWriter>([this] { return open(); }, settings_.queue_limit);
    });
    writer_->submit(std::move(job), std::move(done));
  }
  std::unique_ptr<Connection> open() { return std::make_unique<PostgresConnection>(options_of(settings_)); }

  Settings settings_;
  ConnectionPool connections_;
  std::once_flag writer_needed_;
  std::unique_ptr<GroupWriter> writer_;  // for submit() only
};
}  // namespace

std::unique_ptr<Database> open_postgres_as_it_is(const Settings& settings) { return std::make_unique<PostgresDatabase>(settings); }

void require_openable_postgres(const Settings& settings, const std::vector<Migration>& migrations) {
  opening(settings, [&](PostgresConnection& connection) { require_migratable(connection, migrations); });
}

std::unique_ptr<Database> open_postgres(const Settings& settings, const std::vector<Migration>& migrations) {
  migrate_server(settings, migrations);
  return std::make_unique<PostgresDatabase>(settings);
}

}  // namespace kasane::db::detail
