// The plan editor: works without scripts; 行を増やす sends what was typed and gets it back with more rows.
#include <algorithm>

#include "casework/case_service.hpp"
#include "form/parse.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "planning/plan_form.hpp"
#include "planning/plan_reading.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_service.hpp"
#include "programme/draft_note.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

/// What one page of the editor works on.
struct Editor {
  CaseId case_id;
  std::optional<PlanId> plan;  // nothing: a new one
  PlanKind kind = PlanKind::collaboration;
  EditorChoices choices;
  std::optional<PlanView> stored;
  Names names;
  std::string path() const { return plan ? "/plans/" + id_text(*plan) + "/edit" : "/cases/" + id_text(case_id) + "/plans/new"; }
  std::string draft_key() const { return plan ? "plan-" + id_text(*plan) : "plan-new-" + id_text(case_id) + "-" + std::string(code_of(kind)); }
};

Result<> load_choices(db::ReadTx& tx, access::Gate& gate, const Ctx& ctx, Editor& editor) {
  const auto facts = casework::case_facts(tx, gate, editor.case_id);
  if (!facts) return tl::unexpected(facts.error());
  const auto household = people::household_view(tx, gate, facts->household);
  if (!household) return tl::unexpected(household.error());
  for (const auto& member : household->members) editor.choices.persons.emplace_back(member.person, member.name.shown());
  editor.choices.agencies = agency_table(ctx);
  editor.choices.services = service_table(ctx);
  editor.choices.names = names_offered(ctx.m().rules, editor.kind);
  return {};
}

Result<Editor> editor_of_new(Ctx& ctx, CaseId case_id, PlanKind kind) {
  return ctx.read("plan.new", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Editor> {
    const auto leave = gate.write(case_id);
    if (!leave) return tl::unexpected(leave.error());
    Editor editor;
    editor.case_id = case_id;
    editor.kind = kind;
    editor.choices.topics = access::kAllTopics;
    if (auto loaded = load_choices(tx, gate, ctx, editor); !loaded) return tl::unexpected(loaded.error());
    return editor;
  });
}

Result<Editor> editor_of(Ctx& ctx, PlanId id) {
  return ctx.read("plan.edit", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Editor> {
    const auto leave = gate.write(id);
    if (!leave) return tl::unexpected(leave.error());
    auto view = plan_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    Editor editor;
    editor.case_id = view->head.case_id;
    editor.plan = id;
    editor.kind = view->head.kind;
    editor.choices.topics = leave->verdict().visible;
    std::vector<PersonId> persons;
    for (const PlanPerson& p : view->persons) persons.push_back(p.person);
    editor.names = people::names_of(tx, gate, persons);
    editor.stored = std::move(*view);
    if (auto loaded = load_choices(tx, gate, ctx, editor); !loaded) return tl::unexpected(loaded.error());
    return editor;
  });
}

Html rows_html(const form::Form& form, const form::Answers& answers, const std::vector<FieldError>& errors, int count, bool goals) {
  Html all;
  for (int n = 1; n <= count; ++n) {
    const auto keys = goals ? goal_keys(n) : role_keys(n);
    const std::vector<std::string_view> only(keys.begin(), keys.end());
    all += html::fieldset((goals ? "目標" : "役割") + std::to_string(n), html::form_fields(form, answers, errors, only));
  }
  return all;
}

/// Where contractors write plans of their own (北上), the way to each of them; nothing where one plan names all.
Html other_kinds(const Ctx& ctx, const Editor& editor) {
  if (editor.plan) return {};
  std::vector<Html> ways;
  for (const PlanKind kind : {PlanKind::collaboration, PlanKind::outreach, PlanKind::participation})
    if (kind != editor.kind && kind_offered(ctx.m().rules, kind))
      ways.push_back(html::link(kind_name(ctx.m(), kind) + "を書く", ctx.url(editor.path() + "?kind=" + std::string(code_of(kind)))));
  return ways.empty() ? Html() : html::group({html::muted("ほかの種類のプラン: "), html::join(ways, html::text("　"))});
}

web::Reply show_editor(Ctx& ctx, const Editor& editor, const form::Form& form, const form::Answers& answers, Rows rows,
                       const std::vector<FieldError>& errors, std::int64_t version, int status, const Html& over = {}) {
  std::vector<std::string_view> head;
  for (const form::Field& f : form.fields)
    if (!f.key.starts_with("goal_") && !f.key.starts_with("role_")) head.push_back(f.key);
  html::FormFrame frame = ctx.frame(editor.path(), editor.draft_key());
  frame.version = std::to_string(version);
  frame.hidden.push_back({"kind", std::string(code_of(editor.kind))});
  frame.hidden.push_back({"goals", std::to_string(rows.goals)});
  frame.hidden.push_back({"roles", std::to_string(rows.roles)});
  Html body = html::error_summary(errors);
  body += html::form_fields(form, answers, errors, head);
  body += html::section("目標", rows_html(form, answers, errors, rows.goals, true), "goals");
  body += html::section("役割分担", rows_html(form, answers, errors, rows.roles, false), "roles");
  body += html::actions({html::button({"保存する", html::Look::primary, "do", "save"}), html::button({"行を増やす", html::Look::secondary, "do", "rows"}),
                         html::link("やめる", editor.plan ? ctx.url("/plans/" + id_text(*editor.plan)) : ctx.url("/cases/" + id_text(editor.case_id)))});
  html::Page page;
  page.title = kind_name(ctx.m(), editor.kind) + (editor.plan ? "の案を直す" : "の案を作る");
  page.current = "cases";
  page.crumbs = crumbs(ctx, editor.case_id, page.title);
  page.lead = other_kinds(ctx, editor);
  page.main = html::group({over, html::form_frame(frame, body)});
  return ctx.show(std::move(page), status);
}

Rows rows_of(const Editor& editor) {
  if (!editor.stored) return {kBlankRows, kBlankRows};
  return {static_cast<int>(editor.stored->goals.size()) + kBlankRows, static_cast<int>(editor.stored->roles.size()) + kBlankRows};
}

int row_count(std::int64_t posted) {
  return static_cast<int>(std::clamp<std::int64_t>(posted, 1, static_cast<std::int64_t>(kMostRows) + kBlankRows));
}

std::int64_t pair_number(const web::Pairs& pairs, std::string_view key) {
  for (const auto& [name, value] : pairs)
    if (name == key) return std::atoll(value.c_str());
  return 0;
}

web::Reply open_editor(Ctx& ctx, const Editor& editor) {
  if (editor.stored && !is_editable(editor.stored->head.state))
    return ctx.error({ErrorCode::conflict, "このプランは案ではなくなったので、直せません。再プランを作ってください。", {}});
  Rows rows = rows_of(editor);
  form::Answers answers;
  if (editor.stored) answers = answers_of(*editor.stored, ctx.dir());
  else if (editor.choices.persons.size() == 1) answers.set("persons", std::vector<std::string>{id_text(editor.choices.persons.front().first)});
  Html over;
  if (const auto kept = ctx.draft(editor.draft_key())) {
    rows = {row_count(std::max<std::int64_t>(pair_number(*kept, "goals"), rows.goals)), row_count(std::max<std::int64_t>(pair_number(*kept, "roles"), rows.roles))};
    answers = form::parse(editor_form(ctx.m(), editor.kind, editor.choices, rows), *kept).answers;
    over = programme::draft_note(ctx, editor.draft_key());
  }
  const form::Form form = editor_form(ctx.m(), editor.kind, editor.choices, rows);
  return show_editor(ctx, editor, form, answers, rows, {}, editor.stored ? editor.stored->head.version : 0, 200, over);
}

/// What is there already is gone on with: a second draft would be refused after everything was typed. Where the city has
/// several kinds of plans, the others can still be begun.
web::Reply show_begun(Ctx& ctx, const Editor& editor, PlanId begun) {
  const std::string at = ctx.url("/plans/" + id_text(begun));
  const Html others = other_kinds(ctx, editor);
  if (others.empty()) return ctx.go(at);
  html::Page page;
  page.title = kind_name(ctx.m(), editor.kind) + "の案は、もうあります";
  page.current = "cases";
  page.crumbs = crumbs(ctx, editor.case_id, page.title);
  page.lead = others;
  page.main = html::actions({html::link_button(kind_name(ctx.m(), editor.kind) + "を見る・直す", at, html::Look::primary)});
  return ctx.show(std::move(page));
}

web::Reply open_new(Ctx& ctx, const Editor& editor) {
  const auto begun = ctx.read("plan.new", [&](db::ReadTx& tx, access::Gate& gate) { return plan_begun(tx, gate, settings(ctx), editor.case_id, editor.kind); });
  if (!begun) return ctx.error(begun.error());
  return *begun ? show_begun(ctx, editor, **begun) : open_editor(ctx, editor);
}

/// Saves, or gives the form back: with more rows, with faults at their fields, or beside what is stored now.
web::Reply take_editor(Ctx& ctx, const Editor& editor) {
  Rows rows{row_count(posted_number(ctx, "goals")), row_count(posted_number(ctx, "roles"))};
  const std::int64_t version = posted_number(ctx, "version");
  if (ctx.req.posted_value("do").value_or("") == "rows") {
    rows = {row_count(rows.goals + kBlankRows), row_count(rows.roles + kBlankRows)};
    const form::Form form = editor_form(ctx.m(), editor.kind, editor.choices, rows);
    return show_editor(ctx, editor, form, form::parse(form, ctx.req.posted).answers, rows, {}, version, 200);
  }
  const form::Form form = editor_form(ctx.m(), editor.kind, editor.choices, rows);
  const form::Parsed parsed = form::parse(form, ctx.req.posted);
  if (!parsed.ok()) return show_editor(ctx, editor, form, parsed.answers, rows, parsed.errors, version, 422);
  const ReadContent read = content_of(parsed.answers, ctx.m(), ctx.dir(), editor.kind, rows);
  const auto saved = ctx.command("plan.save", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (!editor.plan) {
      const auto made = create_plan(tx, gate, actor, settings(ctx), editor.case_id, editor.kind, read.content);
      if (!made) return tl::unexpected(made.error());
      return ctx.url("/plans/" + id_text(*made));
    }
    if (auto done = save_plan(tx, gate, actor, settings(ctx), *editor.plan, version, read.content); !done) return tl::unexpected(done.error());
    return ctx.url("/plans/" + id_text(*editor.plan));
  });
  if (saved) return ctx.go(*saved);
  if (saved.error().code == ErrorCode::invalid && !saved.error().fields.empty())
    return show_editor(ctx, editor, form, parsed.answers, rows, on_page(saved.error().fields, read), version, 422);
  if (saved.error().code == ErrorCode::stale && editor.stored)
    return show_editor(ctx, editor, form, parsed.answers, rows, {}, editor.stored->head.version, 409,
                       overtaken(plan_html(ctx, *editor.stored, editor.names, true)));
  return ctx.error(saved.error());
}

Result<Editor> requested_new(Ctx& ctx, std::string_view kind_code) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return tl::unexpected(id.error());
  const PlanKind kind = parse_code<PlanKind>(kind_code).value_or(PlanKind::collaboration);
  if (!kind_offered(ctx.m().rules, kind))
    return fail(ErrorCode::conflict, "この市では、" + kind_name(ctx.m(), PlanKind::collaboration) + "の中にアウトリーチと参加支援を書きます。");
  return editor_of_new(ctx, *id, kind);
}
Result<Editor> requested(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return tl::unexpected(id.error());
  return editor_of(ctx, *id);
}

}  // namespace

void add_editor_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::plan, access::Act::write));
  router.get("/cases/{id}/plans/new", need, [](Ctx& ctx) {
    const auto editor = requested_new(ctx, ctx.req.query_value("kind"));
    return editor ? open_new(ctx, *editor) : ctx.error(editor.error());
  });
  router.post("/cases/{id}/plans/new", need, [](Ctx& ctx) {
    const auto editor = requested_new(ctx, ctx.req.posted_value("kind").value_or(""));
    return editor ? take_editor(ctx, *editor) : ctx.error(editor.error());
  });
  router.get("/plans/{id}/edit", need, [](Ctx& ctx) {
    const auto editor = requested(ctx);
    return editor ? open_editor(ctx, *editor) : ctx.error(editor.error());
  });
  router.post("/plans/{id}/edit", need, [](Ctx& ctx) {
    const auto editor = requested(ctx);
    return editor ? take_editor(ctx, *editor) : ctx.error(editor.error());
  });
}

}  // namespace kasane::planning
