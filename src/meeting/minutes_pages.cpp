// /meetings/{id}/minutes: what the sitting came to, written already from what was decided; the 要点 is corrected here until
// the host confirms. Each sees the items that it may open. Who was absent says here that it has read.
#include <algorithm>

#include "meeting/attendee_store.hpp"
#include "meeting/item_service.hpp"
#include "meeting/live_pages.hpp"
#include "meeting/live_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_store.hpp"
#include "meeting/note_service.hpp"
#include "meeting/packet_view.hpp"
#include "meeting/secrecy_pages.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

struct AbsenceLine {
  Absence absence;
  std::string name;
};
struct Shown {
  Session session;
  std::optional<Live> live;
  std::vector<ItemView> items;
  std::vector<std::vector<AgencyId>> there;  // by body of the session, as far as the viewer is told
  std::vector<AbsenceLine> absences;         // hosts only
  bool hosts = false;
  bool reads_later = false;
  int waiting = 0;                           // items without a result
};

/// Which note is shown again, with what was typed.
struct Typed {
  int number = 0;
  Again again;
};

std::string minutes_path(SessionId id) { return session_path(id) + "/minutes"; }

void add_absences(const programme::Ctx& ctx, db::ReadTx& tx, std::vector<Absence> all, std::vector<AbsenceLine>& lines) {
  std::vector<AccountId> persons;
  for (const Absence& a : all)
    if (ctx.dir().name(AgencyId(a.party)).empty()) persons.emplace_back(a.party);
  const auto names = store::account_names(tx, persons);
  for (const Absence& a : all) {
    const auto person = names.find(a.party);
    lines.push_back({a, person == names.end() ? ctx.dir().name(AgencyId(a.party)) : person->second});
  }
}

/// Items whose secrecy the viewer has yet to acknowledge are left out, with their place.
Result<Shown> load(programme::Ctx& ctx, SessionId id, std::optional<AgendaItemId>& asks) {
  return ctx.read("meeting.minutes", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    asks.reset();
    auto found = followed(tx, gate, settings_of(ctx), id);
    if (!found) return tl::unexpected(found.error());
    Shown s;
    s.session = std::move(*found);
    s.live = live_of(tx, id);
    s.hosts = may_manage(gate, settings_of(ctx), s.session);
    s.reads_later = has_to_read(tx, gate, id);
    for (const SessionBody& b : s.session.bodies) s.there.push_back(shown_there(tx, gate, settings_of(ctx), s.session, b.body));
    for (const ItemHead& head : store::heads_of(tx, id)) s.waiting += head.state == ItemState::waiting ? 1 : 0;
    for (const ItemLine& line : items_of(tx, gate, id)) {
      if (line.head.state == ItemState::withdrawn) continue;
      const auto secrecy = secrecy_of(tx, gate, settings_of(ctx), line.head.id);
      if (secrecy && secrecy->asked) {
        if (!asks) asks = line.head.id;
        continue;
      }
      if (auto view = item(tx, gate, settings_of(ctx), line.head.id)) s.items.push_back(std::move(*view));
    }
    add_absences(ctx, tx, absences_of(tx, gate, settings_of(ctx), s.session), s.absences);
    return s;
  });
}

std::string note_key(int number) { return "note_" + std::to_string(number); }

form::Form note_form(int number) {
  form::Form f{"minutes_note", 1, {}};
  f.fields.push_back(parts::long_field(note_key(number), "話し合いの要点"));
  return f;
}

bool may_correct(const Shown& s, const ItemView& item) {
  return item.may_manage && !s.session.confirmed_on && (item.head.state == ItemState::treated || item.head.state == ItemState::deferred);
}

Html correct_part(programme::Ctx& ctx, const Shown& s, const ItemView& item, const Typed& typed) {
  if (!may_correct(s, item)) return {};
  const int number = item.head.number;
  const bool again = typed.number == number;
  form::Answers first;
  parts::set_text(first, note_key(number), item.note.shown());
  html::FormFrame frame = ctx.frame(minutes_path(s.session.id) + "/items/" + id_text(item.head.id));
  if (!again) frame.command_id = programme::fresh_command_id();
  frame.version = std::to_string(item.head.version);
  const Html stale = again && typed.again.stale ? html::banner(Tone::warning, "ほかの人が先に保存しました", html::prose("上が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")) : Html();
  return html::folding("要点を直す", html::group({stale, html::form_page(note_form(number), again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(),
                                                                         {std::move(frame), "要点を保存する", {}, {}, {}})}),
                       again, "correct-" + std::to_string(number));
}

Html item_html(programme::Ctx& ctx, const Shown& s, const ItemView& item, const Typed& typed) {
  Html body = html::heading(2, html::group({"議題" + std::to_string(item.head.number), "　", item.label}));
  body.add(html::group({html::chip(item.head.state == ItemState::treated ? Tone::success : Tone::info, label_of(item.head.state)), " ", html::muted(body_name(ctx, item.head.body))}));
  const Html outcome = outcome_html(ctx, item);
  body.add(outcome.empty() ? html::prose("結果はまだ書かれていません。") : outcome);
  body.add(correct_part(ctx, s, item, typed));
  body.add(html::link("議題の資料", ctx.url(item_path(item.head.id))));
  return html::el("div", {{"class", "section"}}, html::panel(body));
}

Html held_html(const programme::Ctx& ctx, const Shown& s) {
  html::Facts facts;
  facts.add("日時", when_text(s.session));
  facts.add("場所", s.session.place);
  facts.add("進行役", s.session.facilitator);
  facts.add("開き方", label_of(s.session.manner));
  for (std::size_t n = 0; n < s.session.bodies.size(); ++n) {
    std::vector<Html> names;
    for (const AgencyId agency : s.there[n]) names.push_back(html::text(ctx.dir().name(agency)));
    facts.add(s.session.bodies.size() > 1 ? body_name(ctx, s.session.bodies[n].body) + "の出席" : "出席", html::join(names, html::text("、")));
  }
  facts.add("会議録", s.session.confirmed_on ? "確定（" + wareki_short(*s.session.confirmed_on) + "）" : std::string("まだ確定していません"));
  return facts.done();
}

Html absences_html(const Shown& s) {
  if (s.absences.empty()) return {};
  html::Table table("欠席した人と資料", {{"機関・人"}, {"資料"}});
  for (const AbsenceLine& a : s.absences)
    table.row().cell(a.name).cell(a.absence.read_at ? wareki_short(office_day(*a.absence.read_at)) + "に読みました" : std::string("まだ読んでいません"));
  return html::section("欠席した人", table.done(), "absences");
}

Html read_part(programme::Ctx& ctx, const Shown& s) {
  if (!s.reads_later) return {};
  return html::banner(Tone::info, "欠席した会議です",
                      html::group({html::prose("資料と会議録を読んだら、ボタンを押してください。会議を開いた機関に、読んだ日が伝わります。"),
                                   html::post_button(ctx.post(minutes_path(s.session.id) + "/read", {.label = "読みました"}))}));
}

Html confirm_part(programme::Ctx& ctx, const Shown& s) {
  if (!s.hosts || s.session.confirmed_on || s.session.state != SessionState::held) return {};
  if (s.waiting > 0) return html::muted("結果をまだ書いていない議題が" + std::to_string(s.waiting) + "件あるため、まだ確定できません。");
  return html::post_button(ctx.post(session_path(s.session.id) + "/confirm", {.label = "会議の記録を確定する"}, {{"version", std::to_string(s.session.version)}}));
}

Html print_links(const programme::Ctx& ctx, const Shown& s) {
  std::vector<Html> links;
  for (const SessionBody& b : s.session.bodies)
    if (std::any_of(s.items.begin(), s.items.end(), [&](const ItemView& i) { return i.head.body == b.body; }))
      links.push_back(html::link(body_name(ctx, b.body) + "の会議録を印刷", ctx.url(minutes_path(s.session.id) + "/papers/" + b.body)));
  return html::bullets(links);
}

web::Reply show_minutes(programme::Ctx& ctx, SessionId id, const Typed& typed) {
  std::optional<AgendaItemId> asks;
  auto s = load(ctx, id, asks);
  if (!s) return ctx.error(s.error());
  if (asks)
    if (auto asked = ask_secrecy(ctx, *asks)) return *std::move(asked);
  html::Page page;
  page.title = "会議録";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, s->session), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = when_text(s->session).empty() ? Html() : html::text(when_text(s->session));
  page.main.add(read_part(ctx, *s));
  page.main.add(html::section("開催の記録", held_html(ctx, *s), "record"));
  for (const ItemView& item : s->items) page.main.add(item_html(ctx, *s, item, typed));
  if (s->items.empty()) page.main.add(html::empty_state("あなたが見られる議題はありません。"));
  page.main.add(absences_html(*s));
  page.main.add(print_links(ctx, *s));
  page.main.add(confirm_part(ctx, *s));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply minutes_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show_minutes(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply correct(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  const auto item_id = ctx.id<AgendaItemTag>("item");
  if (!id || !item_id) return ctx.error({ErrorCode::not_found, {}, {}});
  const auto view = ctx.read("meeting.minutes_item", [&](db::ReadTx& tx, access::Gate& gate) { return item(tx, gate, settings_of(ctx), *item_id); });
  if (!view) return ctx.error(view.error());
  if (view->session.id != *id) return ctx.error({ErrorCode::not_found, {}, {}});
  const int number = view->head.number;
  auto parsed = form::parse(note_form(number), ctx.req.posted);
  if (!parsed.ok()) return show_minutes(ctx, *id, {number, {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const auto done = ctx.command("meeting.minutes_note", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = correct_note(tx, gate, actor, settings_of(ctx), *item_id, parts::posted_version(ctx), parsed.answers.text(note_key(number))); !kept) return tl::unexpected(kept.error());
    return ctx.url(minutes_path(*id));
  });
  if (done) {
    announce(ctx, *id);
    return ctx.go(*done);
  }
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_minutes(ctx, *id, {number, {std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), done.error().code == ErrorCode::stale}});
}

web::Reply read_it(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("meeting.read_later", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = acknowledge_reading(tx, gate, actor, settings_of(ctx), *id); !kept) return tl::unexpected(kept.error());
    return ctx.url(minutes_path(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply sheet(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const std::string& code = ctx.req.param("body");
  std::optional<AgendaItemId> asks;
  const auto s = load(ctx, *id, asks);
  if (!s) return ctx.error(s.error());
  if (std::none_of(s->session.bodies.begin(), s->session.bodies.end(), [&](const SessionBody& b) { return b.body == code; })) return ctx.error({ErrorCode::not_found, {}, {}});
  if (asks)
    if (auto asked = ask_secrecy(ctx, *asks)) return *std::move(asked);
  ctx.trail.action("meeting.minutes_sheet", access::Act::print);
  html::PrintHead head;
  head.form_name = body_name(ctx, code) + "　会議録" + (s->session.confirmed_on ? "" : "（案）");
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  head.secrecy = secrecy_words(ctx.m(), code);
  Html body = held_html(ctx, *s);
  std::string ground;
  bool any = false;
  for (const ItemView& item : s->items) {
    if (item.head.body != code) continue;
    any = true;
    body.add(html::heading(2, html::group({"議題" + std::to_string(item.head.number), "　", item.label})));
    if (item.for_section_only) body.add(html::prose(kNotForCollection));
    const Html outcome = outcome_html(ctx, item);
    body.add(outcome.empty() ? html::prose("結果はまだ書かれていません。") : outcome);
    if (!item.head.ground_text.empty() && ground.find(item.head.ground_text) == std::string::npos) ground += (ground.empty() ? "" : "、") + item.head.ground_text;
  }
  if (!any) body.add(html::prose("この会議に、あなたが見られる議題はありません。"));
  html::Page page;
  page.title = "会議録";
  page.current = "meetings";
  page.main = reader_sheet(ctx, html::print_head(head), body, ground);
  return ctx.show(std::move(page));
}

}  // namespace

void add_minutes_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  router.get("/meetings/{id}/minutes", read, minutes_page);
  router.get("/meetings/{id}/minutes/papers/{body}", read, sheet);
  router.post("/meetings/{id}/minutes/items/{item}", web::Need::of(Roles{Role::coordinator, Role::city_officer}), correct);
  router.post("/meetings/{id}/minutes/read", web::Need::of(kItemReaders), read_it);
}

}  // namespace kasane::meeting
