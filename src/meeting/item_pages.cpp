// The page of an item: packet, attendees, outcome; and the sheets on paper.
#include "meeting/common_issue_item_pages.hpp"
#include "meeting/item_store.hpp"
#include "meeting/item_view.hpp"
#include "meeting/live_pages.hpp"
#include "meeting/other_law_grounds.hpp"
#include "meeting/packet_store.hpp"
#include "meeting/packet_view.hpp"
#include "meeting/pages.hpp"
#include "meeting/preparation_view.hpp"
#include "meeting/secrecy_pages.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/session_service.hpp"
#include "people/protection_pages.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

struct Shown {
  ItemView item;
  std::vector<AttendeeName> attendees;
  std::vector<people::Member> members;
  std::optional<AccountId> adviser;  // whom the posted login names
  Html protection = {};              // a protection that the viewer may know
  PacketState packet = {};
  std::optional<Secrecy> secrecy = {};
};

Result<Shown> load(programme::Ctx& ctx, AgendaItemId id) {
  const std::string login(ctx.req.posted_value("adviser_login").value_or(""));
  return ctx.read("item.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto found = item(tx, gate, settings_of(ctx), id);
    if (!found) return tl::unexpected(found.error());
    Shown s;
    s.item = std::move(*found);
    for (const Attendee& a : s.item.attendees) {
      std::string name = ctx.dir().name(AgencyId(a.party));
      if (name.empty()) name = store::account_name(tx, AccountId(a.party)).value_or("");
      s.attendees.push_back({a, std::move(name)});
    }
    s.packet = store::packet_state(tx, id);
    if (auto secrecy = secrecy_of(tx, gate, settings_of(ctx), id)) s.secrecy = std::move(*secrecy);
    if (!s.item.may_manage) return s;
    if (s.item.head.household) s.protection = people::protection_warning(ctx, tx, gate, *s.item.head.household);
    if (s.item.head.household)
      if (auto household = people::household_view(tx, gate, *s.item.head.household)) s.members = std::move(household->members);
    if (!login.empty()) s.adviser = store::account_of(tx, login);
    return s;
  });
}

struct Typed {
  std::string form;
  Again again;
};

Html form_part(programme::Ctx& ctx, const Shown& s, const form::Form& f, const Typed& typed, std::string_view path, std::string submit, form::Answers first) {
  html::FormFrame frame = ctx.frame(item_path(s.item.head.id) + std::string(path), f.key + "-" + id_text(s.item.head.id));
  frame.version = std::to_string(s.item.head.version);
  const bool again = typed.form == f.key;
  return html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(),
                         {std::move(frame), std::move(submit), {}, {}, {}});
}

Html manage(programme::Ctx& ctx, const Shown& s, const Typed& typed) {
  Html out;
  if (s.item.head.state != ItemState::waiting || s.item.session.confirmed_on) return out;
  if (const Html decision = issue_decision_section(ctx, s.item); s.item.session.state == SessionState::held && decision.empty())
    out.add(html::section("会議の結果を書く", form_part(ctx, s, outcome_form(ctx, s.item, s.members), typed, "/outcome", "結果を保存する", {}), "outcome"));
  Html body = form_part(ctx, s, change_form(ctx, s.item, s.attendees), typed, "", "保存する", change_answers(s.item, s.attendees));
  body = html::group({s.protection, body});
  if (rests_on_other_law(s.item.head)) body.add(html::actions({html::link_button("根拠となる会議と、だれのことかを直す", ctx.url(item_path(s.item.head.id) + "/law"))}));
  body.add(html::post_button(ctx.post(item_path(s.item.head.id) + "/withdraw", {.label = "議題から下ろす", .look = html::Look::danger},
                                      {{"version", std::to_string(s.item.head.version)}})));
  out.add(html::folding("たずねること、出席する機関を直す", body, typed.form == "item_change", "change"));
  return out;
}

Html packet_state_html(programme::Ctx& ctx, const Shown& s) {
  Html out = attendees_html(s.attendees);
  if (s.packet.closed_at) out.add(html::muted("資料は閉じています。"));
  out.add(html::actions({html::link_button("だれに何が見えるかを確かめる", ctx.url(item_path(s.item.head.id) + "/packets"))}));
  return out;
}

web::Reply show_item(programme::Ctx& ctx, AgendaItemId id, const Typed& typed) {
  if (auto asked = ask_secrecy(ctx, id)) return *std::move(asked);
  auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  const ItemView& item = s->item;
  html::Page page;
  page.title = "議題" + std::to_string(item.head.number);
  if (!item.label.shown().empty()) page.heading = html::group({page.title, "　", item.label});
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, item.session), ctx.url(session_path(item.session.id))}, {page.title, ""}};
  page.lead = html::chip(item.head.state == ItemState::treated ? Tone::success : Tone::info, label_of(item.head.state));
  if (item.for_section_only) page.main.add(html::banner(Tone::warning, kNotForCollection, html::prose("この議題の資料は、支援のためだけに使います。議題が終わると見られなくなります。")));
  if (!typed.form.empty() && typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("下が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")};
  page.main.add(html::section("資料", html::group({packet_html(ctx, item), s->secrecy ? secrecy_beside(ctx, *s->secrecy) : Html()}), "packet", html::group({html::link("準備シート", ctx.url(item_path(id) + "/preparation")), "　", html::link("この議題を印刷", ctx.url(item_path(id) + "/sheet"))})));
  const Html outcome = outcome_html(ctx, item);
  if (!outcome.empty()) page.main.add(html::section("会議の結果", outcome, "results"));
  page.main.add(issue_decision_section(ctx, item));
  page.main.add(issues_seen_section(ctx, item));
  if (item.may_manage) {
    page.main.add(html::section("この議題を見られる人", packet_state_html(ctx, *s), "attendees"));
    page.main.add(manage(ctx, *s, typed));
  }
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply item_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  return id ? show_item(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply after(programme::Ctx& ctx, AgendaItemId id, const Result<std::string>& done, std::string form_key, form::Answers typed) {
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_item(ctx, id, {std::move(form_key), {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()),
                                                   done.error().code == ErrorCode::stale}});
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(change_form(ctx, s->item, s->attendees), ctx.req.posted);
  if (!parsed.ok()) return show_item(ctx, *id, {"item_change", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  auto in = read_change(parsed.answers, s->attendees, s->item, s->adviser);
  if (!in) return after(ctx, *id, tl::unexpected(in.error()), "item_change", std::move(parsed.answers));
  in->version = parts::posted_version(ctx);
  auto done = ctx.command("item.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = change_item(tx, gate, actor, settings_of(ctx), *id, *in); !changed) return tl::unexpected(changed.error());
    return ctx.url(item_path(*id));
  });
  return after(ctx, *id, done, "item_change", std::move(parsed.answers));
}

web::Reply record(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(outcome_form(ctx, s->item, s->members), ctx.req.posted);
  if (!parsed.ok()) return show_item(ctx, *id, {"item_outcome", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  Outcome in = read_outcome(parsed.answers, s->item);
  in.version = parts::posted_version(ctx);
  auto done = ctx.command("item.outcome", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = record_outcome(tx, gate, actor, settings_of(ctx), *id, in); !kept) return tl::unexpected(kept.error());
    return ctx.url(item_path(*id));
  });
  if (done) announce(ctx, s->item.session.id);
  return after(ctx, *id, done, "item_outcome", std::move(parsed.answers));
}

web::Reply withdraw(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("item.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto known = item(tx, gate, settings_of(ctx), *id);
    if (!known) return tl::unexpected(known.error());
    if (auto gone = withdraw_item(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx)); !gone) return tl::unexpected(gone.error());
    return ctx.url(session_path(known->head.session));
  });
  return after(ctx, *id, done, "withdraw", {});
}

// --- paper ---

web::Reply sheet(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  if (auto asked = ask_secrecy(ctx, *id)) return *std::move(asked);
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  ctx.trail.action("item.sheet", access::Act::print);
  const ItemView& item = s->item;
  html::PrintHead head;
  head.form_name = body_name(ctx, item.head.body) + "　議題" + std::to_string(item.head.number);
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  head.secrecy = item.head.secrecy.empty() ? "会議で知ったことを、会議の外で話したり渡したりしてはいけません。" : item.head.secrecy;
  Html body;
  if (!item.label.shown().empty()) body.add(html::heading(2, item.label));
  if (item.for_section_only) body.add(html::prose(kNotForCollection));
  body.add(packet_html(ctx, item));
  if (const auto prepared = ctx.read("item.preparation", [&](db::ReadTx& tx, access::Gate& gate) { return preparation(tx, gate, settings_of(ctx), *id); }))
    body.add(sheet_on_paper(ctx, *prepared));
  body.add(outcome_html(ctx, item));
  html::Page page;
  page.title = "議題の資料";
  page.current = "meetings";
  page.main = reader_sheet(ctx, html::print_head(head), body, item.head.household ? item.head.ground_text : std::string());
  return ctx.show(std::move(page));
}

/// For everybody with a meeting role: no household, no question.
web::Reply agenda_sheet(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  std::vector<store::Outline> outlines;
  auto found = ctx.read("meeting.agenda", [&](db::ReadTx& tx, access::Gate& gate) {
    auto one = session(tx, gate, *id);
    if (one) outlines = store::outlines(tx, *id);
    return one;
  });
  if (!found) return ctx.error(found.error());
  html::Table table("議題の一覧", {{"番号"}, {"会議"}, {"時間", html::Column::Align::end}});
  for (const auto& o : outlines) table.row().cell("議題" + std::to_string(o.number)).cell(body_name(ctx, o.body)).cell(o.minutes > 0 ? std::to_string(o.minutes) + "分" : std::string());
  html::PrintHead head;
  head.form_name = bodies_text(ctx, *found);
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  html::Facts facts;
  facts.add("日時", when_text(*found));
  facts.add("場所", found->place);
  facts.add("進行役", found->facilitator);
  html::Page page;
  page.title = "議題の一覧";
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(head), html::group({facts.done(), table.empty() ? html::text("議題はまだありません。") : table.done()}));
  return ctx.show(std::move(page));
}

}  // namespace

void add_item_routes(programme::Router& router) {
  const auto read = web::Need::of(kItemReaders);
  const auto change_need = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/items/{id}", read, item_page);
  router.post("/items/{id}", change_need, change);
  router.post("/items/{id}/outcome", change_need, record);
  router.post("/items/{id}/withdraw", change_need, withdraw);
}

void add_paper_routes(programme::Router& router) {
  router.get("/items/{id}/sheet", web::Need::of(kItemReaders), sheet);
  router.get("/meetings/{id}/agenda", web::Need::of(kSessionReaders), agenda_sheet);
}

}  // namespace kasane::meeting
