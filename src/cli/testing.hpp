// For the tests of this room: an installation of one city in an empty folder.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "cli/app.hpp"

namespace kasane::cli {

class Installation : public ::testing::Test {
 protected:
  Installation() : folder_(std::filesystem::temp_directory_path() / ("kasane-cli-" + id_text(next_id()))) {
    init_crypto();
    std::filesystem::create_directories(folder_);
    settings_.data = folder_ / "data";
    settings_.checkpoints = settings_.data / "audit-checkpoints.txt";
    settings_.national = kMunicipalities / "national";
    settings_.cities = {{"tsuruoka", kMunicipalities / "tsuruoka", (settings_.data / "tsuruoka/city.db").string(), settings_.data / "tsuruoka/audit"}};
  }
  ~Installation() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::shared_ptr<programme::City> open() {
    auto city = open_city(settings_, settings_.cities.front(), clock_);
    if (!city) throw std::runtime_error(city.error().front());
    return *city;
  }
  static std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
  static void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  static inline const std::filesystem::path kMunicipalities = KASANE_SOURCE_DIR "/municipalities";
  std::filesystem::path folder_;
  ManualClock clock_{*Date::from_ymd(2026, 11, 24)};
  AppSettings settings_;
};

}  // namespace kasane::cli
