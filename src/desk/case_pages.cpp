// The page of a case: where it stands, its 本人, team, plans, what is due, its history, and what this viewer may do.
#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "casework/naming.hpp"
#include "casework/progress_service.hpp"
#include "desk/due_words.hpp"
#include "html/columns.hpp"
#include "desk/household_desk.hpp"
#include "desk/pages.hpp"
#include "due/service.hpp"
#include "meeting/common_issue_service.hpp"
#include "meeting/phone_service.hpp"
#include "planning/plan_rules.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

struct CaseView {
  HouseholdDesk desk;
  casework::CaseFacts facts;
  std::vector<due::DueLine> due;
  bool may_change = false;
};

/// An item names a record. Only those of records that this page shows anyway, and of the viewer's own agencies.
bool is_shown(const access::Viewer& viewer, const CaseView& v, const due::DueLine& item) {
  if (viewer.in_agency(AgencyId(item.party)) || viewer.account.value == item.party) return true;
  if (item.subject.id == v.facts.id.value) return true;
  const auto has = [&](const auto& list) { return std::ranges::any_of(list, [&](const auto& x) { return x.id.value == item.subject.id; }); };
  return has(v.desk.plans) || has(v.desk.tasks) || v.desk.member(PersonId(item.subject.id)) != nullptr;
}

Result<CaseView> case_view(db::ReadTx& tx, access::Gate& gate, CaseId id) {
  auto facts = casework::case_facts(tx, gate, id);
  if (!facts) return tl::unexpected(facts.error());
  auto desk = gather_for_case(tx, gate, *facts);
  if (!desk) return tl::unexpected(desk.error());
  CaseView v{std::move(*desk), std::move(*facts), due::open_about(tx, gate, facts->household.value), gate.may(id, access::Act::write)};
  casework::Naming naming(tx, gate);
  std::erase_if(v.due, [&](const due::DueLine& item) {
    return !is_shown(gate.viewer(), v, item) || !naming.may_name(v.facts.household, AgencyId(item.party));
  });
  return v;
}

Html state_facts(const programme::Ctx& ctx, const CaseView& v) {
  const casework::CaseFacts& c = v.facts;
  html::Facts facts;
  facts.add(ctx.m().wording("household", "世帯"), html::link(v.desk.household.label, ctx.url("/households/" + id_text(c.household))));
  std::vector<Html> subjects;
  for (PersonId person : c.subjects)
    if (const people::Member* m = v.desk.member(person)) subjects.push_back(html::text(m->name));
  facts.add(ctx.m().wording("person", "本人"), html::join(subjects, html::text("、")));
  facts.add("いま", casework::label_of(c.state));
  for (const programme::CodedText& category : ctx.m().rules.case_categories)
    if (category.code == c.category) facts.add("種類", category.text);
  if (c.owner) facts.add("担当機関", ctx.dir().name(*c.owner));
  else if (c.owner_by) facts.add("担当機関", html::group({"未定 ", html::chip(html::Tone::warning, wareki_short(*c.owner_by) + "までに決める")}));
  if (!c.approach.empty()) facts.add("関わり方", code_label(ctx, "plan_approach", c.approach));
  facts.add("開いた日", wareki(c.opened_on));
  facts.add("最後の連絡", parts::day(c.last_contact_on));
  const bool silent = c.state != casework::CaseState::closed && c.contact_by < ctx.today();
  facts.add("次の連絡", html::group({wareki_short(c.contact_by) + "まで（" + std::to_string(c.cadence_days) + "日ごと） ",
                                     silent ? html::chip(html::Tone::warning, day_words(c.contact_by, ctx.today())) : Html()}));
  if (c.next_look_on) facts.add("次に見る日", wareki(*c.next_look_on));
  return facts.done();
}

Html team(const programme::Ctx& ctx, const CaseView& v) {
  html::Table table("支援チーム", {{"機関"}, {"役割"}, {"していること"}, {"最後の連絡"}, {"次の予定"}, {"担当"}});
  for (const casework::Involvement& i : v.desk.involvements) {
    table.row().cell(ctx.dir().name(i.agency)).cell(casework::label_of(i.role)).cell(html::text(i.what));
    table.cell(parts::day(i.last_contact_on)).cell(parts::day(i.next_on)).cell(i.contact_name);
  }
  if (table.empty()) return {};
  return html::section("支援チーム", table.done(), "team", html::link("チームを直す", ctx.url("/cases/" + id_text(v.facts.id) + "/team")));
}

Html plans(const programme::Ctx& ctx, const CaseView& v) {
  if (v.desk.plans.empty()) return {};
  html::Table table(ctx.m().wording("plan", "支援プラン"), {{"プラン"}, {"いま"}, {"書いた機関"}, {"決定"}, {"見直し"}});
  for (const planning::PlanHead& p : v.desk.plans) {
    std::string name = planning::kind_name(ctx.m(), p.kind);
    if (p.revision > 1) name += "（第" + std::to_string(p.revision) + "版）";
    Html state = html::chip(html::Tone::neutral, planning::label_of(p.state));
    if (p.consent_withdrawn) state.add(" ").add(html::chip(html::Tone::warning, "同意の取消しあり"));
    table.row().cell(html::link(name, ctx.url("/plans/" + id_text(p.id)))).cell(state).cell(ctx.dir().name(p.author));
    table.cell(parts::day(p.decided_on)).cell(parts::day(p.review_on));
  }
  return html::section(ctx.m().wording("plan", "支援プラン"), table.done(), "plans");
}

Html tasks(const programme::Ctx& ctx, const CaseView& v) {
  if (v.desk.tasks.empty()) return {};
  html::Table table("役割分担", {{"すること"}, {"だれが"}, {"どのくらい"}, {"いつまで"}});
  for (const casework::Task& t : v.desk.tasks)
    table.row().cell(html::link(t.what, ctx.url("/tasks/" + id_text(t.id) + "/done"))).cell(ctx.dir().name(t.agency)).cell(t.how_often).cell(t.left_open ? html::chip(html::Tone::neutral, "未了のまま終結") : html::text(parts::day(t.due_on)));
  return html::section("役割分担", table.done(), "tasks");
}

/// What the viewer may open is known of what the page lists; of anything else it would have to be asked one by one.
bool stands_on_page(const CaseView& v, SubjectRef subject) {
  return std::ranges::any_of(v.desk.plans, [&](const planning::PlanHead& p) { return p.id.value == subject.id; }) ||
         std::ranges::any_of(v.desk.tasks, [&](const casework::Task& t) { return t.id.value == subject.id; });
}

/// A task in its own words.
std::string words_of(const programme::Ctx& ctx, const CaseView& v, const due::DueLine& item) {
  const auto task = std::ranges::find_if(v.desk.tasks, [&](const casework::Task& t) { return t.id.value == item.subject.id; });
  return task == v.desk.tasks.end() ? due_words(ctx.m(), item.kind) : task->what.shown();
}

Html due_items(const programme::Ctx& ctx, const CaseView& v) {
  if (v.due.empty()) return {};
  html::Table table("期日", {{"すること"}, {"だれが"}, {"いつまで"}});
  for (const due::DueLine& item : v.due) {
    const std::string who = ctx.dir().name(AgencyId(item.party));
    const std::string words = words_of(ctx, v, item);
    table.row().cell(stands_on_page(v, item.subject) ? html::link(words, ctx.url(page_of(item.subject))) : html::text(words)).cell(who.empty() ? std::string("自分") : who);
    table.cell(due_day(item.due_on, ctx.today()));
  }
  return html::section("期日", table.done(), "due");
}

Html history(const programme::Ctx& ctx, const CaseView& v) {
  std::vector<html::Step> steps;
  for (const casework::Episode& e : v.facts.episodes) {
    std::string days = wareki_short(e.opened_on) + "から";
    if (e.closed_on) days += wareki_short(*e.closed_on) + "まで";
    Html detail = html::text(days);
    if (!e.trigger.empty()) detail.add(" ").add(code_label(ctx, "reopening_reason", e.trigger));
    steps.push_back({std::to_string(e.number) + "回目", e.closed_on ? html::StepState::done : html::StepState::now, std::move(detail)});
  }
  return html::section("これまで", html::steps("このケースの経過", steps), "history");
}

/// The plan that the viewer's agency is writing or has submitted: it is gone on with.
const planning::PlanHead* begun_here(const programme::Ctx& ctx, const CaseView& v) {
  const auto found = std::ranges::find_if(v.desk.plans, [&](const planning::PlanHead& p) {
    const bool waits = p.state == planning::PlanState::draft || p.state == planning::PlanState::submitted;
    return waits && ctx.viewer().in_agency(p.author);
  });
  return found == v.desk.plans.end() ? nullptr : &*found;
}

bool several_kinds(const programme::Municipality& m) {
  return planning::kind_offered(m.rules, planning::PlanKind::outreach) || planning::kind_offered(m.rules, planning::PlanKind::participation);
}

Html buttons(const programme::Ctx& ctx, const CaseView& v) {
  const std::string base = "/cases/" + id_text(v.facts.id);
  std::vector<Html> all;
  const auto add = [&](bool may, const std::string& label, const std::string& path, html::Look look = html::Look::secondary) {
    if (may) all.push_back(html::link_button(label, ctx.url(path), look));
  };
  const bool open = v.facts.state != casework::CaseState::closed;
  add(open && v.desk.may_record, "記録を書く", "/households/" + id_text(v.facts.household) + "/records/new", html::Look::primary);
  add(true, ctx.m().wording("assessment", "アセスメント"), base + "/assessment");
  const planning::PlanHead* begun = begun_here(ctx, v);
  add(open && v.may_change && begun != nullptr, ctx.m().wording("plan", "支援プラン") + "を見る・直す", begun == nullptr ? "" : "/plans/" + id_text(begun->id));
  add(open && v.may_change && (begun == nullptr || several_kinds(ctx.m())), ctx.m().wording("plan", "支援プラン") + "を書く", base + "/plans/new");
  add(open && v.may_change, ctx.m().wording("early_start", "決定前開始"), base + "/early-start");
  add(open && v.may_change, "進み具合をたずねる", base + "/progress");
  const bool steers = ctx.viewer().roles().meets({Role::coordinator, Role::city_officer});
  add(open && v.may_change && steers && !meeting::phone_bodies(ctx.m()).empty(), "電話で話し合ったことを記録する", "/meetings/phone/new?household=" + id_text(v.facts.household));
  add(v.may_change && open, "ケースを直す", base + "/edit");
  add(open && v.may_change, ctx.m().wording("closure", "終結") + "を会議にはかる", base + "/closure");
  // What was learnt is written when the case was looked back upon; whoever may not is told so there.
  add(!open && ctx.viewer().roles().meets(meeting::kIssueRaisers), "支援の知見を書く", "/lessons/new?case=" + id_text(v.facts.id));
  add(!open && v.may_change, ctx.m().wording("reopening", "再開") + "する", base + "/reopen", html::Look::primary);
  Html row = html::join(all, html::text(" "));
  return html::actions({row});
}

web::Reply case_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto v = ctx.read("case.page", [&](db::ReadTx& tx, access::Gate& gate) { return case_view(tx, gate, *id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = ctx.m().wording("case", "ケース") + " " + v->facts.number;
  page.heading = parts::heading(v->desk.household.label, ctx.m().wording("case", "ケース"));
  page.current = "cases";
  page.crumbs = {{ctx.m().wording("case", "ケース"), ctx.url("/cases")}, {v->facts.number, ""}};
  page.lead = html::group({html::muted(v->facts.number), " ", html::chip(html::Tone::info, casework::label_of(v->facts.state))});
  Html main = plans(ctx, *v);
  main += team(ctx, *v);
  main += tasks(ctx, *v);
  main += due_items(ctx, *v);
  main += history(ctx, *v);
  page.main = buttons(ctx, *v);
  page.main += html::side_first_columns(main, html::section("いまの状態", state_facts(ctx, *v), "state"));
  return ctx.show(std::move(page));
}

}  // namespace

void add_case_routes(programme::Router& router) {
  router.get("/cases/{id}", web::Need::of(kCaseRoles), case_page);
}

}  // namespace kasane::desk
