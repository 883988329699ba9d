// Guests from the host's side: whom to let in on an item, the address and the code (shown once), the paper with the
// address as squares, answers.
#include "consent/pages.hpp"
#include "meeting/guest_service.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_service.hpp"
#include "paper/qr.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

std::string link_path(GuestLinkId id) { return "/guest-links/" + id_text(id); }

/// `kept_away`: agencies with which the 本人 shares nothing.
form::Form guest_form(const std::string& kept_away) {
  form::Form f{"guest", 1, {}};
  form::CodeTable kinds{"guest_kind", 1, {}};
  for (const GuestKind k : {GuestKind::outside, GuestKind::host_company}) kinds.codes.push_back({std::string(code_of(k)), std::string(label_of(k))});
  f.fields.push_back(parts::choice_field("kind", "どんな人", std::make_shared<const form::CodeTable>(std::move(kinds)), true));
  f.fields.push_back(parts::text_field("name", "氏名", true));
  f.fields.push_back(parts::text_field("office", "所属（学校、医療機関、会社）"));
  form::Field appointed = parts::date_field("appointed_on", "委嘱の日");
  appointed.hint = "同意のない議題（社会福祉法106条の6）に招くときに要ります。";
  f.fields.push_back(std::move(appointed));
  f.fields.push_back(parts::date_field("until", "いつまで見られるか", true));
  if (kept_away.empty()) return f;
  form::CodeTable sure{"guest_apart", 1, {{"yes", "招く人は、これらの機関の人ではありません"}}};
  form::Field apart = parts::choices_field("apart", "共有しない機関の人ではないこと", std::make_shared<const form::CodeTable>(std::move(sure)));
  apart.hint = "本人が共有しない機関: " + kept_away;
  f.fields.push_back(std::move(apart));
  return f;
}

std::string state_words(const GuestFacts& f, Date today) {
  if (f.revoked_on) return "取り消した（" + wareki_short(*f.revoked_on) + "）";
  if (f.until < today) return "期限が過ぎた";
  if (f.locked()) return "番号の間違いで止まっている";
  return wareki_short(f.until) + "まで";
}

Html links_table(const programme::Ctx& ctx, const std::vector<GuestLink>& links) {
  if (links.empty()) return html::empty_state("外から招いた人はいません。");
  html::Table table("招いた人", {{"氏名"}, {"所属"}, {"種類"}, {"状態"}, {"答え"}});
  for (const GuestLink& l : links) {
    table.row().cell(html::link(l.name, ctx.url(link_path(l.facts.id)))).cell(l.office).cell(label_of(l.facts.kind)).cell(state_words(l.facts, ctx.today()));
    table.cell(l.facts.answered_at ? html::text(l.answer) : Html());
  }
  return table.done();
}

struct Listed {
  ItemView item;
  std::vector<GuestLink> links;
  std::string kept_away = {};
};

Result<Listed> load(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("guest.list", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Listed> {
    auto view = item(tx, gate, settings_of(ctx), id);
    if (!view) return tl::unexpected(view.error());
    if (!view->may_manage) return tl::unexpected(not_for_you());
    Listed listed{std::move(*view), guests_of(tx, gate, id)};
    listed.kept_away = consent::agency_names(ctx, consent::exceptions_shown(ctx, kept_from_guests(tx, gate, listed.item.head)));
    return listed;
  });
}

web::Reply show_guests(programme::Ctx& ctx, AgendaItemId id, const Again& again) {
  const auto shown = load(ctx, id);
  if (!shown) return ctx.error(shown.error());
  html::Page page;
  page.title = "外の人を招く";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"議題" + std::to_string(shown->item.head.number), ctx.url(item_path(id))}, {page.title, ""}};
  page.main.add(html::section("招いた人", links_table(ctx, shown->links), "guests"));
  if (shown->item.head.state == ItemState::waiting) {
    form::Answers first;
    first.set("kind", std::string(code_of(GuestKind::outside)));
    first.set("until", shown->item.session.held_on.plus_days(kPacketDays));
    const bool typed = again.status != 200;
    page.main.add(html::section("新しく招く", html::form_page(guest_form(shown->kept_away), typed ? again.answers : first, again.errors,
                                                              {ctx.frame(item_path(id) + "/guests", "guest-" + id_text(id)), "リンクを作る", {}, {}, {}}), "new"));
  }
  return ctx.show(std::move(page), again.status);
}

web::Reply guests_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  return id ? show_guests(ctx, *id, {}) : ctx.error(id.error());
}

std::string address_of(const programme::Ctx& ctx, const std::string& token) {
  const std::string_view host = ctx.req.header("host");
  return (ctx.req.secure ? "https://" : "http://") + std::string(host) + ctx.url("/guest/" + token);
}

/// The lines on which somebody without a computer answers.
Html lines_to_write(std::string_view label, int lines) {
  Html out = html::heading(3, label);
  for (int i = 0; i < lines; ++i) out.add(html::el("p", {{"class", "write-line"}}, "　"));
  return out;
}

Html guest_paper(const programme::Ctx& ctx, const std::string& address, const std::string& of_body) {
  html::PrintHead head;
  head.form_name = "会議の資料のご案内";
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  head.secrecy = secrecy_words(ctx.m(), of_body);
  Html body = html::prose("下の四角い印をスマートフォンなどで読み取るか、アドレスを入力すると、番号をたずねる画面が開きます。番号は電話でお伝えします。この紙には書いていません。");
  if (const auto code = paper::qr_code(address)) body.add(html::el("div", {{"class", "qr"}}, paper::qr_svg(*code, "資料を開くアドレス")));
  body.add(html::el("p", {{"class", "address"}}, address));
  body.add(html::prose("パソコンやスマートフォンを使わない場合は、電話で内容をお聞きになり、下に書いてお返しください。"));
  body.add(lines_to_write("お答え", 6));
  body.add(lines_to_write("お名前・日付", 1));
  return html::paper_sheet(html::print_head(head), body, html::print_foot({html::text(ctx.m().name)}));
}

/// The one page that shows address and code. Neither is kept anywhere; who loses them makes new ones.
web::Reply handed_page(programme::Ctx& ctx, const Handed& handed) {
  const std::string address = address_of(ctx, handed.token);
  html::Page page;
  page.title = "リンクと番号";
  page.current = "meetings";
  html::Facts facts;
  facts.add("電話で伝える番号", handed.code);
  facts.add("資料を開くアドレス", address);
  Html told = html::banner(Tone::warning, "この画面は一度しか出ません", html::prose("番号は電話で本人に伝えてください。アドレスは紙で渡すか、番号とは別の方法で送ってください。"));
  told.add(facts.done());
  told.add(html::actions({html::link_button("この人の画面へ", ctx.url(link_path(handed.id)))}));
  page.main = html::group({html::not_printed(told), guest_paper(ctx, address, handed.body)});
  return ctx.show(std::move(page));
}

web::Reply invite(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  const auto shown = load(ctx, *id);
  if (!shown) return ctx.error(shown.error());
  auto parsed = form::parse(guest_form(shown->kept_away), ctx.req.posted);
  if (!parsed.ok()) return show_guests(ctx, *id, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  NewGuest guest{parse_guest_kind(parsed.answers.text("kind")).value_or(GuestKind::outside), parsed.answers.text("name"), parsed.answers.text("office"),
                 parsed.answers.date("appointed_on"), *parsed.answers.date("until"),
                 // An agency that is named to nobody cannot be asked about; its office is refused all the same.
                 shown->kept_away.empty() || parsed.answers.chose("apart", "yes")};
  std::optional<Handed> handed;
  const auto done = ctx.command("guest.invite", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    handed.reset();
    auto made = invite_guest(tx, gate, actor, settings_of(ctx), ctx.city.key, *id, guest);
    if (!made) return tl::unexpected(made.error());
    handed = std::move(*made);
    return ctx.url(link_path(handed->id));
  });
  if (done) return handed ? handed_page(ctx, *handed) : ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_guests(ctx, *id, {std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

form::Form answer_form() {
  form::Form f{"guest_answer", 1, {}};
  form::Field answer = parts::text_field("answer", "紙や電話でもらった答え", true);
  answer.max = static_cast<std::int64_t>(kLongestAnswer);
  f.fields.push_back(std::move(answer));
  return f;
}

Html link_facts(const GuestLink& l, Date today) {
  html::Facts facts;
  facts.add("氏名", l.name);
  facts.add("所属", l.office);
  facts.add("種類", label_of(l.facts.kind));
  facts.add("委嘱の日", parts::day(l.facts.appointed_on));
  facts.add("状態", state_words(l.facts, today));
  facts.add("守秘を確認した日", parts::day(l.facts.secrecy_on));
  return facts.done();
}

Html answer_part(programme::Ctx& ctx, const GuestLink& l, const Again& again) {
  Html out;
  const std::string path = link_path(l.facts.id);
  if (l.facts.answered_at) {
    out.add(html::prose(l.answer));
    out.add(html::muted(wareki_short(office_day(*l.facts.answered_at)) + (l.facts.answered_by ? "（こちらで入力）" : "（本人が入力）")));
    if (!l.facts.read_on) out.add(html::post_button(ctx.post(path + "/read", {.label = "読みました"})));
  } else {
    out.add(html::empty_state("答えはまだありません。"));
  }
  html::FormFrame frame = ctx.frame(path + "/answer", "guest-answer-" + id_text(l.facts.id));
  frame.version = std::to_string(l.facts.version);
  out.add(html::folding("紙や電話でもらった答えを入れる", html::form_page(answer_form(), again.answers, again.errors, {std::move(frame), "保存する", {}, {}, {}}), again.status != 200));
  return out;
}

web::Reply show_link(programme::Ctx& ctx, GuestLinkId id, const Again& again) {
  const auto l = ctx.read("guest.page", [&](db::ReadTx& tx, access::Gate& gate) { return guest_link(tx, gate, id); });
  if (!l) return ctx.error(l.error());
  html::Page page;
  page.title = "招いた人";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"外の人を招く", ctx.url(item_path(l->facts.item) + "/guests")}, {page.title, ""}};
  if (again.stale) page.flash = html::Flash{Tone::warning, "ほかの答えが先に届きました", html::prose("下が、いま保存されている答えです。入力したものは消えていません。見くらべて、よければもう一度保存してください。")};
  page.main.add(html::section("リンク", link_facts(*l, ctx.today()), "link"));
  if (!l->facts.revoked_on) {
    const html::NameValues version{{"version", std::to_string(l->facts.version)}};
    const std::string path = link_path(id);
    page.main.add(html::actions({html::post_button(ctx.post(path + "/paper", {.label = "アドレスと番号を作り直して、紙を印刷する", .look = html::Look::secondary}, version)),
                                 html::post_button(ctx.post(path + "/revoke", {.label = "リンクを取り消す", .look = html::Look::danger}, version))}));
  }
  page.main.add(html::section("答え", answer_part(ctx, *l, again), "answer"));
  return ctx.show(std::move(page), again.status);
}

web::Reply link_page(programme::Ctx& ctx) {
  const auto id = ctx.id<GuestLinkTag>();
  return id ? show_link(ctx, *id, {}) : ctx.error(id.error());
}

template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, form::Answers typed, F&& f) {
  const auto id = ctx.id<GuestLinkTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto result = f(tx, gate, actor, *id); !result) return tl::unexpected(result.error());
    return ctx.url(link_path(*id));
  });
  if (done) return ctx.go(*done);
  // Stale without anything typed (a link taken back twice) has nothing to keep.
  const bool stale = done.error().code == ErrorCode::stale && !typed.text("answer").empty();
  if (done.error().code != ErrorCode::invalid && !stale) return ctx.error(done.error());
  return show_link(ctx, *id, {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()), stale});
}

web::Reply revoke(programme::Ctx& ctx) {
  return step(ctx, "guest.revoke", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id) {
    return revoke_guest(tx, gate, actor, settings_of(ctx), id, parts::posted_version(ctx));
  });
}

web::Reply read_it(programme::Ctx& ctx) {
  return step(ctx, "guest.read", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id) { return read_answer(tx, gate, actor, id); });
}

web::Reply type_it(programme::Ctx& ctx) {
  auto parsed = form::parse(answer_form(), ctx.req.posted);
  const std::string text(ctx.req.posted_value("answer").value_or(""));
  return step(ctx, "guest.type_answer", std::move(parsed.answers),
              [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id) { return type_answer(tx, gate, actor, id, text, parts::posted_version(ctx)); });
}

web::Reply paper_again(programme::Ctx& ctx) {
  const auto id = ctx.id<GuestLinkTag>();
  if (!id) return ctx.error(id.error());
  std::optional<Handed> handed;
  const auto done = ctx.command("guest.paper", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    handed.reset();
    auto made = hand_anew(tx, gate, ctx.city.key, *id, parts::posted_version(ctx));
    if (!made) return tl::unexpected(made.error());
    handed = std::move(*made);
    return ctx.url(link_path(*id));
  });
  if (!done) return ctx.error(done.error());
  return handed ? handed_page(ctx, *handed) : ctx.go(*done);
}

}  // namespace

void add_guest_routes(programme::Router& router) {
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/items/{id}/guests", manage, guests_page);
  router.post("/items/{id}/guests", manage, invite);
  router.get("/guest-links/{id}", manage, link_page);
  router.post("/guest-links/{id}/paper", manage, paper_again);
  router.post("/guest-links/{id}/revoke", manage, revoke);
  router.post("/guest-links/{id}/answer", manage, type_it);
  router.post("/guest-links/{id}/read", manage, read_it);
}

}  // namespace kasane::meeting
