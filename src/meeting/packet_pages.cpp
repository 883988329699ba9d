// Who will see what of an item, closing and opening its packet, the summary without names, and the papers of one body of
// a sitting.
#include <algorithm>

#include "meeting/item_service.hpp"
#include "meeting/item_view.hpp"
#include "meeting/packet_paper_pages.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/packet_view.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_pages.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

std::string packets_path(AgendaItemId id) { return item_path(id) + "/packets"; }

form::Form summary_form() {
  form::Form f{"item_summary", 1, {}};
  form::Field text = parts::long_field("summary", "名前を出さない要約", true);
  text.hint = "名前、住所、電話番号、機関の連絡先は書きません。年代は自動で付きます。";
  f.fields.push_back(std::move(text));
  return f;
}

form::Form open_form() {
  form::Form f{"packet_open", 1, {}};
  f.fields.push_back(parts::date_field("until", "資料を見られる最後の日", true));
  return f;
}

/// Which form of the page is shown again, with what was typed.
struct Typed {
  std::string form;
  Again again;
};

Html form_part(programme::Ctx& ctx, AgendaItemId id, const form::Form& f, const Typed& typed, std::string_view path, std::string submit, form::Answers first, std::int64_t version) {
  html::FormFrame frame = ctx.frame(item_path(id) + std::string(path), f.key + "-" + id_text(id));
  frame.version = std::to_string(version);
  const bool again = typed.form == f.key;
  return html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(), {std::move(frame), std::move(submit), {}, {}, {}});
}

bool has_section(const Overview& o) {
  return std::any_of(o.item.attendees.begin(), o.item.attendees.end(), [](const Attendee& a) { return a.scope == Scope::section; });
}

Html state_html(programme::Ctx& ctx, const Overview& o, const Typed& typed) {
  const AgendaItemId id = o.item.head.id;
  Html out;
  if (o.state.closed_at)
    out.add(html::banner(Tone::info, "この議題の資料は閉じています", html::prose(wareki(office_day(*o.state.closed_at)) + " " + office_time(*o.state.closed_at) + "に閉じました。")));
  if (o.item.head.state == ItemState::withdrawn) return out;
  if (!o.state.closed_at) {
    if (has_section(o) && !o.state.slice_ended_at)
      out.add(html::post_button(ctx.post(item_path(id) + "/end-slice", {.label = "この議題を終える", .look = html::Look::secondary})));
    out.add(html::post_button(ctx.post(packets_path(id) + "/close", {.label = "この議題の資料を閉じる", .look = html::Look::secondary})));
  }
  if (o.state.slice_ended_at && !o.state.closed_at) out.add(html::muted("議題は終わりました。税や料金の部署には、もう開きません。"));
  form::Answers first;
  first.set("until", std::min(ctx.today().plus_days(kPacketDays), o.item.session.held_on.plus_days(kLongestPacketDays)));
  if (o.state.closed_at || o.state.slice_ended_at)
    out.add(html::folding("資料をもう一度開く", form_part(ctx, id, open_form(), typed, "/packets/open", "開く", first, 0), typed.form == "packet_open", "open"));
  return out;
}

Html summary_part(programme::Ctx& ctx, const Overview& o, const Typed& typed) {
  if (!o.item.head.household || o.item.head.state == ItemState::withdrawn) return {};
  form::Answers first;
  if (o.summary) parts::set_text(first, "summary", o.summary->text.shown());
  Html body = html::prose("委嘱していない助言者には、これだけが見えます。範囲を「名前を出さない要約だけ」にした人に届きます。");
  if (o.summary && typed.again.stale) body.add(summary_html(*o.summary));
  body.add(form_part(ctx, o.item.head.id, summary_form(), typed, "/summary", "要約を保存する", first, o.summary ? o.summary->version : 0));
  return html::section("助言者への要約", body, "summary");
}

web::Reply show_packets(programme::Ctx& ctx, AgendaItemId id, const Typed& typed) {
  const auto o = ctx.read("packet.overview", [&](db::ReadTx& tx, access::Gate& gate) { return packet_overview(tx, gate, settings_of(ctx), id); });
  if (!o) return ctx.error(o.error());
  html::Page page;
  page.title = "だれに何が見えるか";
  page.current = "meetings";
  const std::string item_name = "議題" + std::to_string(o->item.head.number);
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, o->item.session), ctx.url(session_path(o->item.session.id))}, {item_name, ctx.url(item_path(id))}, {page.title, ""}};
  if (typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("いま保存されている内容と見くらべて、よければもう一度保存してください。")};
  page.main.add(html::section("見られる人と範囲", html::group({sights_html(ctx, *o), state_html(ctx, *o, typed)}), "sights"));
  page.main.add(summary_part(ctx, *o, typed));
  page.main.add(html::actions({html::link_button("外の人を招く", ctx.url(item_path(id) + "/guests"))}));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply packets_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  return id ? show_packets(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply preview_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  const auto party = parse_id_text(ctx.req.param("party"));
  if (!id || !party) return ctx.error({ErrorCode::not_found, {}, {}});
  return show_preview(ctx, *id, *party, {});
}

/// A step on the packet of an item; back to its page, with what was typed where it did not succeed.
template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, std::string form_key, form::Answers typed, F&& f) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto result = f(tx, gate, actor, *id); !result) return tl::unexpected(result.error());
    return ctx.url(packets_path(*id));
  });
  if (done) return ctx.go(*done);
  if (form_key.empty() || !parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_packets(ctx, *id, {std::move(form_key), {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()), done.error().code == ErrorCode::stale}});
}

web::Reply close(programme::Ctx& ctx) {
  return step(ctx, "packet.close", {}, {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId id) {
    return close_packets(tx, gate, actor, settings_of(ctx), id);
  });
}

web::Reply finish_slice(programme::Ctx& ctx) {
  return step(ctx, "packet.end_slice", {}, {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId id) {
    return end_slice(tx, gate, actor, settings_of(ctx), id);
  });
}

web::Reply reopen(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(open_form(), ctx.req.posted);
  if (!parsed.ok()) return show_packets(ctx, *id, {"packet_open", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const Date until = *parsed.answers.date("until");
  return step(ctx, "packet.open", "packet_open", parsed.answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId item) {
    return open_packets(tx, gate, actor, settings_of(ctx), item, until);
  });
}

web::Reply save_summary(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(summary_form(), ctx.req.posted);
  if (!parsed.ok()) return show_packets(ctx, *id, {"item_summary", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const std::string text = parsed.answers.text("summary");
  return step(ctx, "packet.summary", "item_summary", parsed.answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId item) {
    return write_summary(tx, gate, actor, settings_of(ctx), item, parts::posted_version(ctx), text);
  });
}

web::Reply summary_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  if (auto asked = ask_secrecy(ctx, *id)) return *std::move(asked);
  const auto view = ctx.read("packet.summary_page", [&](db::ReadTx& tx, access::Gate& gate) { return summary_view(tx, gate, *id); });
  if (!view) return ctx.error(view.error());
  html::Page page;
  page.title = "議題" + std::to_string(view->number) + "の要約";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {body_name(ctx, view->body), ctx.url(session_path(view->session.id))}, {page.title, ""}};
  page.lead = html::muted(when_text(view->session));
  page.main = html::section("要約", html::group({summary_html(view->summary), html::muted("名前は出していません。だれのことかを調べたり、ほかの人に話したりしないでください。")}));
  return ctx.show(std::move(page));
}

// --- the papers of one body ---

struct Papers {
  Session session;
  std::vector<ItemView> items;
  bool asked = false;               // secrecy is to be acknowledged first
  AgendaItemId first;
};

Result<Papers> load_papers(programme::Ctx& ctx, SessionId id, const std::string& body) {
  return ctx.read("meeting.papers", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Papers> {
    auto found = session(tx, gate, id);
    if (!found) return tl::unexpected(found.error());
    if (std::none_of(found->bodies.begin(), found->bodies.end(), [&](const SessionBody& b) { return b.body == body; })) return fail(ErrorCode::not_found, "見つかりません。");
    Papers p{std::move(*found), {}, false, {}};
    for (const ItemLine& line : items_of(tx, gate, id)) {
      if (line.head.body != body || line.head.state == ItemState::withdrawn) continue;
      const auto secrecy = secrecy_of(tx, gate, settings_of(ctx), line.head.id);
      if (secrecy && secrecy->asked) {
        p.asked = true;
        p.first = line.head.id;
        return p;
      }
      if (auto view = item(tx, gate, settings_of(ctx), line.head.id)) p.items.push_back(std::move(*view));
    }
    return p;
  });
}

web::Reply papers(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const std::string& code = ctx.req.param("body");
  const auto p = load_papers(ctx, *id, code);
  if (!p) return ctx.error(p.error());
  if (p->asked)
    if (auto asked = ask_secrecy(ctx, p->first)) return *std::move(asked);
  ctx.trail.action("meeting.papers", access::Act::print);
  html::PrintHead head;
  head.form_name = body_name(ctx, code) + "　資料";
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  head.secrecy = secrecy_words(ctx.m(), code);
  Html body;
  std::string ground;
  for (const ItemView& item : p->items) {
    Html one = html::heading(2, html::group({"議題" + std::to_string(item.head.number), "　", item.label}));
    if (item.for_section_only) one.add(html::prose(kNotForCollection));
    one.add(packet_html(ctx, item));
    one.add(outcome_html(ctx, item));
    body.add(html::el("section", {{"class", "new-page"}}, one));
    if (!item.head.ground_text.empty() && ground.find(item.head.ground_text) == std::string::npos) ground += (ground.empty() ? "" : "、") + item.head.ground_text;
  }
  if (p->items.empty()) body = html::prose("この会議に、あなたに届いている資料はありません。");
  html::Page page;
  page.title = "会議の資料";
  page.current = "meetings";
  page.main = reader_sheet(ctx, html::print_head(head), body, ground);
  return ctx.show(std::move(page));
}

}  // namespace

Html preview_html(const programme::Ctx& ctx, const Preview& p, const std::optional<Summary>& summary) {
  if (p.sight.attendee.scope == Scope::summary) return summary ? html::panel(summary_html(*summary)) : html::empty_state("要約はまだありません。");
  Html out;
  if (p.sight.attendee.scope == Scope::section) out.add(html::banner(Tone::warning, kNotForCollection));
  out.add(html::panel(html::group({html::heading(2, html::group({"議題" + std::to_string(p.item.head.number), "　", p.item.label})), packet_html(ctx, p.item), outcome_html(ctx, p.item)})));
  return out;
}

web::Reply show_preview(programme::Ctx& ctx, AgendaItemId id, std::int64_t party, const Again& again) {
  std::optional<Summary> summary;
  std::vector<PacketPaper> papers;
  const auto p = ctx.read("packet.preview", [&](db::ReadTx& tx, access::Gate& gate) {
    auto preview = packet_preview(tx, gate, settings_of(ctx), id, party);
    summary.reset();
    if (preview && preview->sight.attendee.scope == Scope::summary)
      if (auto o = packet_overview(tx, gate, settings_of(ctx), id)) summary = std::move(o->summary);
    papers = preview ? papers_of(tx, id, party) : std::vector<PacketPaper>();
    return preview;
  });
  if (!p) return ctx.error(p.error());
  html::Page page;
  page.title = "見え方の確認";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"だれに何が見えるか", ctx.url(packets_path(id))}, {page.title, ""}};
  page.lead = html::group({p->sight.name, "が開くと、次のように見えます。"});
  page.main = p->sight.opens ? preview_html(ctx, *p, summary) : html::empty_state("資料は開きません。");
  page.main.add(paper_section(ctx, id, *p, papers, again));
  return ctx.show(std::move(page), again.status);
}

void add_packet_routes(programme::Router& router) {
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  const auto read = web::Need::of(kItemReaders);
  router.get("/items/{id}/packets", manage, packets_page);
  router.get("/items/{id}/packets/{party}", manage, preview_page);
  router.post("/items/{id}/packets/close", manage, close);
  router.post("/items/{id}/packets/open", manage, reopen);
  router.post("/items/{id}/end-slice", manage, finish_slice);
  router.post("/items/{id}/summary", manage, save_summary);
  router.get("/summaries/{id}", read, summary_page);
  router.get("/meetings/{id}/papers/{body}", read, papers);
  add_packet_paper_routes(router);
}

}  // namespace kasane::meeting
