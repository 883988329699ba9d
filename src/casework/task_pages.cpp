// Tasks: what one's agencies undertook to do, overdue ones first; adding one to a household; done with a note.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages.hpp"
#include "casework/case_pages_detail.hpp"
#include "casework/case_service.hpp"
#include "casework/posted_form.hpp"
#include "casework/task_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

std::string household_path(HouseholdId id) { return "/households/" + id_text(id); }

// --- the list ---

TaskFilter filter_from(const programme::Ctx& ctx) {
  TaskFilter filter;
  filter.done = ctx.req.query_value("show") == "done";
  filter.overdue = ctx.req.query_value("show") == "overdue";
  filter.mine = ctx.req.query_value("whose") != "all";
  return filter;
}

std::string list_address(const programme::Ctx& ctx, const TaskFilter& filter, std::string from = {}) {
  return parts::address(ctx.url("/tasks"), {{"show", filter.done ? "done" : filter.overdue ? "overdue" : ""},
                                            {"whose", filter.mine ? "" : "all"},
                                            {"from", std::move(from)}});
}

Html due_cell(const Task& task, Date today) {
  Html cell = html::text(task.due_on ? wareki_short(*task.due_on) : task.how_often);
  if (!task.done_on && task.due_on && *task.due_on < today) cell.add(html::chip(html::Tone::danger, "期限がすぎています"));
  return cell;
}

Html tasks_table(const programme::Ctx& ctx, const std::vector<Task>& tasks) {
  html::Table table("すること", {{"すること"}, {"世帯"}, {"機関"}, {"いつまで"}, {"すんだ日"}});
  for (const Task& t : tasks) {
    const std::string path = "/tasks/" + id_text(t.id) + "/done";
    table.row().cell(html::link(html::text(t.what), ctx.url(path))).cell(html::link(html::text(t.label), ctx.url(household_path(t.household))));
    table.cell(ctx.dir().name(t.agency)).cell(due_cell(t, ctx.today())).cell(parts::day(t.done_on));
  }
  return table.done();
}

web::Reply list_page(programme::Ctx& ctx) {
  const TaskFilter filter = filter_from(ctx);
  std::optional<TaskCursor> from;
  if (const auto cursor = parts::parse_cursor(ctx.req.query_value("from"))) from = TaskCursor{cursor->first, TaskId(cursor->second)};
  const TaskPage found = ctx.read("task.list", [&](db::ReadTx& tx, access::Gate& gate) { return tasks(tx, gate, filter, from); });
  html::Page page;
  page.title = "すること";
  page.current = "today";
  const auto tab = [&](const char* label, bool overdue, bool done) {
    TaskFilter f = filter;
    f.overdue = overdue;
    f.done = done;
    return html::Tab{label, list_address(ctx, f), filter.overdue == overdue && filter.done == done, {}};
  };
  page.main.add(html::tabs("すること", {tab("これから", false, false), tab("期限がすぎたもの", true, false), tab("すんだもの", false, true)}));
  TaskFilter other = filter;
  other.mine = !filter.mine;
  page.main.add(html::actions({html::link(filter.mine ? "ほかの機関のものも見る" : "自分の機関のものだけ見る", list_address(ctx, other))}));
  page.main.add(found.lines.empty() ? html::empty_state("ここに出すものはありません。") : tasks_table(ctx, found.lines));
  if (found.next || from) {
    html::Pager pager;
    if (from) {
      pager.previous_href = list_address(ctx, filter);
      pager.previous_label = "はじめから";
    }
    if (found.next) pager.next_href = list_address(ctx, filter, parts::cursor_text(found.next->due_on, found.next->id.value));
    page.main.add(html::pagination(pager));
  }
  return ctx.show(std::move(page));
}

// --- a new one ---

form::Form new_form(const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"task", 1, {}};
  f.fields.push_back(parts::text_field("what", "すること", true));
  f.fields.push_back(parts::choice_field("agency", "どの機関が", parts::agencies(ctx), true));
  f.fields.push_back(parts::date_field("due_on", "いつまで"));
  form::Field often = parts::text_field("how_often", "どのくらい");
  often.hint = "くり返すときだけ。例: 月1回";
  often.max = 40;
  f.fields.push_back(std::move(often));
  f.fields.push_back(parts::choice_field("person", "だれについて", parts::persons(household.members)));
  return f;
}

web::Reply show_new(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto household = ctx.read("task.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, id); });
  if (!household) return ctx.error(household.error());
  if (!again) {
    again.emplace();
    again->answers.set("agency", id_text(ctx.acting_agency()));
  }
  html::Page page;
  page.title = "することを加える";
  page.heading = parts::heading(household->label, "することを加える");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, id, household->label, "することを加える");
  page.main = html::form_page(new_form(ctx, *household), again->answers, again->errors,
                              {ctx.frame(household_path(id) + "/tasks", "task-" + id_text(id)), "加える", ctx.url(household_path(id)), {}, {}});
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show_new(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply create(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto household = ctx.read("task.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, *id); });
  if (!household) return ctx.error(household.error());
  auto parsed = parts::posted(ctx, new_form(ctx, *household));
  if (!parsed.ok()) return show_new(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  NewTask in;
  in.household = *id;
  in.agency = parts::chosen_id<AgencyTag>(a, "agency").value_or(AgencyId());
  in.source = {SubjectKind::household, id->value};
  in.what = a.text("what");
  in.how_often = a.text("how_often");
  in.due_on = a.date("due_on");
  in.person = parts::chosen_id<PersonTag>(a, "person");
  auto done = ctx.command("task.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    in.case_id = case_of(tx, gate, *id);
    if (in.case_id) in.source = {SubjectKind::support_case, in.case_id->value};
    const auto added = add_task(tx, gate, actor, in);
    if (!added) return tl::unexpected(added.error());
    return ctx.url(household_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, *id, std::move(again)); });
}

// --- done ---

form::Form done_form() {
  form::Form f{"task_done", 1, {}};
  f.fields.push_back(parts::date_field("done_on", "すんだ日", true));
  f.fields.push_back(parts::long_field("note", "どうだったか"));
  return f;
}

struct OneTask {
  Task task;
  bool may_change = false;
};

Html task_facts(const programme::Ctx& ctx, const Task& t) {
  html::Facts facts;
  facts.add("すること", t.what).add("機関", ctx.dir().name(t.agency));
  if (!t.how_often.empty()) facts.add("どのくらい", t.how_often);
  facts.add("いつまで", parts::day(t.due_on));
  if (t.done_on) facts.add("すんだ日", wareki(*t.done_on)).add("どうだったか", t.done);
  return facts.done();
}

web::Reply show_done(programme::Ctx& ctx, TaskId id, std::optional<Again> again) {
  auto one = ctx.read("task.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<OneTask> {
    auto found = task(tx, gate, id);
    if (!found) return tl::unexpected(found.error());
    return OneTask{std::move(*found), gate.may(id, access::Act::write)};
  });
  if (!one) return ctx.error(one.error());
  html::Page page;
  page.title = "すること";
  page.heading = parts::heading(one->task.label, "すること");
  page.current = "today";
  page.crumbs = {{"すること", ctx.url("/tasks")}, {"この項目", ""}};
  page.main.add(task_facts(ctx, one->task));
  const int status = again ? again->status : 200;
  if (!one->task.done_on && one->may_change) {
    if (!again) {
      again.emplace();
      again->answers.set("done_on", ctx.today());
    }
    html::FormFrame frame = ctx.frame("/tasks/" + id_text(id) + "/done", "task-done-" + id_text(id));
    frame.version = std::to_string(one->task.version);
    page.main.add(html::form_page(done_form(), again->answers, again->errors, {std::move(frame), "すんだことにする", ctx.url("/tasks"), {}, {}}));
  } else if (again) {
    // Somebody finished it first: what was typed is shown once more, to be put into a record.
    page.main.add(html::banner(html::Tone::warning, "ほかの人が先に「すんだ」としました。", html::form_facts(done_form(), again->answers)));
  }
  return ctx.show(std::move(page), status);
}

web::Reply done_page(programme::Ctx& ctx) {
  const auto id = ctx.id<TaskTag>();
  return id ? show_done(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply finish(programme::Ctx& ctx) {
  const auto id = ctx.id<TaskTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = parts::posted(ctx, done_form());
  if (!parsed.ok()) return show_done(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("task.finish", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto finished = finish_task(tx, gate, actor, *id, parts::posted_version(ctx), parsed.answers.date("done_on").value_or(ctx.today()),
                                      parsed.answers.text("note"));
    if (!finished) return tl::unexpected(finished.error());
    return ctx.url("/tasks");
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_done(ctx, *id, std::move(again)); });
}

}  // namespace

void add_task_routes(programme::Router& router) {
  const auto need = web::Need::of(kCaseRoles);
  router.get("/tasks", need, list_page);
  const auto adding = web::Need::of(access::roles_for(SubjectKind::task, access::Act::create));
  router.get("/households/{id}/tasks/new", adding, new_page);
  router.post("/households/{id}/tasks", adding, create);
  router.get("/tasks/{id}/done", need, done_page);
  router.post("/tasks/{id}/done", web::Need::of(access::roles_for(SubjectKind::task, access::Act::write)), finish);
  detail::add_progress_routes(router);
}

}  // namespace kasane::casework
