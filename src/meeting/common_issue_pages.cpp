// Pages of common issues: the register, a new one by hand, one issue with its way from the single case to what it became.
#include "meeting/common_issue_rules.hpp"
#include "meeting/common_issue_view.hpp"
#include "meeting/gathering_forms.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

bool has_role(const programme::Ctx& ctx, Roles roles) { return ctx.viewer().roles().meets(roles); }

std::vector<html::Option> options_of(const parts::Table& table) {
  std::vector<html::Option> options;
  for (const auto& code : table->codes) options.push_back({code.code, code.label, {}});
  return options;
}

std::vector<html::Option> state_options() {
  std::vector<html::Option> options{{"open", "動いているもの", {}}, {"", "すべて", {}}};
  for (const IssueState state : kIssueStates) options.push_back({std::string(code_of(state)), std::string(label_of(state)), {}});
  return options;
}

Html filter_form(const programme::Ctx& ctx, const store::IssueFilter& f) {
  Html body = html::select({.name = "state", .label = "状態"}, state_options(), f.state, {});
  body.add(html::select({.name = "field", .label = "分野"}, options_of(issue_fields_table(ctx)), f.field, "すべて"));
  body.add(html::select({.name = "kind", .label = "何が問題か"}, options_of(issue_kinds_table()), f.kind, "すべて"));
  if (const auto areas = areas_table(ctx); !areas->codes.empty()) body.add(html::select({.name = "area", .label = "地区"}, options_of(areas), f.area, "すべて"));
  body.add(html::actions({html::button("しぼりこむ", html::Look::secondary)}));
  return html::search_frame(ctx.url("/common-issues"), "共通の課題をしぼりこむ", body);
}

web::Reply list_page(programme::Ctx& ctx) {
  const bool asked = std::any_of(ctx.req.query.begin(), ctx.req.query.end(), [](const auto& p) { return p.first == "state"; });
  const store::IssueFilter filter{asked ? std::string(ctx.req.query_value("state")) : "open", std::string(ctx.req.query_value("field")),
                                  std::string(ctx.req.query_value("kind")), std::string(ctx.req.query_value("area"))};
  const auto issues = ctx.read("common_issues.list", [&](db::ReadTx& tx, access::Gate& gate) { return issues_like(tx, gate, filter); });
  html::Page page;
  page.title = "共通の課題";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.lead = html::muted("一人ひとりの支援から見えた、地域や仕組みの課題です。だれのことかは書かれていません。");
  Html tools = html::link("全体の会議の資料", ctx.url("/common-issues/paper"));
  if (has_role(ctx, kIssueRaisers)) tools = html::group({tools, " ", html::link_button("課題を出す", ctx.url("/common-issues/new"), html::Look::primary)});
  const Html list = issues.empty() ? html::empty_state("当てはまる課題はありません。") : issues_table(ctx, "共通の課題", issues);
  page.main.add(html::section("課題の一覧", list, "list", tools));
  page.main.add(html::folding("しぼりこむ", filter_form(ctx, filter), asked));
  return ctx.show(std::move(page));
}

form::Form new_form(const programme::Ctx& ctx) {
  form::Form f{"common_issue", 1, {}};
  add_issue_fields(f, ctx, {}, {}, true);
  std::vector<form::Code> bodies;
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body) && !named_origin(ctx.m(), body.code).empty()) bodies.push_back({body.code, body.name});
  f.fields.push_back(parts::choice_field("body", "出された会議", std::make_shared<const form::CodeTable>(form::CodeTable{"bodies", 1, std::move(bodies)})));
  f.fields.back().hint = "会議のほかで気づいたことなら、選びません。";
  return f;
}

web::Reply show_new(programme::Ctx& ctx, Again again) {
  html::Page page;
  page.title = "共通の課題を出す";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"共通の課題", ctx.url("/common-issues")}, {page.title, ""}};
  page.main.add(html::form_page(new_form(ctx), again.answers, again.errors, {ctx.frame("/common-issues", "common-issue-new"), "出す", ctx.url("/common-issues"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply new_page(programme::Ctx& ctx) { return show_new(ctx, {}); }

web::Reply create(programme::Ctx& ctx) {
  auto parsed = form::parse(new_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("common_issue.raise", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = raise_issue(tx, gate, actor, settings_of(ctx), read_issue(parsed.answers), parsed.answers.text("body"));
    if (!id) return tl::unexpected(id.error());
    return ctx.url(issue_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, std::move(again)); });
}

/// Where the issue stands on its way, from the single case to what it became.
Html way(const CommonIssue& issue) {
  const auto state_of = [&](std::initializer_list<IssueState> now, std::initializer_list<IssueState> done) {
    if (std::find(now.begin(), now.end(), issue.state) != now.end()) return html::StepState::now;
    return std::find(done.begin(), done.end(), issue.state) != done.end() ? html::StepState::done : html::StepState::ahead;
  };
  using S = IssueState;
  return html::steps("課題のいまの位置", {
      {"一人ひとりの支援から", html::StepState::done, {}},
      {"共通の課題", state_of({S::raised}, {S::plenary, S::carried, S::answered}), {}},
      {"全体の会議", state_of({S::plenary}, {S::carried, S::answered}), {}},
      {"受け持って検討", state_of({S::carried}, {S::answered}), {}},
      {"資源・決まり・計画へ", state_of({S::answered}, {}), {}},
  });
}

Html sources_html(const programme::Ctx& ctx, const std::vector<IssueSource>& sources) {
  if (sources.empty()) return html::empty_state("あなたが開ける議題は、ここにはありません。");
  html::Table table("もとになった議題", {{"日付"}, {"会議"}, {"議題"}, {"世帯"}});
  for (const IssueSource& s : sources)
    table.row().cell(wareki_short(s.held_on)).cell(body_name(ctx, s.body)).cell(html::link("議題" + std::to_string(s.number), ctx.url(item_path(s.item)))).cell(s.label);
  return table.done();
}

struct Typed {
  std::string form;
  Again again;
};

Html form_part(programme::Ctx& ctx, const CommonIssue& issue, const form::Form& f, const Typed& typed, std::string_view path, std::string submit, form::Answers first) {
  html::FormFrame frame = ctx.frame(issue_path(issue.id) + std::string(path), f.key + "-" + id_text(issue.id));
  frame.version = std::to_string(issue.version);
  const bool again = typed.form == f.key;
  return html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(), {std::move(frame), std::move(submit), {}, {}, {}});
}

form::Form reword_form(const programme::Ctx& ctx) {
  form::Form f{"issue_text", 1, {}};
  add_issue_fields(f, ctx, {}, {}, true);
  return f;
}

Html facts_html(const programme::Ctx& ctx, const IssueView& v) {
  const CommonIssue& i = v.issue;
  html::Facts facts;
  if (!i.text.empty()) facts.add("どんなことか", html::prose(i.text));
  facts.add("分野", field_name(ctx, i.field));
  facts.add("何が問題か", label_of(i.kind));
  facts.add("地区", area_name(ctx, i.area));
  facts.add("もとになった世帯", v.households);
  if (const std::string carrier = carrier_name(ctx, i); !carrier.empty()) facts.add("受け持つところ", carrier);
  if (i.look_on) facts.add("次に見直す日", wareki(*i.look_on));
  return facts.done();
}

Html work_html(programme::Ctx& ctx, const IssueView& v, const Typed& typed) {
  const CommonIssue& i = v.issue;
  Html out;
  if (!has_role(ctx, kIssueStewards) || steps_from(i.state).empty()) return out;
  form::Answers today;
  today.set("on", ctx.today());
  const Html on_agenda = v.on_agenda ? html::muted("会議の議題になっています。結果は、議題の画面でも書けます。") : Html();
  out.add(html::folding("次の一歩を書く", html::group({on_agenda, form_part(ctx, i, step_form(ctx, i, false), typed, "/steps", "保存する", today)}), typed.form == "issue_step", "step"));
  out.add(html::folding("言い方を直す", form_part(ctx, i, reword_form(ctx), typed, "", "直す", answers_of({i.title, i.text, i.field, i.kind, i.area})), typed.form == "issue_text", "reword"));
  return out;
}

web::Reply show_issue(programme::Ctx& ctx, CommonIssueId id, const Typed& typed) {
  const auto v = ctx.read("common_issue.page", [&](db::ReadTx& tx, access::Gate& gate) { return issue_view(tx, gate, settings_of(ctx), id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = "共通の課題";
  page.heading = html::text(v->issue.title);
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"共通の課題", ctx.url("/common-issues")}, {v->issue.title, ""}};
  page.lead = html::chip(v->issue.state == IssueState::answered ? Tone::success : Tone::info, label_of(v->issue.state));
  if (typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("下が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")};
  if (v->issue.state != IssueState::withdrawn && v->issue.state != IssueState::not_taken) page.main.add(way(v->issue));
  page.main.add(html::section("課題", facts_html(ctx, *v), "issue"));
  if (!v->answers.empty()) page.main.add(html::section("この課題から生まれたもの", answers_html(v->answers), "answers"));
  page.main.add(work_html(ctx, *v, typed));
  page.main.add(gatherings_about_section(ctx, id));
  page.main.add(html::section("これまでの歩み", steps_html(ctx, v->steps), "steps"));
  page.main.add(html::section("もとになった議題", html::group({html::muted("議題ごとに、その議題を見てよい人にだけ出ます。"), sources_html(ctx, v->sources)}), "sources"));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply issue_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CommonIssueTag>();
  return id ? show_issue(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply reword(programme::Ctx& ctx) {
  const auto id = ctx.id<CommonIssueTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(reword_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_issue(ctx, *id, {"issue_text", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  auto done = ctx.command("common_issue.reword", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto kept = reword_issue(tx, gate, settings_of(ctx), *id, parts::posted_version(ctx), read_issue(parsed.answers)); !kept) return tl::unexpected(kept.error());
    return ctx.url(issue_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_issue(ctx, *id, {"issue_text", std::move(again)}); });
}

web::Reply step(programme::Ctx& ctx) {
  const auto id = ctx.id<CommonIssueTag>();
  if (!id) return ctx.error(id.error());
  const auto v = ctx.read("common_issue.page", [&](db::ReadTx& tx, access::Gate& gate) { return issue_view(tx, gate, settings_of(ctx), *id); });
  if (!v) return ctx.error(v.error());
  auto parsed = form::parse(step_form(ctx, v->issue, false), ctx.req.posted);
  if (!parsed.ok()) return show_issue(ctx, *id, {"issue_step", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  auto done = ctx.command("common_issue.step", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = take_step(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx), read_step(parsed.answers)); !kept) return tl::unexpected(kept.error());
    return ctx.url(issue_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_issue(ctx, *id, {"issue_step", std::move(again)}); });
}

}  // namespace

void add_issue_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  router.get("/common-issues", read, list_page);
  router.get("/common-issues/new", web::Need::of(kIssueRaisers), new_page);
  router.post("/common-issues", web::Need::of(kIssueRaisers), create);
  router.get("/common-issues/{id}", read, issue_page);
  router.post("/common-issues/{id}", web::Need::of(kIssueStewards), reword);
  router.post("/common-issues/{id}/steps", web::Need::of(kIssueStewards), step);
}

}  // namespace kasane::meeting
