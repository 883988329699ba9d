// kasane dispose-again: what had been disposed of and came back with an older copy goes once more.
#include <fstream>
#include <iostream>
#include <sstream>

#include "archive/disposal_service.hpp"
#include "cli/commands.hpp"

namespace kasane::cli {

namespace {

std::optional<std::string> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::stringstream all;
  all << in.rdbuf();
  return std::move(all).str();
}

}  // namespace

int dispose_again(const AppSettings& settings, const std::string& slug, const std::filesystem::path& log) {
  const auto bytes = bytes_of(log);
  if (!bytes) {
    std::cout << "廃棄の控えのファイルを開けません。\n";
    return 1;
  }
  const auto lines = archive::parse_log(*bytes);
  if (!lines) {
    std::cout << lines.error().message << "\n";
    return 1;
  }
  const SystemClock clock;
  for (const CitySettings& city : settings.cities) {
    if (city.slug != slug) continue;
    auto opened = open_city(settings, city, clock);
    if (!opened) {
      for (const std::string& line : opened.error()) std::cout << line << "\n";
      return 1;
    }
    programme::City& c = **opened;
    const auto done = archive::dispose_again(c, *lines, clock.now());
    c.audit.seal_writes(c.db());
    std::cout << (done ? *done + " として、" + std::to_string(lines->size()) + "行をもう一度廃棄しました。" : done.error().message) << "\n";
    return done ? 0 : 1;
  }
  std::cout << "その名前の市はありません。\n";
  return 2;
}

}  // namespace kasane::cli
