// Readers of a sitting that is run live: memory of an idle one, CPU and delay of a change that all of them hear of.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server.hpp"

namespace kasane::bench {

struct LiveFigures {
  std::size_t readers = 0;
  double kb_each = 0;               // memory of the server for one reader that waits, KiB
  double idle_cpu_percent = 0;      // of one core, while nothing happens
  double cpu_ms_per_change = 0;     // of the server, the change itself included
  double p50_ms = 0, p99_ms = 0;    // from sending the change to the event in a reader's hand
  std::size_t changes = 0, heard = 0, cut = 0;
};

/// `events(reader)` gives the request that opens the stream of that reader, `change()` one that changes something and is
/// answered 303. Throws std::runtime_error.
LiveFigures measure_live(const ServerProcess& server, std::size_t readers, std::size_t changes, const std::function<std::string(std::size_t)>& events,
                         const std::function<std::string()>& change);

}  // namespace kasane::bench
