// What an installation is: its cities, where their data lie, how it is reached.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "http/server.hpp"
#include "programme/account_service.hpp"

namespace kasane::cli {

struct CitySettings {
  std::string slug;
  std::filesystem::path folder;  // municipality folder
  std::string database;          // as db::settings_for takes it
  std::filesystem::path audit;   // folder of audit files
};

struct AppSettings {
  std::filesystem::path file;  // where they were read; empty: made without a file
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
/// Throws std::runtime_error when a folder's name is no slug.
AppSettings default_settings(const std::filesystem::path& municipalities, const std::filesystem::path& data);

}  // namespace kasane::cli
