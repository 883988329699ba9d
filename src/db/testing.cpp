// Databases for tests. Migrating takes a while, so each process migrates once per set of migrations, and every test
// gets a copy of the file (SQLite) or a schema that an earlier test left (PostgreSQL).
#include "db/testing.hpp"

#include <unistd.h>

#include <filesystem>
#include <map>
#include <mutex>

#include "base/ids.hpp"
#include "db/testing_postgres.hpp"

namespace kasane::db {

namespace {
namespace fs = std::filesystem;

/// In memory where the system offers it: tests of stores do not test the disk.
fs::path folder_for_tests() {
  const fs::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

std::string new_file() {
  const auto folder = folder_for_tests() / ("kasane_test_" + std::to_string(::getpid()) + "_" + id_text(next_id()));
  fs::create_directories(folder);
  return (folder / "city.db").string();
}

void remove_file(const std::string& path) noexcept {
  std::error_code ignored;  // what cannot be removed goes with the temporary folder
  fs::remove_all(fs::path(path).parent_path(), ignored);
}

/// A migrated file that is copied and never used itself.
class OriginalFile {
 public:
  explicit OriginalFile(std::string_view migrations) : path_(new_file()), owner_(::getpid()) {
    Settings settings;
    settings.location = path_;
    settings.migrations = migrations;
    Database::open(settings);
  }
  ~OriginalFile() {
    if (::getpid() == owner_) remove_file(path_);  // a forked child leaves it to its parent
  }
  OriginalFile(const OriginalFile&) = delete;
  OriginalFile& operator=(const OriginalFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  pid_t owner_;
};

std::string migrated_file(std::string_view migrations) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<OriginalFile>, std::less<>> originals;
  std::lock_guard lock(mutex);
  auto& original = originals[std::string(migrations)];
  if (!original) original = std::make_unique<OriginalFile>(migrations);
  auto copy = new_file();
  fs::copy_file(original->path(), copy);
  return copy;
}

Settings settings_at(Engine engine, std::string location, std::string_view migrations) {
  Settings settings;
  settings.engine = engine;
  settings.location = std::move(location);
  settings.migrations = migrations;
  return settings;
}

std::string migrated_place(Engine engine, std::string_view migrations) {
  return engine == Engine::sqlite ? migrated_file(migrations) : detail::migrated_test_schema(migrations);
}
}  // namespace

std::vector<Engine> test_engines() {
  return detail::have_test_server() ? std::vector{Engine::sqlite, Engine::postgres} : std::vector{Engine::sqlite};
}

TestDatabase::TestDatabase(Engine engine, std::string_view migrations)
    : settings_(settings_at(engine, migrated_place(engine, migrations), migrations)),
      database_(Database::open(settings_)) {}

TestDatabase::~TestDatabase() {
  database_.reset();
  if (settings_.engine == Engine::sqlite) remove_file(settings_.location);
  else detail::recycle_test_schema(settings_.location, settings_.migrations);
}

void TestDatabase::reopen() { reopen(settings_); }

void TestDatabase::reopen(const Settings& settings) {
  database_.reset();
  database_ = Database::open(settings);
}

TestPlace::TestPlace(Engine engine)
    : settings_(settings_at(engine, engine == Engine::sqlite ? new_file() : detail::empty_test_schema(),
                            kCityMigrations)) {}

TestPlace::~TestPlace() {
  if (settings_.engine == Engine::sqlite) remove_file(settings_.location);
  else detail::drop_test_schema(settings_.location);
}

}  // namespace kasane::db
