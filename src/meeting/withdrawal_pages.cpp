// The page on which a person takes a consent back: sharing stops with the commit, plans stay and are marked, and the
// page lists what had gone out, papers of sittings among it; so it stands in this room.
#include <algorithm>

#include "casework/case_pages.hpp"
#include "casework/case_service.hpp"
#include "consent/pages.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/went_out.hpp"
#include "meeting/withdrawal_pages.hpp"
#include "planning/page_parts.hpp"
#include "planning/plan_service.hpp"

namespace kasane::meeting {

namespace {

using html::Html;
using programme::Ctx;

struct WithdrawalPage {
  consent::ConsentView consent;
  planning::Names names;
  WentOut out = {};
};

/// Looks at the household while the consent stood, out of the files of its years.
std::vector<access::SeenLine> looks_while_it_stood(Ctx& ctx, const consent::ConsentView& consent) {
  constexpr int kMostLooks = 2'000;  // of a year
  const Date first = consent.line.given_on, last = consent.line.withdrawn_on.value_or(ctx.today());
  std::vector<access::SeenLine> all;
  for (const int year : ctx.city.audit.years()) {
    if (year < FiscalYear::of(first).year || year > FiscalYear::of(last).year) continue;
    auto& file = ctx.city.audit.file_for(start_of(FiscalYear{year}.first()));
    for (access::SeenLine& look : file.read([&](db::ReadTx& tx) { return access::seen_of(tx, consent.household.value, {}, kMostLooks); }))
      if (first <= look.day && look.day <= last) all.push_back(std::move(look));
  }
  return all;
}

/// Parties of the line that are protected windows: named to nobody but their own staff.
std::vector<AgencyId> unnamed(const Ctx& ctx, const consent::ConsentLine& line) {
  std::vector<AgencyId> parties = line.went_out;
  for (const consent::PaperOut& p : line.papers_out) parties.push_back(p.agency);
  const auto named = consent::nameable(ctx, parties);
  std::erase_if(parties, [&](AgencyId a) { return std::find(named.begin(), named.end(), a) != named.end(); });
  return parties;
}

Result<WithdrawalPage> load(Ctx& ctx, ConsentId id) {
  auto loaded = ctx.read("consent.withdraw_page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<WithdrawalPage> {
    auto view = consent::consent_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    WithdrawalPage page{std::move(*view), {}};
    page.names = people::names_of(tx, gate, {page.consent.line.person});
    page.out = went_out(tx, gate, settings_of(ctx), page.consent, unnamed(ctx, page.consent.line));
    return page;
  });
  if (!loaded || !loaded->out.readers_known || loaded->out.receivers.empty()) return loaded;
  const auto looks = looks_while_it_stood(ctx, loaded->consent);
  ctx.city.db().read([&](db::ReadTx& tx) { mark_opened(tx, loaded->out.receivers, looks); });
  return loaded;
}

std::string kind_text(const Ctx& ctx, consent::Kind kind) {
  return kind == consent::Kind::sharing ? ctx.m().wording("consent", "情報共有同意") : ctx.m().wording("application", "利用申込み");
}

Html name_html(const Receiver& r) {
  if (r.kind != ReceiverKind::guest) return html::text(r.name);
  if (r.guest_name.shown().empty()) return html::muted("氏名は、招いた機関だけが知っています");
  return r.guest_office.shown().empty() ? html::text(r.guest_name) : html::group({r.guest_name, "（", r.guest_office, "）"});
}

Html paper_html(const Ctx& ctx, const PaperThatWentOut& p) {
  std::string text = p.held_on ? wareki_short(*p.held_on) + " " + body_name(ctx, p.body) + "の資料" : std::string("会議の資料");
  for (std::size_t i = 0; i < p.on_paper.size(); ++i) text += (i == 0 ? "（紙で " : "、") + p.on_paper[i];
  return html::text(text + (p.on_paper.empty() ? "" : "）"));
}

Html papers_html(const Ctx& ctx, const Receiver& r) {
  std::vector<Html> papers;
  for (const PaperThatWentOut& p : r.papers) papers.push_back(paper_html(ctx, p));
  return papers.empty() ? Html() : html::bullets(papers);
}

Html went_out_html(const Ctx& ctx, const WentOut& out) {
  if (out.receivers.empty()) return html::empty_state("この同意で記録を見られた機関や人はありません。");
  std::vector<html::Column> columns{{"伝わっていた先"}, {"種類"}, {"会議の資料"}};
  if (out.readers_known) columns.push_back({"開いたか"});
  html::Table table("それまでに伝わっていた先", columns);
  for (const Receiver& r : out.receivers) {
    table.row().cell(name_html(r)).cell(label_of(r.kind)).cell(papers_html(ctx, r));
    if (out.readers_known) table.cell(r.opened_on ? "開いた（" + wareki_short(*r.opened_on) + "）" : std::string("開いた記録はない"));
  }
  Html html = html::el("p", "取消しまでに記録を見られた機関と人です。各機関が自分で書いた記録は、その機関に残ります。");
  html += table.done();
  if (out.readers_known) html += html::muted("「開いたか」は、同意のあいだにこの世帯の記録か会議の資料を開いた、または印刷した最後の日です。紙で渡した先は、開いた記録がなくても読んでいます。");
  return html;
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
  facts.add(ctx.m().wording("person", "本人"), planning::name_of(loaded.names, line.person)).add("同意した日", wareki_short(line.given_on));
  facts.add("いまの状態", consent::label_of(line.validity));
  if (line.withdrawn_on) facts.add("取消しの日", wareki_short(*line.withdrawn_on)).add("本人の話", html::lines(line.withdrawal.shown()));
  page.main = html::group({over, facts.done()});
  const bool ended = line.withdrawn_on || !loaded.out.receivers.empty();  // another answer took its place
  if (ended) page.main += html::section("それまでに伝わっていた先", went_out_html(ctx, loaded.out), "went-out");
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
      const auto withdrawn = consent::withdraw(tx, gate, actor, *id, *day, reason, planning::posted_number(ctx, "version"));
      if (!withdrawn) return tl::unexpected(withdrawn.error());
      if (withdrawn->kind == consent::Kind::sharing) planning::mark_consent_withdrawn(tx, withdrawn->person);
      if (auto told = casework::consent_changed(tx, gate, actor, withdrawn->household); !told) return tl::unexpected(told.error());
      return ctx.url("/consents/" + id_text(*id) + "/withdraw");
    });
    if (done) return ctx.go(*done);
    error = done.error();
  }
  if (!planning::shows_form_again(error)) return ctx.error(error);
  const auto loaded = load(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  const bool stale = error.code == ErrorCode::stale;
  return show(ctx, *loaded, error.fields, planning::status_of(error),
              stale ? html::banner(html::Tone::warning, "ほかの人が先に保存しました", html::el("p", "いまの状態を確かめてください。")) : Html());
}

}  // namespace

void add_withdrawal_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::consent, access::Act::write));
  router.get("/consents/{id}/withdraw", need, withdraw_page);
  router.post("/consents/{id}/withdraw", need, take_withdrawal);
  // A no after a yes is a withdrawal in other words: the plans are marked alike.
  casework::add_consent_recording_routes(router, [](db::WriteTx& tx, PersonId person) { planning::mark_consent_withdrawn(tx, person); });
}

}  // namespace kasane::meeting
