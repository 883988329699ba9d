#include "planning/amend_service.hpp"

#include "base/japanese.hpp"
#include "casework/task_service.hpp"
#include "planning/amend_store.hpp"
#include "planning/plan_store.hpp"

namespace kasane::planning {

namespace {

std::vector<FieldError> faults_of(const std::vector<RowChange>& changes) {
  std::vector<FieldError> faults;
  int goals = 0, roles = 0;
  for (const RowChange& c : changes) {
    const std::string key = c.role ? "role_" + std::to_string(++roles) + "_what" : "goal_" + std::to_string(++goals) + "_text";
    if (trim(c.text).empty()) faults.push_back({key, c.role ? "何をするかを入力してください。" : "目標を入力してください。"});
  }
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

}  // namespace

Result<> amend_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id, std::int64_t version, AgendaItemId item,
                    const std::vector<RowChange>& typed) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto head = store::plan_head(tx, id);
  if (!head) return fail(ErrorCode::not_found, "見つかりません。");
  if (head->state != PlanState::submitted || store::finding(tx, id)) return fail(ErrorCode::conflict, "会議の判断を待っているプランだけを、ここで直せます。");
  if (auto faults = faults_of(typed); !faults.empty()) return invalid(std::move(faults));
  if (!store::begin_amendment(tx, *permit, version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  std::int64_t changed = 0;
  for (RowChange c : typed) {
    c.text = std::string(trim(c.text));
    c.how_often = std::string(trim(c.how_often));
    changed += store::amend_row(tx, *permit, item, c, actor);
  }
  return changed > 0 ? ask_to_tell(tx, gate, actor, *head) : Result<>();
}

Result<std::vector<Amendment>> amendments(db::ReadTx&, access::Gate& gate, PlanId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  return store::amendments(*permit);
}

}  // namespace kasane::planning
