// The page on which a person takes a consent back: sharing stops with the commit, plans stay and are marked, and the
// page lists what had gone out.
#include "casework/case_pages.hpp"
#include "casework/case_service.hpp"
#include "consent/service.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "planning/plan_service.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

struct WithdrawalPage {
  consent::ConsentView consent;
  Names names;
};

Result<WithdrawalPage> load(Ctx& ctx, ConsentId id) {
  return ctx.read("consent.withdraw_page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<WithdrawalPage> {
    auto view = consent::consent_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    WithdrawalPage page{std::move(*view), {}};
    page.names = people::names_of(tx, gate, {page.consent.line.person});
    return page;
  });
}

std::string kind_text(const Ctx& ctx, consent::Kind kind) {
  return kind == consent::Kind::sharing ? ctx.m().wording("consent", "情報共有同意") : ctx.m().wording("application", "利用申込み");
}

Html went_out_html(const Ctx& ctx, const consent::ConsentLine& line) {
  if (line.went_out.empty()) return html::empty_state("この同意で記録を見られた機関はありません。");
  std::vector<Html> agencies;
  for (const AgencyId agency : line.went_out) {
    // A protected window is named to nobody but its own staff.
    const programme::Agency* known = ctx.m().agency(ctx.dir().code(agency));
    if (known != nullptr && known->sensitive && !ctx.viewer().in_agency(agency)) continue;
    agencies.push_back(html::text(agency_name(ctx, agency)));
  }
  return html::group({html::el("p", "取消しまでに記録を見られた機関です。各機関が自分で書いた記録は、その機関に残ります。"), html::bullets(agencies)});
}

Html withdraw_form(const Ctx& ctx, const WithdrawalPage& loaded, const std::vector<FieldError>& errors) {
  const auto typed = [&](std::string_view key, std::string fallback) { return std::string(ctx.req.posted_value(key).value_or(fallback)); };
  Html body = html::error_summary(errors);
  const bool sharing = loaded.consent.line.kind == consent::Kind::sharing;
  body += html::el("p", sharing ? "新しい共有は、すぐに止まります。決定されたプランはそのまま残り、印がついて、次の会議で話し合います。"
                                : "取り下げるのは利用の申込みだけです。情報共有の同意は別のもので、取り消すまで続きます。");
  body += html::date_input({.name = "on", .label = "取消しの申し出があった日", .error = html::error_of(errors, "on"), .required = true}, typed("on", wareki(ctx.today())));
  body += html::textarea({.name = "reason", .label = "本人の話", .error = html::error_of(errors, "reason")}, typed("reason", ""), 3);
  body += html::actions({html::button({sharing ? "同意を取り消す" : "申込みを取り下げる", html::Look::danger}), html::link("やめる", ctx.url("/households/" + id_text(loaded.consent.household) + "/consents"))});
  html::FormFrame frame = ctx.frame("/consents/" + id_text(loaded.consent.line.id) + "/withdraw");
  frame.version = std::to_string(loaded.consent.line.version);
  return html::form_frame(frame, body);
}

web::Reply show(Ctx& ctx, const WithdrawalPage& loaded, const std::vector<FieldError>& errors, int status, const Html& over = {}) {
  const consent::ConsentLine& line = loaded.consent.line;
  html::Page page;
  page.title = kind_text(ctx, line.kind) + "の取消し";
  page.current = "households";
  page.crumbs = {{ctx.m().wording("consent", "情報共有同意"), ctx.url("/households/" + id_text(loaded.consent.household) + "/consents")}, {page.title, {}}};
  html::Facts facts;
  facts.add(ctx.m().wording("person", "本人"), name_of(loaded.names, line.person)).add("同意した日", wareki_short(line.given_on));
  facts.add("いまの状態", consent::label_of(line.validity));
  if (line.withdrawn_on) facts.add("取消しの日", wareki_short(*line.withdrawn_on)).add("本人の話", html::lines(line.withdrawal.shown()));
  page.main = html::group({over, facts.done()});
  if (line.withdrawn_on) page.main += html::section("それまでに伝わっていた機関", went_out_html(ctx, line));
  else page.main += withdraw_form(ctx, loaded, errors);
  return ctx.show(std::move(page), status);
}

web::Reply withdraw_page(Ctx& ctx) {
  const auto id = ctx.id<ConsentTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, *id);
  return loaded ? show(ctx, *loaded, {}, 200) : ctx.error(loaded.error());
}

web::Reply take_withdrawal(Ctx& ctx) {
  const auto id = ctx.id<ConsentTag>();
  if (!id) return ctx.error(id.error());
  const auto day = parse_date(ctx.req.posted_value("on").value_or(""));
  Error error{ErrorCode::invalid, {}, {}};
  if (!day) error.fields.push_back({"on", day.error().message});
  if (day) {
    const std::string reason(ctx.req.posted_value("reason").value_or(""));
    const auto done = ctx.command("consent.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
      const auto withdrawn = consent::withdraw(tx, gate, actor, *id, *day, reason, posted_number(ctx, "version"));
      if (!withdrawn) return tl::unexpected(withdrawn.error());
      if (withdrawn->kind == consent::Kind::sharing) mark_consent_withdrawn(tx, withdrawn->person);
      if (auto told = casework::consent_changed(tx, gate, actor, withdrawn->household); !told) return tl::unexpected(told.error());
      return ctx.url("/consents/" + id_text(*id) + "/withdraw");
    });
    if (done) return ctx.go(*done);
    error = done.error();
  }
  if (!shows_form_again(error)) return ctx.error(error);
  const auto loaded = load(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  const bool stale = error.code == ErrorCode::stale;
  return show(ctx, *loaded, error.fields, status_of(error),
              stale ? html::banner(html::Tone::warning, "ほかの人が先に保存しました", html::el("p", "いまの状態を確かめてください。")) : Html());
}

}  // namespace

void add_withdrawal_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::consent, access::Act::write));
  router.get("/consents/{id}/withdraw", need, withdraw_page);
  router.post("/consents/{id}/withdraw", need, take_withdrawal);
  // A no after a yes is a withdrawal in other words: the plans are marked alike.
  casework::add_consent_recording_routes(router, [](db::WriteTx& tx, PersonId person) { mark_consent_withdrawn(tx, person); });
}

}  // namespace kasane::planning
