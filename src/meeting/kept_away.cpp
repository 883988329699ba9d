#include "meeting/kept_away.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

std::vector<AgencyId> left_out_by(const std::vector<Support>& supports) {
  std::vector<AgencyId> all;
  for (const Support& s : supports)
    for (const AgencyId agency : s.exceptions)
      if (std::find(all.begin(), all.end(), agency) == all.end()) all.push_back(agency);
  return all;
}

std::vector<AgencyId> agencies_behind(db::ReadTx& tx, const Settings& city, std::int64_t party, Date on) {
  if (!city.dir.code(AgencyId(party)).empty()) return {AgencyId(party)};
  std::vector<AgencyId> all;
  for (const auto& post : programme::all_posts(tx, AccountId(party)))
    if (post.until >= on) all.push_back(post.agency);
  return all;
}

std::optional<AgencyId> agency_of_office(const Settings& city, std::string_view office) {
  const std::string key = name_key(office);
  if (key.empty()) return std::nullopt;
  const std::string town = name_key(city.m.name);
  for (const auto& agency : city.dir.all()) {
    const std::string name = name_key(agency.name);
    if (key == name || key == town + name || key == town + name_key("役所") + name) return agency.id;
  }
  return std::nullopt;
}

bool kept_from(db::ReadTx& tx, const Settings& city, const std::vector<Support>& supports, std::int64_t party, Date on) {
  const auto left_out = left_out_by(supports);
  if (left_out.empty()) return false;
  const auto behind = agencies_behind(tx, city, party, on);
  return std::any_of(behind.begin(), behind.end(), [&](AgencyId a) { return std::find(left_out.begin(), left_out.end(), a) != left_out.end(); });
}

}  // namespace kasane::meeting
