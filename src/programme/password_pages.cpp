#include "programme/password_pages.hpp"

#include "programme/account_store.hpp"
#include "programme/password_service.hpp"

namespace kasane::programme {

namespace {

html::Html password_input(const std::vector<FieldError>& errors, const char* name, const char* label, const char* hint, const char* autocomplete) {
  html::TextLook look;
  look.type = html::TextLook::Type::password;
  look.width = html::Width::half;
  look.autocomplete = autocomplete;
  // Never what was typed: a page that is shown again holds no password.
  return html::text_input({name, label, hint, html::error_of(errors, name), true, {}, {}}, "", look);
}

bool must_change(const Ctx& ctx) {
  return ctx.city.db().read([&](db::ReadTx& tx) {
    const auto account = account_by_id(tx, ctx.viewer().account);
    return account && account->first_password_until;
  });
}

web::Reply change_page(Ctx& ctx, const std::vector<FieldError>& errors, int status, std::string_view message = {}) {
  const bool first = must_change(ctx);
  html::Page page;
  page.title = "パスワードを変える";
  if (first) page.main += html::banner(html::Tone::info, "最初のパスワードでサインインしています", html::prose("ほかの画面を開く前に、自分だけが知っているパスワードに変えてください。"));
  else page.crumbs = {{"自分の設定", ctx.url("/me")}, {"パスワードを変える", {}}};
  if (!message.empty()) page.main += html::banner(html::Tone::warning, message);
  page.main += html::error_summary(errors);
  page.main += html::prose("10文字以上で、ほかで使っていないものにしてください。関係のない言葉をいくつか並べると、長くても覚えやすくなります。変えると、ほかの端末のサインインは終わります。");
  html::Html body;
  body += password_input(errors, "present", first ? "最初のパスワード" : "いまのパスワード", "", "current-password");
  body += password_input(errors, "fresh", "新しいパスワード", "10文字以上", "new-password");
  body += password_input(errors, "repeated", "新しいパスワード（もう一度）", "", "new-password");
  body += html::actions({html::button("パスワードを変える")});
  page.main += html::form_frame(ctx.frame("/me/password"), body);
  return ctx.show(std::move(page), status);
}

std::vector<FieldError> what_is_missing(const Ctx& ctx) {
  std::vector<FieldError> errors;
  if (ctx.req.posted_value("present").value_or("").empty()) errors.push_back({"present", "いまのパスワードを入力してください。"});
  if (ctx.req.posted_value("fresh").value_or("").empty()) errors.push_back({"fresh", "新しいパスワードを入力してください。"});
  if (ctx.req.posted_value("repeated").value_or("").empty()) errors.push_back({"repeated", "新しいパスワードを、もう一度入力してください。"});
  return errors;
}

web::Reply change(Ctx& ctx) {
  // A repeat finds the old password no longer right: it is answered, not checked.
  if (const auto done = ctx.already_done()) return ctx.go(*done);
  if (const auto errors = what_is_missing(ctx); !errors.empty()) return change_page(ctx, errors, 422);
  const auto checked = check_change(ctx.city, ctx.viewer().account, *ctx.req.posted_value("present"), *ctx.req.posted_value("fresh"), *ctx.req.posted_value("repeated"));
  if (!checked && checked.error().code == ErrorCode::invalid) return change_page(ctx, checked.error().fields, 422);
  if (!checked && checked.error().code == ErrorCode::unavailable) return change_page(ctx, {}, 429, checked.error().message);
  if (!checked) return ctx.error(checked.error());
  const bool first = must_change(ctx);
  const auto done = ctx.command("password.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = change_password(tx, actor.account, *checked, ctx.who().token_hash, actor.now); !changed) return tl::unexpected(changed.error());
    gate.trail().note(SubjectKind::account, actor.account.value);
    return ctx.url(first ? "/today" : "/me?saved=password");
  });
  if (!done) return ctx.error(done.error());
  ctx.city.events.end_owner(ctx.viewer().account.value);
  return ctx.go(*done);
}

}  // namespace

void add_password_routes(Router& router) {
  router.get("/me/password", web::Need::signed_in(), [](Ctx& ctx) { return change_page(ctx, {}, 200); });
  router.post("/me/password", web::Need::signed_in(), change);
}

}  // namespace kasane::programme
