// Look-ups in a municipality, and the order in which its folder is read.
#include "programme/municipality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/japanese.hpp"
#include "programme/municipality_load.hpp"

namespace kasane::programme {
namespace {

template <class T>
const T* by_code(const std::vector<T>& all, std::string_view code) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.code == code; });
  return found == all.end() ? nullptr : &*found;
}

template <class T, class Test>
std::vector<const T*> all_with(const std::vector<T>& all, Test test) {
  std::vector<const T*> result;
  for (const auto& t : all)
    if (test(t)) result.push_back(&t);
  return result;
}

bool holds(const std::vector<std::string>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::string or_not_in_plan(std::string_view text) { return std::string(text.empty() ? kNotInPlan : text); }

std::shared_ptr<const form::CodeTable> code_table_of(std::string key, const std::vector<CodedText>& list) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = std::move(key);
  for (const auto& item : list) table->codes.push_back({item.code, item.text});
  return table;
}

const AgendaKind* Body::agenda_kind(std::string_view wanted) const { return by_code(agenda, wanted); }

bool Body::takes_cases() const {
  switch (function) {
    case BodyFunction::support_conference_106_6:
    case BodyFunction::plan_decision:
    case BodyFunction::review:
      return true;
    case BodyFunction::plenary:
    case BodyFunction::promotion:
    case BodyFunction::liaison:
    case BodyFunction::working_group:
    case BodyFunction::training:
    case BodyFunction::platform:
    case BodyFunction::theme:
    case BodyFunction::information_source:
    case BodyFunction::sector_oversight:
    case BodyFunction::umbrella:
    case BodyFunction::other_law:
      return false;
  }
  return false;
}

const Service* Municipality::service(std::string_view code) const { return by_code(services, code); }
const Agency* Municipality::agency(std::string_view code) const { return by_code(agencies, code); }
const Area* Municipality::area(std::string_view code) const { return by_code(areas, code); }
const Body* Municipality::body(std::string_view code) const { return by_code(bodies, code); }
const PostKind* Municipality::post(std::string_view code) const { return by_code(posts, code); }
const Indicator* Municipality::indicator(std::string_view code) const { return by_code(indicators, code); }

const Agency* Municipality::agency_named(std::string_view wanted) const {
  const auto key = name_key(wanted);
  if (key.empty()) return nullptr;
  for (const auto& a : agencies)
    if (name_key(a.name) == key) return &a;
  for (const auto& alias : aliases)
    if (name_key(alias.alias) == key) return agency(alias.agency);
  return nullptr;
}

const Body* Municipality::body_for(BodyFunction function) const {
  const auto all = bodies_for(function);
  return all.empty() ? nullptr : all.front();
}

std::vector<const Body*> Municipality::bodies_for(BodyFunction function) const {
  return all_with(bodies, [&](const Body& b) { return b.function == function; });
}

std::vector<const Service*> Municipality::services_of_item(int statute_item) const {
  return all_with(services, [&](const Service& s) { return s.statute_item == statute_item; });
}

std::vector<const Agency*> Municipality::agencies_of(AgencyKind kind) const {
  return all_with(agencies, [&](const Agency& a) { return a.kind == kind; });
}

std::vector<const Agency*> Municipality::agencies_of_service(std::string_view code) const {
  return all_with(agencies, [&](const Agency& a) { return holds(a.services, code); });
}

std::vector<const Agency*> Municipality::satellites_of(std::string_view code) const {
  return all_with(agencies, [&](const Agency& a) { return a.satellite && a.parent == code; });
}

std::vector<const PostKind*> Municipality::posts_of(Role role) const {
  return all_with(posts, [&](const PostKind& p) { return p.role == role; });
}

std::optional<int> Municipality::site_count(std::string_view code) const {
  const auto* found = service(code);
  if (found == nullptr) return std::nullopt;
  if (found->sites) return found->sites;
  int sum = 0;
  bool stated = false;
  for (const auto& line : service_sites)
    if (line.service == code) {
      sum += line.count;
      stated = true;
    }
  if (stated) return sum;
  const auto named = all_with(agencies, [&](const Agency& a) { return holds(a.services, code) && !a.satellite; });
  return named.empty() ? std::nullopt : std::optional<int>(static_cast<int>(named.size()));
}

std::vector<const Area*> Municipality::areas_of(std::string_view code) const {
  std::vector<const Area*> result;
  for (const auto& c : catchments)
    if (c.agency == code)
      if (const auto* found = area(c.area)) result.push_back(found);
  return result;
}

std::vector<const Agency*> Municipality::agencies_for(std::string_view wanted, TargetGroup group) const {
  std::set<std::string, std::less<>> covering;
  for (const auto& a : areas)
    if (a.kind == AreaKind::whole_city) covering.insert(a.code);
  for (const auto* a = area(wanted); a != nullptr; a = area(a->parent))
    if (!covering.insert(a->code).second) break;
  return all_with(agencies, [&](const Agency& a) {
    if (a.status == AgencyStatus::dormant) return false;
    if (group != TargetGroup::all && a.target != TargetGroup::all && a.target != group) return false;
    return std::any_of(catchments.begin(), catchments.end(),
                       [&](const Catchment& c) { return c.agency == a.code && covering.contains(c.area); });
  });
}

const Inbox* Municipality::inbox_of(std::string_view code) const {
  const auto found =
      std::find_if(rules.inboxes.begin(), rules.inboxes.end(), [&](const Inbox& i) { return holds(i.agencies, code); });
  return found == rules.inboxes.end() ? nullptr : &*found;
}

bool Municipality::is_city(std::string_view code) const {
  // Up the parents: a window of a section is the city; a centre that a contractor runs is not, wherever it sits.
  std::size_t steps = 0;
  for (const auto* a = agency(code); a != nullptr && steps <= agencies.size(); a = agency(a->parent), ++steps) {
    if (a->operation) return *a->operation == OperationForm::direct;
    if (a->kind == AgencyKind::city_section || a->kind == AgencyKind::school_board) return true;
    if (a->kind == AgencyKind::swc) return false;
  }
  return false;
}

bool Municipality::is_collaboration_operator(std::string_view code) const {
  return holds(rules.collaboration_operators, code);
}

bool Municipality::is_host(const Body& body, std::string_view code) const {
  if (holds(body.hosts, code)) return true;
  if (body.hosts.empty()) return holds(owner_sections, code) || is_collaboration_operator(code);
  // "The city" as host is the root of its sections: the one that is the city and has nothing above it.
  const bool whole_city = std::any_of(body.hosts.begin(), body.hosts.end(), [&](const std::string& host) {
    const auto* a = agency(host);
    return a != nullptr && a->kind == AgencyKind::city_section && a->parent.empty();
  });
  return whole_city && holds(owner_sections, code);
}

const std::vector<std::string>& Municipality::deciders() const {
  return rules.decider_agencies.empty() ? owner_sections : rules.decider_agencies;
}

std::shared_ptr<const form::CodeTable> Municipality::code_table(std::string_view key) const {
  const auto found = code_lists.find(key);
  return found == code_lists.end() ? nullptr : found->second.table;
}

std::string Municipality::wording(std::string_view key, std::string_view fallback) const {
  const auto found = words.find(key);
  return found == words.end() ? std::string(fallback) : found->second;
}

std::string Municipality::plan_period_text() const {
  if (!plan.fy_first || !plan.fy_last) return std::string(kNotInPlan);
  return FiscalYear{*plan.fy_first}.text() + "～" + FiscalYear{*plan.fy_last}.text();
}

bool Municipality::plan_ended(Date today) const { return plan.fy_last && today > FiscalYear{*plan.fy_last}.last(); }

std::optional<std::string> Municipality::plan_warning(Date today) const {
  if (plan_ended(today))
    return fmt::format("実施計画の期間（{}）は終わっています。新しい計画が設定されるまで、今の設定のまま動きます。",
                       plan_period_text());
  if (plan.status == PlanStatus::draft) return "実施計画は案です。策定されたら、設定を確かめてください。";
  return std::nullopt;
}

std::string SettingsFault::text() const {
  return line > 0 ? fmt::format("{} {}行目: {}。{}", file, line, what, mend)
                  : fmt::format("{}: {}。{}", file, what, mend);
}

namespace {

std::filesystem::path nearest_national(const std::filesystem::path& dir) {
  std::error_code error;
  auto folder = std::filesystem::absolute(dir, error).lexically_normal();
  while (!error && folder.has_relative_path()) {
    folder = folder.parent_path();
    for (const auto& candidate : {folder / "national", folder / "municipalities" / "national"})
      if (std::filesystem::exists(candidate / "codes.toml", error)) return candidate;
  }
  return dir.parent_path() / "national";
}

}  // namespace

tl::expected<Municipality, std::vector<SettingsFault>> load_municipality(const std::filesystem::path& dir) {
  return load_municipality(dir, nearest_national(dir));
}

tl::expected<Municipality, std::vector<SettingsFault>> load_municipality(const std::filesystem::path& dir,
                                                                         const std::filesystem::path& national) {
  reading::Findings findings;
  Municipality m;
  std::error_code error;
  if (!std::filesystem::is_directory(dir, error)) {
    findings.fault({dir.string(), 0}, "市町村の設定のフォルダがありません", "フォルダの場所を確かめてください");
    return tl::unexpected(findings.take());
  }
  m.slug = std::filesystem::absolute(dir).lexically_normal().filename().string();
  if (m.slug.empty()) m.slug = dir.parent_path().filename().string();
  reading::read_city(dir, m, findings);
  reading::read_services(dir, m, findings);
  reading::read_agencies(dir, m, findings);
  reading::read_areas(dir, m, findings);
  reading::read_posts(dir, m, findings);
  reading::read_national_posts(national, m, findings);
  reading::read_bodies(dir, m, findings);
  reading::read_rules(dir, m, findings);
  reading::read_wording(dir, national, m, findings);
  reading::read_indicators(dir, m, findings);
  reading::read_code_lists(dir, national, m, findings);
  reading::read_statutes(dir, national, m, findings);
  findings.settle();
  reading::check_whole(dir, m, findings);
  if (!findings.none()) return tl::unexpected(findings.take());
  return m;
}

}  // namespace kasane::programme
