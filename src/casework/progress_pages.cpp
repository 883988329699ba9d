// How it goes with a case: asking agencies of the team, and answering in one line.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages_detail.hpp"
#include "casework/case_service.hpp"
#include "casework/progress_service.hpp"
#include "casework/team_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

constexpr int kDaysToAnswer = 7;
constexpr std::int64_t kLongestAnswer = 400;

std::string case_path(CaseId id) { return "/cases/" + id_text(id); }

struct View {
  CaseFacts facts;
  people::HouseholdLabel label;
  std::vector<AgencyId> team;
  std::vector<Progress> requests;
  bool may_change = false;
};

Result<View> view_of(db::ReadTx& tx, access::Gate& gate, CaseId id) {
  auto facts = case_facts(tx, gate, id);
  if (!facts) return tl::unexpected(facts.error());
  auto requests = progress_of(tx, gate, id);
  if (!requests) return tl::unexpected(requests.error());
  View v;
  v.facts = std::move(*facts);
  v.requests = std::move(*requests);
  v.may_change = gate.may(id, access::Act::write) && v.facts.state != CaseState::closed;
  for (AgencyId agency : team_agencies(involvements(tx, gate, v.facts.household), gate.today()))
    if (!gate.viewer().in_agency(agency)) v.team.push_back(agency);
  auto labels = people::household_labels(tx, gate, {v.facts.household});
  if (auto label = labels.find(v.facts.household); label != labels.end()) v.label = std::move(label->second);
  return v;
}

form::Form asking_form(const programme::Ctx& ctx, const View& v) {
  form::Form f{"progress", 1, {}};
  form::Field agencies = parts::choices_field("agencies", "たずねる機関", parts::agencies(ctx, v.team));
  agencies.required = true;
  f.fields.push_back(std::move(agencies));
  f.fields.push_back(parts::date_field("due_on", "いつまで", true));
  return f;
}

form::Form answer_form() {
  form::Form f{"progress_answer", 1, {}};
  form::Field answer = parts::text_field("answer", "いまの様子（一行）", true);
  answer.max = kLongestAnswer;
  f.fields.push_back(std::move(answer));
  return f;
}

Html requests_table(const programme::Ctx& ctx, const View& v) {
  html::Table table("様子をたずねた機関", {{"機関"}, {"たずねた日"}, {"いつまで"}, {"答え"}});
  for (const Progress& p : v.requests) {
    table.row().cell(ctx.dir().name(p.to_agency)).cell(wareki_short(p.asked_on)).cell(wareki_short(p.due_on));
    if (p.answered_on) table.cell(html::group({html::text(p.answer), html::muted(wareki_short(*p.answered_on))}));
    else table.cell(html::chip(p.due_on < ctx.today() ? html::Tone::warning : html::Tone::neutral, "待っています"));
  }
  return table.done();
}

/// One small form per request that waits for an agency of the viewer. `failed`: the one that was just refused.
Html answers_html(const programme::Ctx& ctx, const View& v, std::int64_t failed, const Again* again) {
  Html html;
  for (const Progress& p : v.requests) {
    if (p.answered_on || !ctx.viewer().in_agency(p.to_agency)) continue;
    const bool this_one = again != nullptr && p.id == failed;
    const html::FormPage page{ctx.frame(case_path(v.facts.id) + "/progress/" + id_text(p.id)), "答える", {},
                              html::muted(ctx.dir().name(p.asked_by) + "から、" + wareki_short(p.due_on) + "まで"), {}};
    html.add(html::form_page(answer_form(), this_one ? again->answers : form::Answers(), this_one ? again->errors : std::vector<FieldError>(), page));
  }
  return html;
}

struct Shown {
  std::optional<Again> asking;
  std::optional<Again> answering;
  std::int64_t request = 0;
};

web::Reply show(programme::Ctx& ctx, CaseId id, Shown shown) {
  auto v = ctx.read("progress.page", [&](db::ReadTx& tx, access::Gate& gate) { return view_of(tx, gate, id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = "様子をたずねる";
  page.heading = parts::heading(v->label.label, "様子をたずねる");
  page.current = "cases";
  page.crumbs = {{"ケース", ctx.url("/cases")}, {v->facts.number, ctx.url(case_path(id))}, {"様子をたずねる", ""}};
  if (v->may_change)
    if (const Html answers = answers_html(ctx, *v, shown.request, shown.answering ? &*shown.answering : nullptr); !answers.empty())
      page.main.add(html::section("答える", answers, "answer"));
  page.main.add(v->requests.empty() ? html::empty_state("まだどこにもたずねていません。") : requests_table(ctx, *v));
  const int status = shown.asking ? shown.asking->status : shown.answering ? shown.answering->status : 200;
  if (v->may_change && !v->team.empty()) {
    if (!shown.asking) {
      shown.asking.emplace();
      shown.asking->answers.set("due_on", ctx.today().plus_days(kDaysToAnswer));
    }
    page.main.add(html::section("たずねる", html::form_page(asking_form(ctx, *v), shown.asking->answers, shown.asking->errors,
                                                         {ctx.frame(case_path(id) + "/progress"), "たずねる", {}, {}, {}}), "ask"));
  }
  return ctx.show(std::move(page), status);
}

web::Reply progress_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  return id ? show(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply ask(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  auto v = ctx.read("progress.page", [&](db::ReadTx& tx, access::Gate& gate) { return view_of(tx, gate, *id); });
  if (!v) return ctx.error(v.error());
  auto parsed = form::parse(asking_form(ctx, *v), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, {Again{std::move(parsed.answers), std::move(parsed.errors), 422, false}, {}, 0});
  const auto agencies = parts::chosen_ids<AgencyTag>(parsed.answers, "agencies");
  auto done = ctx.command("progress.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto asked = ask_progress(tx, gate, actor, *id, agencies, parsed.answers.date("due_on").value_or(ctx.today())); !asked)
      return tl::unexpected(asked.error());
    return ctx.url(case_path(*id) + "/progress");
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show(ctx, *id, {Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false}, {}, 0});
}

web::Reply answer(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto request = parse_id_text(ctx.req.param("request"));
  if (!request) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  auto parsed = form::parse(answer_form(), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, {{}, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false}, *request});
  auto done = ctx.command("progress.answer", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto answered = answer_progress(tx, gate, actor, *id, *request, parsed.answers.text("answer")); !answered)
      return tl::unexpected(answered.error());
    return ctx.url(case_path(*id) + "/progress");
  });
  if (done) return ctx.go(*done);
  if (done.error().code != ErrorCode::invalid) return ctx.error(done.error());
  return show(ctx, *id, {{}, Again{std::move(parsed.answers), parts::faults_of(done.error()), 422, false}, *request});
}

}  // namespace

void detail::add_progress_routes(programme::Router& router) {
  router.get("/cases/{id}/progress", web::Need::of(kCaseRoles), progress_page);
  const auto writing = web::Need::of(access::roles_for(SubjectKind::support_case, access::Act::write));
  router.post("/cases/{id}/progress", writing, ask);
  router.post("/cases/{id}/progress/{request}", writing, answer);
}

}  // namespace kasane::casework
