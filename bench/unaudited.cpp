// Pages without their audit, to measure what it costs. The linker hands this executable's calls of AuditLog::submit to
// the function below (--wrap in CMakeLists.txt); the program that is served has no such switch.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "access/audit.hpp"
#include "slow_parts.hpp"

// As the symbol of access::AuditLog::submit(AccountId, Trail&, UtcMs, std::function<void(bool)>); where that changes,
// the bench no longer links.
#define KASANE_SUBMIT "_ZN6kasane6access8AuditLog6submitENS_2IdINS_10AccountTagEEERNS0_5TrailElSt8functionIFvbEE"

namespace kasane::bench {

namespace {
/// Keeps replies for as long as a sync takes, those that come meanwhile together, as the log does with its batches.
class Parking {
 public:
  Parking() : thread_([this](const std::stop_token& stop) { work(stop); }) {}
  void park(std::function<void(bool)> done) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(done));
    }
    came_.notify_one();
  }

 private:
  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (came_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      const auto together = std::exchange(waiting_, {});
      lock.unlock();
      std::this_thread::sleep_for(std::chrono::milliseconds(slow_parts().sync_ms.load()));
      for (const auto& done : together) done(true);
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any came_;
  std::vector<std::function<void(bool)>> waiting_;
  std::jthread thread_;
};
}  // namespace

void audited_submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) asm("__real_" KASANE_SUBMIT);
void submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) asm("__wrap_" KASANE_SUBMIT);

void submit(access::AuditLog* self, AccountId account, access::Trail& trail, UtcMs at, std::function<void(bool)> done) {
  static Parking parking;
  switch (slow_parts().reads) {
    case Reads::audited: return audited_submit(self, account, trail, at, std::move(done));
    case Reads::unaudited: return done(true);
    case Reads::parked: return parking.park(std::move(done));
  }
}

}  // namespace kasane::bench
