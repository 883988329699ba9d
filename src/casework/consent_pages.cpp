// 利用申込み and 情報共有同意 of a household: what was recorded, and one form for both facts of one 本人. What changes
// moves the case (before consent or preparing) in the same transaction.
#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "casework/case_pages.hpp"
#include "casework/case_service.hpp"
#include "casework/posted_form.hpp"
#include "casework/team_service.hpp"
#include "consent/form.hpp"
#include "consent/pages.hpp"
#include "consent/service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

struct View {
  people::HouseholdView household;
  std::vector<consent::ConsentLine> lines;
  std::vector<consent::GroundRequestLine> requests;
  std::unordered_map<PersonId, people::PersonName> names;
  consent::FormChoices choices;
  bool may_change = false;
};

Result<View> view_of(db::ReadTx& tx, access::Gate& gate, const programme::Ctx& ctx, HouseholdId id) {
  auto household = people::household_view(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  auto lines = consent::consents_of(tx, gate, id);
  if (!lines) return tl::unexpected(lines.error());
  auto requests = consent::requests_of(tx, gate, id);
  if (!requests) return tl::unexpected(requests.error());
  View v{std::move(*household), std::move(*lines), std::move(*requests), {}, {}, gate.may(id, access::Act::write)};
  std::vector<PersonId> persons;
  for (const consent::ConsentLine& line : v.lines) persons.push_back(line.person);
  v.names = people::names_of(tx, gate, persons);
  for (const people::Member& m : v.household.members)
    if (m.belongs_on(gate.today())) v.choices.persons.emplace_back(m.person, m.name.shown());
  for (AgencyId agency : team_agencies(involvements(tx, gate, id), gate.today())) v.choices.agencies.emplace_back(agency, ctx.dir().name(agency));
  const auto in_team = [&](AgencyId agency) { return std::ranges::any_of(v.choices.agencies, [&](const auto& known) { return known.first == agency; }); };
  for (const auto& entry : ctx.dir().all())
    if (entry.active && !in_team(entry.id)) v.choices.others.emplace_back(entry.id, entry.name);
  return v;
}

std::string page_path(HouseholdId id) { return "/households/" + id_text(id) + "/consents"; }

Html requests_html(const programme::Ctx& ctx, const View& v) {
  Html html;
  if (!v.requests.empty()) {
    html::Table table("同意がないまま支援会議に出す求め", {{"会議"}, {"理由の区分"}, {"理由"}, {"求めた機関"}, {"求めた日"}, {"状態"}});
    for (const consent::GroundRequestLine& r : v.requests) {
      const programme::Body* body = ctx.m().body(r.body);
      std::string ground = r.ground_code;
      if (body)
        for (const programme::CodedText& g : body->grounds)
          if (g.code == r.ground_code) ground = g.text;
      table.row().cell(body ? body->name : r.body).cell(ground).cell(html::text(r.reason));
      table.cell(ctx.dir().name(r.asked_by)).cell(wareki_short(r.asked_on)).cell(consent::label_of(r.state));
    }
    html.add(table.done());
  }
  if (v.may_change && !ctx.m().bodies_for(programme::BodyFunction::support_conference_106_6).empty())
    html.add(html::actions({html::link_button(ctx.m().wording("support_conference", "支援会議") + "に出すことを求める",
                                              ctx.url("/households/" + id_text(v.household.id) + "/conference-requests/new"))}));
  if (ctx.viewer().roles().meets(access::roles_for(SubjectKind::cooperation_request, access::Act::create)) && !ctx.m().bodies_for(programme::BodyFunction::support_conference_106_6).empty())
    html.add(html::actions({html::link_button("協力を依頼する（106条の6第3項）", ctx.url("/households/" + id_text(v.household.id) + "/cooperations/new"))}));
  html.add(html::actions({html::link("協力依頼の一覧", ctx.url("/cooperations")), html::link("目的外利用・提供の協議", ctx.url("/provisions/mine"))}));
  return html;
}

web::Reply show(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto v = ctx.read("consent.page", [&](db::ReadTx& tx, access::Gate& gate) { return view_of(tx, gate, ctx, id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = "申込みと同意";
  page.heading = parts::heading(v->household.label, "申込みと同意");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, id, v->household.label, "申込みと同意");
  const int status = again ? again->status : 200;
  Html record;
  if (v->may_change) {
    if (!again) again = Again{consent::first_answers(ctx.today(), v->choices), {}, 200, false};
    html::FormFrame frame = ctx.frame(page_path(id), "consent-" + id_text(id));
    frame.multipart = true;
    record = html::section("申込みと同意を書く",
                           html::form_page(consent::recording_form(ctx.m(), v->choices), again->answers, again->errors,
                                           {std::move(frame), "保存する", ctx.url("/households/" + id_text(id)), {}, consent::sheet_control(again->errors)}),
                           "record");
  }
  // A form that was refused comes first: what is wrong must not stand below a list.
  if (status != 200) page.main.add(record);
  page.main.add(consent::consent_list_html(ctx, v->lines, v->names, v->may_change));
  if (status == 200) page.main.add(record);
  if (const Html requests = requests_html(ctx, *v); !requests.empty()) page.main.add(html::section("同意がまだないとき", requests, "without"));
  return ctx.show(std::move(page), status);
}

web::Reply consents_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show(ctx, *id, std::nullopt) : ctx.error(id.error());
}

/// Those who now stand at no, and did not before this.
void tell_refused(db::WriteTx& tx, const std::vector<consent::NewConsent>& facts, Date today, const SharingRefused& refused) {
  for (const consent::NewConsent& f : facts)
    if (refused && f.kind == consent::Kind::sharing && f.refused && consent::state_of(tx, f.person, today).sharing.validity == consent::Validity::refused)
      refused(tx, f.person);
}

web::Reply record(programme::Ctx& ctx, const SharingRefused& refused) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto v = ctx.read("consent.page", [&](db::ReadTx& tx, access::Gate& gate) { return view_of(tx, gate, ctx, *id); });
  if (!v) return ctx.error(v.error());
  auto parsed = parts::posted(ctx, consent::recording_form(ctx.m(), v->choices));
  const auto again = [&](std::vector<FieldError> errors, int status) {
    return show(ctx, *id, Again{std::move(parsed.answers), std::move(errors), status, false});
  };
  if (!parsed.ok()) return again(std::move(parsed.errors), 422);
  auto facts = consent::read_recording(parsed.answers, *id, ctx.req.upload(consent::kSheetField), ctx.m());
  if (!facts) return parts::belongs_on_form(facts.error()) ? again(parts::faults_of(facts.error()), parts::status_of(facts.error())) : ctx.error(facts.error());
  auto done = ctx.command("consent.record", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto recorded = consent::record_all(tx, gate, actor, *facts);
    if (!recorded) return tl::unexpected(recorded.error());
    tell_refused(tx, *facts, gate.today(), refused);
    if (auto told = consent_changed(tx, gate, actor, *id); !told) return tl::unexpected(told.error());
    return ctx.url(page_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return again(parts::faults_of(done.error()), parts::status_of(done.error()));
}

}  // namespace

void add_consent_routes(programme::Router& router) {
  router.get("/households/{id}/consents", web::Need::of(kCaseRoles), consents_page);
}

void add_consent_recording_routes(programme::Router& router, SharingRefused refused) {
  router.post("/households/{id}/consents", web::Need::of(access::roles_for(SubjectKind::consent, access::Act::create)),
              [refused = std::move(refused)](programme::Ctx& ctx) { return record(ctx, refused); });
}

}  // namespace kasane::casework
