// SQL of tasks.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "casework/task_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

void add_task(const access::Permit<TaskTag>& permit, db::WriteTx& tx, const NewTask& in);
std::optional<Task> task(const access::Permit<TaskTag>& permit);
std::vector<Task> tasks_about(const access::Scope<TaskTag>& scope, HouseholdId household);
std::vector<Task> tasks_from(const access::Scope<TaskTag>& scope, SubjectRef source);
std::vector<Task> open_tasks(const access::Scope<TaskTag>& scope, const std::vector<AgencyId>& agencies, Date before, const std::optional<TaskCursor>& from,
                             int limit);
std::vector<Task> done_tasks(const access::Scope<TaskTag>& scope, const std::vector<AgencyId>& agencies, const std::optional<TaskCursor>& from, int limit);
/// Plain facts of the open tasks of a case, for closing and reopening it; nobody sees them.
struct OpenTask {
  TaskId id;
  HouseholdId household;
  std::int64_t party = 0;       // agency or colleague who is to do it
  std::optional<Date> due_on;
};
std::vector<OpenTask> open_of_case(db::ReadTx& tx, CaseId id);
/// False when `version` is no longer the stored one.
bool finish_task(const access::Permit<TaskTag>& permit, db::WriteTx& tx, Date on, const std::string& note, std::int64_t version);

}  // namespace kasane::casework::store
