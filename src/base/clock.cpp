// The only place that asks the machine for the time.
#include "base/clock.hpp"

#include <chrono>

namespace kasane {

UtcMs SystemClock::now() const {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace kasane
