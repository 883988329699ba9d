#include "base/clock.hpp"

#include <gtest/gtest.h>

#include "base/clock_shift.hpp"

namespace kasane {
namespace {

#ifdef KASANE_DAYS_AHEAD
TEST(Clock, a_debug_build_runs_as_many_days_ahead_as_it_is_told_and_never_behind) {
  const UtcMs before = SystemClock{}.now();
  run_days_ahead(150);
  const UtcMs ahead = SystemClock{}.now();
  run_days_ahead(-3);
  const UtcMs after = SystemClock{}.now();
  run_days_ahead(0);
  EXPECT_GE(ahead - before, 150 * 86'400'000LL);
  EXPECT_LT(ahead - before, 150 * 86'400'000LL + 3'600'000);
  EXPECT_GE(after, before);
  EXPECT_LT(after, ahead);
}
#endif

TEST(Clock, a_manual_clock_stands_still_until_it_is_set) {
  ManualClock clock(*Date::from_iso("2026-04-01"), 9);
  const UtcMs at = clock.now();
  EXPECT_EQ(clock.now(), at);
  clock.advance_ms(1);
  EXPECT_EQ(clock.now(), at + 1);
}

}  // namespace
}  // namespace kasane
