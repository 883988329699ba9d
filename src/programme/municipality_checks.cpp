// Faults that show only when the files of a municipality are laid side by side.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/japanese.hpp"
#include "programme/municipality_load.hpp"

namespace kasane::programme::reading {
namespace {

/// The code where following `parent_of` leads back to the start; empty when it ends.
template <class T, class Parent>
std::string circle(const std::vector<T>& all, Parent parent_of) {
  std::map<std::string, std::string> parents;
  for (const auto& t : all) parents.emplace(t.code, parent_of(t));
  for (const auto& start : all) {
    std::string at = start.code;
    for (std::size_t steps = 0; !at.empty() && steps <= all.size(); ++steps) {
      const auto found = parents.find(at);
      at = found == parents.end() ? std::string() : found->second;
      if (at == start.code) return at;
    }
  }
  return {};
}

void check_circles(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  const auto report = [&](const char* file, Target target, const std::string& code) {
    if (!code.empty())
      findings.fault(findings.place_of(target, code, dir / file),
                     fmt::format("parent をたどると「{}」に戻ってしまいます", code),
                     "どれかの parent を消すか直してください");
  };
  report("agencies.csv", Target::agency, circle(m.agencies, [](const Agency& a) { return a.parent; }));
  report("areas.csv", Target::area, circle(m.areas, [](const Area& a) { return a.parent; }));
  report("bodies.toml", Target::body, circle(m.bodies, [](const Body& b) { return b.parent; }));
}

/// The lines by form must add up to the number that the plan states.
void check_site_sums(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  for (const auto& service : m.services) {
    int sum = 0;
    bool listed = false;
    for (const auto& line : m.service_sites)
      if (line.service == service.code) {
        sum += line.count;
        listed = true;
      }
    if (listed && service.sites && *service.sites != sum)
      findings.fault(findings.place_of(Target::service, service.code, dir / "services.csv"),
                     fmt::format("事業「{}」の sites は{}ですが、service_sites.csv の合計は{}です", service.code,
                                 *service.sites, sum),
                     "どちらかを計画に合わせてください");
  }
}

/// One name must never mean two agencies, or a record would go to the wrong one.
void check_names(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  std::map<std::string, std::string> owners;
  for (const auto& agency : m.agencies) {
    const auto [found, fresh] = owners.emplace(name_key(agency.name), agency.code);
    if (!fresh)
      findings.fault(findings.place_of(Target::agency, agency.code, dir / "agencies.csv"),
                     fmt::format("「{}」と「{}」の名前が同じです", found->second, agency.code),
                     "名前を区別できるようにするか、一つにまとめてください");
  }
  for (const auto& alias : m.aliases) {
    const auto found = owners.find(name_key(alias.alias));
    if (found != owners.end())
      findings.fault(findings.place_of(Target::alias, name_key(alias.alias), dir / "agency_aliases.csv"),
                     fmt::format("別名「{}」は機関「{}」の名前と同じです", alias.alias, found->second),
                     "その別名の行を消してください");
  }
}

/// A pair of bodies may share a sitting only when both say so.
void check_joint_bodies(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  for (const auto& body : m.bodies)
    for (const auto& code : body.joint_with) {
      const auto* other = m.body(code);
      if (other != nullptr &&
          std::find(other->joint_with.begin(), other->joint_with.end(), body.code) == other->joint_with.end())
        findings.fault(findings.place_of(Target::body, body.code, dir / "bodies.toml"),
                       fmt::format("「{}」は「{}」と併用開催できますが、逆が書かれていません", body.code, code),
                       fmt::format("会議体「{}」の joint_with に「{}」を足すか、消してください", code, body.code));
    }
}

void check_needed_bodies(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  if (findings.excused(Target::body)) return;
  for (const auto function : {BodyFunction::support_conference_106_6, BodyFunction::plan_decision})
    if (m.body_for(function) == nullptr)
      findings.fault({(dir / "bodies.toml").string(), 0},
                     fmt::format("function = \"{}\" の会議体がありません", word_of(function)),
                     "名前が違っても、その働きをする会議体を書いてください");
}

}  // namespace

void check_whole(const std::filesystem::path& dir, const Municipality& m, Findings& findings) {
  check_circles(dir, m, findings);
  check_site_sums(dir, m, findings);
  check_names(dir, m, findings);
  check_joint_bodies(dir, m, findings);
  check_needed_bodies(dir, m, findings);
}

}  // namespace kasane::programme::reading
