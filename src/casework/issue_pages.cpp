// Writing down an issue of a person or of the household, and changing it.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages.hpp"
#include "casework/issue_rules.hpp"
#include "casework/issue_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

parts::Table certainty_table() {
  form::CodeTable table{"issue_certainty", 1, {}};
  for (Certainty c : kCertainties) table.codes.push_back({std::string(code_of(c)), std::string(label_of(c))});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

parts::Table treatment_table() {
  form::CodeTable table{"issue_treatment", 1, {}};
  for (Treatment t : kTreatments)
    if (t != Treatment::unsaid) table.codes.push_back({std::string(code_of(t)), std::string(label_of(t))});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

void add_state_fields(form::Form& f) {
  f.fields.push_back(parts::choice_field("certainty", "確かさ", certainty_table(), true));
  form::Field treatment = parts::choice_field("treatment", "受診の状態", treatment_table());
  treatment.hint = "病気や障がいに関することだけ";
  f.fields.push_back(std::move(treatment));
  f.fields.push_back(parts::long_field("note", "メモ"));
}

form::Form new_form(const programme::Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"issue", 1, {}};
  form::Field person = parts::choice_field("person", "だれの課題か", parts::persons(household.members));
  person.hint = "世帯全体の課題なら、選ばずにおきます。";
  f.fields.push_back(std::move(person));
  f.fields.push_back(parts::choice_field("code", "課題", parts::city_table(ctx, "issues"), true));
  add_state_fields(f);
  f.fields.push_back(parts::date_field("since_on", "いつから", true));
  return f;
}

form::Form change_form() {
  form::Form f{"issue_change", 1, {}};
  add_state_fields(f);
  f.fields.push_back(parts::date_field("ended_on", "なくなった日"));
  return f;
}

Treatment treatment_in(const form::Answers& a) { return parse_code<Treatment>(a.text("treatment")).value_or(Treatment::unsaid); }
Certainty certainty_in(const form::Answers& a) { return parse_code<Certainty>(a.text("certainty")).value_or(Certainty::confirmed); }

std::string household_path(HouseholdId id) { return "/households/" + id_text(id); }

web::Reply show_new(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto household = ctx.read("issue.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, id); });
  if (!household) return ctx.error(household.error());
  if (!again) {
    again.emplace();
    again->answers.set("certainty", std::string(code_of(Certainty::confirmed)));
    again->answers.set("since_on", ctx.today());
  }
  html::Page page;
  page.title = "課題を書く";
  page.heading = parts::heading(household->label, "課題を書く");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, id, household->label, "課題を書く");
  page.main = html::form_page(new_form(ctx, *household), again->answers, again->errors,
                              {ctx.frame(household_path(id) + "/issues", "issue-" + id_text(id)), "保存する", ctx.url(household_path(id)), {}, {}});
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show_new(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply create(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto household = ctx.read("issue.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, *id); });
  if (!household) return ctx.error(household.error());
  auto parsed = form::parse(new_form(ctx, *household), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const NewIssue in{*id, parts::chosen_id<PersonTag>(a, "person"), a.text("code"), certainty_in(a), treatment_in(a), a.text("note"),
                    a.date("since_on").value_or(ctx.today())};
  auto done = ctx.command("issue.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto added = add_issue(tx, gate, actor, in);
    if (!added) return tl::unexpected(added.error());
    return ctx.url(household_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, *id, std::move(again)); });
}

struct OneIssue {
  Issue issue;
  people::HouseholdLabel label;
  people::PersonName person;
  bool may_change = false;
};

Result<OneIssue> one_issue(db::ReadTx& tx, access::Gate& gate, IssueId id) {
  auto found = issue(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  OneIssue one;
  one.issue = std::move(*found);
  auto labels = people::household_labels(tx, gate, {one.issue.household});
  if (auto label = labels.find(one.issue.household); label != labels.end()) one.label = std::move(label->second);
  if (one.issue.person) {
    auto names = people::names_of(tx, gate, {*one.issue.person});
    if (auto name = names.find(*one.issue.person); name != names.end()) one.person = std::move(name->second);
  }
  one.may_change = gate.may(id, access::Act::write);
  return one;
}

form::Answers answers_of(const Issue& i) {
  form::Answers a;
  a.set("certainty", std::string(code_of(i.certainty)));
  parts::set_text(a, "treatment", std::string(code_of(i.treatment)));
  parts::set_text(a, "note", i.note.shown());
  parts::set_some(a, "ended_on", i.ended_on);
  return a;
}

Html facts_of(const programme::Ctx& ctx, const OneIssue& one) {
  html::Facts facts;
  facts.add("課題", parts::city_table(ctx, "issues")->label(one.issue.code));
  facts.add("だれの", one.issue.person ? html::text(one.person.name) : html::text("世帯"));
  const Date until = one.issue.ended_on.value_or(ctx.today());
  const int months = months_between(one.issue.since_on, until);
  facts.add("いつから", wareki(one.issue.since_on) + (months > 0 ? "（" + std::to_string(months) + "か月）" : std::string()));
  if (is_long_withdrawal(one.issue.code, one.issue.since_on, until))
    facts.add("続いている長さ", "6か月以上です。家庭にとどまり続けているときは、ひきこもりにあたる長さです。");
  return facts.done();
}

/// For the team: what is written, without a form that could not be saved.
web::Reply show_facts(programme::Ctx& ctx, const OneIssue& one) {
  html::Page page;
  page.title = "課題";
  page.heading = parts::heading(one.label.label, "課題");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, one.issue.household, one.label.label, "課題");
  page.main = html::group({facts_of(ctx, one), html::form_facts(change_form(), answers_of(one.issue)), html::muted("この課題は、書いた機関が直せます。")});
  return ctx.show(std::move(page));
}

web::Reply show_change(programme::Ctx& ctx, IssueId id, std::optional<Again> again) {
  auto one = ctx.read("issue.page", [&](db::ReadTx& tx, access::Gate& gate) { return one_issue(tx, gate, id); });
  if (!one) return ctx.error(one.error());
  if (!one->may_change && again) return ctx.error({ErrorCode::not_permitted, "課題は、書いた機関が直せます。", {}});
  if (!one->may_change) return show_facts(ctx, *one);
  html::Page page;
  page.title = "課題を直す";
  page.heading = parts::heading(one->label.label, "課題を直す");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, one->issue.household, one->label.label, "課題を直す");
  page.main.add(facts_of(ctx, *one));
  if (again && again->stale)
    page.main.add(html::section("いま保存されている内容", html::form_facts(change_form(), answers_of(one->issue))));
  if (!again) again = Again{answers_of(one->issue), {}, 200, false};
  html::FormFrame frame = ctx.frame("/issues/" + id_text(id) + "/edit", "issue-edit-" + id_text(id));
  frame.version = std::to_string(one->issue.version);
  page.main.add(html::form_page(change_form(), again->answers, again->errors,
                                {std::move(frame), "保存する", ctx.url(household_path(one->issue.household)), {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply change_page(programme::Ctx& ctx) {
  const auto id = ctx.id<IssueTag>();
  return id ? show_change(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<IssueTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(change_form(), ctx.req.posted);
  if (!parsed.ok()) return show_change(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const IssueChange in{certainty_in(a), treatment_in(a), a.text("note"), a.date("ended_on")};
  auto done = ctx.command("issue.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto now = issue(tx, gate, *id);
    if (!now) return tl::unexpected(now.error());
    if (auto changed = change_issue(tx, gate, actor, *id, parts::posted_version(ctx), in); !changed) return tl::unexpected(changed.error());
    return ctx.url(household_path(now->household));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_change(ctx, *id, std::move(again)); });
}

}  // namespace

void add_issue_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::issue, access::Act::write));
  router.get("/households/{id}/issues/new", need, new_page);
  router.post("/households/{id}/issues", need, create);
  router.get("/issues/{id}/edit", need, change_page);
  router.post("/issues/{id}/edit", need, change);
}

}  // namespace kasane::casework
