// A small HTTP/1.1 client that keeps several connections busy from one thread: each sends its next request as soon as
// it has the reply to the one before (closed loop).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace kasane::bench {

struct Answer {
  int status = 0;
  std::string head;  // status line and headers
  std::string body;
  std::string header(const std::string& lower_name) const;
};

/// One request over a connection of its own. Throws std::runtime_error.
Answer fetch(std::uint16_t port, const std::string& request);

struct Load {
  std::vector<double> latencies_ms;   // one for each request, in the order of completion
  std::map<int, std::int64_t> statuses;
  double seconds = 0;
  std::int64_t bytes = 0;             // heads and bodies received
};

/// `make(connection)` gives the next request of that connection. Throws std::runtime_error when a connection breaks.
/// With `per_second` > 0 no request starts before its turn (open loop, as long as a connection is free).
Load run_load(std::uint16_t port, std::size_t connections, std::size_t requests, const std::function<std::string(std::size_t)>& make, double per_second = 0);

}  // namespace kasane::bench
