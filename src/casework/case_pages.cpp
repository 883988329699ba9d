// Opening a case by triage, changing what hangs on it (owner, cadence, 伴走・見守り, 本人), reopening it.
#include "casework/case_pages.hpp"

#include "casework/case_page_parts.hpp"
#include "casework/case_pages_detail.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_service.hpp"
#include "casework/team_service.hpp"
#include "people/protection_pages.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

constexpr Roles kTriage{Role::coordinator, Role::city_officer};

std::string case_path(CaseId id) { return "/cases/" + id_text(id); }
std::string household_path(HouseholdId id) { return "/households/" + id_text(id); }

void add_common_fields(form::Form& f, const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Field subjects = parts::choices_field("subjects", ctx.m().wording("person", "本人"), parts::persons(household.members));
  subjects.hint = "いっしょに住んでいない人でもかまいません。";
  subjects.required = true;
  f.fields.push_back(std::move(subjects));
  if (!ctx.m().rules.case_categories.empty())
    f.fields.push_back(parts::choice_field("category", "ケースの区分", parts::coded("case_category", ctx.m().rules.case_categories)));
  form::Field owner = parts::choice_field("owner", "担当機関", parts::agencies(ctx));
  owner.hint = "まだ決まっていなければ、選ばずに、いつまでに決めるかを入れます。";
  f.fields.push_back(std::move(owner));
  f.fields.push_back(parts::date_field("owner_by", "担当機関をいつまでに決めるか"));
  form::Field cadence = parts::number_field("cadence_days", "連絡の間隔", kShortestCadence, kLongestCadence, "日");
  cadence.hint = "この日数をすぎて連絡がないと、一覧と「今日」に出ます。";
  cadence.required = true;
  f.fields.push_back(std::move(cadence));
  f.fields.push_back(parts::choice_field("approach", "支援の考え方", parts::city_table(ctx, "plan_approach")));
}

bool is_sensitive(const programme::Ctx& ctx, AgencyId id) {
  const programme::Agency* agency = ctx.m().agency(ctx.dir().code(id));
  return agency != nullptr && agency->sensitive;
}

int cadence_in(const form::Answers& a) { return static_cast<int>(a.number("cadence_days").value_or(kDefaultCadenceDays)); }

// --- opening ---

form::Form opening_form(const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"case_opening", 1, {}};
  add_common_fields(f, ctx, household);
  return f;
}

struct Opening {
  people::HouseholdView household;
  Html warning;  // of a protection that the viewer may know: a 相手方 is not chosen as 本人 unawares
};

Error not_for_triage() { return {ErrorCode::not_permitted, "ケースは、多機関協働の担当機関か市の担当課が開きます。つなぎを送ってください。", {}}; }

web::Reply show_opening(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto opening = ctx.read("case.open_form", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Opening> {
    auto view = people::household_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    return Opening{std::move(*view), people::protection_warning(ctx, tx, gate, id)};
  });
  if (!opening) return ctx.error(opening.error());
  const people::HouseholdView* household = &opening->household;
  if (!triage_agency(ctx.m(), ctx.dir(), ctx.viewer())) return ctx.error(not_for_triage());
  if (!again) {
    const NewCase usual = new_case_for(ctx.m(), id, ctx.today());
    again.emplace();
    again->answers.set("cadence_days", std::int64_t{usual.cadence_days});
    parts::set_some(again->answers, "owner_by", usual.owner_by);
  }
  html::Page page;
  page.title = "ケースを開く";
  page.heading = parts::heading(household->label, "ケースを開く");
  page.current = "cases";
  page.crumbs = parts::way_from_household(ctx, id, household->label, "ケースを開く");
  page.main = html::form_page(opening_form(ctx, *household), again->answers, again->errors,
                              {ctx.frame(household_path(id) + "/cases", "case-" + id_text(id)), "ケースを開く", ctx.url(household_path(id)), opening->warning, {}});
  return ctx.show(std::move(page), again->status);
}

web::Reply opening_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show_opening(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply open(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto household = ctx.read("case.open_form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, *id); });
  if (!household) return ctx.error(household.error());
  const auto opener = triage_agency(ctx.m(), ctx.dir(), ctx.viewer());
  if (!opener) return ctx.error(not_for_triage());
  auto parsed = form::parse(opening_form(ctx, *household), ctx.req.posted);
  if (!parsed.ok()) return show_opening(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  NewCase in = new_case_for(ctx.m(), *id, ctx.today());
  in.subjects = parts::chosen_ids<PersonTag>(a, "subjects");
  in.category = a.text("category");
  in.owner = parts::chosen_id<AgencyTag>(a, "owner");
  in.owner_by = a.date("owner_by");
  in.cadence_days = cadence_in(a);
  in.approach = a.text("approach");
  in.originating = household->holder;  // who has known the household until now stays on the team
  for (const auto& agency : {std::optional(in.originating), in.owner})
    if (agency && is_sensitive(ctx, *agency)) in.guarded.push_back(*agency);
  auto done = ctx.command("case.open", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    in.coordinating = *opener;
    const auto opened = open_case(tx, gate, actor, in);
    if (!opened) return tl::unexpected(opened.error());
    if (auto told = consent_changed(tx, gate, actor, *id); !told) return tl::unexpected(told.error());
    return ctx.url(case_path(*opened));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_opening(ctx, *id, std::move(again)); });
}

// --- changing ---

struct CaseView {
  CaseFacts facts;
  people::HouseholdView household;
  bool may_change = false;
};

Result<CaseView> case_view(db::ReadTx& tx, access::Gate& gate, CaseId id) {
  auto facts = case_facts(tx, gate, id);
  if (!facts) return tl::unexpected(facts.error());
  auto household = people::household_view(tx, gate, facts->household);
  if (!household) return tl::unexpected(household.error());
  return CaseView{std::move(*facts), std::move(*household), gate.may(id, access::Act::write)};
}

form::Form change_form(const programme::Ctx& ctx, const CaseView& v) {
  form::Form f{"case_change", 1, {}};
  add_common_fields(f, ctx, v.household);
  form::Field watching = parts::choices_field("watching", "伴走・見守り",
                                              std::make_shared<const form::CodeTable>(form::CodeTable{
                                                  "case_watching", 1, {{std::string(form::kYes), "期限を決めずに、つながり続ける"}}}));
  watching.hint = "終わりを急ぎません。連絡の間隔だけを見ます。";
  f.fields.push_back(std::move(watching));
  f.fields.push_back(parts::date_field("next_look_on", "次に見直す日"));
  return f;
}

form::Answers answers_of(const CaseFacts& c) {
  form::Answers a;
  std::vector<std::string> subjects;
  for (PersonId p : c.subjects) subjects.push_back(id_text(p));
  if (!subjects.empty()) a.set("subjects", subjects);
  parts::set_text(a, "category", c.category);
  if (c.owner) a.set("owner", id_text(*c.owner));
  parts::set_some(a, "owner_by", c.owner_by);
  a.set("cadence_days", std::int64_t{c.cadence_days});
  parts::set_text(a, "approach", c.approach);
  if (c.state == CaseState::watching) a.set("watching", std::vector<std::string>{std::string(form::kYes)});
  parts::set_some(a, "next_look_on", c.next_look_on);
  return a;
}

web::Reply show_change(programme::Ctx& ctx, CaseId id, std::optional<Again> again) {
  auto v = ctx.read("case.edit_form", [&](db::ReadTx& tx, access::Gate& gate) { return case_view(tx, gate, id); });
  if (!v) return ctx.error(v.error());
  if (!v->may_change) return ctx.error({ErrorCode::not_permitted, "ケースは、支援チームの機関が直せます。", {}});
  html::Page page;
  page.title = "ケースを直す";
  page.heading = parts::heading(v->household.label, "ケース " + v->facts.number);
  page.current = "cases";
  page.crumbs = {{"ケース", ctx.url("/cases")}, {v->facts.number, ctx.url(case_path(id))}, {"直す", ""}};
  const Html warning =
      ctx.read("case.edit_form", [&](db::ReadTx& tx, access::Gate& gate) { return people::protection_warning(ctx, tx, gate, v->facts.household); });
  const form::Form form = change_form(ctx, *v);
  if (again && again->stale) page.main.add(html::section("いま保存されている内容", html::form_facts(form, answers_of(v->facts))));
  if (!again) again = Again{answers_of(v->facts), {}, 200, false};
  html::FormFrame frame = ctx.frame(case_path(id) + "/edit", "case-edit-" + id_text(id));
  frame.version = std::to_string(v->facts.version);
  page.main.add(html::form_page(form, again->answers, again->errors, {std::move(frame), "保存する", ctx.url(case_path(id)), warning, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply change_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  return id ? show_change(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  auto v = ctx.read("case.edit_form", [&](db::ReadTx& tx, access::Gate& gate) { return case_view(tx, gate, *id); });
  if (!v) return ctx.error(v.error());
  const auto before = answers_of(v->facts);
  auto parsed = form::parse(change_form(ctx, *v), ctx.req.posted, {.only = {}, .before = &before});
  if (!parsed.ok()) return show_change(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  CaseChange in;
  in.subjects = parts::chosen_ids<PersonTag>(a, "subjects");
  in.category = a.text("category");
  in.owner = parts::chosen_id<AgencyTag>(a, "owner");
  in.owner_by = a.date("owner_by");
  in.cadence_days = cadence_in(a);
  in.approach = a.text("approach");
  in.watching = a.chose("watching", form::kYes);
  in.next_look_on = a.date("next_look_on");
  // 本人 whom this viewer does not see were not on the form: they stay.
  for (PersonId person : v->facts.subjects) {
    bool shown = false;
    for (const people::Member& m : v->household.members) shown = shown || m.person == person;
    if (!shown) in.subjects.push_back(person);
  }
  auto done = ctx.command("case.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = change_case(tx, gate, actor, *id, parts::posted_version(ctx), in); !changed) return tl::unexpected(changed.error());
    return ctx.url(case_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_change(ctx, *id, std::move(again)); });
}

// --- reopening ---

form::Form reopening_form(const programme::Ctx& ctx) {
  form::Form f{"case_reopening", 1, {}};
  f.fields.push_back(parts::choice_field("trigger", "再開のきっかけ", parts::city_table(ctx, "reopening_reason"), true));
  return f;
}

Html history(const programme::Ctx& ctx, const CaseFacts& facts) {
  const auto reasons = parts::city_table(ctx, "reopening_reason");
  html::Table table("これまでの経過", {{"回"}, {"開いた日"}, {"終結した日"}, {"きっかけ"}});
  for (const Episode& e : facts.episodes) {
    table.row().cell(e.number).cell(wareki_short(e.opened_on)).cell(parts::day(e.closed_on));
    table.cell(e.trigger.empty() ? std::string("はじめ") : reasons->label(e.trigger));
  }
  return table.done();
}

web::Reply show_reopening(programme::Ctx& ctx, CaseId id, std::optional<Again> again) {
  auto v = ctx.read("case.reopen_form", [&](db::ReadTx& tx, access::Gate& gate) { return case_view(tx, gate, id); });
  if (!v) return ctx.error(v.error());
  if (!v->may_change) return ctx.error({ErrorCode::not_permitted, "ケースは、支援チームの機関が再開できます。", {}});
  if (v->facts.state != CaseState::closed) return ctx.error({ErrorCode::conflict, "このケースは終結していません。", {}});
  if (!again) again.emplace();
  html::Page page;
  page.title = "ケースを再開する";
  page.heading = parts::heading(v->household.label, "ケース " + v->facts.number + " を再開する");
  page.current = "cases";
  page.crumbs = {{"ケース", ctx.url("/cases")}, {v->facts.number, ctx.url(case_path(id))}, {"再開", ""}};
  page.main.add(html::prose("番号とこれまでの記録は、そのまま続きます。情報共有の同意がいま有効かを確かめ、有効でなければ「同意前」から始めます。"));
  page.main.add(history(ctx, v->facts));
  page.main.add(html::form_page(reopening_form(ctx), again->answers, again->errors,
                                {ctx.frame(case_path(id) + "/reopen"), "再開する", ctx.url(case_path(id)), {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply reopening_page(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  return id ? show_reopening(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply reopen(programme::Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(reopening_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_reopening(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("case.reopen", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto reopened = reopen_case(tx, gate, actor, *id, parsed.answers.text("trigger")); !reopened) return tl::unexpected(reopened.error());
    return ctx.url(case_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error()) || done.error().code == ErrorCode::conflict) return ctx.error(done.error());
  return show_reopening(ctx, *id, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

}  // namespace

void add_case_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::support_case, access::Act::write));
  router.get("/cases", web::Need::of(kCaseRoles), detail::case_list);
  router.get("/households/{id}/cases/new", web::Need::of(kTriage), opening_page);
  router.post("/households/{id}/cases", web::Need::of(kTriage), open);
  router.get("/cases/{id}/edit", need, change_page);
  router.post("/cases/{id}/edit", need, change);
  router.get("/cases/{id}/reopen", need, reopening_page);
  router.post("/cases/{id}/reopen", need, reopen);
  detail::add_team_routes(router);
}

}  // namespace kasane::casework
