#include "planning/amend_service.hpp"

#include <algorithm>

#include "base/japanese.hpp"
#include "casework/task_service.hpp"
#include "planning/amend_store.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_steps.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

namespace {

std::string key_of(const RowChange& c, const char* field) { return (c.role ? "role_" : "goal_") + id_text(c.row) + "_" + field; }

/// The first that is to go, where none of its sort would be left of those that the writer sees.
template <class Row>
const RowChange* last_to_go(const std::vector<RowChange>& changes, const std::vector<Row>& rows, bool role) {
  const auto gone = [&](const Row& row) {
    return std::any_of(changes.begin(), changes.end(), [&](const RowChange& c) { return c.dropped && c.role == role && c.row == row.id; });
  };
  if (rows.empty() || !std::all_of(rows.begin(), rows.end(), gone)) return nullptr;
  return &*std::find_if(changes.begin(), changes.end(), [&](const RowChange& c) { return c.dropped && c.role == role; });
}

std::vector<FieldError> faults_of(const std::vector<RowChange>& changes, const PlanView& plan) {
  std::vector<FieldError> faults;
  for (const RowChange& c : changes)
    if (!c.dropped && trim(c.text).empty()) faults.push_back({key_of(c, c.role ? "what" : "text"), c.role ? "何をするかを入力してください。" : "目標を入力してください。"});
  if (const RowChange* c = last_to_go(changes, plan.goals, false)) faults.push_back({key_of(*c, "drop"), "目標を1つは残してください。ほかの目標に替えるときは、先に新しい目標を足します。"});
  if (const RowChange* c = last_to_go(changes, plan.roles, true)) faults.push_back({key_of(*c, "drop"), "役割分担を1つは残してください。ほかの役割に替えるときは、先に新しい役割を足します。"});
  return faults;
}

std::vector<FieldError> faults_of(const programme::Municipality& m, const PlanView& plan, RowsToAdd rows, access::Topics visible) {
  PlanContent content;
  for (const PlanPerson& p : plan.persons) content.persons.push_back(p.person);
  content.goals = std::move(rows.goals);
  content.roles = std::move(rows.roles);
  auto faults = faults_of_content(m, plan.head.kind, content, visible);
  if (plan.goals.size() + content.goals.size() > kMostRows && !content.goals.empty()) faults.push_back({"goal_1_text", "目標は" + std::to_string(kMostRows) + "件までです。"});
  if (plan.roles.size() + content.roles.size() > kMostRows && !content.roles.empty()) faults.push_back({"role_1_what", "役割分担は" + std::to_string(kMostRows) + "件までです。"});
  return faults;
}

/// The 本人 agreed to the wording before; somebody goes through the change with them.
Result<> ask_to_tell(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const PlanHead& head) {
  casework::NewTask task;
  task.household = head.household;
  task.case_id = head.case_id;
  task.agency = head.author;
  task.source = {SubjectKind::plan, head.id.value};
  task.what = "会議で直した目標・役割分担を、本人に伝えて確かめる";
  task.topics = access::Topic::plan;
  task.took_on = true;
  const auto made = casework::add_task(tx, gate, actor, task);
  return made ? Result<>() : Result<>(tl::unexpected(made.error()));
}

Result<PlanView> open_plan(db::ReadTx& tx, const access::Permit<PlanTag>& permit) {
  auto plan = store::plan_view(permit);
  if (!plan) return fail(ErrorCode::not_found, "見つかりません。");
  if (plan->head.state != PlanState::submitted || store::finding(tx, permit.id())) return fail(ErrorCode::conflict, "会議の判断を待っているプランだけを、ここで直せます。");
  return *std::move(plan);
}

}  // namespace

Result<> amend_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id, std::int64_t version, AgendaItemId item,
                    const std::vector<RowChange>& typed) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto plan = open_plan(tx, *permit);
  if (!plan) return tl::unexpected(plan.error());
  if (plan->head.version != version) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  if (auto faults = faults_of(typed, *plan); !faults.empty()) return invalid(std::move(faults));
  const bool told = store::amended_in(*permit, item);
  if (!store::begin_amendment(tx, *permit, version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  std::int64_t changed = 0;
  for (RowChange c : typed) {
    c.text = std::string(trim(c.text));
    c.how_often = std::string(trim(c.how_often));
    changed += c.dropped ? store::drop_row(tx, *permit, item, c, actor) : store::amend_row(tx, *permit, item, c, actor);
  }
  return changed > 0 && !told ? ask_to_tell(tx, gate, actor, plan->head) : Result<>();
}

Result<> add_to_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, AgendaItemId item,
                     const RowsToAdd& typed) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto plan = open_plan(tx, *permit);
  if (!plan) return tl::unexpected(plan.error());
  RowsToAdd rows = typed;
  for (NewGoal& g : rows.goals) g.text = std::string(trim(g.text));
  for (NewRole& r : rows.roles) {
    r.what = std::string(trim(r.what));
    r.who = std::string(trim(r.who));
  }
  auto faults = faults_of(city.m, *plan, rows, permit->verdict().visible);
  for (FieldError& f : faults_of_agencies(city, rows.roles)) faults.push_back(std::move(f));
  if (!faults.empty()) return invalid(std::move(faults));
  guard_roles(tx, plan->head.household, rows.roles);
  if (rows.goals.empty() && rows.roles.empty()) return {};
  const bool told = store::amended_in(*permit, item);
  if (!store::begin_amendment(tx, *permit, plan->head.version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  for (const NewGoal& g : rows.goals) store::add_goal(tx, *permit, item, g, actor);
  for (const NewRole& r : rows.roles) store::add_role(tx, *permit, item, r, actor);
  return told ? Result<>() : ask_to_tell(tx, gate, actor, plan->head);
}

Result<std::vector<Amendment>> amendments(db::ReadTx&, access::Gate& gate, PlanId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  return store::amendments(*permit);
}

}  // namespace kasane::planning
