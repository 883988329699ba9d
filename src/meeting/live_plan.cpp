#include "meeting/live_plan.hpp"

#include "planning/plan_service.hpp"

namespace kasane::meeting {

namespace {

std::string key_of(std::size_t nth, std::string_view part, std::size_t n, std::string_view field) {
  return "plan" + std::to_string(nth) + "_" + std::string(part) + "_" + std::to_string(n) + "_" + std::string(field);
}

}  // namespace

std::vector<PlanEdit> plan_edits(db::ReadTx& tx, access::Gate& gate, const ItemView& item) {
  std::vector<PlanEdit> all;
  if (item.head.state != ItemState::waiting) return all;
  for (const PacketPlan& plan : item.plans) {
    if (plan.state != planning::PlanState::submitted || !gate.may(plan.id, access::Act::write)) continue;
    auto view = planning::plan_view(tx, gate, plan.id);
    if (view) all.push_back({plan.id, view->head.kind, view->head.version, std::move(view->goals), std::move(view->roles)});
  }
  return all;
}

form::Form plan_form(const programme::Ctx& ctx, const PlanEdit& plan, std::size_t nth) {
  form::Form f{"live_plan_" + std::to_string(nth), 1, {}};
  for (std::size_t n = 1; n <= plan.goals.size(); ++n) f.fields.push_back(parts::long_field(key_of(nth, "goal", n, "text"), "目標" + std::to_string(n), true));
  for (std::size_t n = 1; n <= plan.roles.size(); ++n) {
    const auto& role = plan.roles[n - 1];
    const std::string who = role.agency ? ctx.dir().name(*role.agency) : role.who;
    f.fields.push_back(parts::text_field(key_of(nth, "role", n, "what"), who + "：何を", true));
    f.fields.push_back(parts::text_field(key_of(nth, "role", n, "how"), who + "：どのくらい"));
  }
  return f;
}

form::Answers plan_answers(const PlanEdit& plan, std::size_t nth) {
  form::Answers a;
  for (std::size_t n = 1; n <= plan.goals.size(); ++n) parts::set_text(a, key_of(nth, "goal", n, "text"), plan.goals[n - 1].text.shown());
  for (std::size_t n = 1; n <= plan.roles.size(); ++n) {
    parts::set_text(a, key_of(nth, "role", n, "what"), plan.roles[n - 1].what.shown());
    parts::set_text(a, key_of(nth, "role", n, "how"), plan.roles[n - 1].how_often);
  }
  return a;
}

std::vector<planning::RowChange> read_plan(const form::Answers& a, const PlanEdit& plan, std::size_t nth) {
  std::vector<planning::RowChange> changes;
  for (std::size_t n = 1; n <= plan.goals.size(); ++n) changes.push_back({false, plan.goals[n - 1].id, a.text(key_of(nth, "goal", n, "text")), {}});
  for (std::size_t n = 1; n <= plan.roles.size(); ++n)
    changes.push_back({true, plan.roles[n - 1].id, a.text(key_of(nth, "role", n, "what")), a.text(key_of(nth, "role", n, "how"))});
  return changes;
}

std::vector<FieldError> plan_faults(const Error& error, std::size_t nth) {
  auto faults = parts::faults_of(error);
  for (FieldError& f : faults)
    if (!f.field.empty()) f.field = "plan" + std::to_string(nth) + "_" + f.field;
  return faults;
}

}  // namespace kasane::meeting
