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
  std::string area;
  people::HomeLine home;
  bool by_number = false;  // on screen alone: nothing known here that a paper may hold
};

std::string area_of(const programme::Ctx& ctx, const std::string& code) {
  const auto* area = ctx.m().area(code);
  return area == nullptr ? "地区がわからない世帯" : area->name;
}

Html where(const Line& line) {
  Html out = html::text(line.home.address);
  for (const people::Member& m : line.home.members)
    if (m.contact && !m.contact->address.shown().empty() && m.contact->address.shown() != line.home.address.shown())
      out.add(html::el("div", html::group({html::text(m.name), "：", html::text(m.contact->address)})));
  return out;
}

Html phones(const Line& line) {
  Html out = html::text(line.home.phone);
  for (const people::Member& m : line.home.members)
    if (m.contact && !m.contact->phone.shown().empty()) out.add(html::el("div", html::group({html::text(m.name), "：", html::text(m.contact->phone)})));
  return out;
}

bool has_address(const people::HomeLine& home) {
  return !home.address.shown().empty() ||
         std::ranges::any_of(home.members, [](const people::Member& m) { return m.contact && !m.contact->address.shown().empty(); });
}

Html members(const Line& line, Date today) {
  std::vector<Html> names;
  for (const people::Member& m : line.home.members) {
    Html name = html::text(m.name);
    if (const std::string age = people::age_text(m.birth.shown(), today); !age.empty()) name.add("（" + age + "）");
    if (!m.lives_in) name.add("別居");
    names.push_back(std::move(name));
  }
  return html::join(names, html::text("、"));
}

/// A paper lies about: a home that is protected, as far as this reader knows, and one without an address stand alike under their number,
/// under no area.
Html numbers_alone(std::vector<std::string> numbers) {
  if (numbers.empty()) return {};
  std::ranges::sort(numbers);
  html::Table table("画面で確かめる世帯", {{"番号"}, {"世帯の人・住所・電話"}, {"無事を確かめた"}, {"メモ"}}, html::Table::Caption::seen);
  for (const std::string& number : numbers) table.row().cell(number).cell("画面で確かめる").cell("□　　時　　分").cell("");
  return table.done();
}

/// One table an area, each with a box for whether somebody was reached.
Html tables(const programme::Ctx& ctx, const std::vector<Line>& lines) {
  Html out;
  std::vector<std::string> numbers;
  std::vector<const Line*> told;
  for (const Line& line : lines)
    if (line.by_number) numbers.push_back(line.home.number);
    else told.push_back(&line);
  for (std::size_t at = 0; at < told.size();) {
    const std::string& area = told[at]->area;
    html::Table table(area_of(ctx, area), {{"番号"}, {"世帯の人"}, {"住所"}, {"電話"}, {"無事を確かめた"}, {"メモ"}}, html::Table::Caption::seen);
    for (; at < told.size() && told[at]->area == area; ++at)
      table.row().cell(told[at]->home.number).cell(members(*told[at], ctx.today())).cell(where(*told[at])).cell(phones(*told[at])).cell("□　　時　　分").cell("");
    out += table.done();
  }
  out += numbers_alone(std::move(numbers));
  return out;
}

/// The open homes of the area as this viewer knows them.
std::vector<Line> lines_of(db::ReadTx& tx, access::Gate& gate, const std::vector<store::OpenHousehold>& open) {
  if (open.empty()) return {};
  std::vector<HouseholdId> ids;
  for (const store::OpenHousehold& o : open) ids.push_back(o.household);
  auto homes = people::homes_on(tx, gate, ids, gate.today());
  const auto shut = store::known_protected(gate, ids, gate.today());
  std::vector<Line> lines;
  for (const store::OpenHousehold& o : open)
    if (const auto home = homes.find(o.household); home != homes.end()) {
      const bool by_number = shut.contains(o.household) || !has_address(home->second);
      lines.push_back({o.area, home->second, by_number});
    }
  return lines;
}

constexpr const char* kPaperNotice = "安否を確かめるためにだけ使い、ほかの人に見せたり、置き忘れたりしないでください。";

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
    return lines_of(tx, gate, open);
  });
  html::Page page;
  page.title = "災害のときの一覧";
  page.current = "cases";
  page.crumbs = {{ctx.m().wording("case", "ケース"), ctx.url("/cases")}, {page.title, ctx.url("/disaster")}, {area.empty() ? "すべての地区" : area_of(ctx, area), ""}};
  const Html head = html::print_head({.form_name = page.title + "（" + std::to_string(lines.size()) + "世帯）",
                                      .made_on = wareki(ctx.today()),
                                      .made_by = ctx.who().post_line + " " + ctx.who().display_name,
                                      .secrecy = kPaperNotice});
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
