#include "meeting/plenary_service.hpp"

#include <algorithm>
#include <iterator>

#include "meeting/common_issue_store.hpp"

namespace kasane::meeting {

namespace {

constexpr int kMostIssues = 200;

std::size_t column_of(std::string_view field) {
  const auto found = std::find_if(std::begin(kIssueFields), std::end(kIssueFields), [&](IssueField f) { return code_of(f) == field; });
  return static_cast<std::size_t>(std::min(found, std::end(kIssueFields) - 1) - std::begin(kIssueFields));
}

std::size_t row_of(const std::vector<std::string>& areas, const std::string& area) {
  return static_cast<std::size_t>(std::find(areas.begin(), areas.end(), area) - areas.begin());
}

/// The city as a whole first, then the areas of open issues in the order of the city's folder.
std::vector<std::string> areas_of(const programme::Municipality& m, const std::vector<CommonIssue>& open) {
  std::vector<std::string> areas{""};
  for (const auto& area : m.areas)
    if (std::any_of(open.begin(), open.end(), [&](const CommonIssue& i) { return i.area == area.code; })) areas.push_back(area.code);
  return areas;
}

void add_numbers(db::ReadTx& tx, PlenaryFigures& f) {
  const std::size_t wide = std::size(kIssueFields);
  f.issues.assign(f.areas.size(), std::vector<std::int64_t>(wide));
  for (const CommonIssue& i : f.open)
    if (const std::size_t row = row_of(f.areas, i.area); row < f.areas.size()) ++f.issues[row][column_of(code_of(i.field))];
  std::vector<std::vector<std::int64_t>> behind(f.areas.size(), std::vector<std::int64_t>(wide));
  for (const store::Count& c : store::behind_by_area_and_field(tx))
    if (const std::size_t row = row_of(f.areas, c.first); row < f.areas.size()) behind[row][column_of(c.second)] += c.number;
  // Nothing behind an issue and little behind it look alike, so that no way back shows that it is there.
  f.households = told_table(behind, f.limit, true);
}

NeedList list_of(std::string title, std::string meaning, const std::vector<std::pair<std::string, std::int64_t>>& numbers, std::int64_t limit) {
  NeedList list{std::move(title), std::move(meaning), {}, {}};
  std::vector<std::int64_t> values;
  for (const auto& [label, value] : numbers) {
    list.labels.push_back(label);
    values.push_back(value);
  }
  list.numbers = told_list(values, limit);
  return list;
}

using Labelled = std::vector<std::pair<std::string, std::int64_t>>;

Labelled lacking(db::ReadTx& tx, const Settings& city, const PlenaryFigures& f) {
  Labelled all;
  for (const IssueField field : kIssueFields) all.emplace_back(label_of(field, city.m), 0);
  for (const store::Count& c : store::lacking_by_field(tx, f.from, f.to)) all[column_of(c.first)].second += c.number;
  return all;
}

Labelled not_reached(db::ReadTx& tx, const Settings& city, const PlenaryFigures& f) {
  Labelled all;
  const auto kinds = city.m.code_table("goal_kinds");
  const auto counts = store::goals_not_reached(tx, f.from, f.to, static_cast<std::int64_t>(access::kStandardScope.bits()));
  if (kinds)
    for (const auto& kind : kinds->codes) {
      const auto found = std::find_if(counts.begin(), counts.end(), [&](const store::Count& c) { return c.first == kind.code; });
      all.emplace_back(kind.label, found == counts.end() ? 0 : found->number);
    }
  return all;
}

Labelled referral_reasons(db::ReadTx& tx, const Settings& city, const PlenaryFigures& f) {
  Labelled all;
  for (const auto& reason : city.m.rules.referral_reasons) all.emplace_back(reason.text, store::referred_for(tx, reason.code, f.from, f.to));
  return all;
}

}  // namespace

Result<PlenaryFigures> plenary_figures(db::ReadTx& tx, access::Gate& gate, const Settings& city, Date from, Date to) {
  if (!gate.role_may(SubjectKind::meeting_session, access::Act::read)) return fail(ErrorCode::not_found, "見つかりません。");
  PlenaryFigures f;
  f.from = from;
  f.to = to;
  f.limit = small_number(city.m);
  f.open = store::issues(tx, {"open", {}, {}, {}}, kMostIssues);
  f.areas = areas_of(city.m, f.open);
  add_numbers(tx, f);
  f.needs.push_back(list_of("資源が足りないと話された世帯", "会議の議題から出された「資源が足りない」という共通の課題の、もとになった世帯を分野ごとに数えます。",
                            lacking(tx, city, f), f.limit));
  if (auto goals = not_reached(tx, city, f); !goals.empty())
    f.needs.push_back(list_of("達成できなかった目標がある世帯", "プランの評価で「達成していない」とされた目標を、目標の種類ごとに世帯で数えます。", goals, f.limit));
  if (auto reasons = referral_reasons(tx, city, f); !reasons.empty())
    f.needs.push_back(list_of("つなぎの理由", "つなぎの理由として選ばれたものを、世帯で数えます。一つの世帯がいくつかの理由に入ることがあります。", reasons, f.limit));
  f.answers = store::answers_between(tx, from, to);
  return f;
}

}  // namespace kasane::meeting
