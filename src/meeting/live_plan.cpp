#include "meeting/live_plan.hpp"

#include <algorithm>

#include "people/service.hpp"
#include "planning/plan_form.hpp"
#include "planning/plan_service.hpp"

namespace kasane::meeting {

namespace {

std::string prefix_of(std::size_t nth) { return "plan" + std::to_string(nth) + "_"; }

std::string key_of(std::size_t nth, std::string_view part, std::int64_t row, std::string_view field) {
  return prefix_of(nth) + std::string(part) + "_" + id_text(row) + "_" + std::string(field);
}

std::string who_of(const programme::Ctx& ctx, const planning::PlanRole& role) { return role.agency ? ctx.dir().name(*role.agency) : role.who; }

form::Field drop_field(std::string key, const std::string& what) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "live_plan_drop";
  table->codes = {{"drop", "プランから外す", false}};
  return parts::choices_field(std::move(key), what + "をやめる", std::move(table));
}

/// The editor's questions about a goal or a role are those of row 1; on this page each plan has its own.
constexpr std::string_view kGoalRow = "goal_1_", kRoleRow = "role_1_";
constexpr std::string_view kNewGoal = "addgoal_", kNewRole = "addrole_";

std::string on_page(std::string_view key, std::size_t nth) {
  if (key.starts_with(kGoalRow)) return prefix_of(nth) + std::string(kNewGoal) + std::string(key.substr(kGoalRow.size()));
  if (key.starts_with(kRoleRow)) return prefix_of(nth) + std::string(kNewRole) + std::string(key.substr(kRoleRow.size()));
  return std::string(key);
}

form::Form row_form(const programme::Ctx& ctx, const PlanEdit& plan, bool role) {
  planning::EditorChoices choices;
  choices.persons = plan.persons;
  choices.topics = plan.topics;
  auto agencies = std::make_shared<form::CodeTable>();
  agencies->key = "agencies_of_city";
  for (const auto& entry : ctx.dir().all()) agencies->codes.push_back({entry.code, entry.name, !entry.active});
  choices.agencies = std::move(agencies);
  auto services = std::make_shared<form::CodeTable>();
  services->key = "services_of_city";
  for (const auto& service : ctx.m().services) services->codes.push_back({service.code, service.name, false});
  choices.services = std::move(services);
  form::Form f = planning::editor_form(ctx.m(), plan.kind, choices, {1, 1});
  const auto keys = role ? planning::role_keys(1) : planning::goal_keys(1);
  std::erase_if(f.fields, [&](const form::Field& field) { return std::find(keys.begin(), keys.end(), field.key) == keys.end(); });
  return f;
}

}  // namespace

std::vector<PlanEdit> plan_edits(db::ReadTx& tx, access::Gate& gate, const ItemView& item) {
  std::vector<PlanEdit> all;
  if (item.head.state != ItemState::waiting) return all;
  for (const PacketPlan& plan : item.plans) {
    if (plan.state != planning::PlanState::submitted || !gate.may(plan.id, access::Act::write)) continue;
    auto view = planning::plan_view(tx, gate, plan.id);
    if (!view) continue;
    PlanEdit edit{plan.id, view->head.kind, view->head.version, std::move(view->goals), std::move(view->roles), {}, {}};
    std::vector<PersonId> persons;
    for (const planning::PlanPerson& p : view->persons) persons.push_back(p.person);
    const auto names = people::names_of(tx, gate, persons);
    for (const PersonId person : persons)
      if (const auto name = names.find(person); name != names.end()) edit.persons.emplace_back(person, name->second.name.shown());
    if (const auto permit = gate.write(plan.id)) edit.topics = permit->verdict().visible;
    all.push_back(std::move(edit));
  }
  return all;
}

form::Form plan_form(const programme::Ctx& ctx, const PlanEdit& plan, std::size_t nth) {
  form::Form f{"live_plan_" + std::to_string(nth), 1, {}};
  for (const auto& goal : plan.goals) {
    const std::string name = "目標" + std::to_string(goal.number);
    f.fields.push_back(parts::long_field(key_of(nth, "goal", goal.id, "text"), name, true));
    f.fields.push_back(drop_field(key_of(nth, "goal", goal.id, "drop"), name));
  }
  for (const auto& role : plan.roles) {
    const std::string name = "役割" + std::to_string(role.number) + "（" + who_of(ctx, role) + "）";
    f.fields.push_back(parts::text_field(key_of(nth, "role", role.id, "what"), name + "：何を", true));
    f.fields.push_back(parts::text_field(key_of(nth, "role", role.id, "how"), name + "：どのくらい"));
    f.fields.push_back(drop_field(key_of(nth, "role", role.id, "drop"), name));
  }
  return f;
}

form::Answers plan_answers(const PlanEdit& plan, std::size_t nth) {
  form::Answers a;
  for (const auto& goal : plan.goals) parts::set_text(a, key_of(nth, "goal", goal.id, "text"), goal.text.shown());
  for (const auto& role : plan.roles) {
    parts::set_text(a, key_of(nth, "role", role.id, "what"), role.what.shown());
    parts::set_text(a, key_of(nth, "role", role.id, "how"), role.how_often);
  }
  return a;
}

PlanEdit posted_rows(const PlanEdit& plan, const web::Pairs& posted, std::size_t nth) {
  const auto there = [&](const std::string& key) { return std::any_of(posted.begin(), posted.end(), [&](const auto& pair) { return pair.first == key; }); };
  PlanEdit rows = plan;
  std::erase_if(rows.goals, [&](const auto& goal) { return !there(key_of(nth, "goal", goal.id, "text")); });
  std::erase_if(rows.roles, [&](const auto& role) { return !there(key_of(nth, "role", role.id, "what")); });
  return rows;
}

form::Answers with_unasked(form::Answers typed, const form::Answers& stored, const form::Form& asked) {
  for (const auto& [key, value] : stored.values())
    if (std::none_of(asked.fields.begin(), asked.fields.end(), [&, &key = key](const form::Field& f) { return f.key == key; })) typed.set(key, value);
  return typed;
}

std::vector<planning::RowChange> read_plan(const form::Answers& a, const PlanEdit& plan, std::size_t nth) {
  std::vector<planning::RowChange> changes;
  for (const auto& goal : plan.goals)
    changes.push_back({false, goal.id, a.text(key_of(nth, "goal", goal.id, "text")), {}, a.chose(key_of(nth, "goal", goal.id, "drop"), "drop")});
  for (const auto& role : plan.roles)
    changes.push_back({true, role.id, a.text(key_of(nth, "role", role.id, "what")), a.text(key_of(nth, "role", role.id, "how")),
                       a.chose(key_of(nth, "role", role.id, "drop"), "drop")});
  return changes;
}

std::vector<FieldError> plan_faults(const Error& error, std::size_t nth) {
  auto faults = parts::faults_of(error);
  for (FieldError& f : faults)
    if (!f.field.empty()) f.field = prefix_of(nth) + f.field;
  return faults;
}

form::Form addition_form(const programme::Ctx& ctx, const PlanEdit& plan, std::size_t nth, bool role) {
  form::Form f = row_form(ctx, plan, role);
  f.key = "live_plan_" + std::to_string(nth) + (role ? "_role" : "_goal");
  for (form::Field& field : f.fields) {
    const bool asked = field.key.ends_with("_by") || field.key.ends_with("_often");
    field.group = field.group.empty() || asked ? std::string() : "くわしい内容";
    if (field.key.ends_with("_text")) field.label = "新しい目標";
    // What stands on its own comes before what folds away.
    field.key = on_page(field.key, nth);
  }
  std::stable_partition(f.fields.begin(), f.fields.end(), [](const form::Field& field) { return field.group.empty(); });
  return f;
}

planning::RowsToAdd read_addition(const programme::Ctx& ctx, const form::Answers& answers, const PlanEdit& plan, std::size_t nth, bool role) {
  form::Answers typed;
  for (const form::Field& field : row_form(ctx, plan, role).fields)
    if (const std::string key = on_page(field.key, nth); answers.has(key)) typed.set(field.key, answers.value(key));
  auto content = planning::content_of(typed, ctx.m(), ctx.dir(), plan.kind, {1, 1}).content;
  // An empty row is none in the editor; here somebody pressed the button, and is told what is missing.
  if (role && content.roles.empty()) content.roles.emplace_back();
  if (!role && content.goals.empty()) content.goals.emplace_back();
  return {std::move(content.goals), std::move(content.roles)};
}

std::vector<FieldError> addition_faults(const Error& error, std::size_t nth) {
  auto faults = parts::faults_of(error);
  for (FieldError& f : faults) f.field = on_page(f.field, nth);
  return faults;
}

}  // namespace kasane::meeting
