#include "planning/closure_rules.hpp"

#include <algorithm>

namespace kasane::planning {

namespace {

bool fits(std::optional<int> mark) { return !mark || (*mark >= kLowestMark && *mark <= kHighestMark); }

void check_dimensions(const programme::Municipality& m, const NewEvaluation& in, std::vector<FieldError>& found) {
  const auto& known = m.rules.evaluation_dimensions;
  for (const Dimension& d : in.dimensions) {
    const bool there = std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.code == d.code; });
    if (!m.rules.evaluation_dimensions_on || !there) found.push_back({"dim_" + d.code + "_before", "この市では使わない項目です。"});
    if (!fits(d.before)) found.push_back({"dim_" + d.code + "_before", "1から5で選んでください。"});
    if (!fits(d.after)) found.push_back({"dim_" + d.code + "_after", "1から5で選んでください。"});
  }
}

}  // namespace

std::vector<FieldError> faults_of_evaluation(const programme::Municipality& m, const PlanView& plan, const NewEvaluation& in, Date today) {
  std::vector<FieldError> found;
  if (in.made_on > today) found.push_back({"made_on", "評価した日は、今日までの日を入れてください。"});
  if (in.change.empty()) found.push_back({"change", "何が変わったかを書いてください。"});
  const auto results = m.code_table("goal_result");
  for (const auto& [goal, result] : in.goals) {
    const auto it = std::find_if(plan.goals.begin(), plan.goals.end(), [&, &goal = goal](const PlanGoal& g) { return g.id == goal; });
    const std::string field = "goal_" + std::to_string(it == plan.goals.end() ? 0 : it->number);
    if (it == plan.goals.end()) found.push_back({field, "このプランの目標ではありません。"});
    if (results && results->find(result) == nullptr) found.push_back({field, "一覧から選んでください。"});
  }
  check_dimensions(m, in, found);
  return found;
}

std::vector<FieldError> faults_of_closure(const NewClosure& in, Date today) {
  std::vector<FieldError> found;
  if (in.reason.empty()) found.push_back({"reason", "終結の理由を選んでください。"});
  if (!in.main_contact) found.push_back({"main_contact", "終結後の主な連絡先を選んでください。"});
  if (in.watcher && *in.watcher == in.main_contact) found.push_back({"watcher", "主な連絡先とは別の機関を選んでください。"});
  if (in.watch_channel.empty()) found.push_back({"watch_channel", "変化があったときに、どこから気づけるかを書いてください。"});
  if (in.access_until < today) found.push_back({"access_until", "閲覧の期限は、今日より後の日を入れてください。"});
  if (in.proposed_on > today) found.push_back({"proposed_on", "提案の日は、今日までの日を入れてください。"});
  return found;
}

}  // namespace kasane::planning
