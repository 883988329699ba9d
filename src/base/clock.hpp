// Time is a parameter: rules get a Date, services a Clock. Only SystemClock looks at the machine's time.
#pragma once
#include "base/date.hpp"

namespace kasane {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcMs now() const = 0;
  Date today() const { return office_day(now()); }
};

class SystemClock final : public Clock {
 public:
  UtcMs now() const override;
};

/// For tests and for making demo data in the past.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Date day, int hour = 10) { set(day, hour); }
  UtcMs now() const override { return now_; }
  void set(Date day, int hour = 10) { now_ = start_of(day) + hour * 3'600'000LL; }
  void advance_ms(std::int64_t ms) { now_ += ms; }

 private:
  UtcMs now_ = 0;
};

}  // namespace kasane
