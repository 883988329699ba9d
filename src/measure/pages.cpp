#include "measure/pages.hpp"

#include "base/csv.hpp"
#include "casework/case_page_parts.hpp"
#include "measure/rules.hpp"
#include "measure/service.hpp"
#include "meeting/small_number_rules.hpp"
#include "people/service.hpp"

namespace kasane::measure {

namespace {

using html::Html;
namespace parts = casework::parts;

constexpr Roles kCounters{Role::coordinator, Role::city_officer, Role::head};

/// The period of the address, or the default with the faults beside what was typed.
struct Asked {
  Period period;
  std::string from, to;
  std::vector<FieldError> errors;
};

Asked asked(const programme::Ctx& ctx) {
  Asked a{default_period(ctx.today()), std::string(ctx.req.query_value("from")), std::string(ctx.req.query_value("to")), {}};
  if (auto period = parse_period(a.from, a.to, ctx.today())) a.period = *period;
  else a.errors = period.error().fields;
  const Told told = told_to(ctx.viewer());
  const Period allowed = allowed_period(a.period, told);
  if (allowed.from != a.period.from || allowed.to != a.period.to) a.from.clear(), a.to.clear();
  a.period = allowed;
  if (a.from.empty()) a.from = wareki_short(a.period.from);
  if (a.to.empty()) a.to = wareki_short(a.period.to);
  return a;
}

std::string period_text(const Period& p) { return wareki(p.from) + "から" + wareki(p.to) + "まで"; }

std::string with_period(const std::string& path, const Period& p) {
  return parts::address(path, {{"from", p.from.iso()}, {"to", p.to.iso()}});
}

Html period_form(const programme::Ctx& ctx, const std::string& path, const Asked& a) {
  Html body = html::error_summary(a.errors);
  if (told_to(ctx.viewer()) == Told::small_protected)
    body += html::muted("市全体の数は、1年度ごとに、幅（" + meeting::told_in_steps(meeting::small_number(ctx.m()) * 4, meeting::small_number(ctx.m()), "件") +
                        "など）で出ます。差し引きで世帯や人が分からないようにするためです。自分の機関の数は、数を押すと正確に出ます。ほかの期間や市全体の正確な数は、市の担当に頼んでください。");
  body += html::date_input({.name = "from", .label = "いつから", .error = html::error_of(a.errors, "from")}, a.from);
  body += html::date_input({.name = "to", .label = "いつまで", .error = html::error_of(a.errors, "to")}, a.to);
  body += html::actions({html::button("この期間で数える")});
  return html::search_frame(ctx.url(path), "期間", body);
}

Html number_cell(const programme::Ctx& ctx, const Figure& f, const Period& period) {
  return html::link(f.told, with_period(ctx.url("/counts/" + f.def->code), period));
}

/// Folded: on a telephone the words are longer than the numbers. Opened for print.
Html how_counted(const MeasureDef& def) { return html::folding("数え方", html::muted(definition_text(def)), false, "how-" + def.code); }

/// Numbers of the city's plan, with baseline and target; those that no record answers have no number.
Html plan_table(const programme::Ctx& ctx, const std::vector<Figure>& figures, const Period& period) {
  html::Table table("計画の評価指標", {{"指標"}, {"数", html::Column::Align::end}, {"単位"}, {"現状値"}, {"目標値"}, {"数え方"}});
  const auto values = [&](const programme::Indicator& i) {
    table.cell(programme::or_not_in_plan(i.unit)).cell(value_text(i.baseline, i.unit)).cell(value_text(i.target, i.unit));
  };
  for (const Figure& f : figures) {
    if (!f.def->indicator) continue;
    table.row().cell(f.def->name).cell(number_cell(ctx, f, period));
    values(*f.def->indicator);
    table.cell(how_counted(*f.def));
  }
  for (const programme::Indicator* i : without_counter(ctx.m())) {
    table.row().cell(i->name).cell("―");
    values(*i);
    table.cell(html::muted("記録からは数えられません（" + std::string(programme::label_of(i->measure)) + "）。"));
  }
  if (table.empty()) return html::in_plan("");
  return table.done();
}

Html general_table(const programme::Ctx& ctx, const std::vector<Figure>& figures, const Period& period) {
  html::Table table("業務の数", {{"名前"}, {"数", html::Column::Align::end}, {"単位"}, {"数え方"}});
  for (const Figure& f : figures)
    if (!f.def->indicator) table.row().cell(f.def->name).cell(number_cell(ctx, f, period)).cell(f.def->unit).cell(how_counted(*f.def));
  return table.done();
}

web::Reply counts_page(programme::Ctx& ctx) {
  const Asked a = asked(ctx);
  const auto defs = definitions(ctx.m());
  const auto all = ctx.read("counts.page", [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, defs, a.period, meeting::small_number(ctx.m())); });
  if (!all) return ctx.error(all.error());
  html::Page page;
  page.title = "集計";
  page.current = "counts";
  page.lead = html::text(period_text(a.period));
  page.main = period_form(ctx, "/counts", a);
  page.main += html::section("計画の評価指標", plan_table(ctx, *all, a.period), "plan");
  page.main += html::section("業務の数", general_table(ctx, *all, a.period), "work");
  page.main += html::actions({html::link_button("表計算のファイル（CSV）", with_period(ctx.url("/counts.csv"), a.period))});
  return ctx.show(std::move(page), a.errors.empty() ? 200 : 422);
}

web::Reply download(programme::Ctx& ctx) {
  const Asked a = asked(ctx);
  if (!a.errors.empty()) return ctx.error(Error{ErrorCode::invalid, "期間を確かめてください。", a.errors});
  const auto defs = definitions(ctx.m());
  const auto all = ctx.read("counts.download", [&](db::ReadTx& tx, access::Gate& gate) { return figures(tx, gate, defs, a.period, meeting::small_number(ctx.m())); });
  if (!all) return ctx.error(all.error());
  CsvWriter csv(CsvEncoding::utf8);
  csv.row({"コード", "名前", "数", "単位", "いつから", "いつまで", "現状値", "目標値", "数え方", "数える行為"});
  for (const Figure& f : *all) {
    const programme::Indicator* i = f.def->indicator;
    csv.row({f.def->code, f.def->name, f.told, f.def->unit, a.period.from.iso(), a.period.to.iso(),
             i ? value_text(i->baseline, i->unit) : "", i ? value_text(i->target, i->unit) : "", definition_text(*f.def), acts_text(*f.def)});
  }
  for (const programme::Indicator* i : without_counter(ctx.m()))
    csv.row({"plan_" + i->code, i->name, "", i->unit, a.period.from.iso(), a.period.to.iso(), value_text(i->baseline, i->unit), value_text(i->target, i->unit),
             "記録からは数えられません。", ""});
  return ctx.park(web::Reply::download(csv.bytes(), "text/csv; charset=utf-8", "集計_" + a.period.from.iso() + "_" + a.period.to.iso() + ".csv"));
}

struct BehindPage {
  Behind behind;
  std::unordered_map<HouseholdId, people::HouseholdLabel> labels;
};

/// Kinds that have a page of their own.
constexpr std::pair<SubjectKind, std::string_view> kPlaces[] = {
    {SubjectKind::intake, "/intakes/"},         {SubjectKind::notice, "/notices/"}, {SubjectKind::referral, "/referrals/"},
    {SubjectKind::support_case, "/cases/"},     {SubjectKind::plan, "/plans/"},     {SubjectKind::support_record, "/records/"},
    {SubjectKind::meeting_session, "/meetings/"}, {SubjectKind::agenda_item, "/items/"}, {SubjectKind::advice, "/advice/"},
};

/// "" for a record without a page of its own.
std::string path_of(const Line& line) {
  for (const auto& [kind, place] : kPlaces)
    if (kind == line.subject.kind) return std::string(place) + id_text(line.subject.id);
  return {};
}

/// "7件"; "5件未満" has its unit already.
std::string told_with_unit(const Behind& b, const MeasureDef& def) {
  return b.told == std::to_string(b.value) ? b.told + def.unit : b.told;
}

Html lines_table(const programme::Ctx& ctx, const BehindPage& b) {
  html::Table table("数のもとになった記録", {{"日付"}, {"機関"}, {"世帯"}, {"記録"}});
  for (const Line& line : b.behind.lines) {
    const auto label = b.labels.find(HouseholdId(line.root));
    const std::string path = path_of(line);
    table.row().cell(wareki_short(line.held_on)).cell(ctx.dir().name(line.agency));
    table.cell(label == b.labels.end() ? Html() : html::link(label->second.label, ctx.url("/households/" + id_text(line.root))));
    table.cell(path.empty() ? Html() : html::link("開く", ctx.url(path)));
  }
  if (table.empty()) return html::empty_state("あなたの役割で見られる記録は、この期間にはありません。");
  return table.done();
}

Html agencies_table(const programme::Ctx& ctx, const Behind& b) {
  if (b.agencies.empty()) return {};
  html::Table table("機関ごとの数", {{"機関"}, {"数", html::Column::Align::end}});
  for (const AgencyFigure& f : b.agencies) table.row().cell(ctx.dir().name(f.agency)).cell(f.value);
  return html::section("機関ごと", table.done(), "agencies");
}

web::Reply behind_page(programme::Ctx& ctx) {
  const auto defs = definitions(ctx.m());
  const MeasureDef* def = find(defs, ctx.req.param("code"));
  if (!def) return ctx.error({ErrorCode::not_found, "見つかりません。", {}});
  const Asked a = asked(ctx);
  std::optional<LineCursor> from;
  if (const auto cursor = parts::parse_cursor(ctx.req.query_value("after"))) from = LineCursor{cursor->first, cursor->second};
  const auto b = ctx.read("counts.list", [&](db::ReadTx& tx, access::Gate& gate) -> Result<BehindPage> {
    auto found = behind(tx, gate, *def, a.period, from, meeting::small_number(ctx.m()));
    if (!found) return tl::unexpected(found.error());
    BehindPage page{std::move(*found), {}};
    std::vector<HouseholdId> roots;
    for (const Line& line : page.behind.lines) roots.emplace_back(line.root);
    if (!roots.empty()) page.labels = people::household_labels(tx, gate, roots);
    return page;
  });
  if (!b) return ctx.error(b.error());
  html::Page page;
  page.title = def->name;
  page.current = "counts";
  page.crumbs = {{"集計", with_period(ctx.url("/counts"), a.period)}, {def->name, ""}};
  page.lead = html::group({told_with_unit(b->behind, *def), "　", period_text(a.period)});
  page.main = period_form(ctx, "/counts/" + def->code, a);
  page.main += html::Facts().add("数え方", definition_text(*def)).add("単位", def->unit).add("数える行為", acts_text(*def)).done();
  page.main += agencies_table(ctx, b->behind);
  page.main += html::section("見られる記録", lines_table(ctx, *b), "lines");
  if (b->behind.next) {
    html::Pager pager;
    pager.next_href = parts::address(ctx.url("/counts/" + def->code), {{"from", a.period.from.iso()}, {"to", a.period.to.iso()},
                                     {"after", parts::cursor_text(b->behind.next->on, b->behind.next->act)}});
    page.main += html::pagination(pager);
  }
  return ctx.show(std::move(page), a.errors.empty() ? 200 : 422);
}

}  // namespace

void add_routes(programme::Router& router) {
  router.get("/counts", web::Need::of(kCounters), counts_page);
  router.get("/counts.csv", web::Need::of(kCounters), download);
  router.get("/counts/{code}", web::Need::of(kCounters), behind_page);
}

}  // namespace kasane::measure
