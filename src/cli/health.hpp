// GET /health?deep: whether each city's database and audit file can be read and written, and whether the proof of the
// audit is made and kept. For the operator's watch: names of cities and one word each, nothing of anybody.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "programme/context.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kasane::cli {

class Health {
 public:
  /// `further`: faults known elsewhere, lines without their ends. `between`: the least time from one look to the next;
  /// who asks sooner is told what was seen last, so that asking cannot become a load.
  Health(std::vector<std::shared_ptr<programme::City>> cities, std::function<std::vector<std::string>()> further,
         std::chrono::milliseconds between = std::chrono::seconds(5));

  static bool asked_for(const web::Request& request);
  /// 200 and "ok", or 503 and a line for each fault.
  web::Reply answer();

 private:
  std::vector<std::string> look() const;

  const std::vector<std::shared_ptr<programme::City>> cities_;
  const std::function<std::vector<std::string>()> further_;
  const std::chrono::milliseconds between_;
  std::mutex mutex_;
  bool looking_ = false;
  std::chrono::steady_clock::time_point looked_{};  // the epoch: never yet
  std::vector<std::string> faults_{"not looked yet"};
};

}  // namespace kasane::cli
