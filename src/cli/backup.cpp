// The copy is made beside its place and moved there when it is whole.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "cli/commands.hpp"
#include "db/as_it_is.hpp"

namespace kasane::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& sentence) { throw std::runtime_error(sentence); }

void sync(const fs::path& place) {
  const int fd = ::open(place.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!synced) refuse(place.string() + " がディスクに届きません（" + std::strerror(errno) + "）。");
}

/// Readable for the owner alone, whatever the original was: the folder of copies often lies where others may look.
void copy_privately(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to);
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
  sync(to);
}

bool copy_if_there(const fs::path& from, const fs::path& to) {
  if (!fs::exists(from)) return false;
  copy_privately(from, to);
  return true;
}

void copy_database(const fs::path& from, const fs::path& to) {
  db::Settings settings;
  settings.location = from.string();
  db::open_as_it_is(settings)->backup_to(to);
}

void copy_audit(const CitySettings& city, const fs::path& folder) {
  fs::create_directories(folder);
  if (!fs::exists(city.audit)) return;
  for (const auto& file : fs::directory_iterator(city.audit))
    if (file.path().extension() == ".db") copy_database(file.path(), folder / file.path().filename());
}

/// Copies into a folder and remembers what has to be fetched elsewhere.
class Copying {
 public:
  Copying(const AppSettings& settings, fs::path into) : settings_(settings), into_(std::move(into)) {}

  void run() {
    // What vouches first, then what it vouches for, last the city: the copy then holds all that its own proof names.
    copy_if_there(settings_.checkpoints, into_ / "audit-checkpoints.txt");
    for (const CitySettings& city : settings_.cities) copy_city(city);
    copy_keys();
    copy_settings();
    sync(into_);
  }
  const std::vector<std::string>& databases() const { return databases_; }
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  void copy_city(const CitySettings& city) {
    copy_audit(city, into_ / city.slug / "audit");
    const db::Settings database = db::settings_for(city.database);
    if (database.engine == db::Engine::postgres) databases_.push_back(city.slug);
    else if (fs::exists(database.location)) copy_database(database.location, into_ / city.slug / "city.db");
    else missing_.push_back(city.slug + " のデータベース（まだありません）");
  }

  void copy_keys() {
    if (!copy_if_there(settings_.data / "key", into_ / "key")) refuse("鍵 " + (settings_.data / "key").string() + " がありません。設定の data が合っているか確かめてください。");
    for (const char* name : {"audit-key", "audit-key.pub", "audit-keys.txt"}) copy_if_there(settings_.data / name, into_ / name);
    if (!settings_.http.tls_key.empty()) missing_.push_back("TLSの証明書と鍵（tls_certificate、tls_key）");
  }

  void copy_settings() {
    if (!settings_.file.empty()) copy_privately(settings_.file, into_ / "kasane.toml");
    const fs::path folders = into_ / "municipalities";
    fs::create_directories(folders);
    for (const CitySettings& city : settings_.cities) fs::copy(city.folder, folders / city.slug, fs::copy_options::recursive);
    const fs::path national = settings_.national.empty() ? fs::absolute(settings_.cities.front().folder).parent_path() / "national" : settings_.national;
    if (fs::exists(national)) fs::copy(national, folders / "national", fs::copy_options::recursive);
    else missing_.push_back("全国共通のコード表（national）");
  }

  const AppSettings& settings_;
  const fs::path into_;
  std::vector<std::string> databases_, missing_;
};

/// The folder in which a copy grows; gone with everything in it unless it is moved to its place.
class Growing {
 public:
  explicit Growing(fs::path target) : target_(std::move(target)), part_(target_.string() + ".part") {
    if (part_.has_parent_path()) fs::create_directories(part_.parent_path());
    if (::mkdir(part_.c_str(), S_IRWXU) != 0)
      refuse(part_.string() + (errno == EEXIST ? " があります。別の控えの途中か、前の控えが終わらなかったあとです。動いていなければ消してから、もう一度実行してください。"
                                               : std::string(" を作れません（") + std::strerror(errno) + "）。"));
  }
  ~Growing() {
    std::error_code ignored;
    if (!done_) fs::remove_all(part_, ignored);
  }
  Growing(const Growing&) = delete;
  Growing& operator=(const Growing&) = delete;
  const fs::path& place() const { return part_; }
  void finish() {
    fs::rename(part_, target_);
    done_ = true;
    sync(fs::absolute(target_).parent_path());
  }

 private:
  const fs::path target_, part_;
  bool done_ = false;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "、") + part;
  return all;
}

void tell(const Copying& copied) {
  if (copied.databases().empty()) std::cout << "控えを取りました。";
  else
    std::cout << "閲覧の記録・鍵・設定の控えだけを取りました。PostgreSQLにある市のデータベース（" << joined(copied.databases())
              << "）は入っていません。続けて pg_dump で取ってください（docs/operators/backup.md）。";
  std::cout << "鍵（key、audit-key）は別の場所にも保管してください。\n";
  if (!copied.missing().empty()) std::cout << "入っていないもの: " << joined(copied.missing()) << "\n";
}

}  // namespace

int backup(const AppSettings& settings, const fs::path& target) {
  if (fs::exists(target)) {
    std::cout << "控えの置き場所がすでにあります。新しい名前を指定してください。\n";
    return 1;
  }
  try {
    const fs::path place = fs::absolute(target).lexically_normal();
    Growing copy(place.has_filename() ? place : place.parent_path());
    Copying copying(settings, copy.place());
    copying.run();
    copy.finish();
    tell(copying);
    return 0;
  } catch (const std::exception& e) {
    std::cout << "控えを取れませんでした。" << e.what() << "\n";
    return 1;
  }
}

}  // namespace kasane::cli
