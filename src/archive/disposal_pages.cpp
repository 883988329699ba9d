#include "archive/disposal_service.hpp"
#include "archive/pages.hpp"
#include "archive/step_pages.hpp"
#include "casework/case_page_parts.hpp"
#include "paper/pdf.hpp"
#include "people/service.hpp"

namespace kasane::archive {

namespace {

using html::Html;
using html::Tone;
namespace parts = casework::parts;

Settings settings(const programme::Ctx& ctx) { return {ctx.m(), ctx.dir()}; }
std::string path_of(DisposalId id) { return "/disposals/" + id_text(id); }

std::string class_label(const programme::Municipality& m, RetentionClass what) {
  for (const Hint& h : hints(m))
    if (h.what == what) return h.label;
  return std::string(code_of(what));
}

std::string_view state_label(std::string_view state) {
  if (state == "proposed") return "承認待ち";
  if (state == "done") return "廃棄ずみ";
  return "取りやめ";
}
std::string_view line_label(std::string_view state) {
  if (state == "done") return "廃棄した";
  if (state == "left_out") return "除いた（期限の条件が変わったため）";
  return "";
}

std::string when(const std::optional<UtcMs>& at) { return at ? wareki_short(office_day(*at)) + " " + office_time(*at) : std::string(); }

// --- periods ---

web::Reply retention_page(programme::Ctx& ctx) {
  const auto set = periods(ctx.m());
  html::Table table("保存期間", {{"区分"}, {"保存する年数", html::Column::Align::end}, {"根拠"}, {"参考の年数"}});
  for (const Hint& h : hints(ctx.m())) {
    const Period* p = find(set, h.what);
    table.row().cell(h.label).cell(p ? html::text(std::to_string(p->years) + "年") : html::in_plan("")).cell(p ? html::text(p->basis) : html::in_plan(""));
    table.cell(html::muted(h.years + "年" + (h.unverified ? "（未確認）" : "")));
  }
  html::Page page;
  page.title = "保存期間";
  page.current = "archive";
  page.main = html::prose("保存期間は、ケースが終結した年度の末日から数えます。参考の年数は使われません。市の設定（codes/retention_set.csv）で決めるまで、廃棄の候補は作られません。");
  page.main.add(table.done());
  page.main.add(html::actions({html::link_button("廃棄", ctx.url("/disposals")), html::link_button("廃棄を止める（保全）", ctx.url("/holds"))}));
  return ctx.show(std::move(page));
}

// --- the list, and what is due ---

Html disposals_table(const programme::Ctx& ctx, const std::vector<store::Disposal>& all) {
  html::Table table("廃棄の一覧", {{"番号"}, {"作った日"}, {"状態"}, {"廃棄した日時"}});
  for (const store::Disposal& d : all)
    table.row().cell(html::link(d.number, ctx.url(path_of(d.id)))).cell(wareki_short(d.proposed_on)).cell(state_label(d.state)).cell(when(d.done_at));
  return table.empty() ? html::empty_state("廃棄の一覧はまだありません。") : table.done();
}

Html due_form(const programme::Ctx& ctx, const std::vector<store::Line>& due) {
  if (due.empty()) return html::empty_state("保存期間が過ぎたものはありません。");
  std::vector<html::Option> options;
  std::vector<std::string> chosen;
  for (const store::Line& l : due) {
    options.push_back({key_of(l), l.label + "　" + class_label(ctx.m(), l.what) + "　" + std::to_string(l.records) + "件",
                       "終わった日 " + wareki_short(l.ended_on) + "、保存期間の末日 " + wareki_short(l.keep_until)});
    chosen.push_back(key_of(l));
  }
  return html::form_frame(ctx.frame("/disposals"), html::group({html::checkboxes({.name = "line", .label = "廃棄するもの"}, options, chosen),
                                                                html::actions({html::button("この一覧を承認に回す")})}));
}

struct Overview {
  std::vector<store::Disposal> all;
  std::vector<store::Line> due;
  bool keeps = false;
};

web::Reply show_list(programme::Ctx& ctx, const std::vector<FieldError>& errors, int status) {
  const auto found = ctx.read("disposal.list", [&](db::ReadTx& tx, access::Gate& gate) {
    Overview o{disposals(tx, gate, 100), {}, keeps_files(gate, settings(ctx))};
    if (o.keeps) o.due = due_lines(tx, gate, settings(ctx));
    return o;
  });
  html::Page page;
  page.title = "廃棄";
  page.current = "archive";
  page.crumbs = {{"保存期間", ctx.url("/retention")}, {"廃棄", ""}};
  page.main = html::error_summary(errors);
  if (!found.keeps) page.main.add(html::empty_state("廃棄の一覧は、所管課の担当か課長が作ります。"));
  else if (periods(ctx.m()).empty()) page.main.add(html::group({html::heading(2, "保存期間が過ぎたもの"), html::in_plan(""), html::muted("市の保存期間が設定されていないため、候補は作られません。")}));
  else page.main.add(html::section("保存期間が過ぎたもの", due_form(ctx, found.due), "due"));
  page.main.add(html::section("これまでの一覧", disposals_table(ctx, found.all), "all"));
  return ctx.show(std::move(page), status);
}

web::Reply list_page(programme::Ctx& ctx) { return show_list(ctx, {}, 200); }

web::Reply create(programme::Ctx& ctx) {
  std::vector<std::string> keys;
  for (const std::string_view key : ctx.req.posted_values("line")) keys.emplace_back(key);
  const auto done = ctx.command("disposal.propose", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = propose_disposal(tx, gate, actor, settings(ctx), keys);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*made));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_list(ctx, parts::faults_of(done.error()), parts::status_of(done.error()));
}

// --- one disposal ---

Html lines_table(const programme::Ctx& ctx, const DisposalView& v) {
  html::Table table("廃棄するもの", {{"番号"}, {"区分"}, {"終わった日"}, {"保存期間の末日"}, {"根拠"}, {"件数", html::Column::Align::end}, {"結果"}});
  for (const store::Line& l : v.lines) {
    table.row().cell(l.label).cell(class_label(ctx.m(), l.what)).cell(wareki_short(l.ended_on)).cell(wareki_short(l.keep_until)).cell(l.basis);
    table.cell(std::to_string(l.records)).cell(line_label(l.state));
  }
  return table.done();
}

html::FormFrame frame_of(const programme::Ctx& ctx, const DisposalView& v, const char* step) {
  html::FormFrame frame = ctx.frame(path_of(v.facts.id) + step);
  frame.version = std::to_string(v.facts.version);
  return frame;
}

Html steps_of(const programme::Ctx& ctx, const DisposalView& v) {
  Html out;
  if (v.facts.state == "proposed") {
    if (v.facts.proposed_by == ctx.viewer().account) out.add(html::text("承認は、一覧を作った人とは別の担当か課長が行います。"));
    else
      out.add(html::form_frame(frame_of(ctx, v, "/approve"), html::group({html::prose("承認すると、すぐに廃棄します。元に戻すことはできません。"),
                                                                           html::actions({html::button("承認して廃棄する", html::Look::danger)})})));
    out.add(html::form_frame(frame_of(ctx, v, "/withdraw"), html::actions({html::button("この一覧を取りやめる", html::Look::plain)})));
  }
  if (v.facts.state != "done") return out;
  out.add(html::actions({html::link_button("廃棄の証明（PDF）", ctx.url(path_of(v.facts.id) + "/certificate.pdf")),
                         html::link_button("廃棄の控え（CSV）", ctx.url(path_of(v.facts.id) + "/log.csv"))}));
  out.add(html::muted("控えは、データベースと別の場所に保管してください。古い控えから戻したときに、同じものをもう一度廃棄するために使います。"));
  if (!v.facts.swept_at)
    out.add(html::form_frame(frame_of(ctx, v, "/sweep"), html::group({html::banner(Tone::warning, "検索した言葉の削除が終わっていません。"),
                                                                       html::actions({html::button("もう一度行う")})})));
  return out;
}

Result<DisposalView> view_of(programme::Ctx& ctx, const char* action, DisposalId id, access::Act act = access::Act::read) {
  return ctx.read(action, [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action(action, act);
    return disposal(tx, gate, id);
  });
}

web::Reply show_one(programme::Ctx& ctx, DisposalId id, const std::vector<FieldError>& errors, int status) {
  const auto view = view_of(ctx, "disposal.page", id);
  if (!view) return ctx.error(view.error());
  html::Page page;
  page.title = "廃棄 " + view->facts.number;
  page.current = "archive";
  page.crumbs = {{"廃棄", ctx.url("/disposals")}, {view->facts.number, ""}};
  page.lead = html::chip(Tone::info, state_label(view->facts.state));
  page.main = html::error_summary(errors);
  html::Facts facts;
  facts.add("作った日", wareki(view->facts.proposed_on)).add("作った人", view->proposed_by);
  if (!view->approved_by.empty()) facts.add("承認した人", view->approved_by).add("廃棄した日時", when(view->facts.done_at));
  page.main.add(facts.done()).add(lines_table(ctx, *view)).add(steps_of(ctx, *view));
  return ctx.show(std::move(page), status);
}

web::Reply one_page(programme::Ctx& ctx) {
  const auto id = ctx.id<DisposalTag>();
  return id ? show_one(ctx, *id, {}, 200) : ctx.error(id.error());
}

template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, F&& f) {
  return step_of<DisposalTag>(ctx, action, f, path_of, show_one);
}

web::Reply approve_step(programme::Ctx& ctx) {
  web::Reply reply = step(ctx, "disposal.approve", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisposalId id) {
    return approve_disposal(tx, gate, actor, settings(ctx), id, parts::posted_version(ctx));
  });
  // Words of searches lie in another database: after the commit, and again from the page if this does not come through.
  if (reply.status == 303) sweep(ctx.city, *ctx.id<DisposalTag>(), ctx.now());
  return reply;
}

web::Reply withdraw_step(programme::Ctx& ctx) {
  return step(ctx, "disposal.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, DisposalId id) {
    return withdraw_disposal(tx, gate, actor, id, parts::posted_version(ctx));
  });
}

web::Reply sweep_step(programme::Ctx& ctx) {
  web::Reply reply = step(ctx, "disposal.sweep", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, DisposalId id) {
    return may_sweep(tx, gate, id, parts::posted_version(ctx));
  });
  if (reply.status == 303) sweep(ctx.city, *ctx.id<DisposalTag>(), ctx.now());
  return reply;
}

// --- what proves it ---

paper::Document certificate(const programme::Ctx& ctx, const DisposalView& v) {
  paper::PageMarks marks;
  marks.title = "廃棄の証明";
  marks.number = v.facts.number;
  marks.reader = ctx.who().display_name + "（" + ctx.who().post_line + "）";
  marks.at = wareki_short(ctx.today()) + " " + office_time(ctx.now());
  paper::Document out(marks);
  out.heading(1, "廃棄の証明");
  out.facts({{"番号", v.facts.number}, {"機関", ctx.dir().name(v.facts.agency)}, {"一覧を作った人", v.proposed_by}, {"作った日", wareki(v.facts.proposed_on)},
             {"承認した人", v.approved_by}, {"廃棄した日時", when(v.facts.done_at)}, {"検索した言葉の削除", when(v.facts.swept_at)}});
  paper::Rows rows;
  for (const store::Line& l : v.lines)
    rows.push_back({l.label, class_label(ctx.m(), l.what), wareki_short(l.ended_on), wareki_short(l.keep_until), l.basis, std::to_string(l.records),
                    std::string(line_label(l.state))});
  out.table({{"番号", 1.4}, {"区分", 2}, {"終わった日", 1.2}, {"保存の末日", 1.2}, {"根拠", 2}, {"件数", 0.7}, {"結果", 1.2}}, std::move(rows));
  out.remark("この証明は、番号・区分・日付・行った人だけを記し、だれについての記録だったかを記しません。");
  return out;
}

Result<DisposalView> done_view(programme::Ctx& ctx) {
  const auto id = ctx.id<DisposalTag>();
  if (!id) return tl::unexpected(id.error());
  auto view = view_of(ctx, "disposal.paper", *id, access::Act::print);
  if (view && view->facts.state != "done") return fail(ErrorCode::conflict, "まだ廃棄していません。");
  return view;
}

web::Reply certificate_file(programme::Ctx& ctx) {
  const auto view = done_view(ctx);
  if (!view) return ctx.error(view.error());
  web::Reply reply = web::Reply::download(certificate(ctx, *view).pdf(), "application/pdf", "haiki.pdf");
  reply.compress = false;
  return ctx.park(std::move(reply));
}

web::Reply log_file(programme::Ctx& ctx) {
  const auto view = done_view(ctx);
  if (!view) return ctx.error(view.error());
  std::vector<LogLine> log;
  for (const store::Line& l : view->lines)
    if (l.state == "done") log.push_back({view->facts.number, l.root, l.what});
  return ctx.park(web::Reply::download(log_text(log), "text/csv; charset=utf-8", "haiki_hikae.csv"));
}

// --- legal hold ---

Html holds_table(const programme::Ctx& ctx, const std::vector<store::Hold>& all) {
  html::Table table("保全", {{"世帯番号"}, {"理由"}, {"いつから"}, {"いつまで"}, {"操作"}});
  for (const store::Hold& h : all) {
    table.row().cell(h.number).cell(h.reason).cell(wareki_short(h.from_on)).cell(parts::day(h.ended_on));
    table.cell(h.ended_on ? Html() : html::post_button(ctx.post("/holds/" + id_text(h.id) + "/end", {"終える", html::Look::plain, {}, {}, h.number},
                                                                {{"version", std::to_string(h.version)}})));
  }
  return table.empty() ? html::empty_state("保全しているものはありません。") : table.done();
}

web::Reply show_holds(programme::Ctx& ctx, const std::vector<FieldError>& errors, int status) {
  const auto all = ctx.read("hold.list", [](db::ReadTx&, access::Gate& gate) { return store::holds(gate, 200); });
  const auto typed = [&](const char* key) { return status == 200 ? std::string() : std::string(ctx.req.posted_value(key).value_or("")); };
  html::Page page;
  page.title = "廃棄を止める（保全）";
  page.current = "archive";
  page.crumbs = {{"保存期間", ctx.url("/retention")}, {page.title, ""}};
  page.main = html::error_summary(errors);
  page.main.add(holds_table(ctx, all));
  Html body = html::text_input({.name = "number", .label = "世帯番号", .hint = "例: 世R08-00012", .error = html::error_of(errors, "number"), .required = true}, typed("number"),
                               {.width = html::Width::half});
  body += html::textarea({.name = "reason", .label = "理由", .hint = "例: 訴訟、審査請求、監査", .error = html::error_of(errors, "reason"), .required = true}, typed("reason"), 2);
  body += html::actions({html::button("廃棄を止める")});
  page.main.add(html::section("新しく止める", html::form_frame(ctx.frame("/holds", "hold"), body), "new"));
  return ctx.show(std::move(page), status);
}

web::Reply holds_page(programme::Ctx& ctx) { return show_holds(ctx, {}, 200); }

web::Reply set_hold(programme::Ctx& ctx) {
  const std::string number(ctx.req.posted_value("number").value_or(""));
  const std::string reason(ctx.req.posted_value("reason").value_or(""));
  const auto done = ctx.command("hold.set", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto household = people::household_by_number(tx, gate, number);
    if (!household) return invalid("number", "この番号の世帯は見つかりません。");
    const auto made = hold(tx, gate, actor, household->id, reason);
    if (!made) return tl::unexpected(made.error());
    return ctx.url("/holds");
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_holds(ctx, parts::faults_of(done.error()), parts::status_of(done.error()));
}

web::Reply end_hold(programme::Ctx& ctx) {
  const auto id = ctx.id<LegalHoldTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("hold.end", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto ok = release(tx, gate, actor, *id, parts::posted_version(ctx));
    if (!ok) return tl::unexpected(ok.error());
    return ctx.url("/holds");
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_holds(ctx, parts::faults_of(done.error()), parts::status_of(done.error()));
}

}  // namespace

void add_disposal_routes(programme::Router& router) {
  const auto need = web::Need::of(kKeepers);
  router.get("/retention", need, retention_page);
  router.get("/disposals", need, list_page);
  router.post("/disposals", need, create);
  router.get("/disposals/{id}", need, one_page);
  router.post("/disposals/{id}/approve", need, approve_step);
  router.post("/disposals/{id}/withdraw", need, withdraw_step);
  router.post("/disposals/{id}/sweep", need, sweep_step);
  router.get("/disposals/{id}/certificate.pdf", need, certificate_file);
  router.get("/disposals/{id}/log.csv", need, log_file);
  router.get("/holds", need, holds_page);
  router.post("/holds", need, set_hold);
  router.post("/holds/{id}/end", need, end_hold);
}

}  // namespace kasane::archive
