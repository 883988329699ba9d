#include "planning/plan_reading.hpp"

#include <algorithm>

#include "form/json.hpp"
#include "planning/plan_rules.hpp"

namespace kasane::planning {

using html::Html;

namespace {

Html persons_html(const PlanView& plan, const Names& names) {
  std::vector<Html> shown;
  for (const PlanPerson& p : plan.persons)
    if (Html name = name_of(names, p.person); !name.empty()) shown.push_back(std::move(name));
  return html::join(shown, html::text("、"));
}

Html goals_html(const programme::Ctx& ctx, const PlanView& plan, const Names& names, bool whole) {
  if (plan.goals.empty()) return html::empty_state("目標はまだありません。");
  std::vector<html::Column> columns{{"番号"}, {"期間"}, {"目標"}, {"だれの"}, {"いつまで"}};
  if (whole) columns.push_back({"種類"});
  html::Table table("目標", columns);
  const auto kinds = ctx.m().code_table("goal_kinds");
  for (const PlanGoal& g : plan.goals) {
    table.row().cell(g.number).cell(label_of(g.term)).cell(g.text).cell(g.person ? name_of(names, *g.person) : html::text("世帯")).cell(day_text(g.by_on));
    if (whole) table.cell(kinds && !g.kind.empty() ? kinds->label(g.kind) : std::string());
  }
  return table.done();
}

/// The programmes that the plan names, in one line.
std::string named_services(const programme::Ctx& ctx, const PlanHead& head) {
  std::string named;
  if (head.names_outreach) named = ctx.m().wording("item_4", "アウトリーチ等を通じた継続的支援事業");
  if (head.names_participation) named += (named.empty() ? "" : "、") + ctx.m().wording("item_2", "参加支援事業");
  return named;
}

Html who(const programme::Ctx& ctx, const PlanRole& role) {
  if (!role.agency) return html::text(role.who);
  return role.who.empty() ? html::text(agency_name(ctx, *role.agency)) : html::group({agency_name(ctx, *role.agency), "（", role.who, "）"});
}

Html roles_html(const programme::Ctx& ctx, const PlanView& plan, bool whole) {
  if (plan.roles.empty()) return html::empty_state("役割分担はまだありません。");
  std::vector<html::Column> columns{{"番号"}, {"だれが"}, {"何をする"}, {"どのくらい"}, {"いつまで"}};
  if (whole) columns.push_back({"事業"});
  html::Table table("役割分担", columns);
  for (const PlanRole& r : plan.roles) {
    table.row().cell(r.number).cell(who(ctx, r)).cell(r.what).cell(r.how_often).cell(day_text(r.by_on));
    if (whole) table.cell(service_name(ctx, r.service));
  }
  return table.done();
}

}  // namespace

Html plan_html(const programme::Ctx& ctx, const PlanView& plan, const Names& names, bool whole) {
  const auto left_out = [&](const char* part) { return !whole && std::find(plan.home_leaves.begin(), plan.home_leaves.end(), part) != plan.home_leaves.end(); };
  html::Facts facts;
  facts.add(ctx.m().wording("person", "本人"), persons_html(plan, names));
  if (!left_out("wishes")) facts.add("本人の希望", html::lines(plan.wishes.shown()));
  if (!left_out("household_wishes") && !plan.household_wishes.shown().empty()) facts.add("家族の希望", html::lines(plan.household_wishes.shown()));
  if (!left_out("direction")) facts.add("支援の方向性", html::lines(plan.direction.shown()));
  const auto approach = ctx.m().code_table("plan_approach");
  if (whole && approach && !plan.head.approach.empty()) facts.add("支援の考え方", approach->label(plan.head.approach));
  if (const std::string named = named_services(ctx, plan.head); whole && !named.empty()) facts.add("明記する事業", named);
  facts.add("見直しの日", day_text(plan.head.review_on));
  Html body = facts.done();
  body += html::section("目標", goals_html(ctx, plan, names, whole));
  body += html::section("役割分担", roles_html(ctx, plan, whole));
  if (whole)
    if (const auto extra = form::from_json(plan.extra.shown()))
      body += html::section("くわしい内容", html::form_facts(extra_form(ctx.m(), plan.head.kind, true, true), extra->answers));
  return body;
}

PlanView for_home(PlanView plan, access::Topics kept_away) {
  const auto stays_away = [&](const auto& row) { return row.not_home || never_home(row.topic) || kept_away.has_all(row.topic); };
  std::erase_if(plan.goals, stays_away);
  std::erase_if(plan.roles, stays_away);
  for (std::size_t i = 0; i < plan.goals.size(); ++i) plan.goals[i].number = static_cast<int>(i) + 1;
  for (std::size_t i = 0; i < plan.roles.size(); ++i) plan.roles[i].number = static_cast<int>(i) + 1;
  return plan;
}

}  // namespace kasane::planning
