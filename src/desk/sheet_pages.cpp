// The sheet of a household on one A4 (世帯シート, 連携シート …): only what the viewer may see, without the visit-safety
// note and without records. Each print is audited as one.
#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "desk/household_desk.hpp"
#include "desk/pages.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

// What fits on one A4 beside the head; the rest of what the viewer sees is counted.
constexpr std::size_t kMostMembers = 8;
constexpr std::size_t kMostIssues = 10;
constexpr std::size_t kMostAgencies = 10;
constexpr std::size_t kNote = 30;  // characters
constexpr std::size_t kWhat = 30;

Html more(std::size_t all, std::size_t shown) {
  if (all <= shown) return {};
  return html::muted("ほか" + std::to_string(all - shown) + "件は画面で確かめてください。");
}

Html members(const programme::Ctx& ctx, const HouseholdDesk& d) {
  html::Table table("世帯の人", {{"名前"}, {"続柄"}, {"年齢"}, {"住まい"}, {"申込みと同意"}}, html::Table::Caption::seen);
  std::size_t n = 0, all = 0;
  for (const people::Member& m : d.household.members) {
    if (!m.belongs_on(ctx.today())) continue;
    if (++all > kMostMembers) continue;
    ++n;
    std::string consents;
    for (const consent::ConsentLine& c : d.consents) {
      if (c.person != m.person) continue;
      if (!consents.empty()) consents += "　";
      consents += (c.kind == consent::Kind::application ? ctx.m().wording("application", "利用申込み") : ctx.m().wording("consent", "情報共有同意")) +
                  " " + consent::label_of(c.validity);
    }
    Html name = html::text(m.name);
    if (d.is_subject(m.person)) name.add("（").add(ctx.m().wording("person", "本人")).add("）");
    table.row().cell(name).cell(code_label(ctx, "relations", m.relation)).cell(age_and_birth(m, ctx.today()));
    table.cell(m.lives_in ? "同居" : "別居").cell(consents);
  }
  Html body = n == 0 ? Html() : table.done();
  body += more(all, n);
  return body;
}

Html issues(const programme::Ctx& ctx, const HouseholdDesk& d) {
  if (d.issues.empty()) return {};
  html::Table table("困りごと", {{"だれの"}, {"困りごと"}, {"状態"}, {"補足"}}, html::Table::Caption::seen);
  const std::size_t n = std::min(d.issues.size(), kMostIssues);
  for (std::size_t i = 0; i < n; ++i) {
    const casework::Issue& issue = d.issues[i];
    const people::Member* about = issue.person ? d.member(*issue.person) : nullptr;
    table.row().cell(about ? html::text(about->name) : html::text("世帯")).cell(code_label(ctx, "issues", issue.code));
    table.cell(issue_state(issue)).cell(shortened(issue.note.shown(), kNote));
  }
  Html body = table.done();
  body += more(d.issues.size(), n);
  return body;
}

Html agencies(const programme::Ctx& ctx, const HouseholdDesk& d) {
  if (d.involvements.empty()) return {};
  html::Table table("関わる機関", {{"機関"}, {"役割"}, {"していること"}, {"最後の連絡"}, {"次の予定"}, {"担当"}}, html::Table::Caption::seen);
  const std::size_t n = std::min(d.involvements.size(), kMostAgencies);
  for (std::size_t i = 0; i < n; ++i) {
    const casework::Involvement& inv = d.involvements[i];
    table.row().cell(ctx.dir().name(inv.agency)).cell(casework::label_of(inv.role)).cell(shortened(inv.what.shown(), kWhat));
    table.cell(parts::day(inv.last_contact_on)).cell(parts::day(inv.next_on)).cell(inv.contact_name);
  }
  Html body = table.done();
  body += more(d.involvements.size(), n);
  return body;
}

Html standing(const programme::Ctx& ctx, const HouseholdDesk& d) {
  html::Facts facts;
  if (!d.household.address.shown().empty()) facts.add("住所", d.household.address);
  if (!d.household.phone.shown().empty()) facts.add("電話", d.household.phone);
  if (d.case_facts) {
    facts.add(ctx.m().wording("case", "ケース"), d.case_facts->number + " " + std::string(casework::label_of(d.case_facts->state)));
    if (d.case_facts->owner) facts.add("担当機関", ctx.dir().name(*d.case_facts->owner));
    if (d.case_facts->next_look_on) facts.add("次に見る日", wareki_short(*d.case_facts->next_look_on));
  }
  for (const planning::PlanHead& p : d.plans)
    if (p.state == planning::PlanState::active || p.state == planning::PlanState::under_review)
      facts.add(planning::kind_name(ctx.m(), p.kind), std::string(planning::label_of(p.state)) + (p.review_on ? " 見直し " + wareki_short(*p.review_on) : std::string()));
  return facts.done();
}

web::Reply sheet_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto d = ctx.read("household.sheet", [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action("household.sheet", access::Act::print);
    return gather(tx, gate, ctx, *id, Extent::sheet);
  });
  if (!d) return ctx.error(d.error());

  html::Page page;
  page.title = ctx.m().wording("household_sheet", "世帯シート");
  page.current = "households";
  page.crumbs = {{"世帯をさがす", ctx.url("/households")}, {ctx.m().wording("household", "世帯"), ctx.url("/households/" + id_text(*id))}, {page.title, ""}};
  const Html head = html::print_head({.form_name = page.title,
                                      .number = d->household.number,
                                      .made_on = wareki(ctx.today()),
                                      .made_by = ctx.who().post_line + " " + ctx.who().display_name,
                                      .secrecy = "支援のためにだけ使い、ほかの人に見せたり、置き忘れたりしないでください。"});
  Html body = html::heading(2, d->household.label);
  body += standing(ctx, *d);
  body += members(ctx, *d);
  body += issues(ctx, *d);
  body += agencies(ctx, *d);
  page.main = html::not_printed(html::prose("この紙には、あなたの役割で見られることだけが載っています。ブラウザーの印刷で A4 一枚に出ます。"));
  page.main += html::paper_sheet(head, body);
  return ctx.show(std::move(page));
}

}  // namespace

void add_sheet_routes(programme::Router& router) {
  router.get("/households/{id}/sheet", web::Need::of(kCaseRoles), sheet_page);
}

}  // namespace kasane::desk
