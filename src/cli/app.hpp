// The program put together: settings, cities, all rooms' routes, the server.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/signing.hpp"
#include "http/server.hpp"
#include "programme/dispatch.hpp"

namespace kasane::cli {

struct CitySettings {
  std::string slug;
  std::filesystem::path folder;  // municipality folder
  std::string database;          // SQLite file or postgresql:// …
  std::filesystem::path audit;   // folder of audit files
};

struct AppSettings {
  http::Settings http;
  std::filesystem::path data;      // default place of databases, audit and keys
  std::filesystem::path checkpoints;  // file of signed lines of the audit, best on another machine's disk
  std::filesystem::path national;  // national code tables; empty: beside the city's folder
  std::vector<CitySettings> cities;
  programme::SessionLimits sessions;
};

/// Reads a settings file (TOML). Errors: every fault with file, line and how to mend it, as lines of Japanese text.
tl::expected<AppSettings, std::vector<std::string>> load_settings(const std::filesystem::path& file);
/// Settings without a file: every folder under `municipalities` that holds a municipality.toml, data under `data`.
AppSettings default_settings(const std::filesystem::path& municipalities, const std::filesystem::path& data);

/// The secret key of the installation, made on first use, readable only for its owner.
std::string load_or_make_key(const std::filesystem::path& data);

/// Opens a city; faults of its folder as text lines.
tl::expected<std::shared_ptr<programme::City>, std::vector<std::string>> open_city(const AppSettings& app, const CitySettings& city, const Clock& clock);

/// Everything that serves: made by start(), ended by stop(). Throws std::runtime_error when it cannot start.
class App {
 public:
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

/// Seals the writes of all cities into their audit chains at intervals, signs where the chains stand each minute and
/// keeps that line outside, and gathers who has seen what; on a thread of its own.
class Sealer {
 public:
  Sealer(std::vector<std::shared_ptr<programme::City>> cities, std::chrono::milliseconds every, Signer signer, std::filesystem::path checkpoints);
  ~Sealer();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kasane::cli
