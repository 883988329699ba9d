// The list of cases: fifty a page, filtered by what every viewer of a case may know.
#include "casework/case_page_parts.hpp"
#include "casework/case_pages_detail.hpp"
#include "casework/case_rules.hpp"
#include "casework/case_service.hpp"

namespace kasane::casework::detail {

namespace {

using html::Html;

html::Tone tone_of(CaseState state) {
  switch (state) {
    case CaseState::before_consent: return html::Tone::warning;
    case CaseState::preparing: return html::Tone::info;
    case CaseState::active:
    case CaseState::watching: return html::Tone::success;
    case CaseState::closed: return html::Tone::neutral;
  }
  return html::Tone::neutral;
}

CaseFilter filter_from(const programme::Ctx& ctx) {
  CaseFilter filter;
  filter.state = parse_code<CaseState>(ctx.req.query_value("state"));
  filter.mine = ctx.req.query_value("mine") == form::kYes;
  filter.silent = ctx.req.query_value("silent") == form::kYes;
  filter.category = std::string(ctx.req.query_value("category"));
  return filter;
}

std::vector<std::pair<std::string, std::string>> query_of(const CaseFilter& filter) {
  return {{"state", filter.state ? std::string(code_of(*filter.state)) : ""},
          {"mine", filter.mine ? std::string(form::kYes) : ""},
          {"silent", filter.silent ? std::string(form::kYes) : ""},
          {"category", filter.category}};
}

Html filter_form(const programme::Ctx& ctx, const CaseFilter& filter) {
  std::vector<html::Option> states;
  for (CaseState s : kCaseStates) states.push_back({std::string(code_of(s)), std::string(label_of(s)), {}});
  Html body = html::select({.name = "state", .label = "状態"}, states, filter.state ? code_of(*filter.state) : "", "終結のほかすべて");
  if (!ctx.m().rules.case_categories.empty()) {
    std::vector<html::Option> categories;
    for (const programme::CodedText& c : ctx.m().rules.case_categories) categories.push_back({c.code, c.text, {}});
    body.add(html::select({.name = "category", .label = "区分"}, categories, filter.category, "すべて"));
  }
  body.add(html::tick({.name = "mine", .label = "自分の機関が関わるケースだけ"}, filter.mine));
  body.add(html::tick({.name = "silent", .label = "連絡の間隔をすぎたケースだけ"}, filter.silent));
  body.add(html::actions({html::button("しぼりこむ", html::Look::secondary)}));
  return html::search_frame(ctx.url("/cases"), "ケースをしぼりこむ", body);
}

Html owner_cell(const programme::Ctx& ctx, const CaseLine& line) {
  if (line.owner) return html::text(ctx.dir().name(*line.owner));
  Html cell = html::chip(html::Tone::warning, "担当未定");
  if (line.owner_by) cell.add(html::muted(wareki_short(*line.owner_by) + "までに決める"));
  return cell;
}

Html contact_cell(const CaseLine& line, Date today) {
  Html cell = html::text(line.last_contact_on ? wareki_short(*line.last_contact_on) : "まだありません");
  if (is_silent(line.state, line.contact_by, today)) cell.add(" ").add(html::chip(html::Tone::warning, "連絡がありません"));
  return cell;
}

Html lines_table(const programme::Ctx& ctx, const std::vector<CaseLine>& lines) {
  html::Table table("ケースの一覧", {{"世帯"}, {"番号"}, {"状態"}, {"担当"}, {"最後の連絡"}, {"次の予定"}});
  for (const CaseLine& line : lines) {
    const Html name = line.label.shown().empty() ? html::text(line.number) : html::text(line.label);
    table.row().cell(html::link(name, ctx.url("/cases/" + id_text(line.id)))).cell(line.number);
    table.cell(html::chip(tone_of(line.state), label_of(line.state))).cell(owner_cell(ctx, line));
    table.cell(contact_cell(line, ctx.today())).cell(parts::day(line.next_on));
  }
  return table.done();
}

}  // namespace

web::Reply case_list(programme::Ctx& ctx) {
  const CaseFilter filter = filter_from(ctx);
  std::optional<CaseCursor> from;
  if (const auto cursor = parts::parse_cursor(ctx.req.query_value("from"))) from = CaseCursor{cursor->first, CaseId(cursor->second)};
  const CasePage found = ctx.read("case.list", [&](db::ReadTx& tx, access::Gate& gate) { return cases(tx, gate, filter, from); });
  html::Page page;
  page.title = ctx.m().wording("case", "ケース");
  page.current = "cases";
  page.main.add(filter_form(ctx, filter));
  page.main.add(found.lines.empty() ? html::empty_state("このしぼりこみに合うケースはありません。") : lines_table(ctx, found.lines));
  if (ctx.viewer().roles().meets({Role::coordinator, Role::city_officer, Role::head}))
    page.main.add(html::actions({html::link("災害のときの一覧を紙に出す", ctx.url("/disaster"))}));
  if (found.next || from) {
    html::Pager pager;
    auto query = query_of(filter);
    if (from) {
      pager.previous_href = parts::address(ctx.url("/cases"), query);
      pager.previous_label = "はじめから";
    }
    if (found.next) {
      query.emplace_back("from", parts::cursor_text(found.next->opened_on, found.next->id.value));
      pager.next_href = parts::address(ctx.url("/cases"), query);
    }
    page.main.add(html::pagination(pager));
  }
  return ctx.show(std::move(page));
}

}  // namespace kasane::casework::detail
