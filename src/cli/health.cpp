#include "cli/health.hpp"

#include <algorithm>

#include "db/as_it_is.hpp"
#include "db/fault_word.hpp"

namespace kasane::cli {

namespace {

constexpr int kFailing = 503;

web::Reply reply_of(const std::vector<std::string>& faults) {
  if (faults.empty()) return web::Reply::text("ok\n");
  std::string lines;
  for (const std::string& fault : faults) lines += fault + "\n";
  return web::Reply::text(std::move(lines), kFailing);
}

}  // namespace

Health::Health(std::vector<std::shared_ptr<programme::City>> cities, std::function<std::vector<std::string>()> further, std::chrono::milliseconds between)
    : cities_(std::move(cities)), further_(std::move(further)), between_(between) {}

bool Health::asked_for(const web::Request& request) {
  const auto is_deep = [](const auto& pair) { return pair.first == "deep"; };
  return request.segments.size() == 1 && request.segments.front() == "health" && (request.method == "GET" || request.method == "HEAD") &&
         std::any_of(request.query.begin(), request.query.end(), is_deep);
}

web::Reply Health::answer() {
  std::unique_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  const bool fresh = looked_ != std::chrono::steady_clock::time_point{} && now - looked_ < between_;
  if (fresh || looking_) return reply_of(faults_);
  looking_ = true;
  lock.unlock();
  auto found = look();
  lock.lock();
  looking_ = false;
  looked_ = std::chrono::steady_clock::now();
  faults_ = std::move(found);
  return reply_of(faults_);
}

std::vector<std::string> Health::look() const {
  std::vector<std::string> faults;
  const auto prove = [&](const programme::City& city, std::string_view part, const std::function<db::Database&()>& database) {
    try {
      db::prove_serving(database());
    } catch (const std::exception&) {
      faults.push_back(city.slug + " " + std::string(part) + " " + std::string(db::fault_word(std::current_exception()).text()));
    }
  };
  for (const auto& city : cities_) {
    prove(*city, "database", [&]() -> db::Database& { return city->db(); });
    prove(*city, "audit", [&]() -> db::Database& { return city->audit.file_for(city->clock.now()); });
  }
  for (std::string& fault : further_()) faults.push_back(std::move(fault));
  return faults;
}

}  // namespace kasane::cli
