// Databases for tests. Migrating takes a while, so each process migrates once per engine and set of migrations into
// a template, and every test gets a copy.
#include "db/testing.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <mutex>

#include "base/ids.hpp"
#include "db/postgres_connection.hpp"

namespace kasane::db {

namespace {
namespace fs = std::filesystem;

const char* server() { return std::getenv("KASANE_TEST_PG"); }

std::string fresh_name() { return "kasane_test_" + std::to_string(::getpid()) + "_" + id_text(next_id()); }

void on_server(const std::string& sql) {
  detail::PostgresConnection connection({server()});
  connection.control(sql.c_str());
}

/// The same server, another database: the last word in a conninfo counts.
std::string conninfo_of(const std::string& name) { return std::string(server()) + " dbname=" + name; }
std::string name_in(const std::string& conninfo) { return conninfo.substr(conninfo.rfind("dbname=") + 7); }

Settings settings_at(Engine engine, std::string location, std::string_view migrations) {
  Settings settings;
  settings.engine = engine;
  settings.location = std::move(location);
  settings.migrations = migrations;
  return settings;
}

std::string make_folder() {
  auto folder = (fs::temp_directory_path() / fresh_name()).string();
  fs::create_directories(folder);
  return folder;
}

std::string empty_place(Engine engine) {
  if (engine == Engine::sqlite) return make_folder() + "/city.db";
  const auto name = fresh_name();
  on_server("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
  return conninfo_of(name);
}

void remove_place(const Settings& settings) noexcept {
  try {
    if (settings.engine == Engine::sqlite) fs::remove_all(fs::path(settings.location).parent_path());
    else on_server("DROP DATABASE IF EXISTS " + name_in(settings.location) + " WITH (FORCE)");
  } catch (const std::exception&) {
    // What cannot be removed now goes with the temporary folder or the temporary server.
  }
}

/// A migrated database that is copied and never used itself.
class Template {
 public:
  Template(Engine engine, std::string_view migrations)
      : settings_(settings_at(engine, empty_place(engine), migrations)), owner_(::getpid()) {
    Database::open(settings_);  // and closes it again
  }
  ~Template() {
    if (::getpid() == owner_) remove_place(settings_);  // not in a forked child
  }
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;

  Settings copy() const {
    auto copy = settings_;
    if (settings_.engine == Engine::sqlite) {
      copy.location = make_folder() + "/city.db";
      fs::copy_file(settings_.location, copy.location);
    } else {
      const auto name = fresh_name();
      on_server("CREATE DATABASE " + name + " TEMPLATE " + name_in(settings_.location));
      copy.location = conninfo_of(name);
    }
    return copy;
  }

 private:
  Settings settings_;
  pid_t owner_;
};

Settings migrated_copy(Engine engine, std::string_view migrations) {
  static std::mutex mutex;
  static std::map<std::pair<Engine, std::string>, std::unique_ptr<Template>> templates;
  std::lock_guard lock(mutex);
  auto& made = templates[{engine, std::string(migrations)}];
  if (!made) made = std::make_unique<Template>(engine, migrations);
  return made->copy();
}
}  // namespace

std::vector<Engine> test_engines() {
  return server() ? std::vector{Engine::sqlite, Engine::postgres} : std::vector{Engine::sqlite};
}

TestDatabase::TestDatabase(Engine engine, std::string_view migrations)
    : settings_(migrated_copy(engine, migrations)), database_(Database::open(settings_)) {}

TestDatabase::~TestDatabase() {
  database_.reset();
  remove_place(settings_);
}

void TestDatabase::reopen() { reopen(settings_); }

void TestDatabase::reopen(const Settings& settings) {
  database_.reset();
  database_ = Database::open(settings);
}

TestPlace::TestPlace(Engine engine) : settings_(settings_at(engine, empty_place(engine), kCityMigrations)) {}

TestPlace::~TestPlace() { remove_place(settings_); }

}  // namespace kasane::db
