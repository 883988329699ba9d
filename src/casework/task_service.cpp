#include "casework/task_service.hpp"

#include <algorithm>

#include "access/explain.hpp"
#include "access/facts.hpp"
#include "access/groups.hpp"
#include "casework/naming.hpp"
#include "casework/progress_store.hpp"
#include "casework/sitting_task.hpp"
#include "casework/team_store.hpp"
#include "casework/task_store.hpp"
#include "due/service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

constexpr int kTasksPerPage = 50;

std::vector<FieldError> faults(db::ReadTx& tx, const NewTask& in, Date today) {
  std::vector<FieldError> found;
  if (!in.agency) found.push_back({"agency", "どの機関がするかを選んでください。"});
  if (in.what.empty()) found.push_back({"what", "することを書いてください。"});
  if (in.account && !store::works_in(tx, *in.account, in.agency, today))
    found.push_back({"account", "担当者は、その機関の人から選んでください。"});
  if (in.person && !people::is_member(tx, in.household, *in.person)) found.push_back({"person", "この世帯の人から選んでください。"});
  return found;
}

/// A head makes the tasks of what it decides; apart from that they are work on the household.
bool decides_about(access::Gate& gate, HouseholdId household) {
  if (!gate.role_may(SubjectKind::plan, access::Act::decide)) return false;
  const auto why = gate.explain(household.value, access::Act::read);
  if (!why || !why->verdict.allowed) return false;
  return why->verdict.why == access::Why::holder || std::ranges::any_of(why->grounds, [](const access::UsedGround& g) {
    return access::weaker(access::GroundKind::decision_duty, g.kind) == access::GroundKind::decision_duty;
  });
}

Result<> may_add(access::Gate& gate, HouseholdId household) {
  if (decides_about(gate, household)) return {};
  const auto permit = gate.write(household);
  return permit ? Result<>() : tl::unexpected(permit.error());
}

/// Who gets a task reads whose it is. One that may not be named to the viewer is answered like one that sees nothing.
bool may_be_given(db::ReadTx& tx, access::Gate& gate, const NewTask& in) {
  if (in.took_on || !in.agency) return true;
  if (!Naming(tx, gate).may_name(in.household, in.agency)) return false;
  const auto team = store::current_team(tx, in.household);
  return std::ranges::any_of(team, [&](const store::TeamRow& row) { return row.agency == in.agency; }) ||
         store::agency_sees(tx, in.household.value, in.agency, gate.today());
}

/// A task of an agency that nobody may know of is as hidden as the agency.
access::Topics topics_of(db::ReadTx& tx, const NewTask& in) {
  const access::Topics topics = access::Topics(access::Topic::basic) | in.topics;
  return works_guarded(tx, in.household, in.agency) ? topics | access::Topic::abuse : topics;
}

TaskId put(db::WriteTx& tx, const access::Actor& actor, const access::Permit<TaskTag>& permit, const NewTask& in) {
  store::add_task(permit, tx, in);
  if (in.due_on) {
    const std::int64_t party = in.account ? in.account->value : in.agency.value;
    due::await(tx, {"task.due", party, in.household.value, {SubjectKind::task, permit.id().value}, *in.due_on}, actor.now);
  }
  return permit.id();
}

}  // namespace

Result<TaskId> add_task(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewTask& in) {
  if (auto may = may_add(gate, in.household); !may) return tl::unexpected(may.error());
  auto found = faults(tx, in, gate.today());
  if (!may_be_given(tx, gate, in)) found.push_back({"agency", "いま情報を共有する根拠がない機関には、たのめません。先に支援チームに加えてください。"});
  if (!found.empty()) return invalid(std::move(found));
  const auto permit = gate.create<TaskTag>(tx, {in.household.value, in.agency, in.person, topics_of(tx, in), access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  return put(tx, actor, *permit, in);
}

Result<TaskId> add_task_of_sitting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const access::Permit<AgendaItemTag>& item,
                                   NewTask in) {
  if (item.act() != access::Act::write || item.facts().root != in.household.value) return fail(ErrorCode::not_found, "見つかりません。");
  in.took_on = true;
  if (auto found = faults(tx, in, gate.today()); !found.empty()) return invalid(std::move(found));
  // Made by itself and hung on the household then: the host knows the item, and perhaps not the household.
  const auto permit = gate.create<TaskTag>(tx, {0, in.agency, in.person, topics_of(tx, in), access::Sharing::team});
  if (!permit) return tl::unexpected(permit.error());
  access::move_to_root(tx, {SubjectKind::task, permit->id().value}, in.household.value);
  return put(tx, actor, *permit, in);
}

std::vector<Task> tasks_of(db::ReadTx&, access::Gate& gate, HouseholdId household) {
  return store::tasks_about(gate.scope<TaskTag>(access::Topic::basic), household);
}

std::vector<Task> tasks_from(db::ReadTx&, access::Gate& gate, SubjectRef source) {
  return store::tasks_from(gate.scope<TaskTag>(access::Topic::basic), source);
}

Result<Task> task(db::ReadTx&, access::Gate& gate, TaskId id) {
  const auto permit = gate.read(id);
  if (!permit) return tl::unexpected(permit.error());
  auto found = store::task(*permit);
  if (!found) return fail(ErrorCode::not_found, "見つかりません。");
  return std::move(*found);
}

TaskPage tasks(db::ReadTx&, access::Gate& gate, const TaskFilter& filter, const std::optional<TaskCursor>& from) {
  std::vector<AgencyId> agencies;
  if (filter.mine)
    for (const access::Post& p : gate.viewer().posts) agencies.push_back(p.agency);
  const auto scope = gate.scope<TaskTag>(access::Topic::basic);
  const Date last = filter.overdue ? gate.today().plus_days(-1) : *Date::from_iso(access::kForever);
  TaskPage page;
  page.lines = filter.done ? store::done_tasks(scope, agencies, from, kTasksPerPage + 1) : store::open_tasks(scope, agencies, last, from, kTasksPerPage + 1);
  if (page.lines.size() > static_cast<std::size_t>(kTasksPerPage)) {
    page.lines.resize(static_cast<std::size_t>(kTasksPerPage));
    const Task& t = page.lines.back();
    page.next = TaskCursor{filter.done ? *t.done_on : t.due_on.value_or(*Date::from_iso(access::kForever)), t.id};
  }
  return page;
}

Result<> finish_task(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, TaskId id, std::int64_t version, Date done_on,
                     const std::string& note) {
  const auto permit = gate.write(id);
  if (!permit) return tl::unexpected(permit.error());
  const auto now = store::task(*permit);
  if (!now) return fail(ErrorCode::not_found, "見つかりません。");
  if (now->done_on) return fail(ErrorCode::conflict, "この「すること」は、もう済んでいます。");
  if (done_on > gate.today()) return invalid("done_on", "済んだ日は、今日までの日を入れてください。");
  if (!store::finish_task(*permit, tx, done_on, note, version)) return fail(ErrorCode::stale, "ほかの人が先に保存しました。");
  const SubjectRef subject{SubjectKind::task, id.value};
  due::settle(tx, subject, "task.due", actor);
  access::note_act(tx, {"task.done", done_on, now->household.value, access::sole_person(tx, permit->facts().person), subject, {}, {}, {}}, actor);
  return {};
}

void rest_tasks(db::WriteTx& tx, const access::Actor& actor, CaseId id) {
  for (const store::OpenTask& t : store::open_of_case(tx, id)) due::settle(tx, {SubjectKind::task, t.id.value}, "task.due", actor);
}

void wake_tasks(db::WriteTx& tx, const access::Actor& actor, CaseId id) {
  for (const store::OpenTask& t : store::open_of_case(tx, id))
    if (t.due_on) due::await(tx, {"task.due", t.party, t.household.value, {SubjectKind::task, t.id.value}, *t.due_on}, actor.now);
}

}  // namespace kasane::casework
