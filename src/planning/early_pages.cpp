// The page of 決定前開始: what was started before the decision, whether it is ratified, and a form for another.
#include "casework/case_service.hpp"
#include "form/parse.hpp"
#include "planning/early_service.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_service.hpp"
#include "programme/draft_note.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

struct EarlyPage {
  std::vector<EarlyStart> starts;
  std::vector<PlanHead> plans;
  bool may_write = false;
};

form::Form early_form(const Ctx& ctx, const EarlyPage& page) {
  form::Form form;
  form.key = "early_start";
  form.fields.push_back(field("service", "始める事業", form::Kind::choice, true));
  form.fields.back().codes = service_table(ctx);
  form.fields.push_back(field("agency", "始める機関", form::Kind::choice, true));
  form.fields.back().codes = agency_table(ctx);
  form.fields.push_back(field("started_on", "始めた日", form::Kind::date, true));
  const auto& reasons = ctx.m().rules.pre_decision_reasons;
  if (!reasons.empty()) {
    form.fields.push_back(field("reason", "理由", form::Kind::choice));
    form.fields.back().codes = coded_table("pre_decision_reasons", reasons);
  }
  form.fields.push_back(field("free_reason", reasons.empty() ? "決定の前に始める理由" : "くわしい理由", form::Kind::long_text, reasons.empty()));
  if (!page.plans.empty()) {
    auto plans = std::make_shared<form::CodeTable>();
    plans->key = "plans_of_case";
    for (const PlanHead& plan : page.plans) plans->codes.push_back({id_text(plan.id), kind_name(ctx.m(), plan.kind) + "（" + agency_name(ctx, plan.author) + "）", false});
    form.fields.push_back(field("plan", "プラン", form::Kind::choice));
    form.fields.back().codes = plans;
  }
  return form;
}

Result<EarlyPage> load(Ctx& ctx, CaseId id) {
  return ctx.read("early.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<EarlyPage> {
    auto starts = early_starts_of(tx, gate, id);
    if (!starts) return tl::unexpected(starts.error());
    EarlyPage page;
    page.starts = std::move(*starts);
    for (const PlanHead& plan : plans_of(tx, gate, id))
      if (plan.state == PlanState::draft || plan.state == PlanState::submitted) page.plans.push_back(plan);
    page.may_write = gate.may(id, access::Act::write);
    return page;
  });
}

Html list_html(const Ctx& ctx, const EarlyPage& page) {
  if (page.starts.empty()) return html::empty_state("決定の前に始めた支援はありません。");
  html::Table table("決定の前に始めた支援", {{"事業"}, {"機関"}, {"始めた日"}, {"理由"}, {"会議での確認"}});
  for (const EarlyStart& s : page.starts) {
    std::string reason;
    for (const auto& known : ctx.m().rules.pre_decision_reasons)
      if (known.code == s.reason) reason = known.text;
    table.row().cell(service_name(ctx, s.service)).cell(agency_name(ctx, s.agency)).cell(wareki_short(s.started_on)).cell(html::group({reason, " ", s.free_reason}));
    if (s.ratified_on) table.cell(html::chip(html::Tone::success, wareki_short(*s.ratified_on) + "に確認"));
    else if (s.overdue(ctx.today())) table.cell(html::chip(html::Tone::warning, wareki_short(s.ratify_by) + "を過ぎています"));
    else table.cell(html::chip(html::Tone::neutral, wareki_short(s.ratify_by) + "まで"));
  }
  return table.done();
}

web::Reply show(Ctx& ctx, CaseId id, const EarlyPage& loaded, const form::Answers& answers, const std::vector<FieldError>& errors, int status, const Html& over = {}) {
  html::Page page;
  page.title = ctx.m().wording("early_start", "決定前開始");
  page.current = "cases";
  page.crumbs = crumbs(ctx, id, page.title);
  page.main = html::section("これまで", list_html(ctx, loaded));
  if (loaded.may_write) {
    const std::string path = "/cases/" + id_text(id) + "/early-start";
    html::FormPage form_page{ctx.frame(path, "early-" + id_text(id)), "決定の前に始める", ctx.url("/cases/" + id_text(id)), {}, {}};
    form_page.before = html::el("p", "次の会議で確かめます。情報を共有する根拠にはなりません。計画の記載: ", html::in_plan(ctx.m().rules.pre_decision_says.text));
    page.main += html::section("新しく始める", html::group({over, html::form_page(early_form(ctx, loaded), answers, errors, form_page)}));
  }
  return ctx.show(std::move(page), status);
}

web::Reply early_page(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  form::Answers answers;
  answers.set("started_on", ctx.today());
  const std::string draft = "early-" + id_text(*id);
  const auto kept = ctx.draft(draft);
  if (kept) answers = form::parse(early_form(ctx, *loaded), *kept).answers;
  return show(ctx, *id, *loaded, answers, {}, 200, kept ? programme::draft_note(ctx, draft) : Html());
}

web::Reply take_early(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  const auto parsed = form::parse(early_form(ctx, *loaded), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, *loaded, parsed.answers, parsed.errors, 422);
  const form::Answers& a = parsed.answers;
  NewEarlyStart in;
  in.case_id = *id;
  in.plan = parse_id<PlanTag>(a.text("plan"));
  in.service = a.text("service");
  in.agency = agency_from(ctx, a.text("agency")).value_or(AgencyId());
  in.started_on = a.date("started_on").value_or(ctx.today());
  in.reason = a.text("reason");
  in.free_reason = a.text("free_reason");
  const auto done = ctx.command("early.start", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (const auto started = start_early(tx, gate, actor, settings(ctx), in); !started) return tl::unexpected(started.error());
    return ctx.url("/cases/" + id_text(*id) + "/early-start");
  });
  if (done) return ctx.go(*done);
  if (shows_form_again(done.error())) return show(ctx, *id, *loaded, a, done.error().fields, status_of(done.error()));
  return ctx.error(done.error());
}

}  // namespace

void add_early_routes(programme::Router& router) {
  router.get("/cases/{id}/early-start", web::Need::of(kCaseRoles), early_page);
  router.post("/cases/{id}/early-start", web::Need::of(access::roles_for(SubjectKind::support_case, access::Act::write)), take_early);
}

}  // namespace kasane::planning
