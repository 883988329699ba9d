// A disk that syncs slowly: the executable's own fdatasync and fsync come before the C library's, for SQLite too.
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "slow_parts.hpp"

namespace kasane::bench {

namespace {
std::atomic<std::chrono::milliseconds::rep> delay{0};

int slowly(long call, int file) {
  if (const auto by = delay.load(std::memory_order_relaxed); by > 0) std::this_thread::sleep_for(std::chrono::milliseconds(by));
  return static_cast<int>(::syscall(call, file));
}
}  // namespace

void slow_syncs(std::chrono::milliseconds by) { delay = by.count(); }

}  // namespace kasane::bench

extern "C" int fdatasync(int file) { return kasane::bench::slowly(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return kasane::bench::slowly(SYS_fsync, file); }
