// /meetings/{id}/screen: what is projected in the room. Large, without controls and without links to records. Each agency that
// is there becomes a reader of what it shows, in the audit, before the page leaves.
#include "meeting/live_pages.hpp"
#include "meeting/live_service.hpp"
#include "meeting/reader_trail.hpp"
#include "web/assets.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

/// What the agencies in the room are shown joins the audit, beside what the host is shown.
std::vector<Reading> readings_of(std::vector<ScreenReader> readers) {
  std::vector<Reading> all;
  for (ScreenReader& reader : readers) all.push_back({AccountId(reader.party), std::move(reader.trail)});
  return all;
}

Html notes_html(const programme::Ctx& ctx, const Screen& s) {
  std::vector<Html> points, takes;
  for (const Note& n : s.notes) {
    if (n.kind == NoteKind::point) points.push_back(html::lines(n.text.shown()));
    if (n.kind != NoteKind::undertaking) continue;
    Html line = html::group({n.taker ? ctx.dir().name(*n.taker) + "：" : "", html::lines(n.text.shown())});
    if (n.due_on) line.add("（" + wareki_short(*n.due_on) + "まで）");
    takes.push_back(std::move(line));
  }
  Html out;
  if (!points.empty()) out.add(html::section("要点", html::bullets(points)));
  if (!takes.empty()) out.add(html::section("だれが何をするか", html::bullets(takes)));
  return out;
}

Html shown_html(const programme::Ctx& ctx, const Screen& s) {
  if (!s.live) return html::prose("まもなく始まります。");
  if (s.live->ended_at) return html::prose("会議は終わりました。");
  if (!s.number) return html::prose("次の議題をお待ちください。");
  const std::string name = "議題" + std::to_string(*s.number);
  if (!s.open) return html::heading(2, name);
  Html out = html::heading(2, html::group({name, "　", s.item.label}));
  out.add(packet_html(ctx, s.item));
  out.add(notes_html(ctx, s));
  out.add(outcome_html(ctx, s.item));
  return out;
}

web::Reply screen_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = ctx.read("meeting.screen_page", [&](db::ReadTx& tx, access::Gate& gate) { return screen(tx, gate, settings_of(ctx), *id); });
  if (!s) return ctx.error(s.error());
  const std::string here = session_path(*id) + "/screen";
  const Html body = following(ctx, *id, s->live, here, html::el("div", {{"class", "screen"}}, live_list("live-shown", shown_html(ctx, *s))));
  web::Reply reply;
  if (ctx.req.wants_fragment()) {
    reply = ctx.park(web::Reply::html(body.str()));
  } else {
    html::Page page;
    page.title = bodies_text(ctx, s->session);
    page.programme = ctx.m().programme_name;
    page.city = ctx.m().name;
    page.assets = {web::asset_url("app.css"), web::asset_url("app.js")};
    page.main = body;
    reply = ctx.park(web::Reply::html(html::document(page)));
  }
  return with_readers(ctx, std::move(reply), readings_of(std::move(s->readers)));
}

}  // namespace

void add_screen_routes(programme::Router& router) {
  router.get("/meetings/{id}/screen", web::Need::of(Roles{Role::coordinator, Role::city_officer}), screen_page);
}

}  // namespace kasane::meeting
