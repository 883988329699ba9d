// The server as a process of its own, so that its CPU and memory can be told from the bench's.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace kasane::bench {

class ServerProcess {
 public:
  /// Starts this very program again with --serve and waits for its port; it obeys the SlowParts in the file `parts`.
  /// Throws std::runtime_error.
  ServerProcess(const std::filesystem::path& settings, const std::filesystem::path& parts);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  /// User and system time of all its threads so far, in milliseconds.
  double cpu_ms() const;
  /// Most memory it ever held, and what it holds now, in MiB (VmHWM, VmRSS).
  double peak_mb() const { return status_mb("VmHWM:"); }
  double memory_mb() const { return status_mb("VmRSS:"); }

 private:
  double status_mb(const std::string& key) const;
  pid_t pid_ = -1;
  int out_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace kasane::bench
