// What somebody undertook to do: out of a plan's role division, a meeting or the case. Done with a note.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct NewTask {
  HouseholdId household;
  std::optional<CaseId> case_id;
  AgencyId agency;                       // who does it; it holds the task and so always sees it
  std::optional<AccountId> account;      // a colleague there
  SubjectRef source{};                   // plan, agenda item, referral or case from which it comes
  std::string what;
  std::string how_often;                 // "月1回"; '' once
  std::optional<Date> due_on;
  std::optional<PersonId> person;        // whom it is about
  access::Topics topics = access::Topic::plan;  // e.g. abuse: hidden from those who may not know
  bool took_on = false;                  // a decided plan names the agency, or it was at the sitting that gave the task
};
/// For who may work on the household, and for heads whose duty it is to decide. Errors: those of the gate; invalid
/// (agency: also one that is neither on the team nor sees the household, for the task alone would tell it; what). Due
/// item task.due where there is a day.
Result<TaskId> add_task(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewTask& in);

struct Task {
  TaskId id;
  HouseholdId household;
  std::optional<CaseId> case_id;
  Personal<std::string> label;           // household, in lists over households
  AgencyId agency;
  std::optional<AccountId> account;
  SubjectRef source{};
  Personal<std::string> what;
  std::string how_often;
  std::optional<Date> due_on;
  std::optional<Date> done_on;
  Personal<std::string> done;            // how it went
  bool left_open = false;                // 未了のまま終結: open, of a case that is closed; nobody is waited for
  std::int64_t version = 1;
};
/// Tasks about one household that the viewer may know: open ones by day, then those done, newest first; at most 200.
std::vector<Task> tasks_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
/// Tasks that came out of one plan, item … (for reviews).
std::vector<Task> tasks_from(db::ReadTx& tx, access::Gate& gate, SubjectRef source);
Result<Task> task(db::ReadTx& tx, access::Gate& gate, TaskId id);

/// The case is closed: its open tasks stay as they are, but nobody is waited for any more.
void rest_tasks(db::WriteTx& tx, const access::Actor& actor, CaseId id);
/// The case goes on: what was left open is awaited again by its day.
void wake_tasks(db::WriteTx& tx, const access::Actor& actor, CaseId id);

struct TaskFilter {
  bool overdue = false;                  // due before today and open
  bool mine = true;                      // of the viewer's agencies; false: all that the viewer may know
  bool done = false;
};
struct TaskCursor {
  Date due_on;                           // 9999-12-31 for tasks without a day
  TaskId id;
};
struct TaskPage {
  std::vector<Task> lines;               // soonest first, 50 a page; not what a closed case left open
  std::optional<TaskCursor> next;
};
TaskPage tasks(db::ReadTx& tx, access::Gate& gate, const TaskFilter& filter, const std::optional<TaskCursor>& from);

/// Errors: those of the gate; stale; conflict when done already; invalid (done_on in the future). Act task.done.
Result<> finish_task(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, TaskId id, std::int64_t version, Date done_on,
                     const std::string& note);

}  // namespace kasane::casework
