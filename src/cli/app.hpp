// The program put together: settings, cities, all rooms' routes, the server.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "cli/sealer.hpp"
#include "cli/settings.hpp"
#include "programme/dispatch.hpp"

namespace kasane::cli {

/// The secret key of the installation, made on first use, readable only for its owner. Throws std::runtime_error when it
/// is damaged or others may read it.
std::string load_or_make_key(const std::filesystem::path& data);

/// Opens a city; faults of its folder as text lines.
tl::expected<std::shared_ptr<programme::City>, std::vector<std::string>> open_city(const AppSettings& app, const CitySettings& city, const Clock& clock);

/// Everything that serves: made by start(), ended by stop(). Throws std::runtime_error when it cannot start.
class App {
 public:
  /// Looks at all cities before it brings the first database to the form of this program: a start that is refused
  /// has changed nothing.
  App(AppSettings settings, const Clock& clock);
  ~App();
  /// Opens the port.
  void start();
  std::uint16_t port() const;
  /// Answers what has begun, seals the audit, closes the databases.
  void stop(std::chrono::milliseconds deadline);
  programme::Dispatcher& dispatcher();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::cli
