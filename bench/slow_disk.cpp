// A disk that syncs slowly: the executable's own fdatasync and fsync come before the C library's, for SQLite too.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "slow_parts.hpp"

namespace kasane::bench {

namespace {
SlowParts unchanged;
std::atomic<SlowParts*> obeyed{&unchanged};

int slowly(long call, int file) {
  if (const int by = slow_parts().sync_ms.load(std::memory_order_relaxed); by > 0) std::this_thread::sleep_for(std::chrono::milliseconds(by));
  return static_cast<int>(::syscall(call, file));
}
}  // namespace

SlowParts& map_slow_parts(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ::ftruncate(fd, sizeof(SlowParts)) != 0) throw std::runtime_error("no file for the conditions: " + file.string());
  void* const at = ::mmap(nullptr, sizeof(SlowParts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  if (at == MAP_FAILED) throw std::runtime_error("the conditions cannot be mapped");
  return *static_cast<SlowParts*>(at);  // zeros are its first values
}
void obey(SlowParts& parts) { obeyed = &parts; }
SlowParts& slow_parts() { return *obeyed; }

}  // namespace kasane::bench

extern "C" int fdatasync(int file) { return kasane::bench::slowly(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return kasane::bench::slowly(SYS_fsync, file); }
