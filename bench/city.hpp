// The generated city: invented households in the folder of a real one, written straight into its SQLite file. The same
// seed gives the same city.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/app.hpp"

namespace kasane::bench {

struct CitySize {
  std::int64_t people = 100'000;
  std::int64_t cases = 20'000;  // households in support, of three people each
};

/// Who signs in, and records that this account may see.
struct Worker {
  std::string login;
  std::string password;
  std::int64_t account = 0;
  std::int64_t agency = 0;
  std::vector<std::int64_t> households;
  std::vector<std::int64_t> cases;
};

struct Generated {
  std::vector<Worker> workers;
  std::vector<std::string> names;  // to search for: family names and whole names
  std::int64_t rows = 0;
};

/// Makes the city's database and fills it. `workers`: accounts, half of them coordinators of the 多機関協働事業者, which is
/// on the team of every case, half counsellors of a window. Throws std::runtime_error.
Generated generate(const cli::AppSettings& app, const cli::CitySettings& city, const CitySize& size, std::size_t workers);

/// Who is in a kept city, beside its database, so that it can be measured again.
void remember(const Generated& city, const std::filesystem::path& file);
/// Throws std::runtime_error when nothing was remembered there.
Generated recall(const std::filesystem::path& file);

}  // namespace kasane::bench
