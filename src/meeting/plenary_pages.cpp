// The plenary's paper: common issues, needs that were not met, what was made of them. On A4 and as a file.
#include <algorithm>

#include "base/csv.hpp"
#include "meeting/common_issue_view.hpp"
#include "meeting/pages.hpp"
#include "meeting/plenary_service.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

struct Asked {
  PlenaryPeriod period;
  std::vector<FieldError> errors;
};

/// Of the address; else the newest that may be told.
Asked asked_of(const programme::Ctx& ctx) {
  const auto periods = periods_to_tell(ctx.today());
  const std::string_view typed = ctx.req.query_value("period");
  if (typed.empty()) return {periods.front(), {}};
  const auto found = std::find_if(periods.begin(), periods.end(), [&](const PlenaryPeriod& p) { return p.code() == typed; });
  if (found == periods.end()) return {periods.front(), {{"period", "期間を一覧から選んでください。"}}};
  return {*found, {}};
}

std::string period_text(const PlenaryFigures& f) { return wareki(f.from) + "から" + wareki(f.to) + "まで"; }

Html period_form(const programme::Ctx& ctx, const std::string& path, const Asked& asked) {
  std::vector<html::Option> options;
  for (const PlenaryPeriod& p : periods_to_tell(ctx.today())) options.push_back({p.code(), p.text(), {}});
  Html body = html::error_summary(asked.errors);
  body.add(html::select({.name = "period", .label = "期間", .hint = "終わった四半期と年度を選べます。", .error = html::error_of(asked.errors, "period")}, options, asked.period.code()));
  body.add(html::actions({html::button("この期間で数える")}));
  return html::search_frame(ctx.url(path), "期間", body);
}

/// Only the fields that any row has something in, so that the table stays narrow on paper.
std::vector<std::size_t> used_columns(const PlenaryFigures& f) {
  std::vector<std::size_t> used;
  for (std::size_t c = 0; c < std::size(kIssueFields); ++c)
    if (std::any_of(f.issues.begin(), f.issues.end(), [&](const auto& row) { return row[c] > 0; })) used.push_back(c);
  return used;
}

Html issue_counts(const programme::Ctx& ctx, const PlenaryFigures& f) {
  const auto used = used_columns(f);
  std::vector<html::Column> columns{{"地区"}};
  for (const std::size_t c : used) columns.push_back({field_name(ctx, kIssueFields[c]), html::Column::Align::end});
  columns.push_back({"計", html::Column::Align::end});
  html::Table table("課題の数（地区と分野）", columns, html::Table::Caption::seen);
  for (std::size_t r = 0; r < f.areas.size(); ++r) {
    table.row().cell(area_name(ctx, f.areas[r]));
    std::int64_t total = 0;
    for (const std::size_t c : used) {
      table.cell(f.issues[r][c]);
      total += f.issues[r][c];
    }
    table.cell(total);
  }
  return table.done();
}

Html household_counts(const programme::Ctx& ctx, const PlenaryFigures& f) {
  std::vector<html::Column> columns{{"地区"}};
  for (const IssueField field : kIssueFields) columns.push_back({field_name(ctx, field), html::Column::Align::end});
  columns.push_back({"計", html::Column::Align::end});
  html::Table table("もとになった世帯の数（地区と分野）", columns, html::Table::Caption::seen);
  for (std::size_t r = 0; r < f.households.cells.size(); ++r) {
    table.row().cell(r < f.areas.size() ? area_name(ctx, f.areas[r]) : std::string("計"));
    for (const std::string& number : f.households.cells[r]) table.cell(number);
  }
  return html::group({table.done(), html::muted("一つの世帯がいくつかの課題のもとになることがあります。" + (f.households.any_untold ? untold_words(f.limit, "世帯") : std::string()))});
}

Html need_html(const NeedList& need, std::int64_t limit) {
  html::Table table(need.title, {{"区分"}, {"世帯の数", html::Column::Align::end}}, html::Table::Caption::seen);
  for (std::size_t i = 0; i < need.labels.size(); ++i) table.row().cell(need.labels[i]).cell(need.numbers.numbers[i]);
  table.row().cell("のべ").cell(need.numbers.total);
  return html::group({table.done(), html::muted(need.meaning + (need.numbers.any_untold ? untold_words(limit, "世帯") : std::string()))});
}

Html answers_table(const programme::Ctx& ctx, const PlenaryFigures& f) {
  if (f.answers.empty()) return html::empty_state("この期間に生まれたものはありません。");
  html::Table table("共通の課題から生まれたもの", {{"いつから"}, {"種類"}, {"名前・内容"}, {"行うところ"}, {"もとの課題"}});
  for (const AnswerLine& line : f.answers) {
    const IssueAnswer& a = line.answer;
    table.row().cell(wareki_short(a.since)).cell(label_of(a.kind)).cell(html::group({a.name, a.name.empty() || a.text.empty() ? "" : "：", a.text})).cell(a.run_by);
    table.cell(html::link(line.issue_title, ctx.url(issue_path(line.issue))));
  }
  return table.done();
}

Html issue_list(const programme::Ctx& ctx, const PlenaryFigures& f) {
  if (f.open.empty()) return html::empty_state("動いている共通の課題はありません。");
  return html::group({issues_table(ctx, "動いている共通の課題", f.open), issue_counts(ctx, f), f.with_numbers ? household_counts(ctx, f) : Html()});
}

Html paper_body(const programme::Ctx& ctx, const PlenaryFigures& f) {
  Html body = html::section("1　動いている共通の課題", issue_list(ctx, f));
  Html needs;
  for (const NeedList& need : f.needs) needs.add(need_html(need, f.limit));
  if (f.with_numbers) body.add(html::section("2　満たされなかった必要（" + period_text(f) + "）", needs));
  body.add(html::section(std::string(f.with_numbers ? "3" : "2") + "　生まれた資源・決まり・計画（" + period_text(f) + "）", answers_table(ctx, f)));
  return body;
}

web::Reply show_paper(programme::Ctx& ctx, const std::string& path, std::string form_name, const std::vector<html::Link>& crumbs) {
  const Asked asked = asked_of(ctx);
  const auto f = ctx.read("plenary.paper", [&](db::ReadTx& tx, access::Gate& gate) { return plenary_figures(tx, gate, settings_of(ctx), asked.period); });
  if (!f) return ctx.error(f.error());
  html::PrintHead head;
  head.form_name = std::move(form_name);
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  head.secrecy = "だれのことかが分かる内容は、載せていません。";
  html::Page page;
  page.title = "共通の課題と数";
  page.current = "meetings";
  page.crumbs = crumbs;
  const std::string query = "?period=" + asked.period.code();
  page.main = html::not_printed(html::group({period_form(ctx, path, asked), html::actions({html::link_button("表計算のファイル（CSV）", ctx.url("/common-issues/paper.csv" + query))})}));
  page.main.add(html::paper_sheet(html::print_head(head), paper_body(ctx, *f)));
  return ctx.show(std::move(page), asked.errors.empty() ? 200 : 422);
}

web::Reply paper(programme::Ctx& ctx) {
  return show_paper(ctx, "/common-issues/paper", "共通の課題と、満たされなかった必要",
                    {{"会議", ctx.url("/meetings")}, {"共通の課題", ctx.url("/common-issues")}, {"資料", ""}});
}

web::Reply session_paper(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto found = ctx.read("meeting.plenary", [&](db::ReadTx& tx, access::Gate& gate) { return session(tx, gate, *id); });
  if (!found) return ctx.error(found.error());
  const std::string bodies = bodies_text(ctx, *found);
  return show_paper(ctx, session_path(*id) + "/plenary", bodies + "（" + when_text(*found) + "）　共通の課題",
                    {{"会議", ctx.url("/meetings")}, {bodies, ctx.url(session_path(*id))}, {"資料", ""}});
}

void add_issue_rows(const programme::Ctx& ctx, const PlenaryFigures& f, CsvWriter& csv) {
  csv.row({"区分", "課題", "分野", "何が問題か", "地区", "状態", "出された日"});
  for (const CommonIssue& i : f.open)
    csv.row({"動いている課題", i.title, field_name(ctx, i.field), std::string(label_of(i.kind)), area_name(ctx, i.area), std::string(label_of(i.state)), i.raised_on.iso()});
}

void add_household_rows(const programme::Ctx& ctx, const PlenaryFigures& f, CsvWriter& csv) {
  csv.row({"区分", "地区", "分野", "世帯の数"});
  for (std::size_t r = 0; r < f.households.cells.size(); ++r)
    for (std::size_t c = 0; c < f.households.cells[r].size(); ++c)
      csv.row({"もとになった世帯", r < f.areas.size() ? area_name(ctx, f.areas[r]) : std::string("計"),
               c < std::size(kIssueFields) ? field_name(ctx, kIssueFields[c]) : std::string("計"), f.households.cells[r][c]});
}

web::Reply file(programme::Ctx& ctx) {
  const Asked asked = asked_of(ctx);
  if (!asked.errors.empty()) return ctx.error(Error{ErrorCode::invalid, "期間を確かめてください。", asked.errors});
  const auto f = ctx.read("plenary.file", [&](db::ReadTx& tx, access::Gate& gate) { return plenary_figures(tx, gate, settings_of(ctx), asked.period); });
  if (!f) return ctx.error(f.error());
  CsvWriter csv(CsvEncoding::utf8);
  add_issue_rows(ctx, *f, csv);
  if (f->with_numbers) {
    add_household_rows(ctx, *f, csv);
    csv.row({"区分", "内訳", "世帯の数"});
  }
  for (const NeedList& need : f->needs) {
    for (std::size_t i = 0; i < need.labels.size(); ++i) csv.row({need.title, need.labels[i], need.numbers.numbers[i]});
    csv.row({need.title, "のべ", need.numbers.total});
  }
  csv.row({"区分", "種類", "名前", "内容", "行うところ", "いつから", "もとの課題"});
  for (const AnswerLine& line : f->answers)
    csv.row({"生まれたもの", std::string(label_of(line.answer.kind)), line.answer.name, line.answer.text, line.answer.run_by, line.answer.since.iso(), line.issue_title});
  if (f->with_numbers) csv.row({"注", untold_words(f->limit, "世帯")});
  return ctx.park(web::Reply::download(csv.bytes(), "text/csv; charset=utf-8", "共通の課題_" + asked.period.code() + ".csv"));
}

}  // namespace

void add_plenary_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  router.get("/common-issues/paper", read, paper);
  router.get("/common-issues/paper.csv", read, file);
  router.get("/meetings/{id}/plenary", read, session_paper);
}

}  // namespace kasane::meeting
