#include "programme/context.hpp"

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "programme/account_service.hpp"
#include "programme/draft_note.hpp"
#include "programme/form_token.hpp"
#include "web/assets.hpp"
#include "web/form_body.hpp"

namespace kasane::programme {

City::City(std::string slug_, Municipality municipality_, std::unique_ptr<db::Database> database_, std::filesystem::path audit_folder,
           const Clock& clock_, std::string key_)
    : slug(std::move(slug_)),
      municipality(std::move(municipality_)),
      database(std::move(database_)),
      directory(Directory::sync(*database, municipality)),
      audit(std::move(audit_folder), clock_),
      clock(clock_),
      key(std::move(key_)) {}

std::string fresh_command_id() { return random_token(16); }

AgencyId Ctx::acting_agency() const {
  for (const access::Post& p : viewer().posts)
    if (kCaseRoles.has(p.role)) return p.agency;
  return viewer().posts.empty() ? AgencyId() : viewer().posts.front().agency;
}

html::FormFrame Ctx::frame(std::string_view path, std::string draft_key) const {
  html::FormFrame f;
  f.action = url(path);
  f.csrf = csrf();
  // A form shown again after an error keeps its command id: it is still the same command.
  f.command_id = std::string(req.posted_value("command_id").value_or(""));
  if (f.command_id.empty()) f.command_id = fresh_command_id();
  if (!draft_key.empty()) {
    f.draft = std::move(draft_key);
    f.draft_url = url("/drafts");
    f.hidden.push_back({"draft_key", f.draft});
    // Sent, and shown again with what was typed: the draft is older than that, and ui/src/drafts.ts keeps it at once.
    if (req.posted_value("draft_key").value_or("") == f.draft) f.hidden.push_back({kDraftAgain, "yes"});
  }
  return f;
}

std::optional<std::string> Ctx::already_done() {
  const auto command_id = req.posted_value("command_id");
  if (!command_id || command_id->empty()) return std::nullopt;
  return city.db().read([&](db::ReadTx& tx) { return db::earlier_result(tx, *command_id, viewer().account); });
}

std::string Ctx::csrf() const {
  if (who_ != nullptr && csrf_.empty()) csrf_ = mask_form_token(who_->csrf);
  return csrf_;
}

std::optional<web::Pairs> Ctx::draft(const std::string& key) const {
  const auto body = load_draft(city, viewer().account, key);
  if (!body) return std::nullopt;
  auto pairs = web::parse_urlencoded(*body);
  return pairs ? std::optional<web::Pairs>(std::move(*pairs)) : std::nullopt;
}

void Ctx::drop_saved_draft(db::WriteTx& tx) const {
  const auto key = req.posted_value("draft_key");
  if (key && !key->empty()) drop_draft(tx, viewer().account, std::string(*key));
}

html::PostButton Ctx::post(std::string_view path, html::Button button, html::NameValues hidden) const {
  return {url(path), csrf(), fresh_command_id(), std::move(button), std::move(hidden)};
}

namespace {

std::vector<html::NavItem> navigation(const Ctx& ctx) {
  std::vector<html::NavItem> nav;
  const Roles roles = ctx.viewer().roles();
  const auto add = [&](const char* key, const char* label, const char* path) { nav.push_back({key, label, ctx.url(path)}); };
  const Roles steering{Role::coordinator, Role::city_officer, Role::head};
  const Roles meeting_people{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer,
                             Role::head, Role::secretary, Role::meeting_member};
  if (roles.meets(kCaseRoles)) {
    add("today", "今日", "/today");
    add("intake", "相談受付", "/intakes");
    add("households", "世帯をさがす", "/households");
    add("referrals", "つなぎ", "/referrals");
    add("cases", "ケース", "/cases");
  }
  if (roles.meets(kCaseRoles) || roles.has(Role::commissioner) || roles.has(Role::meeting_member)) add("notices", "気づき", "/notices");
  if (roles.meets(meeting_people)) add("meetings", "会議", "/meetings");
  if (roles.meets(steering)) add("counts", "集計", "/counts");
  if (roles.meets({Role::city_officer, Role::head})) add("archive", "開示・保存", "/disclosures");
  if (roles.meets({Role::city_officer, Role::head})) add("provisions", "目的外提供", "/provisions");
  if (roles.has(Role::administrator)) {
    add("accounts", "利用者", "/accounts");
    add("settings", "設定", "/settings");
  }
  if (roles.has(Role::auditor)) add("audit", "閲覧の記録", "/audit");
  return nav;
}

}  // namespace

web::Reply Ctx::show(html::Page page, int status) {
  page.programme = m().programme_name;
  page.city = m().name;
  page.assets = {web::asset_url("app.css"), web::asset_url("app.js")};
  if (signed_in()) {
    page.user = who().post_line + " " + who().display_name;
    page.logout_action = url("/signout");
    page.csrf = csrf();
    page.nav = navigation(*this);
  }
  // Why this may be seen, and who else has: one link each, at the foot of every page that shows something of somebody.
  // Never on a refusal: it must look the same whether there is something to refuse or not.
  const bool refused = status == 404 || status == 403;
  if (signed_in() && !refused && trail.main()) page.footer.push_back({"この画面を見られる理由", url("/why/" + id_text(trail.main()->id))});
  else if (signed_in() && !refused && trail.disclosed()) page.footer.push_back({"この画面を見られる理由", url("/why")});
  if (signed_in()) page.footer.push_back({"自分の設定", url("/me")});
  page.footer.push_back({"使い方", url("/help")});
  page.footer.push_back({"アクセシビリティ", url("/accessibility")});
  return park(web::Reply::html(html::document(page), status));
}

web::Reply Ctx::park(web::Reply reply) {
  if (!signed_in() || trail.empty()) return reply;
  auto shared = std::make_shared<access::Trail>(std::move(trail));
  trail = access::Trail();
  reply.before_send = [this_audit = &city.audit, account = viewer().account, at = now(), shared](std::function<void(bool)> done) {
    this_audit->submit(account, *shared, at, std::move(done));
  };
  return reply;
}

web::Reply Ctx::error(const Error& error) {
  html::Page page;
  int status = 400;
  html::Tone tone = html::Tone::warning;
  switch (error.code) {
    case ErrorCode::not_found:
      status = 404;
      page.title = "見つかりません";
      break;
    case ErrorCode::not_permitted:
      status = 403;
      page.title = "この操作はできません";
      break;
    case ErrorCode::invalid:
      status = 422;
      page.title = "入力を確かめてください";
      break;
    case ErrorCode::stale:
      status = 409;
      page.title = "ほかの人が先に保存しました";
      break;
    case ErrorCode::conflict:
      status = 409;
      page.title = "いまはこの操作ができません";
      break;
    case ErrorCode::too_large:
      status = 413;
      page.title = "大きすぎます";
      break;
    case ErrorCode::unavailable:
      status = 503;
      page.title = "いま混み合っています";
      break;
  }
  html::Html body;
  if (status == 404)
    body += html::prose("お探しの記録は見つかりませんでした。番号やアドレスを確かめてください。");
  else
    body += html::prose(error.message.empty() ? std::string("もう一度お試しください。") : error.message);
  std::vector<html::Html> lines;
  for (const FieldError& f : error.fields) lines.push_back(html::text(f.message));
  body += html::bullets(lines);
  page.main = html::banner(tone, page.title, body);
  page.main += html::actions({html::link_button("今日の画面へ戻る", url("/today"))});
  web::Reply reply = show(std::move(page), status);
  if (status == 503) reply.header("Retry-After", "2");
  return reply;
}

}  // namespace kasane::programme
