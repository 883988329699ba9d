// What is the same for both engines: opening, and keeping closures from being nested.
#include "db/database.hpp"

#include <algorithm>

#include "db/connection.hpp"
#include "db/engines.hpp"

namespace kasane::db {

Settings settings_for(std::string_view location) {
  Settings settings;
  settings.location = location;
  const bool postgres = location.starts_with("postgresql://") || location.starts_with("postgres://");
  settings.engine = postgres ? Engine::postgres : Engine::sqlite;
  return settings;
}

std::unique_ptr<Database> Database::open(const Settings& settings) {
  return open(settings, migrations_for(settings.migrations, settings.engine));
}

std::unique_ptr<Database> Database::open(const Settings& settings, const std::vector<Migration>& migrations) {
  switch (settings.engine) {
    case Engine::sqlite: return detail::open_sqlite(settings, migrations);
    case Engine::postgres: return detail::open_postgres(settings, migrations);
  }
  throw Misuse("unknown engine");
}

/// A nested closure would wait for the writer that waits for it, or see another state of the data.
class Database::Inside {
 public:
  explicit Inside(const Database* database) { open().push_back(database); }
  ~Inside() { open().pop_back(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  static void forbid(const Database* database) {
    if (std::find(open().begin(), open().end(), database) == open().end()) return;
    throw Misuse("read or write inside a closure of the same database: pass the transaction on instead");
  }

 private:
  static std::vector<const Database*>& open() {
    thread_local std::vector<const Database*> databases;
    return databases;
  }
};

void Database::run_read(ReadJob job) {
  Inside::forbid(this);
  read_job([&](ReadTx& tx) {
    const Inside inside(this);
    job(tx);
  });
}

void Database::run_write(WriteJob job) {
  Inside::forbid(this);
  write_job([&](WriteTx& tx) {
    const Inside inside(this);
    return job(tx);
  });
}

void Database::submit(std::function<void(WriteTx&)> job, std::function<void(std::exception_ptr)> done) {
  submit_job(
      [this, job = std::move(job)](WriteTx& tx) {
        const Inside inside(this);
        job(tx);
        return true;
      },
      std::move(done));
}

void Database::run_read_transaction(detail::Connection& connection, ReadJob job) {
  connection.begin_read();
  try {
    ReadTx tx(connection);
    job(tx);
  } catch (...) {
    connection.roll_back();
    throw;
  }
  connection.roll_back();
}

}  // namespace kasane::db
