// The only place that asks the machine for the time.
#include "base/clock.hpp"

#include <atomic>
#include <chrono>

#include "base/clock_shift.hpp"

namespace kasane {

#ifdef KASANE_DAYS_AHEAD
namespace {
std::atomic<UtcMs> shift{0};
}

void run_days_ahead(int days) { shift = days > 0 ? days * UtcMs{86'400'000} : 0; }
#endif

UtcMs SystemClock::now() const {
  using namespace std::chrono;
  const UtcMs machine = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
#ifdef KASANE_DAYS_AHEAD
  return machine + shift.load();
#else
  return machine;
#endif
}

}  // namespace kasane
