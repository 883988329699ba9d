// The team around a household: who is involved since when, adding an agency, changing and ending an involvement.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages_detail.hpp"
#include "casework/case_service.hpp"
#include "casework/team_service.hpp"
#include "people/protection_pages.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

constexpr const char* kGuarded = "guarded";
constexpr std::int64_t kLongestWhat = 400;

parts::Table role_table() {
  form::CodeTable table{"involvement_role", 1, {}};
  for (InvolvementRole role : kInvolvementRoles) table.codes.push_back({std::string(code_of(role)), std::string(label_of(role))});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

form::Field what_field() {
  form::Field what = parts::text_field("what", "していること");
  what.max = kLongestWhat;
  return what;
}

form::Form joining_form(const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"involvement", 1, {}};
  f.fields.push_back(parts::choice_field("agency", "機関", parts::agencies(ctx), true));
  f.fields.push_back(parts::choice_field("role", "役割", role_table(), true));
  f.fields.push_back(what_field());
  f.fields.push_back(parts::date_field("from_on", "いつから", true));
  f.fields.push_back(parts::date_field("next_on", "次の予定"));
  form::Field person = parts::choice_field("person", "だれに関わるか", parts::persons(household.members));
  person.hint = "世帯全体なら、選ばずにおきます。";
  person.group = "くわしく";
  f.fields.push_back(std::move(person));
  form::Field guarded = parts::choices_field(kGuarded, "守る必要がある関わり",
                                             std::make_shared<const form::CodeTable>(form::CodeTable{
                                                 "involvement_guarded", 1, {{std::string(form::kYes), "虐待や暴力への対応としての関わり"}}}));
  guarded.hint = "関わっていること自体を、知ってよい機関だけに見せます。";
  guarded.group = "くわしく";
  f.fields.push_back(std::move(guarded));
  return f;
}

form::Form change_form(const std::vector<Colleague>& colleagues) {
  form::Form f{"involvement_change", 1, {}};
  f.fields.push_back(parts::choice_field("role", "役割", role_table(), true));
  form::CodeTable people{"colleagues", 1, {}};
  for (const Colleague& c : colleagues) people.codes.push_back({id_text(c.id), c.title.empty() ? c.name : c.name + "（" + c.title + "）"});
  f.fields.push_back(parts::choice_field("account", "担当者", std::make_shared<const form::CodeTable>(std::move(people))));
  f.fields.push_back(what_field());
  f.fields.push_back(parts::date_field("last_contact_on", "最後の連絡"));
  f.fields.push_back(parts::date_field("next_on", "次の予定"));
  return f;
}

std::string team_path(CaseId id) { return "/cases/" + id_text(id) + "/team"; }

// --- the team of a case ---

struct TeamView {
  CaseFacts facts;
  people::HouseholdView household;
  std::vector<Involvement> team;
  bool may_change = false;
  Html warning = {};  // of a protection that the viewer may know
};

Result<TeamView> team_view(const programme::Ctx& ctx, db::ReadTx& tx, access::Gate& gate, CaseId id) {
  auto facts = case_facts(tx, gate, id);
  if (!facts) return tl::unexpected(facts.error());
  auto household = people::household_view(tx, gate, facts->household);
  if (!household) return tl::unexpected(household.error());
  TeamView v{std::move(*facts), std::move(*household), {}, gate.may(id, access::Act::write)};
  v.team = involvements(tx, gate, v.facts.household);
  if (v.may_change) v.warning = people::protection_warning(ctx, tx, gate, v.facts.household);
  return v;
}

Html person_of(const people::HouseholdView& household, const Involvement& i) {
  if (!i.person) return html::text("世帯");
  for (const people::Member& m : household.members)
    if (m.person == *i.person) return html::text(m.name);
  return {};
}

Html team_table(const programme::Ctx& ctx, const TeamView& v, bool current) {
  html::Table table(current ? "支援チーム" : "これまで関わった機関",
                    {{"機関"}, {"役割"}, {"だれに"}, {"していること"}, {current ? "いつから" : "期間"}, {"最後の連絡"}, {"次の予定"}, {"操作"}});
  for (const Involvement& i : v.team) {
    if (i.until_on.has_value() == current) continue;
    Html agency = html::text(ctx.dir().name(i.agency));
    if (!i.contact_name.empty()) agency.add(" ").add(html::muted(i.contact_name));
    table.row().cell(agency).cell(label_of(i.role)).cell(person_of(v.household, i)).cell(html::text(i.what));
    table.cell(current ? wareki_short(i.from_on) : wareki_short(i.from_on) + "〜" + parts::day(i.until_on));
    table.cell(parts::day(i.last_contact_on)).cell(parts::day(i.next_on));
    const bool may = v.may_change && current && v.facts.state != CaseState::closed;
    table.cell(may ? html::link("直す・終える", ctx.url("/involvements/" + id_text(i.id) + "/edit")) : Html());
  }
  return table.empty() ? Html() : table.done();
}

web::Reply show_team(programme::Ctx& ctx, CaseId id, std::optional<Again> again) {
  auto v = ctx.read("team.page", [&](db::ReadTx& tx, access::Gate& gate) { return team_view(ctx, tx, gate, id); });
  if (!v) return ctx.error(v.error());
  html::Page page;
  page.title = "支援チーム";
  page.heading = parts::heading(v->household.label, "支援チーム");
  page.current = "cases";
  page.crumbs = {{"ケース", ctx.url("/cases")}, {v->facts.number, ctx.url("/cases/" + id_text(id))}, {"支援チーム", ""}};
  const Html now = team_table(ctx, *v, true);
  page.main.add(now.empty() ? html::empty_state("いま関わっている機関はありません。") : now);
  if (const Html before = team_table(ctx, *v, false); !before.empty()) page.main.add(html::section("これまで関わった機関", before));
  if (v->may_change && v->facts.state != CaseState::closed) {
    if (!again) {
      again.emplace();
      again->answers.set("role", std::string(code_of(InvolvementRole::member)));
      again->answers.set("from_on", ctx.today());
    }
    const Html form = html::form_page(joining_form(ctx, v->household), again->answers, again->errors,
                                      {ctx.frame(team_path(id), "team-" + id_text(id)), "チームに加える", {}, v->warning, {}});
    page.main.add(html::section("機関を加える", form, "join"));
  }
  return ctx.show(std::move(page), again ? again->status : 200);
}

web::Reply team_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  return id ? show_team(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply join(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  auto v = ctx.read("team.page", [&](db::ReadTx& tx, access::Gate& gate) { return team_view(ctx, tx, gate, *id); });
  if (!v) return ctx.error(v.error());
  if (v->facts.state == CaseState::closed) return ctx.error({ErrorCode::conflict, "このケースは終結しています。", {}});
  auto parsed = form::parse(joining_form(ctx, v->household), ctx.req.posted);
  if (!parsed.ok()) return show_team(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  NewInvolvement in;
  in.household = v->facts.household;
  in.agency = parts::chosen_id<AgencyTag>(a, "agency").value_or(AgencyId());
  in.role = parse_code<InvolvementRole>(a.text("role")).value_or(InvolvementRole::member);
  in.what = a.text("what");
  in.from_on = a.date("from_on").value_or(ctx.today());
  in.next_on = a.date("next_on");
  in.person = parts::chosen_id<PersonTag>(a, "person");
  const programme::Agency* agency = ctx.m().agency(ctx.dir().code(in.agency));
  in.guarded = a.chose(kGuarded, form::kYes) || (agency != nullptr && agency->sensitive);
  auto done = ctx.command("team.join", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto permit = gate.write(*id);
    if (!permit) return tl::unexpected(permit.error());
    const auto joined = involve(tx, gate, actor, in);
    if (!joined) return tl::unexpected(joined.error());
    return ctx.url(team_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_team(ctx, *id, std::move(again)); });
}

// --- one involvement ---

struct OneInvolvement {
  Involvement involvement;
  HouseholdId household;
  people::HouseholdLabel label;
  std::optional<CaseId> case_id;
  std::vector<Colleague> colleagues;
};

Result<OneInvolvement> one_involvement(db::ReadTx& tx, access::Gate& gate, InvolvementId id) {
  auto found = involvement(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  const auto household = household_of(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  OneInvolvement one;
  one.involvement = std::move(*found);
  one.household = *household;
  auto labels = people::household_labels(tx, gate, {*household});
  if (auto label = labels.find(*household); label != labels.end()) one.label = std::move(label->second);
  one.case_id = case_of(tx, gate, *household);
  one.colleagues = colleagues(tx, one.involvement.agency, gate.today());
  return one;
}

std::string back_path(const OneInvolvement& one) {
  return one.case_id ? team_path(*one.case_id) : "/households/" + id_text(one.household);
}

form::Answers answers_of(const Involvement& i) {
  form::Answers a;
  a.set("role", std::string(code_of(i.role)));
  if (i.account) a.set("account", id_text(*i.account));
  parts::set_text(a, "what", i.what.shown());
  parts::set_some(a, "last_contact_on", i.last_contact_on);
  parts::set_some(a, "next_on", i.next_on);
  return a;
}

Html leaving_form(const programme::Ctx& ctx, const OneInvolvement& one, const std::vector<FieldError>& errors, const std::string& typed) {
  html::FormFrame frame = ctx.frame("/involvements/" + id_text(one.involvement.id) + "/leave");
  frame.version = std::to_string(one.involvement.version);
  Html body = html::date_input({.name = "on", .label = "終わる日", .hint = "この日から、チームとしての閲覧はできなくなります。",
                                .error = html::error_of(errors, "on"), .required = true}, typed.empty() ? wareki(ctx.today()) : typed);
  body.add(html::actions({html::button("関わりを終える", html::Look::danger)}));
  return html::form_frame(frame, body);
}

web::Reply show_involvement(programme::Ctx& ctx, InvolvementId id, std::optional<Again> again, const std::vector<FieldError>& leaving = {}) {
  auto one = ctx.read("involvement.page", [&](db::ReadTx& tx, access::Gate& gate) { return one_involvement(tx, gate, id); });
  if (!one) return ctx.error(one.error());
  if (one->involvement.until_on) return ctx.error({ErrorCode::conflict, "この機関の関わりは、もう終わっています。", {}});
  html::Page page;
  page.title = "関わりを直す";
  page.heading = parts::heading(one->label.label, ctx.dir().name(one->involvement.agency));
  page.current = "cases";
  page.crumbs = parts::way_from_household(ctx, one->household, one->label.label, ctx.dir().name(one->involvement.agency));
  const form::Form form = change_form(one->colleagues);
  if (again && again->stale) page.main.add(html::section("いま保存されている内容", html::form_facts(form, answers_of(one->involvement))));
  const int status = again ? again->status : leaving.empty() ? 200 : 422;
  if (!again) again = Again{answers_of(one->involvement), {}, 200, false};
  html::FormFrame frame = ctx.frame("/involvements/" + id_text(id) + "/edit", "involvement-" + id_text(id));
  frame.version = std::to_string(one->involvement.version);
  page.main.add(html::error_summary(leaving));
  page.main.add(html::form_page(form, again->answers, again->errors, {std::move(frame), "保存する", ctx.url(back_path(*one)), {}, {}}));
  page.main.add(html::section("関わりを終える", leaving_form(ctx, *one, leaving, std::string(ctx.req.posted_value("on").value_or(""))), "leave"));
  return ctx.show(std::move(page), status);
}

web::Reply involvement_page(programme::Ctx& ctx) {
  const auto id = ctx.id<InvolvementTag>();
  return id ? show_involvement(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<InvolvementTag>();
  if (!id) return ctx.error(id.error());
  auto one = ctx.read("involvement.page", [&](db::ReadTx& tx, access::Gate& gate) { return one_involvement(tx, gate, *id); });
  if (!one) return ctx.error(one.error());
  auto parsed = form::parse(change_form(one->colleagues), ctx.req.posted);
  if (!parsed.ok()) return show_involvement(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const InvolvementChange in{parts::chosen_id<AccountTag>(a, "account"), parse_code<InvolvementRole>(a.text("role")).value_or(InvolvementRole::member),
                             a.text("what"), a.date("last_contact_on"), a.date("next_on")};
  auto done = ctx.command("team.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = change_involvement(tx, gate, actor, *id, parts::posted_version(ctx), in); !changed) return tl::unexpected(changed.error());
    return ctx.url(back_path(*one));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_involvement(ctx, *id, std::move(again)); });
}

web::Reply leave_team(programme::Ctx& ctx) {
  const auto id = ctx.id<InvolvementTag>();
  if (!id) return ctx.error(id.error());
  auto one = ctx.read("involvement.page", [&](db::ReadTx& tx, access::Gate& gate) { return one_involvement(tx, gate, *id); });
  if (!one) return ctx.error(one.error());
  const auto on = parse_date(ctx.req.posted_value("on").value_or(""));
  if (!on) return show_involvement(ctx, *id, std::nullopt, {{"on", on.error().message}});
  auto done = ctx.command("team.leave", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto left = leave(tx, gate, actor, *id, parts::posted_version(ctx), *on); !left) return tl::unexpected(left.error());
    // Whoever takes itself off the team may no longer see the page it came from.
    const bool still = one->case_id && gate.may(*one->case_id, access::Act::read);
    return ctx.url(still ? back_path(*one) : "/cases");
  });
  if (done) return ctx.go(*done);
  if (done.error().code == ErrorCode::invalid) return show_involvement(ctx, *id, std::nullopt, done.error().fields);
  return ctx.error(done.error());
}

}  // namespace

void detail::add_team_routes(programme::Router& router) {
  router.get("/cases/{id}/team", web::Need::of(kCaseRoles), team_page);
  const auto need = web::Need::of(access::roles_for(SubjectKind::involvement, access::Act::write));
  router.post("/cases/{id}/team", need, join);
  router.get("/involvements/{id}/edit", need, involvement_page);
  router.post("/involvements/{id}/edit", need, change);
  router.post("/involvements/{id}/leave", need, leave_team);
}

}  // namespace kasane::casework
