// What happens months later is tried with the program itself: a debug build can be started some days ahead of the machine.
// A release build knows neither the option nor the shift.
#pragma once

namespace kasane {

#ifdef KASANE_DAYS_AHEAD
/// From now on SystemClock is this many days ahead. Called once, before anything asks for the time; never backwards.
void run_days_ahead(int days);
#endif

}  // namespace kasane
