#include "programme/sign_in_pages.hpp"

#include "html/kit.hpp"
#include "programme/account_service.hpp"
#include "programme/draft_note.hpp"
#include "programme/form_token.hpp"
#include "programme/held_form.hpp"
#include "programme/known_browser.hpp"
#include "programme/password_pages.hpp"
#include "programme/sign_in_events.hpp"
#include "web/assets.hpp"
#include "web/error_page.hpp"
#include "web/percent.hpp"

namespace kasane::programme {

namespace {

constexpr std::size_t kLongestDraft = 200'000;
constexpr std::size_t kLongestDraftKey = 120;

std::string known_cookie_name(const City& city) { return "kasane_" + city.slug + "_known"; }

/// What the sign-in page carries along besides the name: where to go then, or the form that was sent too late.
struct Onward {
  std::string to;
  std::string held;
};

Onward posted_onward(const Ctx& ctx) {
  const std::string_view to = ctx.req.posted_value("to").value_or(ctx.req.query_value("to"));
  const bool ours = web::is_local_address(to) && to.starts_with(ctx.url("/"));
  return {ours ? std::string(to) : std::string(), std::string(ctx.req.posted_value("held").value_or(""))};
}

web::Reply sign_in_form(Ctx& ctx, std::string_view login, const std::vector<FieldError>& errors, int status, const Onward& onward, const html::Html& message = {}) {
  html::Page page;
  page.title = "サインイン";
  page.main += message;
  page.main += html::error_summary(errors);
  html::Html body;
  html::TextLook login_look;
  login_look.width = html::Width::half;
  login_look.autocomplete = "username";
  html::TextLook password_look;
  password_look.type = html::TextLook::Type::password;
  password_look.width = html::Width::half;
  password_look.autocomplete = "current-password";
  body += html::text_input({"login", "利用者ID", {}, html::error_of(errors, "login"), true, {}, {}}, login, login_look);
  body += html::text_input({"password", "パスワード", {}, html::error_of(errors, "password"), true, {}, {}}, "", password_look);
  body += html::actions({html::button("サインイン")});
  html::FormFrame frame = ctx.frame("/signin");
  if (!onward.to.empty()) frame.hidden.push_back({"to", onward.to});
  if (!onward.held.empty()) frame.hidden.push_back({"held", onward.held});
  page.main += html::form_frame(frame, body);
  return ctx.show(std::move(page), status);
}

web::Reply show_sign_in(Ctx& ctx) {
  if (ctx.signed_in()) return ctx.go(ctx.url("/today"));
  const Onward onward = posted_onward(ctx);
  const html::Html again = onward.to.empty() ? html::Html() : html::banner(html::Tone::info, "しばらく操作がなかったため、サインインが切れました。サインインすると、開こうとした画面に進みます。");
  return sign_in_form(ctx, "", {}, 200, onward, again);
}

/// Signed in again by whoever had sent it: one more press sends it after all. Never by itself: the person sees what happens.
web::Reply send_after_all(Ctx& ctx, const HeldForm& held, const std::string& csrf) {
  html::Page page;
  page.title = "サインインしました";
  page.main += html::banner(html::Tone::success, "入力した内容は残っています",
                            html::prose("サインインが切れていたため、さきほどの操作はまだ行われていません。「続ける」を押すと、入力した内容で続けます。"));
  if (held.had_files) page.main += html::prose("選んであったファイルは残っていません。次の画面で、もう一度選んでください。");
  html::FormFrame frame;
  frame.action = held.path;
  frame.csrf = csrf;
  for (const auto& [name, value] : held.fields) {
    if (name == "command_id") frame.command_id = value;
    else frame.hidden.push_back({name, value});
  }
  page.main += html::form_frame(frame, html::actions({html::button("続ける")}));
  return ctx.show(std::move(page));
}

web::Reply signed_in_reply(Ctx& ctx, const SignedInAs& in, const Onward& onward) {
  if (const auto held = open_form(ctx.city.key, onward.held); held && held->account == in.account) return send_after_all(ctx, *held, mask_form_token(in.csrf));
  return web::Reply::redirect(onward.to.empty() ? ctx.url("/today") : onward.to);
}

web::Reply do_sign_in(Ctx& ctx) {
  const std::string login(ctx.req.posted_value("login").value_or(""));
  const std::string password(ctx.req.posted_value("password").value_or(""));
  const Onward onward = posted_onward(ctx);
  std::vector<FieldError> errors;
  if (login.empty()) errors.push_back({"login", "利用者IDを入力してください。"});
  if (password.empty()) errors.push_back({"password", "パスワードを入力してください。"});
  if (login.size() > 100 || password.size() > 1000) errors.push_back({"password", "利用者IDかパスワードがちがいます。"});
  if (!errors.empty()) return sign_in_form(ctx, login, errors, 422, onward);
  const Browser browser{ctx.req.cookie(known_cookie_name(ctx.city)).value_or(""), ctx.req.cookie(session_cookie_name(ctx.city)).value_or("")};
  const auto in = sign_in(ctx.city, login, password, ctx.req.client, browser);
  if (!in && in.error().code == ErrorCode::unavailable) {
    web::Reply reply = sign_in_form(ctx, login, {}, 429, onward, html::banner(html::Tone::warning, in.error().message));
    reply.header("Retry-After", std::to_string(wait_to_sign_in(ctx.city, login, ctx.req.client, browser) / 1000 + 1));
    return reply;
  }
  if (!in) return sign_in_form(ctx, login, in.error().fields, 422, onward);
  web::Reply reply = signed_in_reply(ctx, *in, onward);
  reply.set_cookie({session_cookie_name(ctx.city), in->token, std::nullopt, ctx.req.secure, web::SetCookie::SameSite::lax});
  reply.set_cookie({known_cookie_name(ctx.city), in->known, kKnownDays * 86'400L, ctx.req.secure, web::SetCookie::SameSite::strict});
  return reply;
}

web::Reply leave(Ctx& ctx) {
  sign_out(ctx.city, ctx.who().token_hash);
  ctx.city.events.end_owner(ctx.viewer().account.value);
  web::Reply reply = web::Reply::redirect(ctx.url("/signin"));
  reply.set_cookie({session_cookie_name(ctx.city), "", 0, ctx.req.secure, web::SetCookie::SameSite::lax});
  return reply;
}

web::Reply leave_everywhere(Ctx& ctx) {
  ctx.city.db().write([&](db::WriteTx& tx) {
    sign_out_everywhere(tx, ctx.viewer().account, ctx.now());
    note_signed_out(tx, ctx.viewer().account, true, ctx.now());
  });
  ctx.city.events.end_owner(ctx.viewer().account.value);
  web::Reply reply = web::Reply::redirect(ctx.url("/signin"));
  reply.set_cookie({session_cookie_name(ctx.city), "", 0, ctx.req.secure, web::SetCookie::SameSite::lax});
  return reply;
}

/// The whole form as typed, without its guards; nothing when it is too long for a draft.
std::optional<std::string> draft_body(const web::Request& request) {
  std::string body;
  for (const auto& [name, value] : request.posted) {
    if (name == "csrf" || name == "draft" || name == "draft_key" || name == kDraftAgain || name == "command_id") continue;
    if (!body.empty()) body += '&';
    body += web::percent_encode(name) + "=" + web::percent_encode(value);
  }
  return body.size() > kLongestDraft ? std::nullopt : std::optional(std::move(body));
}

// 409 when the form was already saved: no draft may outlive it.
web::Reply keep_draft(Ctx& ctx) {
  const std::string key(ctx.req.posted_value("draft").value_or(""));
  if (key.empty() || key.size() > kLongestDraftKey) return web::Reply::text("", 400);
  const std::string command(ctx.req.posted_value("command_id").value_or(""));
  if (!command.empty() && ctx.city.db().read([&](db::ReadTx& tx) { return db::earlier_result(tx, command, ctx.viewer().account).has_value(); }))
    return web::Reply::text("", 409);
  const auto body = draft_body(ctx.req);
  if (!body) return web::Reply::text("", 413);
  save_draft(ctx.city, ctx.viewer().account, key, *body);
  return web::Reply::text("", 204);
}

web::Reply me(Ctx& ctx) {
  html::Page page;
  page.title = "自分の設定";
  html::Facts facts;
  facts.add("氏名", ctx.who().display_name);
  for (const access::Post& p : ctx.viewer().posts) facts.add(ctx.dir().name(p.agency), role_label(p.role));
  page.main += facts.done();
  constexpr Roles kMeet{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::head, Role::secretary, Role::meeting_member};
  if (kMeet.meets(ctx.viewer().roles()))
    page.main += html::section("会議の予定", html::link("会議の予定を自分のカレンダーに出す", ctx.url("/me/calendar")));
  if (ctx.req.query_value("saved") == "password") page.main += html::banner(html::Tone::success, "パスワードを変えました。ほかの端末のサインインは終わりました。");
  page.main += html::section("パスワード", html::link("パスワードを変える", ctx.url("/me/password")));
  page.main += html::section("すべての端末からサインアウト", html::prose("ほかの端末に残っているサインインも、すべて終わらせます。"));
  page.main += html::post_button(ctx.post("/signout-everywhere", {"すべての端末からサインアウト", html::Look::secondary}));
  return ctx.show(std::move(page));
}

web::Reply help(Ctx& ctx) {
  html::Page page;
  page.title = "使い方";
  page.main += html::section("今日やること", html::prose("サインインすると「今日」の画面が開きます。あなたの返事や確認を待っているものが、世帯ごとに1行で並びます。"));
  page.main += html::section("相談を受けたら", html::prose("「相談受付」から新しい相談を記録します。必ず入れるのは、受付日・受けた人・何についての相談かだけです。残りは折りたたまれています。書きかけの文章は自動でサーバーに下書きとして残ります。"));
  page.main += html::section("気づきがあったら", html::prose("名前が分からなくても「気づき」から知らせることができます。だれがいつまでに確かめるかが決まります。"));
  page.main += html::section("記録", html::prose("支援の記録は1つの欄に書きます。段落の頭に【本人】【事実】【第三者】【見立て】【予定】と付けるか、Alt＋1〜5で段落の種類を付けられます。"));
  page.main += html::section("日付の書き方", html::prose("「R8.11.22」「令和8年11月22日」「2026-11-22」のどれでも入力できます。"));
  return ctx.show(std::move(page));
}

web::Reply accessibility(Ctx& ctx) {
  html::Page page;
  page.title = "アクセシビリティ";
  page.main += html::prose("この画面は、JIS X 8341-3:2016 の適合レベルAAに沿うことを目標に作っています。キーボードだけで操作でき、文字を200%に大きくしても使えます。使いにくいところがありましたら、市の担当までお知らせください。");
  page.main += html::muted("出典：デジタル庁デザインシステムウェブサイト（配色などの値を利用し、部品は独自に作成しています）");
  return ctx.show(std::move(page));
}

}  // namespace

web::Reply ask_again(Ctx& ctx, const LoginSession& session) {
  const std::string draft(ctx.req.posted_value("draft_key").value_or(""));
  // Also where its form shows it again, for whoever signs in elsewhere or another day.
  if (const auto body = draft_body(ctx.req); body && !draft.empty() && draft.size() <= kLongestDraftKey) save_draft(ctx.city, session.account, draft, *body);
  const auto held = seal_form(ctx.city.key, {session.account, ctx.req.path, ctx.req.posted, !ctx.req.uploads.empty()});
  if (!held) return web::error_reply(403, ctx.req.request_id);
  return sign_in_form(ctx, "", {}, 403, {{}, *held},
                      html::banner(html::Tone::warning, "サインインが切れました。入力した内容は失われていません",
                                   html::prose("しばらく操作がなかったため、サインインが切れています。もう一度サインインすると、入力した内容で続けられます。")));
}

std::string session_cookie_name(const City& city) { return "kasane_" + city.slug; }

web::Reply front_page(const web::Request&, const std::vector<std::shared_ptr<City>>& cities) {
  html::Page page;
  page.title = "かさね";
  page.programme = "かさね";
  page.city = "";
  page.assets = {web::asset_url("app.css"), web::asset_url("app.js")};
  std::vector<html::Html> items;
  for (const auto& city : cities)
    items.push_back(html::group({html::link(city->municipality.name, "/" + city->slug + "/today"), " ", html::muted(city->municipality.programme_name)}));
  page.main += html::prose("市を選んで、サインインしてください。");
  page.main += html::bullets(items);
  return web::Reply::html(html::document(page));
}

void add_sign_in_routes(Router& router) {
  router.get("/signin", web::Need::anyone(), show_sign_in);
  router.post("/signin", web::Need::anyone(), do_sign_in);
  router.post("/signout", web::Need::signed_in(), leave);
  router.post("/signout-everywhere", web::Need::signed_in(), leave_everywhere);
  router.post("/drafts", web::Need::signed_in(), keep_draft);
  router.post("/drafts/drop", web::Need::signed_in(), drop_kept_draft);
  router.get("/me", web::Need::signed_in(), me);
  add_password_routes(router);
  router.get("/help", web::Need::anyone(), help);
  router.get("/accessibility", web::Need::anyone(), accessibility);
}

}  // namespace kasane::programme
