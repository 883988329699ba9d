// The cities' folders, loaded once for all tests, and short ways to read them.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>

#include "programme/municipality.hpp"

namespace kasane::programme::cities {

inline const std::filesystem::path kSource = KASANE_SOURCE_DIR;

inline const Municipality& loaded(const std::filesystem::path& dir) {
  static std::map<std::filesystem::path, Municipality> cities;
  if (const auto found = cities.find(dir); found != cities.end()) return found->second;
  auto city = load_municipality(dir);
  if (!city) {
    std::string all;
    for (const auto& fault : city.error()) all += fault.text() + "\n";
    throw std::runtime_error(all);
  }
  return cities.emplace(dir, std::move(*city)).first->second;
}

inline const Municipality& tsuruoka() { return loaded(kSource / "municipalities/tsuruoka"); }
inline const Municipality& kawachinagano() { return loaded(kSource / "municipalities/kawachinagano"); }
inline const Municipality& aizuwakamatsu() { return loaded(kSource / "municipalities/aizuwakamatsu"); }
inline const Municipality& kitakami() { return loaded(kSource / "municipalities/kitakami"); }
inline const Municipality& nagaokakyo() { return loaded(kSource / "municipalities/nagaokakyo"); }
inline const Municipality& mitsuhama() { return loaded(kSource / "tests/municipalities/mitsuhama"); }
inline std::vector<const Municipality*> five() {
  return {&tsuruoka(), &kawachinagano(), &aizuwakamatsu(), &kitakami(), &nagaokakyo()};
}

inline Date day(int year, int month, int of_month) { return *Date::from_ymd(year, month, of_month); }

inline std::vector<std::string> names(const std::vector<const Agency*>& agencies) {
  std::vector<std::string> result;
  for (const auto* agency : agencies) result.push_back(agency->name);
  return result;
}
inline std::vector<std::string> codes(const std::vector<CodedText>& list) {
  std::vector<std::string> result;
  for (const auto& item : list) result.push_back(item.code);
  return result;
}
inline std::vector<std::string> texts(const std::vector<CodedText>& list) {
  std::vector<std::string> result;
  for (const auto& item : list) result.push_back(item.text);
  return result;
}
inline std::vector<std::string> area_names(const Municipality& m, std::string_view agency) {
  std::vector<std::string> result;
  for (const auto* area : m.areas_of(agency)) result.push_back(area->name);
  return result;
}
inline std::vector<AgendaAct> acts(const Body& body) {
  std::vector<AgendaAct> result;
  for (const auto& kind : body.agenda) result.push_back(kind.act);
  return result;
}
inline int headcount(const Municipality& m, std::string_view service, int tier) {
  int sum = 0;
  for (const auto& post : m.posts)
    if (post.tier == tier && std::find(post.services.begin(), post.services.end(), service) != post.services.end())
      sum += post.headcount.value_or(0);
  return sum;
}

}  // namespace kasane::programme::cities
