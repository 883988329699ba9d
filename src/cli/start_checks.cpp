#include "cli/start_checks.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "db/database.hpp"

namespace kasane::cli {

namespace {

bool others_may_read(const std::filesystem::path& file) {
  struct stat found{};
  return ::stat(file.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

/// As keep_outside does it, without writing.
bool can_keep_outside(const std::filesystem::path& file) {
  std::error_code ignored;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

std::string text_of(int file) {
  std::array<char, 16> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  return {text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

}  // namespace

DataLock::DataLock(const std::filesystem::path& data) {
  std::filesystem::create_directories(data);
  const auto place = data / "lock";
  file_ = ::open(place.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::runtime_error("データの置き場所 " + data.string() + " に書き込めません（" + std::strerror(errno) + "）。持ち主と権限を確かめてください。");
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const std::string other = text_of(file_);
    ::close(file_);
    throw std::runtime_error("データの置き場所 " + data.string() + " は、動いている別の kasane（プロセス番号 " + (other.empty() ? "不明" : other) + "）が使っています。先にそちらを止めてください。");
  }
  const std::string own = std::to_string(::getpid());
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, own.data(), own.size(), 0) != static_cast<ssize_t>(own.size())) {
    ::close(file_);
    throw std::runtime_error("データの置き場所 " + data.string() + " に書き込めません。ディスクの空きを確かめてください。");
  }
}

// The file stays: removing it would let a third server lock another file of the same name.
DataLock::~DataLock() { ::close(file_); }

std::uint64_t descriptors_needed(const AppSettings& settings) {
  constexpr std::uint64_t kProgram = 100;       // libraries, log, sockets that are just being closed
  constexpr std::uint64_t kOfConnection = 3;    // SQLite: file, log and index of the log
  constexpr std::uint64_t kBesideWorkers = 6;   // readers kept in hand, the writer, the checkpointer
  constexpr std::uint64_t kAuditOfCity = 3 * 6; // this fiscal year's file and the last one's
  const std::uint64_t of_city = kOfConnection * (settings.http.workers + kBesideWorkers) + kAuditOfCity;
  return kProgram + settings.http.max_connections + settings.cities.size() * of_city;
}

void raise_descriptors(std::uint64_t needed) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return;
  if (limit.rlim_max < needed)
    throw std::runtime_error("同時に開けるファイルの数（" + std::to_string(limit.rlim_max) + "）が足りません。" + std::to_string(needed) +
                             "必要です。サービスの LimitNOFILE を増やすか、設定の max_connections を減らしてください。");
  constexpr rlim_t kComfortable = 65'536;  // what is needed is reckoned, and more costs nothing
  limit.rlim_cur = std::min(limit.rlim_max, std::max<rlim_t>(needed, kComfortable));
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::runtime_error("同時に開けるファイルの数を" + std::to_string(needed) + "まで増やせません（" + std::strerror(errno) + "）。サービスの LimitNOFILE を増やしてください。");
}

void require_secret(const std::filesystem::path& file) {
  if (others_may_read(file))
    throw std::runtime_error("鍵 " + file.string() + " を、持ち主のほかの利用者が読み書きできます。chmod 600 で持ち主だけにしてください。見られたおそれがあれば docs/operators/keys.md のとおりに作り直してください。");
}

void require_kept_outside(const std::filesystem::path& checkpoints) {
  if (!can_keep_outside(checkpoints))
    throw std::runtime_error("確認点の置き場所 " + checkpoints.string() + " に書き込めません。場所と権限、別の機械のディスクならつながっているかを確かめてください（サービスの ReadWritePaths にも要ります）。");
}

std::vector<std::string> warnings_of(const AppSettings& settings) {
  std::vector<std::string> out;
  const http::Settings& http = settings.http;
  if (http.tls_certificate.empty() && !is_loopback(http.address))
    out.push_back("暗号化なし（http）で " + http.address + " に開いています。通る内容をほかの機械が読めます。tls_certificate と tls_key を書くか、この機械の中のプロキシだけから受けてください。");
  for (const CitySettings& city : settings.cities) {
    const db::Settings database = db::settings_for(city.database);
    if (database.engine == db::Engine::sqlite && others_may_read(database.location))
      out.push_back(city.slug + ": データベース " + database.location + " を、持ち主のほかの利用者が読めます。chmod 600 で持ち主だけにしてください。");
  }
  return out;
}

}  // namespace kasane::cli
