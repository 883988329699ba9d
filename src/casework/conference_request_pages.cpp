// Without consent: asking to bring a household to a 支援会議 under 社会福祉法106条の6, with its kind and reason.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages.hpp"
#include "casework/referral_rules.hpp"
#include "consent/service.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

/// "body:ground", the ground empty where the city's plan lists none for the body.
std::string code_of_ground(const programme::Body& body, std::string_view ground) { return body.code + ":" + std::string(ground); }

parts::Table grounds_table(const programme::Municipality& m) {
  form::CodeTable table{"conference_ground", 1, {}};
  for (const programme::Body* body : m.bodies_for(programme::BodyFunction::support_conference_106_6)) {
    if (body->grounds.empty()) table.codes.push_back({code_of_ground(*body, ""), body->name + "（理由の区分は" + std::string(programme::kNotInPlan) + "）"});
    for (const programme::CodedText& g : body->grounds) table.codes.push_back({code_of_ground(*body, g.code), body->name + "：" + g.text});
  }
  return std::make_shared<const form::CodeTable>(std::move(table));
}

form::Form request_form(const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"conference_request", 1, {}};
  f.fields.push_back(parts::choice_field("ground", "どの会議に、どの理由で", grounds_table(ctx.m()), true));
  form::Field person = parts::choice_field("person", "だれのことを", parts::persons(household.members));
  person.hint = "世帯全体なら、選ばずにおきます。";
  f.fields.push_back(std::move(person));
  f.fields.push_back(parts::long_field("reason", "同意なしに話し合う必要がある理由", true));
  f.fields.push_back(parts::date_field("asked_on", "求めた日", true));
  return f;
}

std::string household_path(HouseholdId id) { return "/households/" + id_text(id); }

Result<people::HouseholdView> household_for(programme::Ctx& ctx, HouseholdId id) {
  return ctx.read("conference_request.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, id); });
}

web::Reply show(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto household = household_for(ctx, id);
  if (!household) return ctx.error(household.error());
  const std::string conference = ctx.m().wording("support_conference", "支援会議");
  if (grounds_table(ctx.m())->codes.empty())
    return ctx.error({ErrorCode::conflict, "この市の計画には、社会福祉法第106条の6の支援会議の記載がありません。", {}});
  if (!again) {
    again.emplace();
    again->answers.set("asked_on", ctx.today());
  }
  html::Page page;
  page.title = conference + "に出すことを求める";
  page.heading = parts::heading(household->label, page.title);
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, id, household->label, page.title);
  page.main.add(html::prose("本人の同意がまだ得られないときに、社会福祉法第106条の6の会議で話し合うことを求めます。議題になるまで、会議を開く機関だけがこの世帯を見られます。"));
  page.main.add(html::form_page(request_form(ctx, *household), again->answers, again->errors,
                                {ctx.frame(household_path(id) + "/conference-requests", "conference-" + id_text(id)), "求める",
                                 ctx.url(household_path(id) + "/consents"), {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply request_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show(ctx, *id, std::nullopt) : ctx.error(id.error());
}

/// Errors of the service are named by its own fields; body and ground are one question here.
std::vector<FieldError> on_this_form(std::vector<FieldError> errors) {
  for (FieldError& e : errors)
    if (e.field == "body") e.field = "ground";
  return errors;
}

web::Reply ask(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto household = household_for(ctx, *id);
  if (!household) return ctx.error(household.error());
  auto parsed = form::parse(request_form(ctx, *household), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  consent::NewGroundRequest in;
  in.household = *id;
  in.person = parts::chosen_id<PersonTag>(a, "person");
  const std::string& code = a.text("ground");
  const std::size_t colon = code.find(':');
  in.body = ctx.m().body(code.substr(0, colon));
  if (colon != std::string::npos) in.ground_code = code.substr(colon + 1);
  if (in.body) in.hosts = hosts_of(ctx.m(), ctx.dir(), *in.body);
  in.reason = a.text("reason");
  in.asked_on = a.date("asked_on").value_or(ctx.today());
  in.basis = programme::basis_text(ctx.m(), programme::kSupportConference, in.asked_on);
  auto done = ctx.command("conference_request.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto asked = consent::ask_for_conference(tx, gate, actor, ctx.m().rules.days, in);
    if (!asked) return tl::unexpected(asked.error());
    return ctx.url(household_path(*id) + "/consents");
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show(ctx, *id, Again{std::move(parsed.answers), on_this_form(parts::faults_of(done.error())), parts::status_of(done.error()), false});
}

}  // namespace

void add_conference_request_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::ground_request, access::Act::create));
  router.get("/households/{id}/conference-requests/new", need, request_page);
  router.post("/households/{id}/conference-requests", need, ask);
}

}  // namespace kasane::casework
