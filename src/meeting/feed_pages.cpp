// The calendar feed of an account: its address is made, shown once, made anew and taken back here; the feed itself opens
// without signing in, as calendars cannot sign in.
#include "base/crypto.hpp"
#include "meeting/door_throttle.hpp"
#include "meeting/feed_service.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "web/negotiate.hpp"

namespace kasane::meeting {

using html::Html;
using html::Look;
using html::Tone;

namespace {

constexpr std::string_view kEnding = ".ics";

html::Page own_page(const programme::Ctx& ctx) {
  html::Page page;
  page.title = "会議の予定を自分のカレンダーに出す";
  page.crumbs = {{"自分の設定", ctx.url("/me")}, {page.title, ""}};
  return page;
}

web::Reply settings_page(programme::Ctx& ctx) {
  const auto state = ctx.city.db().read([&](db::ReadTx& tx) { return feed_of(tx, ctx.viewer().account); });
  html::Page page = own_page(ctx);
  page.main.add(html::prose("カレンダーのアプリに登録するアドレスを作れます。出るのは、あなたの機関が招かれた会議と開く会議の、名前・場所・日時だけです（1か月前から6か月先まで）。世帯のこと、議題、出席する人は出ません。"));
  page.main.add(html::banner(Tone::info, "アドレスは、あなただけのものです", html::prose("アドレスを知っている人は、サインインしなくても予定を見られます。ほかの人に渡さないでください。渡ってしまったときは、作り直すか、取り消してください。")));
  if (!state) {
    page.main.add(html::post_button(ctx.post("/me/calendar", {.label = "アドレスを作る"})));
    return ctx.show(std::move(page));
  }
  html::Facts facts;
  facts.add("アドレス", "あります（" + wareki_short(office_day(state->made_at)) + "に作りました）");
  page.main.add(facts.done());
  page.main.add(html::actions({html::post_button(ctx.post("/me/calendar", {.label = "アドレスを作り直す", .look = Look::secondary})),
                               html::post_button(ctx.post("/me/calendar/revoke", {.label = "アドレスを取り消す", .look = Look::danger}))}));
  page.main.add(html::muted("作り直すと、前のアドレスは使えなくなります。"));
  return ctx.show(std::move(page));
}

web::Reply make(programme::Ctx& ctx) {
  std::optional<std::string> token;
  const auto done = ctx.command("calendar.make", [&](db::WriteTx& tx, access::Gate&, const access::Actor& actor) -> Result<std::string> {
    token = make_feed(tx, actor.account, actor.now);
    return ctx.url("/me/calendar");
  });
  if (!done) return ctx.error(done.error());
  if (!token) return ctx.go(*done);
  html::Page page = own_page(ctx);
  Html body = html::prose("この画面は一度しか出ません。下のアドレスを写して、カレンダーのアプリの「URLで追加」「照会するカレンダー」などに貼ってください。");
  html::Facts facts;
  facts.add("アドレス", (ctx.req.secure ? "https://" : "http://") + std::string(ctx.req.header("host")) + ctx.url("/calendar/" + *token + std::string(kEnding)));
  body.add(facts.done());
  page.main.add(html::banner(Tone::warning, "アドレスができました", body));
  page.main.add(html::actions({html::link_button("自分の設定へ", ctx.url("/me"))}));
  return ctx.show(std::move(page));
}

web::Reply revoke(programme::Ctx& ctx) {
  const auto done = ctx.command("calendar.revoke", [&](db::WriteTx& tx, access::Gate&, const access::Actor& actor) -> Result<std::string> {
    drop_feed(tx, actor.account);
    return ctx.url("/me/calendar");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

/// The calendar of the address. Tries are not counted: a whole office may share a client address, and one revoked calendar
/// in it would shut all others. The address is a secret of 256 bits.
std::optional<std::string> calendar_of(programme::Ctx& ctx) {
  std::string_view file = ctx.req.param("file");
  if (!file.ends_with(kEnding) || file.size() > kLongestToken) return std::nullopt;
  file.remove_suffix(kEnding.size());
  return ctx.city.db().read([&](db::ReadTx& tx) { return feed(tx, settings_of(ctx), file, ctx.today()); });
}

web::Reply show_feed(programme::Ctx& ctx) {
  auto text = calendar_of(ctx);
  if (!text) return web::Reply::text("", 404);
  const std::string etag = "\"" + to_hex(sha256(*text)).substr(0, 32) + "\"";
  web::Reply reply;
  reply.content_type = "text/calendar; charset=utf-8";
  reply.header("ETag", etag);
  reply.header("Cache-Control", "private, no-cache");
  if (web::etag_matches(ctx.req.header("if-none-match"), etag)) reply.status = 304;
  else reply.body = *std::move(text);
  return reply;
}

}  // namespace

void add_feed_routes(programme::Router& router) {
  const auto own = web::Need::of(kSessionReaders);
  router.get("/me/calendar", own, settings_page);
  router.post("/me/calendar", own, make);
  router.post("/me/calendar/revoke", own, revoke);
  router.get("/calendar/{file}", web::Need::anyone(), show_feed);
}

}  // namespace kasane::meeting
