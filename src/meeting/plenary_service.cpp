#include "meeting/plenary_service.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "meeting/common_issue_store.hpp"

namespace kasane::meeting {

namespace {

constexpr int kMostIssues = 200;
constexpr int kYearsBack = 5;

std::int64_t standard_topics() { return static_cast<std::int64_t>(access::kStandardScope.bits()); }

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

void count_issues(PlenaryFigures& f) {
  f.issues.assign(f.areas.size(), std::vector<std::int64_t>(std::size(kIssueFields)));
  for (const CommonIssue& i : f.open)
    if (const std::size_t row = row_of(f.areas, i.area); row < f.areas.size()) ++f.issues[row][column_of(code_of(i.field))];
}

void count_households(db::ReadTx& tx, PlenaryFigures& f) {
  std::vector<std::vector<std::int64_t>> behind(f.areas.size(), std::vector<std::int64_t>(std::size(kIssueFields)));
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
  const auto counts = store::goals_not_reached(tx, f.from, f.to, standard_topics());
  if (kinds)
    for (const auto& kind : kinds->codes) {
      const auto found = std::find_if(counts.begin(), counts.end(), [&](const store::Count& c) { return c.first == kind.code; });
      all.emplace_back(kind.label, found == counts.end() ? 0 : found->number);
    }
  return all;
}

Labelled referral_reasons(db::ReadTx& tx, const Settings& city, const PlenaryFigures& f) {
  Labelled all;
  // A household may have been passed on several times, each time for several reasons.
  std::map<std::string, std::set<std::int64_t>, std::less<>> households;
  for (const auto& [household, reasons] : store::referral_reasons(tx, f.from, f.to, standard_topics()))
    for (std::size_t at = 0; at < reasons.size();) {
      const std::size_t end = std::min(reasons.find(',', at), reasons.size());
      households[reasons.substr(at, end - at)].insert(household);
      at = end + 1;
    }
  for (const auto& reason : city.m.rules.referral_reasons) all.emplace_back(reason.text, static_cast<std::int64_t>(households[reason.code].size()));
  return all;
}

}  // namespace

Date PlenaryPeriod::first() const { return quarter == 0 ? year.first() : *Date::from_ymd(quarter == 4 ? year.year + 1 : year.year, quarter == 4 ? 1 : quarter * 3 + 1, 1); }
Date PlenaryPeriod::last() const { return quarter == 0 || quarter == 4 ? year.last() : PlenaryPeriod{year, quarter + 1}.first().plus_days(-1); }
std::string PlenaryPeriod::code() const { return std::to_string(year.year) + (quarter == 0 ? "" : "-" + std::to_string(quarter)); }
std::string PlenaryPeriod::text() const {
  constexpr const char* kMonths[] = {"", " 4月〜6月", " 7月〜9月", " 10月〜12月", " 1月〜3月"};
  return year.text() + kMonths[quarter];
}

std::vector<PlenaryPeriod> periods_to_tell(Date today) {
  std::vector<PlenaryPeriod> all;
  const FiscalYear now = FiscalYear::of(today);
  for (int quarter = 3; quarter > 0; --quarter)
    if (const PlenaryPeriod one{now, quarter}; one.last() < today) all.push_back(one);
  for (int back = 1; back <= kYearsBack; ++back) all.push_back({FiscalYear{now.year - back}, 0});
  return all;
}

Result<PlenaryFigures> plenary_figures(db::ReadTx& tx, access::Gate& gate, const Settings& city, const PlenaryPeriod& period) {
  if (!gate.role_may(SubjectKind::meeting_session, access::Act::read)) return fail(ErrorCode::not_found, "見つかりません。");
  const auto periods = periods_to_tell(gate.today());
  if (std::none_of(periods.begin(), periods.end(), [&](const PlenaryPeriod& p) { return p.code() == period.code(); })) return invalid("period", "期間を一覧から選んでください。");
  PlenaryFigures f;
  f.from = period.first();
  f.to = period.last();
  f.with_numbers = gate.role_may(SubjectKind::statistic, access::Act::read);
  f.limit = small_number(city.m);
  f.open = store::issues(tx, {"open", {}, {}, {}}, kMostIssues);
  f.areas = areas_of(city.m, f.open);
  f.answers = store::answers_between(tx, f.from, f.to);
  count_issues(f);
  if (!f.with_numbers) return f;
  count_households(tx, f);
  f.needs.push_back(list_of("資源が足りないと話された世帯", "会議の議題から出された「資源が足りない」という共通の課題の、もとになった世帯を分野ごとに数えます。",
                            lacking(tx, city, f), f.limit));
  if (auto goals = not_reached(tx, city, f); !goals.empty())
    f.needs.push_back(list_of("達成できなかった目標がある世帯", "プランの評価で「達成していない」とされた目標を、目標の種類ごとに世帯で数えます。", goals, f.limit));
  if (auto reasons = referral_reasons(tx, city, f); !reasons.empty())
    f.needs.push_back(list_of("つなぎの理由", "つなぎの理由として選ばれたものを、世帯で数えます。一つの世帯がいくつかの理由に入ることがあります。", reasons, f.limit));
  return f;
}

}  // namespace kasane::meeting
