// The door for guests: the only addresses that open without an account. A link that is unknown, over, taken back or
// locked is answered alike. What is shown is one item's packet, on the ground of the link, and each look is audited under
// the link's own id.
#include <memory>

#include "base/crypto.hpp"
#include "meeting/door_throttle.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/ical.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/item_view.hpp"
#include "meeting/pages.hpp"
#include "meeting/secrecy_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;

namespace {

constexpr std::string_view kDoor = "guest";

std::string cookie_name(const programme::City& city) { return "kasane_guest_" + city.slug; }

/// The audit event of a guest: its own, whoever else is signed in at this browser.
web::Reply audited(programme::Ctx& ctx, web::Reply reply, GuestLinkId id, access::Trail trail) {
  auto shared = std::make_shared<access::Trail>(std::move(trail));
  reply.before_send = [audit = &ctx.city.audit, account = AccountId(id.value), at = ctx.now(), shared](std::function<void(bool)> done) {
    audit->submit(account, *shared, at, std::move(done));
  };
  return reply;
}

web::Reply nothing_here(programme::Ctx& ctx) {
  html::Page page;
  page.title = "このリンクは使えません";
  page.main = html::banner(Tone::warning, page.title, html::prose("期限が過ぎたか、番号の間違いが続いたか、アドレスが違っています。お手数ですが、案内をくれた担当に電話でおたずねください。"));
  return ctx.show(std::move(page), 404);
}

/// The link of the address while it opens. Too many tries from one client look like an unknown link too.
std::optional<GuestFacts> link_of(programme::Ctx& ctx) {
  const std::string& token = ctx.req.param("token");
  if (token.size() > kLongestToken || too_many_failures(ctx, kDoor)) return std::nullopt;
  auto link = ctx.city.db().read([&](db::ReadTx& tx) { return open_link(tx, token, ctx.now()); });
  if (!link) count_failure(ctx, kDoor);
  return link;
}

std::string path_of(const programme::Ctx& ctx) { return "/guest/" + ctx.req.param("token"); }

/// The cookie's secret, when it is an open session of this link.
std::optional<std::string> session_of(programme::Ctx& ctx, const GuestFacts& link) {
  const auto cookie = ctx.req.cookie(cookie_name(ctx.city));
  if (!cookie || cookie->empty() || cookie->size() > kLongestToken) return std::nullopt;
  const std::string secret(*cookie);
  if (!ctx.city.db().write([&](db::WriteTx& tx) { return is_inside(tx, link.id, secret, ctx.now()); })) return std::nullopt;
  return secret;
}

/// The token of the guest's forms, beside the check that our own page sent them.
std::string seal_of(const programme::Ctx& ctx, const std::string& secret) { return to_hex(keyed_hash(ctx.city.key, "guest-form:" + secret)); }

html::FormFrame guest_frame(const programme::Ctx& ctx, const std::string& secret, std::string_view step) {
  html::FormFrame frame = ctx.frame(path_of(ctx) + std::string(step));
  frame.hidden.push_back({"seal", seal_of(ctx, secret)});
  return frame;
}

web::Reply ask_code(programme::Ctx& ctx, bool wrong) {
  html::Page page;
  page.title = "番号を入力してください";
  html::TextLook look;
  look.width = html::Width::few;
  look.autocomplete = "one-time-code";
  std::vector<FieldError> errors;
  if (wrong) errors.push_back({"code", "番号がちがいます。電話でお伝えした6桁の数字を入力してください。"});
  page.main = html::error_summary(errors);
  Html body = html::text_input({.name = "code", .label = "電話でお伝えした番号（6桁）", .error = html::error_of(errors, "code"), .required = true}, "", look);
  body.add(html::actions({html::button("資料を開く")}));
  page.main.add(html::form_frame(ctx.frame(path_of(ctx)), body));
  return ctx.show(std::move(page), wrong ? 422 : 200);
}

Html secrecy_part(const programme::Ctx& ctx, const ItemHead& head, const std::string& secret) {
  Html body = html::prose(secrecy_words(ctx.m(), head.body));
  body.add(html::tick({.name = "secrecy", .label = "資料を開く前に", .required = true, .id = "secrecy"}, false));
  body.add(html::actions({html::button("確認して資料を開く")}));
  return html::section("守秘の確認", html::form_frame(guest_frame(ctx, secret, "/secrecy"), body), "secrecy-part");
}

Html packet_part(const programme::Ctx& ctx, const GuestFacts& link, const ItemView& item) {
  if (link.kind == GuestKind::outside) {
    Html out;
    if (!item.label.shown().empty()) out.add(html::heading(3, item.label));
    out.add(packet_html(ctx, item));
    return out;
  }
  html::Facts facts;
  Html out;
  for (const PacketPlan& plan : item.plans) {
    facts.add("支援の方向性", plan.direction);
    std::vector<Html> goals;
    for (const PersonalText& goal : plan.goals) goals.push_back(html::text(goal));
    facts.add("目標", html::bullets(goals));
    for (const auto& role : plan.roles) facts.add(role.who, role.what);
  }
  out.add(item.plans.empty() ? html::empty_state("いまお見せできる内容はありません。") : facts.done());
  return out;
}

Html answer_part(const programme::Ctx& ctx, const GuestFacts& link, const std::string& secret, std::string_view typed, const std::vector<FieldError>& errors) {
  Html body;
  if (link.answered_at && errors.empty()) body.add(html::banner(Tone::success, "お答えを受け取りました"));
  Html fields = html::text_input({.name = "answer", .label = "お答え（一行）", .error = html::error_of(errors, "answer"), .required = true}, typed);
  fields.add(html::actions({html::button("送る")}));
  body.add(html::form_frame(guest_frame(ctx, secret, "/answer"), fields));
  return html::section("お答え", body, "answer-part");
}

/// When and where, for who comes to the sitting itself.
Html sitting_part(const programme::Ctx& ctx, const GuestFacts& link, const ItemView& item) {
  if (item.session.state != SessionState::planned) return {};
  html::Facts facts;
  facts.add("会議", bodies_text(ctx, item.session));
  facts.add("日時", when_text(item.session));
  facts.add("場所", item.session.place);
  Html body = facts.done();
  body.add(html::actions({html::link_button("予定ファイル（.ics）", ctx.url(path_of(ctx) + "/calendar.ics?key=" + calendar_key(ctx.city.key, link.id)))}));
  body.add(html::muted("開くと、お使いのカレンダーに入ります。日時が変わったときや取りやめのときは、同じ予定ファイルをもう一度開くと、カレンダーの予定が置きかわります。"));
  return html::section("会議の日時", body, "sitting");
}

/// Nothing of the item is read before secrecy is acknowledged.
web::Reply ask_secrecy_of_guest(programme::Ctx& ctx, const GuestFacts& link, const std::string& secret, const std::vector<FieldError>& errors) {
  const auto head = ctx.city.db().read([&](db::ReadTx& tx) { return store::head(tx, link.item); });
  if (!head) return nothing_here(ctx);
  html::Page page;
  page.title = "会議の資料";
  page.main = html::error_summary(errors);
  page.main.add(secrecy_part(ctx, *head, secret));
  access::Trail trail;
  trail.action("guest.secrecy");
  trail.opened(SubjectKind::guest_link, link.id.value);
  return audited(ctx, ctx.show(std::move(page), errors.empty() ? 200 : 422), link.id, std::move(trail));
}

/// The item, or the question of secrecy before it.
web::Reply inside(programme::Ctx& ctx, const GuestFacts& link, const std::string& secret, std::string_view typed = {}, const std::vector<FieldError>& errors = {}) {
  if (!link.secrecy_on) return ask_secrecy_of_guest(ctx, link, secret, errors);
  access::Trail trail;
  const access::Viewer viewer = guest_viewer(link.id);
  const auto view = ctx.city.db().read([&](db::ReadTx& tx) {
    trail.clear();
    trail.action("guest.packet");
    access::Gate gate(tx, viewer, ctx.now(), trail, &ctx.city.sizes);
    auto seen = item(tx, gate, settings_of(ctx), link.item);
    if (seen) seen->session = part_of_guest(tx, seen->head, std::move(seen->session));
    return seen;
  });
  if (!view) return nothing_here(ctx);
  html::Page page;
  page.title = "会議の資料";
  page.main = html::error_summary(errors);
  page.main.add(sitting_part(ctx, link, *view));
  page.main.add(html::section("資料", packet_part(ctx, link, for_guest(link.kind, *view)), "packet"));
  page.main.add(html::muted("守秘を確認した日 " + wareki_short(*link.secrecy_on) + "　" + wareki_short(link.until) + "まで見られます。"));
  page.main.add(answer_part(ctx, link, secret, typed, errors));
  return audited(ctx, ctx.show(std::move(page), errors.empty() ? 200 : 422), link.id, std::move(trail));
}

/// For a calendar that cannot type a code: the address bears a key that only the page behind the code shows. Body, day, time and
/// place; nothing of the item.
web::Reply calendar(programme::Ctx& ctx) {
  const std::string& token = ctx.req.param("token");
  if (token.size() > kLongestToken || too_many_failures(ctx, kDoor)) return nothing_here(ctx);
  const auto found = ctx.city.db().read([&](db::ReadTx& tx) { return sitting_of_guest(tx, token, ctx.now()); });
  if (!found || !same_bytes(std::string(ctx.req.query_value("key")), calendar_key(ctx.city.key, found->link))) {
    count_failure(ctx, kDoor);
    return nothing_here(ctx);
  }
  const bool cancelled = found->session.state == SessionState::cancelled;
  std::string text = ical::calendar(cancelled ? ical::Method::cancel : ical::Method::request, {ical::Event(settings_of(ctx), found->session, found->minutes, found->asking)}, ctx.now());
  access::Trail trail;
  trail.action("guest.calendar");
  trail.opened(SubjectKind::guest_link, found->link.value);
  return audited(ctx, web::Reply::download(std::move(text), std::string("text/calendar; charset=utf-8; method=") + (cancelled ? "CANCEL" : "REQUEST"), "kaigi.ics"), found->link, std::move(trail));
}

web::Reply door(programme::Ctx& ctx) {
  const auto link = link_of(ctx);
  if (!link) return nothing_here(ctx);
  const auto secret = session_of(ctx, *link);
  return secret ? inside(ctx, *link, *secret) : ask_code(ctx, false);
}

/// HttpOnly and only for this one address and what lies under it; no page of another site brings it along.
std::string cookie_text(const programme::Ctx& ctx, const std::string& secret) {
  return cookie_name(ctx.city) + "=" + secret + "; Path=" + ctx.url(path_of(ctx)) + "; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(kGuestLongest / 1000) +
         (ctx.req.secure ? "; Secure" : "");
}

web::Reply give_code(programme::Ctx& ctx) {
  const auto link = link_of(ctx);
  if (!link) return nothing_here(ctx);
  const std::string code(ctx.req.posted_value("code").value_or(""));
  const auto secret = ctx.city.db().write([&](db::WriteTx& tx) { return enter(tx, ctx.city.key, *link, code, ctx.now()); });
  access::Trail trail;
  if (!secret) {
    count_failure(ctx, kDoor);
    trail.action("guest.wrong_code");
    trail.denied(SubjectKind::guest_link, link->id.value);
    const bool still = ctx.city.db().read([&](db::ReadTx& tx) { return open_link(tx, ctx.req.param("token"), ctx.now()).has_value(); });
    return audited(ctx, still ? ask_code(ctx, true) : nothing_here(ctx), link->id, std::move(trail));
  }
  trail.action("guest.enter");
  trail.opened(SubjectKind::guest_link, link->id.value);
  web::Reply reply = web::Reply::redirect(ctx.url(path_of(ctx)));
  reply.header("Set-Cookie", cookie_text(ctx, *secret));
  return audited(ctx, std::move(reply), link->id, std::move(trail));
}

/// A form of a guest who is inside: the link and its session's secret; nothing when either does not hold.
std::optional<std::pair<GuestFacts, std::string>> form_of_guest(programme::Ctx& ctx) {
  auto link = link_of(ctx);
  if (!link) return std::nullopt;
  auto secret = session_of(ctx, *link);
  if (!secret || !same_bytes(std::string(ctx.req.posted_value("seal").value_or("")), seal_of(ctx, *secret))) return std::nullopt;
  return std::pair(*link, *std::move(secret));
}

web::Reply confirm_secrecy(programme::Ctx& ctx) {
  const auto guest = form_of_guest(ctx);
  if (!guest) return nothing_here(ctx);
  if (ctx.req.posted_value("secrecy").value_or("") != form::kYes)
    return inside(ctx, guest->first, guest->second, {}, {{"secrecy", "確認のしるしを付けてください。"}});
  ctx.city.db().write([&](db::WriteTx& tx) { acknowledge_as_guest(tx, guest->first, ctx.today()); });
  return ctx.go(ctx.url(path_of(ctx)));
}

web::Reply answer(programme::Ctx& ctx) {
  const auto guest = form_of_guest(ctx);
  if (!guest || !guest->first.secrecy_on) return nothing_here(ctx);
  const std::string typed(ctx.req.posted_value("answer").value_or(""));
  const auto done = ctx.city.db().write([&](db::WriteTx& tx) {
    access::Trail trail;
    trail.action("guest.answer", access::Act::write);
    auto result = answer_as_guest(tx, trail, guest->first, typed, ctx.now());
    if (result) access::audit_write(tx, AccountId(guest->first.id.value), trail, ctx.now());
    return result;
  });
  if (done) return ctx.go(ctx.url(path_of(ctx)));
  if (done.error().code != ErrorCode::invalid) return nothing_here(ctx);
  return inside(ctx, guest->first, guest->second, typed, done.error().fields);
}

}  // namespace

void add_guest_door_routes(programme::Router& router) {
  router.get("/guest/{token}", web::Need::anyone(), door);
  router.get("/guest/{token}/calendar.ics", web::Need::anyone(), calendar);
  router.post("/guest/{token}", web::Need::anyone(), give_code);
  router.post("/guest/{token}/secrecy", web::Need::anyone(), confirm_secrecy);
  router.post("/guest/{token}/answer", web::Need::anyone(), answer);
}

}  // namespace kasane::meeting
