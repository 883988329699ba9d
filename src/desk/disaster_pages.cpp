#include "desk/disaster_pages.hpp"

#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "desk/disaster_store.hpp"
#include "people/rules.hpp"
#include "people/service.hpp"

namespace kasane::desk {

namespace {

using html::Html;
namespace parts = casework::parts;

constexpr Roles kDisasterRoles{Role::coordinator, Role::city_officer, Role::head};
constexpr int kMostHouseholds = 300;

struct Line {
  store::OpenHousehold open;
  people::HouseholdView household;
};

std::string area_of(const programme::Ctx& ctx, const std::string& code) {
  const auto* area = ctx.m().area(code);
  return area == nullptr ? "地区がわからない世帯" : area->name;
}

/// Everything of the viewer's own view; a paper lies about, so nothing that tells where somebody protected lives.
Html where(const Line& line) {
  if (line.open.protected_here) return {};
  Html out = html::text(line.household.address);
  for (const people::Member& m : line.household.members)
    if (m.contact && !m.contact->address.shown().empty() && m.contact->address.shown() != line.household.address.shown())
      out.add(html::el("div", html::group({html::text(m.name), "：", html::text(m.contact->address)})));
  return out;
}

Html phones(const Line& line) {
  if (line.open.protected_here) return {};
  Html out = html::text(line.household.phone);
  for (const people::Member& m : line.household.members)
    if (m.contact && !m.contact->phone.shown().empty()) out.add(html::el("div", html::group({html::text(m.name), "：", html::text(m.contact->phone)})));
  return out;
}

Html members(const Line& line, Date today) {
  std::vector<Html> names;
  for (const people::Member& m : line.household.members) {
    if (!m.belongs_on(today) || m.deceased_on) continue;
    Html name = html::text(m.name);
    if (const std::string age = people::age_text(m.birth.shown(), today); !age.empty()) name.add("（" + age + "）");
    if (!m.lives_in) name.add("別居");
    names.push_back(std::move(name));
  }
  return html::join(names, html::text("、"));
}

/// One table an area, each with a box for whether somebody was reached.
Html tables(const programme::Ctx& ctx, const std::vector<Line>& lines) {
  Html out;
  for (std::size_t at = 0; at < lines.size();) {
    const std::string& area = lines[at].open.area;
    html::Table table(area_of(ctx, area), {{"番号"}, {"世帯の人"}, {"住所"}, {"電話"}, {"無事を確かめた"}, {"メモ"}}, html::Table::Caption::seen);
    for (; at < lines.size() && lines[at].open.area == area; ++at)
      table.row().cell(lines[at].household.number).cell(members(lines[at], ctx.today())).cell(where(lines[at])).cell(phones(lines[at])).cell("□　　時　　分").cell("");
    out += table.done();
  }
  return out;
}

web::Reply choose_page(programme::Ctx& ctx) {
  html::Page page;
  page.title = "災害のときの一覧";
  page.current = "cases";
  page.crumbs = {{ctx.m().wording("case", "ケース"), ctx.url("/cases")}, {page.title, ""}};
  page.lead = html::muted("支援が続いている世帯を地区ごとに紙に出します。停電や通信の止まったときに、安否を確かめるために使います。");
  std::vector<html::Option> areas;
  for (const auto& area : ctx.m().areas) areas.push_back({area.code, area.name, {}});
  Html body = html::select({.name = "area", .label = "地区"}, areas, "", "すべての地区");
  body += html::actions({html::button("一覧を作る")});
  page.main.add(html::search_frame(ctx.url("/disaster/sheet"), "どの地区の一覧を作るか", body));
  page.main.add(html::prose("あなたの役割で見られる世帯だけが載ります。作ったことは、閲覧の記録に印刷として残ります。"));
  page.main.add(html::prose("鍵のかかるところに置き、新しいものを作ったら、前の紙は細かく切って捨ててください。"));
  return ctx.show(std::move(page));
}

web::Reply sheet_page(programme::Ctx& ctx) {
  const std::string area(ctx.req.query_value("area"));
  if (!area.empty() && ctx.m().area(area) == nullptr) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  bool more = false;
  const auto lines = ctx.read("disaster.sheet", [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action("disaster.sheet", access::Act::print);
    auto open = store::open_households(gate, area, kMostHouseholds + 1);
    more = open.size() > kMostHouseholds;
    if (more) open.resize(kMostHouseholds);
    std::vector<Line> all;
    for (store::OpenHousehold& o : open)
      if (auto household = people::household_view(tx, gate, o.household)) all.push_back({std::move(o), *std::move(household)});
    return all;
  });
  html::Page page;
  page.title = "災害のときの一覧";
  page.current = "cases";
  page.crumbs = {{ctx.m().wording("case", "ケース"), ctx.url("/cases")}, {page.title, ctx.url("/disaster")}, {area.empty() ? "すべての地区" : area_of(ctx, area), ""}};
  const Html head = html::print_head({.form_name = page.title,
                                      .number = std::to_string(lines.size()) + "世帯",
                                      .made_on = wareki(ctx.today()),
                                      .made_by = ctx.who().post_line + " " + ctx.who().display_name,
                                      .secrecy = ctx.m().wording("secrecy_notice", "支援のためにだけ使い、ほかの人に見せないでください。")});
  page.main = html::not_printed(html::prose("ブラウザーの印刷で紙に出します。" + std::string(more ? "多いので、はじめの300世帯だけです。地区を選んで作ってください。" : "")));
  page.main += html::paper_sheet(head, lines.empty() ? html::empty_state("支援が続いている世帯はありません。") : tables(ctx, lines));
  return ctx.show(std::move(page));
}

}  // namespace

void add_disaster_routes(programme::Router& router) {
  router.get("/disaster", web::Need::of(kDisasterRoles), choose_page);
  router.get("/disaster/sheet", web::Need::of(kDisasterRoles), sheet_page);
}

}  // namespace kasane::desk
