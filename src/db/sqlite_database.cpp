// A SQLite file: many readers, one writer that groups, and a thread that checkpoints.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "db/connection_pool.hpp"
#include "db/engines.hpp"
#include "db/group_writer.hpp"
#include "db/lack.hpp"
#include "db/migrate.hpp"
#include "db/sqlite_checkpointer.hpp"
#include "db/sqlite_connection.hpp"

namespace kasane::db::detail {

namespace {
/// Personal data is in it, so only the owner may read it; SQLite gives the log files the same rights.
void make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw OpenError("データベースのファイルを開けません: " + path + " (" + std::strerror(errno) + ")");
  ::close(file);
}

/// SQLite does not sync such a copy.
void sync_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced) throw Lacking(Lack::damaged, std::string("the copy did not reach the disk: ") + std::strerror(errno));
}

SqliteOptions options_of(const Settings& settings) {
  return {.path = settings.location, .busy_timeout = settings.busy_timeout, .max_bytes = settings.max_bytes};
}

/// Cutting the log holds up writers while it waits for readers, so it must not wait for long.
SqliteOptions checkpointer_options(const Settings& settings) {
  auto options = options_of(settings);
  options.busy_timeout = std::min(options.busy_timeout, std::chrono::milliseconds(200));
  return options;
}

/// Runs `job` on a connection of its own; what fails is told in words for the operator.
void opening(const Settings& settings, function_ref<void(SqliteConnection&)> job) {
  try {
    SqliteConnection connection(options_of(settings));
    job(connection);
  } catch (const OpenError&) {
    throw;
  } catch (const Failure& failure) {
    throw OpenError("データベースを開けません: " + settings.location + " (" + failure.what() + ")");
  }
}

void migrate_file(const Settings& settings, const std::vector<Migration>& migrations) {
  make_private_file(settings.location);
  opening(settings, [&](SqliteConnection& connection) { migrate(connection, migrations); });
}

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const Settings& settings)
      : settings_(settings),
        checkpointer_(checkpointer_options(settings)),
        readers_([this] { return open_reader(); }, settings.connections, settings.pool_wait),
        writer_([this] { return open_writer(); }, settings.queue_limit) {}

  Engine engine() const override { return Engine::sqlite; }
  void checkpoint() override { checkpointer_.empty_log(); }
  void backup_to(const std::filesystem::path& target) override {
    SqliteConnection connection(options_of(settings_));
    make_private_file(target.string());
    connection.copy_to(target.string());
    sync_file(target.string());
  }
  StatementInfo describe(std::string_view sql) override { return readers_.take()->describe(sql); }

 private:
  void read_job(ReadJob job) override {
    const auto connection = readers_.take();
    run_read_transaction(*connection, job);
  }
  void write_job(WriteJob job) override { writer_.run(job); }
  void submit_job(std::function<bool(WriteTx&)> job, std::function<void(std::exception_ptr)> done) override {
    writer_.submit(std::move(job), std::move(done));
  }

  std::unique_ptr<Connection> open_reader() {
    auto options = options_of(settings_);
    options.read_only = true;
    return std::make_unique<SqliteConnection>(std::move(options));
  }
  std::unique_ptr<Connection> open_writer() {
    auto options = options_of(settings_);
    options.on_log_pages = [this](int pages) { checkpointer_.log_has(pages); };
    auto connection = std::make_unique<SqliteConnection>(std::move(options));
    if (opened_before_) connection->prove_writable();
    opened_before_ = true;
    return connection;
  }

  Settings settings_;
  bool opened_before_ = false;  // a writer opened again follows a failure
  SqliteCheckpointer checkpointer_;
  ConnectionPool readers_;
  GroupWriter writer_;  // goes first: it still writes what is queued
};
}  // namespace

std::unique_ptr<Database> open_sqlite_as_it_is(const Settings& settings) { return std::make_unique<SqliteDatabase>(settings); }

void require_openable_sqlite(const Settings& settings, const std::vector<Migration>& migrations) {
  if (::access(settings.location.c_str(), F_OK) != 0) return;  // it will be made
  opening(settings, [&](SqliteConnection& connection) { require_migratable(connection, migrations); });
}

std::unique_ptr<Database> open_sqlite(const Settings& settings, const std::vector<Migration>& migrations) {
  migrate_file(settings, migrations);
  return std::make_unique<SqliteDatabase>(settings);
}

}  // namespace kasane::db::detail
