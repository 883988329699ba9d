// Registers of meetings: attendance, acknowledged secrecy, sittings and items of a year by body and ground; each as a page, on
// A4 and as a file. The number opens what stands behind it, for those who may know it.
#include <algorithm>
#include <charconv>
#include <set>

#include "access/guarded.hpp"
#include "base/csv.hpp"
#include "meeting/calling_links.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/poll_page_parts.hpp"
#include "meeting/register_store.hpp"
#include "meeting/rules.hpp"
#include "meeting/small_number_rules.hpp"
#include "programme/account_service.hpp"
#include "web/percent.hpp"

namespace kasane::meeting {

using html::Html;
using programme::BodyFunction;

namespace {

constexpr Roles kKeepers{Role::coordinator, Role::city_officer, Role::head};
constexpr int kFirstYear = 2000, kLastYear = 2199;
constexpr const char* kRoot = "/meetings/registers";

std::string_view label_of(BodyFunction function) {
  switch (function) {
    case BodyFunction::support_conference_106_6: return "支援会議（106条の6）";
    case BodyFunction::plan_decision: return "プランの協議";
    case BodyFunction::review: return "レビュー";
    case BodyFunction::plenary: return "全体の会議";
    case BodyFunction::promotion: return "推進・評価";
    case BodyFunction::liaison: return "庁内連携";
    case BodyFunction::working_group: return "ワーキング";
    case BodyFunction::training: return "研修";
    case BodyFunction::platform: return "プラットフォーム";
    case BodyFunction::theme: return "テーマ別";
    case BodyFunction::information_source: return "情報を得る会議";
    case BodyFunction::sector_oversight: return "運営協議会など";
    case BodyFunction::umbrella: return "会議の総称";
    case BodyFunction::other_law: return "ほかの法律の会議";
  }
  return "";
}

FiscalYear asked_year(const programme::Ctx& ctx) {
  const auto typed = ctx.req.query_value("fy");
  int year = 0;
  const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), year);
  const bool read = fault == std::errc{} && end == typed.data() + typed.size() && year >= kFirstYear && year <= kLastYear;
  return read ? FiscalYear{year} : FiscalYear::of(ctx.today());
}

std::string query_of(FiscalYear year) { return "?fy=" + std::to_string(year.year); }

/// A register before it is a page, a sheet or a file.
struct Register {
  std::string name;
  std::string path;
  FiscalYear year;
  std::vector<html::Column> columns;
  struct Cell {
    std::string text;
    std::string href = {};  // on the page only
  };
  std::vector<std::vector<Cell>> rows;
  std::string nothing;
  std::string note = {};
};

Html table_of(const Register& r, bool links) {
  if (r.rows.empty()) return html::empty_state(r.nothing);
  html::Table table(r.name, r.columns);
  for (const auto& row : r.rows) {
    table.row();
    for (const auto& cell : row) table.cell(links && !cell.href.empty() ? html::link(cell.text, cell.href) : html::text(cell.text));
  }
  return table.done();
}

web::Reply as_file(programme::Ctx& ctx, const Register& r) {
  CsvWriter csv(CsvEncoding::utf8);
  std::vector<std::string> head;
  for (const auto& column : r.columns) head.push_back(column.label);
  csv.row(head);
  for (const auto& row : r.rows) {
    std::vector<std::string> cells;
    for (const auto& cell : row) cells.push_back(cell.text);
    csv.row(cells);
  }
  return ctx.park(web::Reply::download(csv.bytes(), "text/csv; charset=utf-8", r.name + "_" + std::to_string(r.year.year) + "年度.csv"));
}

web::Reply as_sheet(programme::Ctx& ctx, const Register& r) {
  html::PrintHead head;
  head.form_name = r.name + "（" + r.year.text() + "）";
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  html::Page page;
  page.title = r.name;
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(head), html::group({table_of(r, false), r.note.empty() ? Html() : html::muted(r.note)}));
  return ctx.show(std::move(page));
}

Html year_links(const programme::Ctx& ctx, const std::string& path, FiscalYear year) {
  std::vector<Html> links{html::link("前の年度", ctx.url(path + query_of({year.year - 1})))};
  if (year < FiscalYear::of(ctx.today())) links.push_back(html::link("次の年度", ctx.url(path + query_of({year.year + 1}))));
  return html::el("p", html::join(links, html::text(" ")));
}

web::Reply show(programme::Ctx& ctx, const Register& r) {
  const auto as = ctx.req.query_value("as");
  if (as == "csv") return as_file(ctx, r);
  if (as == "sheet") return as_sheet(ctx, r);
  html::Page page;
  page.title = r.name + "（" + r.year.text() + "）";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"会議の台帳", ctx.url(kRoot + query_of(r.year))}, {r.name, ""}};
  page.main.add(year_links(ctx, r.path, r.year));
  page.main.add(table_of(r, true));
  if (!r.note.empty()) page.main.add(html::muted(r.note));
  page.main.add(html::actions({html::link_button("印刷する（A4）", ctx.url(r.path + query_of(r.year) + "&as=sheet")),
                               html::link_button("表計算のファイル（CSV）", ctx.url(r.path + query_of(r.year) + "&as=csv"))}));
  return ctx.show(std::move(page));
}

/// Agencies that the register names: a guarded one only to its own staff.
class Named {
 public:
  Named(db::ReadTx& tx, const access::Gate& gate) : gate_(gate) {
    for (const AgencyId agency : access::guarded_agencies(tx)) guarded_.insert(agency);
  }
  bool may(AgencyId agency) const { return !guarded_.contains(agency) || gate_.viewer().in_agency(agency); }

 private:
  const access::Gate& gate_;
  std::set<AgencyId> guarded_;
};

Register attendance_of(programme::Ctx& ctx) {
  Register r{"会議の出席", std::string(kRoot) + "/attendance", asked_year(ctx), {{"会議"}, {"開いた回数", html::Column::Align::end}, {"機関"}, {"招いた回数", html::Column::Align::end},
             {"出席した回数", html::Column::Align::end}, {"出席の割合", html::Column::Align::end}}, {}, "この年度に開いた会議は、まだありません。",
             "招いた回数には、招いていなくても出席した回を含みます。時間を分けて開いた会議は、その会議の部分の出席です。"};
  ctx.read("register.attendance", [&](db::ReadTx& tx, access::Gate& gate) {
    r.rows.clear();
    const Named named(tx, gate);
    const auto held = store::held(tx, r.year);
    for (const auto& line : store::attendance(tx, r.year)) {
      if (!named.may(line.agency) || ctx.dir().code(line.agency).empty()) continue;
      int sittings = 0;
      for (const auto& h : held)
        if (h.body == line.body) sittings += h.sittings;
      r.rows.push_back({{body_name(ctx, line.body)}, {std::to_string(sittings)}, {ctx.dir().name(line.agency)}, {std::to_string(line.invited)}, {std::to_string(line.present)},
                        {std::to_string(line.present * 100 / std::max(line.invited, 1)) + "%"}});
    }
    return true;
  });
  return r;
}

Register secrecy_of_year(programme::Ctx& ctx) {
  Register r{"守秘の確認", std::string(kRoot) + "/secrecy", asked_year(ctx), {{"会議"}, {"機関"}, {"氏名"}, {"確認した日"}}, {}, "この年度に、資料を受け取る機関はまだありません。",
             "資料を受け取る機関の人が、会議ごと・年度ごとに一度確認します。会議を開く機関の人は、職務上の守秘義務によるので並びません。"};
  ctx.read("register.secrecy", [&](db::ReadTx& tx, access::Gate& gate) {
    r.rows.clear();
    const Named named(tx, gate);
    std::set<std::pair<std::string, std::string>> once;  // two posts of one person in an agency are one line
    for (const auto& line : store::secrecy(tx, r.year, ctx.today())) {
      const auto* body = ctx.m().body(line.body);
      const bool reads = kItemReaders.has(static_cast<Role>(line.role));
      if (!reads || !named.may(line.agency) || ctx.dir().code(line.agency).empty()) continue;
      if (body != nullptr && may_convene(ctx.m(), *body, ctx.dir().code(line.agency))) continue;
      if (!once.insert({line.body + id_text(line.agency), line.name}).second) continue;
      r.rows.push_back({{body_name(ctx, line.body)}, {ctx.dir().name(line.agency)}, {line.name}, {line.on ? wareki_short(*line.on) : "まだ"}});
    }
    return true;
  });
  return r;
}

/// Treated items are told exactly to who reports for the city and to who convenes that body; to others as /counts tells them.
class ItemNumbers {
 public:
  explicit ItemNumbers(const programme::Ctx& ctx) : ctx_(ctx) {}
  std::string text(const std::string& body, std::int64_t items) const {
    const bool exact = ctx_.viewer().roles().meets({Role::city_officer, Role::head}) || convenes(body);
    return exact ? std::to_string(items) : told_in_steps(items, small_number(ctx_.m()), "件");
  }

 private:
  bool convenes(const std::string& code) const {
    const auto* body = ctx_.m().body(code);
    if (body == nullptr) return false;
    const auto& posts = ctx_.viewer().posts;
    return std::any_of(posts.begin(), posts.end(), [&](const access::Post& p) { return may_convene(ctx_.m(), *body, ctx_.dir().code(p.agency)); });
  }
  const programme::Ctx& ctx_;
};

std::string list_href(const programme::Ctx& ctx, std::string_view what, const std::string& body, const std::string& ground, FiscalYear year) {
  return ctx.url(std::string(kRoot) + "/list" + query_of(year) + "&what=" + std::string(what) + "&body=" + web::percent_encode(body) + "&ground=" + web::percent_encode(ground));
}

Register sessions_of(programme::Ctx& ctx) {
  Register r{"会議の開催回数", std::string(kRoot) + "/sessions", asked_year(ctx), {{"会議"}, {"働き"}, {"開いた回数", html::Column::Align::end}, {"うち電話", html::Column::Align::end},
             {"扱った議題", html::Column::Align::end}}, {}, "この年度に開いた会議は、まだありません。", "2つの会議を同じ場で開いたときは、それぞれ1回と数えます。"};
  const ItemNumbers numbers(ctx);
  const auto lines = ctx.read("register.sessions", [&](db::ReadTx& tx, access::Gate&) { return store::held(tx, r.year); });
  for (const auto& line : lines)
    r.rows.push_back({{body_name(ctx, line.body)}, {std::string(label_of(line.function))}, {std::to_string(line.sittings), list_href(ctx, "sessions", line.body, "", r.year)},
                      {std::to_string(line.by_phone)}, {numbers.text(line.body, line.items)}});
  return r;
}

Register items_of_year(programme::Ctx& ctx) {
  Register r{"議題の件数（根拠ごと）", std::string(kRoot) + "/items", asked_year(ctx), {{"会議"}, {"働き"}, {"根拠"}, {"件数", html::Column::Align::end}}, {}, "この年度に扱った議題は、まだありません。",
             "件数を押すと、あなたが見られる議題だけが並びます。そのため、件数より少ないことがあります。"};
  const ItemNumbers numbers(ctx);
  const auto lines = ctx.read("register.items", [&](db::ReadTx& tx, access::Gate&) { return store::grounds(tx, r.year); });
  for (const auto& line : lines)
    r.rows.push_back({{body_name(ctx, line.body)}, {std::string(label_of(line.function))}, {line.text.empty() ? "世帯によらない議題" : line.text},
                      {numbers.text(line.body, line.items), list_href(ctx, "items", line.body, line.code, r.year)}});
  return r;
}

web::Reply attendance_page(programme::Ctx& ctx) { return show(ctx, attendance_of(ctx)); }
web::Reply secrecy_page(programme::Ctx& ctx) { return show(ctx, secrecy_of_year(ctx)); }
web::Reply sessions_page(programme::Ctx& ctx) { return show(ctx, sessions_of(ctx)); }
web::Reply items_page(programme::Ctx& ctx) { return show(ctx, items_of_year(ctx)); }

/// What stands behind a number.
web::Reply list_page(programme::Ctx& ctx) {
  const FiscalYear year = asked_year(ctx);
  const std::string body(ctx.req.query_value("body")), ground(ctx.req.query_value("ground"));
  const bool items = ctx.req.query_value("what") == "items";
  html::Page page;
  page.title = items ? "件数に入っている議題" : "回数に入っている会議";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"会議の台帳", ctx.url(kRoot + query_of(year))}, {page.title, ""}};
  if (ctx.m().body(body) == nullptr) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  page.lead = html::text(body_name(ctx, body) + "　" + year.text());
  std::vector<Html> lines;
  if (items) {
    const auto found = ctx.read("register.item_list", [&](db::ReadTx&, access::Gate& gate) {
      return store::treated(gate.scope<AgendaItemTag>(access::Topic::basic | access::Topic::meeting), body, ground, year);
    });
    for (const auto& line : found) lines.push_back(html::link(wareki_short(line.on) + "　議題" + std::to_string(line.number), ctx.url(item_path(line.id))));
  } else {
    const auto found = ctx.read("register.session_list", [&](db::ReadTx& tx, access::Gate&) { return store::sittings(tx, body, year); });
    for (const auto& line : found) lines.push_back(html::link(day_with_weekday(line.on) + (line.manner == Manner::phone ? "　電話" : ""), ctx.url(session_path(line.id))));
  }
  page.main = lines.empty() ? html::empty_state("ここに出せるものはありません。") : html::bullets(lines);
  return ctx.show(std::move(page));
}

web::Reply index_page(programme::Ctx& ctx) {
  const FiscalYear year = asked_year(ctx);
  html::Page page;
  page.title = "会議の台帳（" + year.text() + "）";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"会議の台帳", ""}};
  const auto to = [&](std::string_view name, std::string path, std::string_view what) {
    return html::group({html::link(name, ctx.url(path + query_of(year))), "　", html::muted(what)});
  };
  page.lead = year_links(ctx, kRoot, year);
  page.main.add(html::bullets({to("会議の出席", std::string(kRoot) + "/attendance", "会議ごと、機関ごとの出席と割合"), to("守秘の確認", std::string(kRoot) + "/secrecy", "確認した人、まだの人"),
                               to("会議の開催回数", std::string(kRoot) + "/sessions", "会議ごとの回数と議題の数（年次報告に）"),
                               to("議題の件数（根拠ごと）", std::string(kRoot) + "/items", "同意、106条の6の理由など、根拠ごとの件数"),
                               to("協力依頼と返事", "/cooperations", "番号、依頼した日、期限、返事")}));
  std::vector<Html> bodies;
  for (const auto& body : ctx.m().bodies) bodies.push_back(html::link(body.name, ctx.url("/meeting-bodies/" + body.code)));
  page.main.add(html::section("会議の要綱", html::bullets(bodies), "bodies"));
  return ctx.show(std::move(page));
}

}  // namespace

Html registers_link(const programme::Ctx& ctx) {
  return kKeepers.meets(ctx.viewer().roles()) ? html::link("会議の台帳（出席、守秘、要綱、回数、協力依頼）", ctx.url(kRoot)) : Html();
}

void add_register_routes(programme::Router& router) {
  const auto keep = web::Need::of(kKeepers);
  router.get(kRoot, keep, index_page);
  router.get(std::string(kRoot) + "/attendance", keep, attendance_page);
  router.get(std::string(kRoot) + "/secrecy", keep, secrecy_page);
  router.get(std::string(kRoot) + "/sessions", keep, sessions_page);
  router.get(std::string(kRoot) + "/items", keep, items_page);
  router.get(std::string(kRoot) + "/list", keep, list_page);
}

}  // namespace kasane::meeting
