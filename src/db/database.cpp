// What is the same for both engines: opening, and keeping closures from being nested.
#include "db/database.hpp"

#include <libpq-fe.h>

#include <algorithm>

#include "db/connection.hpp"
#include "db/engines.hpp"

namespace kasane::db {

namespace {

[[noreturn]] void refuse_location() {
  // The text itself may hold a password.
  throw OpenError("データベースの場所が読み取れません。SQLiteはファイルの道順（/var/lib/kasane/city.db のように）、PostgreSQLは postgresql://… か「host=… dbname=…」の形で書いてください。");
}

/// libpq knows the scheme in small letters only.
std::string with_small_scheme(std::string_view location) {
  std::string text(location);
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find("://"));
  std::transform(text.begin(), end, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool is_postgres_uri(std::string_view text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }

/// Whether libpq understands it and it says which database.
bool is_conninfo(const std::string& text) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(text.c_str(), nullptr), &PQconninfoFree);
  if (!options) return false;
  for (const PQconninfoOption* o = options.get(); o->keyword != nullptr; ++o) {
    const std::string_view keyword = o->keyword;
    if ((keyword == "dbname" || keyword == "service") && o->val != nullptr && *o->val != '\0') return true;
  }
  return false;
}

/// Absolute, or relative and certainly meant as a file: not the name of a database, a scheme or half a conninfo.
bool is_file_path(std::string_view text) {
  if (text.find_first_of(":=?\n") != std::string_view::npos || text.empty() || text.back() == '/') return false;
  return text.find('/') != std::string_view::npos || text.ends_with(".db") || text.ends_with(".sqlite");
}

}  // namespace

Settings settings_for(std::string_view location) {
  Settings settings;
  const bool has_scheme = location.find("://") != std::string_view::npos;
  settings.location = has_scheme ? with_small_scheme(location) : std::string(location);
  const bool postgres = has_scheme ? is_postgres_uri(settings.location) : location.find('=') != std::string_view::npos && is_conninfo(settings.location);
  if (!postgres && !is_file_path(location)) refuse_location();
  if (has_scheme && !is_conninfo(settings.location)) refuse_location();
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
