// See the header.
#include "db/testing_postgres.hpp"

#include <unistd.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/ids.hpp"
#include "db/database.hpp"
#include "db/postgres_connection.hpp"

namespace kasane::db::detail {

namespace {
std::string server() { return std::getenv("KASANE_TEST_PG"); }

void run_on(const std::string& conninfo, const std::string& sql) {
  PostgresConnection connection({.conninfo = conninfo});
  connection.control(sql.c_str());
}

/// The process's own database, dropped when the process ends. The last dbname in a conninfo counts.
class OwnDatabase {
 public:
  OwnDatabase()
      : name_("kasane_test_" + std::to_string(::getpid()) + "_" + id_text(next_id())), owner_(::getpid()) {
    run_on(server(), "CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
  }
  ~OwnDatabase() {
    if (::getpid() != owner_) return;  // a forked child leaves it to its parent
    try {
      run_on(server(), "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {
      // It goes with the temporary server.
    }
  }
  OwnDatabase(const OwnDatabase&) = delete;
  OwnDatabase& operator=(const OwnDatabase&) = delete;
  std::string conninfo() const { return server() + " dbname=" + name_; }
  /// On a connection that is kept: connecting is what costs.
  void run(const std::string& sql) {
    std::lock_guard lock(mutex_);
    if (!connection_ || !connection_->still_there()) {
      connection_ = std::make_unique<PostgresConnection>(
          PostgresOptions{.conninfo = conninfo() + " application_name=kasane_test_admin", .lock_timeout = std::chrono::milliseconds(1'000)});
    }
    connection_->control(sql.c_str());
  }

 private:
  std::string name_;
  pid_t owner_;
  std::mutex mutex_;
  std::unique_ptr<PostgresConnection> connection_;
};

OwnDatabase& own_database() {
  static OwnDatabase database;
  return database;
}

constexpr std::string_view kSearchPath = " options=-csearch_path=";

std::string schema_in(const std::string& conninfo) {
  return conninfo.substr(conninfo.rfind(kSearchPath) + kSearchPath.size());
}

struct Stock {
  std::string original;            // never used itself
  std::vector<std::string> ready;  // emptied after an earlier test
};

std::mutex& stock_mutex() {
  static std::mutex mutex;
  return mutex;
}

std::string new_migrated_schema(std::string_view migrations) {
  Settings settings;
  settings.engine = Engine::postgres;
  settings.location = empty_test_schema();
  settings.migrations = migrations;
  Database::open(settings);
  return settings.location;
}

Stock& stock_of(std::string_view migrations) {
  static std::map<std::string, Stock, std::less<>> stocks;
  auto& stock = stocks[std::string(migrations)];
  if (stock.original.empty()) stock.original = new_migrated_schema(migrations);
  return stock;
}

/// Brings every table of the schema back to the original's rows, or fails where tables differ.
std::string reset_statement(const std::string& schema, const std::string& original) {
  const auto shape = [](const std::string& of) {
    return "(SELECT string_agg(relname || relkind || relnatts, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = '" +
           of + "'::regnamespace)";
  };
  return "DO $$ DECLARE name text; filled boolean; BEGIN SET LOCAL session_replication_role = 'replica'; IF " +
         shape(schema) + " IS DISTINCT FROM " + shape(original) +
         " THEN RAISE 'the test changed tables'; END IF; FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '" +
         original + "' LOOP EXECUTE format('DELETE FROM " + schema + ".%I', name); EXECUTE format('SELECT EXISTS (SELECT 1 FROM " +
         original + ".%I)', name) INTO filled; IF filled THEN EXECUTE format('INSERT INTO " + schema +
         ".%I SELECT * FROM " + original + ".%I', name, name); END IF; END LOOP; END $$";
}
}  // namespace

bool have_test_server() { return std::getenv("KASANE_TEST_PG") != nullptr; }

void on_test_server(const std::string& sql) { run_on(server(), sql); }

std::string empty_test_schema() {
  const std::string schema = "s_" + id_text(next_id());
  own_database().run("CREATE SCHEMA " + schema);
  return own_database().conninfo() + std::string(kSearchPath) + schema;
}

void drop_test_schema(const std::string& conninfo) noexcept {
  try {
    own_database().run("DROP SCHEMA " + schema_in(conninfo) + " CASCADE");
  } catch (const std::exception&) {
    // It goes with the database.
  }
}

std::string migrated_test_schema(std::string_view migrations) {
  std::lock_guard lock(stock_mutex());
  auto& stock = stock_of(migrations);
  if (stock.ready.empty()) return new_migrated_schema(migrations);
  auto schema = std::move(stock.ready.back());
  stock.ready.pop_back();
  return schema;
}

void recycle_test_schema(const std::string& conninfo, std::string_view migrations) noexcept {
  try {
    std::lock_guard lock(stock_mutex());
    auto& stock = stock_of(migrations);
    own_database().run(reset_statement(schema_in(conninfo), schema_in(stock.original)));
    stock.ready.push_back(conninfo);
  } catch (const std::exception&) {
    drop_test_schema(conninfo);
  }
}

}  // namespace kasane::db::detail
