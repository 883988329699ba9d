// The invitation to a sitting: who is invited, the calendar file, words for a mail, the letter for those on paper. Body, day,
// time and place; never a household, a person, an item or a reason.
#include <algorithm>

#include "meeting/calling_links.hpp"
#include "meeting/ical.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/poll_page_parts.hpp"
#include "meeting/poll_service.hpp"
#include "meeting/poll_store.hpp"

namespace kasane::meeting {

using html::Html;
using html::Look;
using html::Tone;
using parts::Again;

namespace {

std::string path_of(SessionId id) { return session_path(id) + "/invitation"; }

form::Form invite_form(const programme::Ctx& ctx) {
  form::Form f{"invitation", 1, {}};
  f.fields.push_back(parts::choices_field("agencies", "招く機関", parts::agencies(ctx)));
  form::Field offices = parts::long_field("offices", "外の事業所・学校など");
  offices.hint = "1行に1つ、事業所や学校の名前だけを書きます。人の名前や世帯のことは書かないでください。";
  offices.max = 1000;
  f.fields.push_back(std::move(offices));
  return f;
}

struct Shown {
  Session session;
  std::vector<Invitee> invitees;
  std::vector<AgencyId> proposed;
  int minutes = 0;
  bool asking = false;
};

/// For who arranges the sitting.
Result<Shown> load(programme::Ctx& ctx, SessionId id) {
  return ctx.read("invitation.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto view = poll_view(tx, gate, settings_of(ctx), id);
    if (!view) return tl::unexpected(view.error());
    if (!view->may_arrange) return tl::unexpected(not_for_you());
    Shown s{std::move(view->session), std::move(view->invitees), {}, store::minutes_of(tx, id), view->open};
    if (s.session.state == SessionState::planned) s.proposed = agencies_to_invite(tx, gate, settings_of(ctx), s.session);
    return s;
  });
}

std::string name_of(const programme::Ctx& ctx, const Invitee& i) { return i.agency ? ctx.dir().name(*i.agency) : i.office; }

std::string time_text(const Session& s, int minutes) {
  std::string text = day_with_weekday(s.held_on) + (s.at_time.empty() ? "" : " " + s.at_time + "から");
  if (minutes > 0) text += "（" + std::to_string(minutes) + "分ほど）";
  return text;
}

/// The words of the invitation, line by line: official facts only.
std::vector<std::string> words_of(const programme::Ctx& ctx, const Shown& s) {
  std::vector<std::string> lines;
  const std::string bodies = bodies_text(ctx, s.session);
  switch (s.session.state) {
    case SessionState::planned: lines.push_back(bodies + "を、次のとおり開きます。ご出席をお願いします。"); break;
    case SessionState::held: lines.push_back(bodies + "は、次のとおり開きました。"); break;
    case SessionState::cancelled: lines.push_back("次の" + bodies + "は、取りやめになりました。"); break;
  }
  lines.push_back("日時　" + time_text(s.session, s.minutes));
  lines.push_back("場所　" + (s.session.place.empty() ? std::string("決まりしだいお知らせします") : s.session.place));
  lines.push_back("会議の資料は、この文には付けていません。かさねの画面でご覧ください。紙でお渡しする機関には、別にお届けします。");
  lines.push_back("会議で知ったことは、会議の外で話さないでください。");
  lines.push_back(ctx.m().name + "　" + ctx.who().post_line);
  return lines;
}

Html invited_part(const programme::Ctx& ctx, const Shown& s) {
  if (s.invitees.empty()) return html::empty_state("招いた機関はまだありません。");
  html::Table table("招いた機関", {{"機関"}, {"種類"}, {"紙の案内"}, {"操作"}});
  for (const Invitee& i : s.invitees) {
    table.row().cell(name_of(ctx, i)).cell(i.agency ? "機関" : "外の事業所など");
    table.cell(html::link(html::group({"案内を印刷", html::only_read_out(name_of(ctx, i))}), ctx.url(path_of(s.session.id) + "/letter?who=" + id_text(i.id))));
    table.cell(s.session.state != SessionState::planned
                   ? Html()
                   : html::post_button(ctx.post(path_of(s.session.id) + "/remove", {.label = "取り消す", .look = Look::plain, .about = name_of(ctx, i)}, {{"who", id_text(i.id)}})));
  }
  return table.done();
}

Html words_part(const programme::Ctx& ctx, const Shown& s) {
  Html text;
  for (const std::string& line : words_of(ctx, s)) text.add(html::el("p", line));
  Html body = html::prose("メールに貼るときは、下の文をそのまま写してください。世帯や人の名前、議題は書き足さないでください。");
  body.add(html::panel(text));
  body.add(html::actions({html::link_button(s.session.state == SessionState::cancelled ? "取りやめの予定ファイル（.ics）" : "予定ファイル（.ics）", ctx.url(path_of(s.session.id) + ".ics")),
                          html::link_button("案内を印刷する（A4）", ctx.url(path_of(s.session.id) + "/letter"))}));
  body.add(html::muted("予定ファイルをメールに付けると、受け取った人のカレンダーに入ります。日時を直したあとは、もう一度送ると、前の予定が置きかわります。"));
  return body;
}

web::Reply show(programme::Ctx& ctx, SessionId id, const Again& again) {
  const auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  html::Page page;
  page.title = "会議の招待";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, s->session), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = html::text(bodies_text(ctx, s->session) + "　" + time_text(s->session, s->minutes) + "　" + s->session.place);
  if (s->asking)
    page.main.add(html::banner(Tone::warning, "日程はまだ決まっていません", html::link("日程の画面へ", ctx.url(session_path(id) + "/poll"))));
  page.main.add(html::section("案内の文と予定ファイル", words_part(ctx, *s), "words"));
  page.main.add(html::section("招いた機関", invited_part(ctx, *s), "invited"));
  if (s->session.state == SessionState::planned) {
    form::Answers first;
    std::vector<std::string> codes;
    for (const AgencyId agency : s->proposed) codes.push_back(id_text(agency));
    if (!codes.empty()) first.set("agencies", std::move(codes));
    page.main.add(html::section("招く機関を足す", html::form_page(invite_form(ctx), again.status == 200 ? first : again.answers, again.errors,
                                                              {ctx.frame(path_of(id), "invitation-" + id_text(id)), "招く", {}, {}, {}}), "invite"));
    if (!s->proposed.empty()) page.main.add(html::muted("議題の関係機関と、計画で決まっている構成員に、しるしを付けてあります。"));
  }
  return ctx.show(std::move(page), again.status);
}

web::Reply page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply add(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(invite_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const auto done = ctx.command("invitation.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    auto invited = invite(tx, gate, actor, settings_of(ctx), *id, parts::chosen_ids<AgencyTag>(parsed.answers, "agencies"), offices_of(parsed.answers.text("offices")));
    if (!invited) return tl::unexpected(invited.error());
    return ctx.url(path_of(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](const Again& again) { return show(ctx, *id, again); });
}

web::Reply remove(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const std::int64_t who = parse_id_text(ctx.req.posted_value("who").value_or("")).value_or(0);
  const auto done = ctx.command("invitation.remove", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto gone = take_back_invitation(tx, gate, actor, settings_of(ctx), *id, who); !gone) return tl::unexpected(gone.error());
    return ctx.url(path_of(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply letter(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  const auto who = parse_id_text(ctx.req.query_value("who"));
  std::string to = "関係機関";
  for (const Invitee& i : s->invitees)
    if (who == i.id) to = name_of(ctx, i);
  html::PrintHead head;
  head.form_name = bodies_text(ctx, s->session) + (s->session.state == SessionState::cancelled ? "の取りやめについて" : "の開催について");
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  Html body = html::el("p", to + "　御中");
  for (const std::string& line : words_of(ctx, *s)) body.add(html::el("p", line));
  html::Page page;
  page.title = "会議の案内";
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(head), body, html::print_foot({html::text(ctx.m().name)}));
  return ctx.show(std::move(page));
}

/// For everybody who sees sittings: nothing stands in it that the list of sittings does not show.
web::Reply file(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  struct File {
    Session session;
    int minutes = 0;
    bool asking = false;
  };
  const auto f = ctx.read("invitation.file", [&](db::ReadTx& tx, access::Gate& gate) -> Result<File> {
    auto found = session(tx, gate, *id);
    if (!found) return tl::unexpected(found.error());
    return File{*std::move(found), store::minutes_of(tx, *id), store::being_asked(tx).contains(*id)};
  });
  if (!f) return ctx.error(f.error());
  const bool cancelled = f->session.state == SessionState::cancelled;
  const auto method = cancelled ? ical::Method::cancel : ical::Method::request;
  std::string text = ical::calendar(method, {ical::Event(settings_of(ctx), f->session, f->minutes, f->asking)}, ctx.now());
  return ctx.park(web::Reply::download(std::move(text), std::string("text/calendar; charset=utf-8; method=") + (cancelled ? "CANCEL" : "REQUEST"), "kaigi.ics"));
}

}  // namespace

Calling calling_part(programme::Ctx& ctx, const Session& s, bool may_arrange) {
  struct State {
    bool asking = false, waits_for_us = false;
  };
  const State state = ctx.read("poll.state", [&](db::ReadTx& tx, access::Gate& gate) {
    State st{store::being_asked(tx).contains(s.id), false};
    if (!st.asking) return st;
    for (const Invitee& i : store::invitees(tx, s.id)) st.waits_for_us = st.waits_for_us || (i.agency && gate.viewer().in_agency(*i.agency));
    return st;
  });
  Html out;
  const std::string poll = ctx.url(session_path(s.id) + "/poll");
  if (state.asking)
    out.add(html::banner(Tone::info, "日程をたずねています", state.waits_for_us || may_arrange ? html::link(may_arrange ? "答えを見て日時を決める" : "出席できる日時を答える", poll) : Html()));
  Html ways;
  if (may_arrange) {
    if (!state.asking && s.state == SessionState::planned) ways.add(html::link_button("日程をたずねる", poll));
    ways.add(html::link_button("招待と案内", ctx.url(path_of(s.id))));
  } else if (s.state != SessionState::held) {
    ways.add(html::link_button("予定ファイル（.ics）", ctx.url(path_of(s.id) + ".ics")));
  }
  return {std::move(out), std::move(ways)};
}

void add_invitation_routes(programme::Router& router) {
  const auto arrange = web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary});
  router.get("/meetings/{id}/invitation", arrange, page);
  router.post("/meetings/{id}/invitation", arrange, add);
  router.post("/meetings/{id}/invitation/remove", arrange, remove);
  router.get("/meetings/{id}/invitation/letter", arrange, letter);
  router.get("/meetings/{id}/invitation.ics", web::Need::of(kSessionReaders), file);
}

}  // namespace kasane::meeting
