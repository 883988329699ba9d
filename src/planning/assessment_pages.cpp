// The assessment page: per section the own part to write, and beside it what the others wrote.
#include <algorithm>

#include "consent/service.hpp"
#include "form/parse.hpp"
#include "planning/assessment_service.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "programme/draft_note.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

std::string path_of(CaseId id) { return "/cases/" + id_text(id) + "/assessment"; }

Result<AssessmentView> load(Ctx& ctx, CaseId id) {
  return ctx.read("assessment.page", [&](db::ReadTx& tx, access::Gate& gate) { return assessment_of(tx, gate, settings(ctx), id); });
}

form::Form parts_form(const AssessmentView& view) {
  form::Form form;
  form.key = "assessment";
  for (const std::string& name : view.sections) {
    const Section& known = *section(name);
    form.fields.push_back(field(name, std::string(known.label), form::Kind::long_text));
    form.fields.back().hint = known.hint;
  }
  return form;
}

const Part* own_part(const AssessmentView& view, std::string_view name) {
  for (const Part& p : view.parts)
    if (p.section == name && p.agency == view.own) return &p;
  return nullptr;
}

Html others_html(const Ctx& ctx, const AssessmentView& view, std::string_view name) {
  Html all;
  for (const Part& p : view.parts)
    if (p.section == name && p.agency != view.own && !p.text.shown().empty())
      all += html::panel(html::group({html::muted(agency_name(ctx, p.agency) + " " + wareki_short(office_day(p.saved_at))), html::prose(html::lines(p.text.shown()))}));
  return all;
}

Html own_now(const AssessmentView& view) {
  html::Facts facts;
  for (const Part& p : view.parts)
    if (p.agency == view.own) facts.add(section(p.section)->label, html::lines(p.text.shown()));
  return facts.done();
}

/// What single persons said for themselves: those that the viewer may know, and where to write more.
Html voices_html(Ctx& ctx, const AssessmentView& view) {
  using Voices = std::vector<std::pair<people::Member, std::vector<consent::OwnView>>>;
  const auto found = ctx.read("voice.list", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Voices> {
    const auto household = people::household_view(tx, gate, view.household);
    if (!household) return tl::unexpected(household.error());
    Voices all;
    for (const people::Member& member : household->members)
      if (auto said = consent::own_views(tx, gate, member.person)) all.emplace_back(member, std::move(*said));
    return all;
  });
  if (!found) return {};
  Html body;
  for (const auto& [member, said] : *found) {
    Html of_person;
    for (const consent::OwnView& v : said)
      of_person += html::panel(html::group({html::muted(wareki_short(v.heard_on) + "に聞いたこと"), html::prose(html::lines(v.text.shown()))}));
    if (view.own)
      of_person += html::el("p", html::link("この人の声を書く", ctx.url("/cases/" + id_text(view.case_id) + "/voices/" + id_text(member.person))));
    if (of_person.empty()) continue;
    body += html::heading(3, html::text(member.name));
    body += of_person;
  }
  if (body.empty()) return {};
  return html::section("本人の声（別に保管）", html::group({html::muted("ほかの家族に知られずに話したこと。家庭用の控えには出ません。"), body}), "voices");
}

web::Reply show(Ctx& ctx, const AssessmentView& view, const form::Answers& answers, const std::vector<FieldError>& errors, int status, const Html& over = {}) {
  const form::Form form = parts_form(view);
  html::FormFrame frame = ctx.frame(path_of(view.case_id), "assessment-" + id_text(view.case_id));
  Html body = html::error_summary(errors);
  for (const form::Field& f : form.fields) {
    Html part;
    if (view.own) {
      part += html::form_fields(form, answers, errors, {f.key});
      const Part* own = own_part(view, f.key);
      frame.hidden.push_back({f.key + "_version", std::to_string(own == nullptr ? 0 : own->version)});
    }
    part += others_html(ctx, view, f.key);
    body += html::section(f.label, part.empty() ? html::muted("まだ書かれていません。") : part);
  }
  html::Page page;
  page.title = ctx.m().wording("assessment", "アセスメント");
  page.current = "cases";
  page.crumbs = crumbs(ctx, view.case_id, page.title);
  page.lead = html::text("世帯全体について、関わる機関がそれぞれの欄に書きます。");
  if (view.own) body += html::actions({html::button("保存する"), html::link("やめる", ctx.url("/cases/" + id_text(view.case_id)))});
  page.main = html::group({over, view.own ? html::form_frame(frame, body) : body, voices_html(ctx, view)});
  return ctx.show(std::move(page), status);
}

web::Reply assessment_page(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto view = load(ctx, *id);
  if (!view) return ctx.error(view.error());
  form::Answers answers;
  for (const Part& p : view->parts)
    if (p.agency == view->own) answers.set(p.section, p.text.shown());
  const std::string draft = "assessment-" + id_text(*id);
  const auto kept = ctx.draft(draft);
  if (kept) answers = form::parse(parts_form(*view), *kept).answers;
  return show(ctx, *view, answers, {}, 200, kept ? programme::draft_note(ctx, draft) : Html());
}

web::Reply take_assessment(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto view = load(ctx, *id);
  if (!view) return ctx.error(view.error());
  const form::Form form = parts_form(*view);
  const auto parsed = form::parse(form, ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *view, parsed.answers, parsed.errors, 422);
  std::vector<PartIn> parts;
  for (const form::Field& f : form.fields)
    if (ctx.req.posted_value(f.key)) parts.push_back({f.key, parsed.answers.text(f.key), posted_number(ctx, f.key + "_version")});
  const auto done = ctx.command("assessment.save", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = save_parts(tx, gate, actor, settings(ctx), *id, parts); !saved) return tl::unexpected(saved.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (!shows_form_again(done.error())) return ctx.error(done.error());
  const bool stale = done.error().code == ErrorCode::stale;
  return show(ctx, *view, parsed.answers, done.error().fields, status_of(done.error()), stale ? overtaken(own_now(*view)) : Html());
}

}  // namespace

void add_assessment_routes(programme::Router& router) {
  router.get("/cases/{id}/assessment", web::Need::of(kCaseRoles), assessment_page);
  router.post("/cases/{id}/assessment", web::Need::of(access::roles_for(SubjectKind::assessment, access::Act::write)), take_assessment);
}

}  // namespace kasane::planning
