#include "meeting/secrecy_pages.hpp"

#include "meeting/item_store.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/secrecy_store.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

web::Reply secrecy_page(programme::Ctx& ctx, const Secrecy& s) {
  html::Page page;
  page.title = "守秘の確認";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  Html body = html::prose(secrecy_words(ctx.m(), s.body));
  if (s.on) body.add(secrecy_line(s.on));
  else
    body.add(html::post_button(ctx.post("/meetings/secrecy", {.label = "確認して資料を開く"}, {{"item", id_text(s.opened)}})));
  page.main = html::section(body_name(ctx, s.body) + "の資料を開く前に", body);
  page.main.add(html::muted("確認は、会議ごとに年度に1回です。"));
  return ctx.show(std::move(page));
}

Result<Secrecy> load(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("meeting.secrecy", [&](db::ReadTx& tx, access::Gate& gate) { return secrecy_of(tx, gate, settings_of(ctx), id); });
}

web::Reply page(programme::Ctx& ctx) {
  const auto id = parse_id<AgendaItemTag>(ctx.req.query_value("item"));
  if (!id) return ctx.error({ErrorCode::not_found, {}, {}});
  const auto s = load(ctx, *id);
  return s ? secrecy_page(ctx, *s) : ctx.error(s.error());
}

web::Reply confirm(programme::Ctx& ctx) {
  const auto id = parse_id<AgendaItemTag>(ctx.req.posted_value("item").value_or(""));
  if (!id) return ctx.error({ErrorCode::not_found, {}, {}});
  const auto done = ctx.command("meeting.secrecy", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto noted = acknowledge(tx, gate, actor, settings_of(ctx), *id); !noted) return tl::unexpected(noted.error());
    return ctx.url((store::item_of_summary(tx, *id) ? "/summaries/" : "/items/") + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply register_page(programme::Ctx& ctx) {
  const FiscalYear year = FiscalYear::of(ctx.today());
  const auto lines = ctx.read("meeting.secrecy_register", [&](db::ReadTx& tx, access::Gate&) { return store::acknowledged_in(tx, year); });
  html::Table table("守秘を確認した人", {{"会議"}, {"氏名"}, {"確認した日"}});
  for (const auto& line : lines) table.row().cell(body_name(ctx, line.body)).cell(line.name).cell(wareki_short(line.on));
  html::Page page;
  page.title = "守秘を確認した人";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.main = table.empty() ? html::empty_state("この年度に守秘を確認した人は、まだいません。") : table.done();
  return ctx.show(std::move(page));
}

}  // namespace

std::optional<web::Reply> ask_secrecy(programme::Ctx& ctx, AgendaItemId id) {
  const auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  if (!s->asked) return std::nullopt;
  return secrecy_page(ctx, *s);
}

Html secrecy_line(const std::optional<Date>& on) {
  return on ? html::muted("守秘を確認した日 " + wareki_short(*on)) : Html();
}

Html secrecy_beside(const programme::Ctx& ctx, const Secrecy& s) {
  if (!s.asked_beside) return secrecy_line(s.on);
  const Html button = html::post_button(ctx.post("/meetings/secrecy", {.label = "守秘を確認した", .look = html::Look::secondary}, {{"item", id_text(s.opened)}}));
  return html::banner(html::Tone::info, "年度に1回の守秘の確認", html::group({html::prose(secrecy_words(ctx.m(), s.body)), button}));
}

void add_secrecy_routes(programme::Router& router) {
  router.get("/meetings/secrecy", web::Need::of(kItemReaders), page);
  router.post("/meetings/secrecy", web::Need::of(kItemReaders), confirm);
  router.get("/meetings/secrecy/register", web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary}), register_page);
}

}  // namespace kasane::meeting
