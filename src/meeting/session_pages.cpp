// List of sessions, a new one, and the page of one: agenda, what waits, held, minutes.
#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "meeting/asked_agencies.hpp"
#include "meeting/common_issue_item_pages.hpp"
#include "meeting/calling_links.hpp"
#include "meeting/hand_item_pages.hpp"
#include "meeting/item_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/lesson_pages.hpp"
#include "meeting/live_pages.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/prepare_view.hpp"
#include "meeting/proposal_view.hpp"
#include "meeting/rules.hpp"
#include "meeting/series_service.hpp"
#include "meeting/session_service.hpp"
#include "meeting/shown_presence.hpp"
#include "meeting/withdrawal_pages.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

parts::Table bodies_table(const programme::Ctx& ctx) {
  form::CodeTable table{"session_bodies", 1, {}};
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body)) table.codes.push_back({body.code, body.full_name.empty() ? body.name : body.full_name});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

void add_when(form::Form& f) {
  f.fields.push_back(parts::date_field("held_on", "開く日", true));
  form::Field time = parts::text_field("at_time", "時刻");
  time.kind = form::Kind::time;
  time.hint = "13:30 のように";
  f.fields.push_back(std::move(time));
  f.fields.push_back(parts::text_field("place", "場所"));
  f.fields.push_back(parts::text_field("facilitator", "進行役"));
}

form::Form new_form(const programme::Ctx& ctx) {
  form::Form f{"meeting", 1, {}};
  form::Field bodies = parts::choices_field("bodies", "会議", bodies_table(ctx));
  bodies.required = true;
  bodies.hint = "同じ場で続けて開く会議は、いっしょに選びます。議題と見られる人は、会議ごとに分かれます。";
  f.fields.push_back(std::move(bodies));
  add_when(f);
  return f;
}

form::Form move_form() {
  form::Form f{"meeting_move", 1, {}};
  add_when(f);
  return f;
}

NewSession read_session(const form::Answers& a) {
  NewSession in;
  in.bodies = a.codes("bodies");
  in.held_on = a.date("held_on").value_or(Date());
  in.at_time = a.text("at_time");
  in.place = a.text("place");
  in.facilitator = a.text("facilitator");
  return in;
}

bool may_call(const programme::Ctx& ctx, const access::Gate& gate) {
  Session any;
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body)) any.bodies.push_back({body.code, body.function});
  return may_arrange(gate, settings_of(ctx), any);
}

Html sessions_table(const programme::Ctx& ctx, std::string_view caption, const std::vector<Session>& sessions, std::string_view nothing) {
  if (sessions.empty()) return html::empty_state(nothing);
  html::Table table(caption, {{"日時"}, {"会議"}, {"場所"}, {"議題", html::Column::Align::end}, {"状態"}});
  for (const Session& s : sessions) {
    table.row().cell(html::group({html::link(when_text(s), ctx.url(session_path(s.id))), s.state == SessionState::planned ? closed_mark(ctx, s.held_on) : Html()})).cell(bodies_text(ctx, s)).cell(s.place).cell(s.items);
    table.cell(html::group({label_of(s.state), s.confirmed_on ? "・記録確定" : ""}));
  }
  return table.done();
}

web::Reply list_page(programme::Ctx& ctx) {
  const auto before = Date::from_iso(ctx.req.query_value("before"));
  struct Lists {
    std::vector<Session> upcoming, past;
    bool may_call = false;
    std::vector<NextSitting> next;
  };
  auto lists = ctx.read("meeting.list", [&](db::ReadTx& tx, access::Gate& gate) { 
    const bool calls = may_call(ctx, gate);
    return Lists{upcoming(tx, gate), past(tx, gate, before), calls, calls ? next_sittings(tx, gate, settings_of(ctx)) : std::vector<NextSitting>()};
  });
  html::Page page;
  page.title = "会議";
  page.current = "meetings";
  page.lead = html::group({html::link("共通の課題", ctx.url("/common-issues")), html::link("支援の知見", ctx.url("/lessons")), html::link("研修・集まり", ctx.url("/gatherings")), registers_link(ctx)});
  const Html tools = lists.may_call ? html::group({html::link_button("会議を開く", ctx.url("/meetings/new"), html::Look::primary), html::link_button("日程をたずねて開く", ctx.url("/meetings/polls/new")),
                                                   html::link_button("電話で話し合ったことを記録する", ctx.url("/meetings/phone/new"))}) : Html();
  page.main.add(html::section("これからの会議", sessions_table(ctx, "これからの会議", lists.upcoming, "予定されている会議はありません。"), "upcoming", tools));
  page.main.add(next_sittings_html(ctx, lists.next));
  html::Pager pager;
  if (lists.past.size() > 50) {
    lists.past.resize(50);
    pager.next_href = ctx.url("/meetings?before=" + lists.past.back().held_on.iso());
  }
  page.main.add(html::section("終わった会議", sessions_table(ctx, "終わった会議", lists.past, "終わった会議はありません。"), "past"));
  if (!pager.next_href.empty()) page.main.add(html::pagination(pager));
  return ctx.show(std::move(page));
}

web::Reply show_new(programme::Ctx& ctx, Again again) {
  html::Page page;
  page.title = "会議を開く";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"会議を開く", ""}};
  page.main.add(html::form_page(new_form(ctx), again.answers, again.errors, {ctx.frame("/meetings", "meeting-new"), "予定に入れる", ctx.url("/meetings"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply new_page(programme::Ctx& ctx) { return show_new(ctx, {}); }

web::Reply create(programme::Ctx& ctx) {
  auto parsed = form::parse(new_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("meeting.plan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = plan_session(tx, gate, actor, settings_of(ctx), read_session(parsed.answers));
    if (!id) return tl::unexpected(id.error());
    return ctx.url(session_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_new(ctx, {std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

/// All that the page of a session shows.
struct Shown {
  Session session;
  std::vector<store::Outline> outlines;
  std::vector<ItemLine> items;
  std::vector<Proposal> proposals;
  std::vector<SummaryLine> summaries;
  std::vector<Presence> presence;
  std::vector<Slice> slices;
  std::vector<Place> places;
  std::vector<AgencyId> asked;   // for who may say that it was held: whose attendance is expected
  std::vector<AgencyId> coming;  // of these, who answered that it can
  bool may_manage = false;
  bool may_arrange = false;
};

void expect(std::vector<AgencyId>& all, const std::vector<AgencyId>& more) {
  for (const AgencyId agency : more)
    if (std::find(all.begin(), all.end(), agency) == all.end()) all.push_back(agency);
}

std::vector<ItemHead> heads_of(const std::vector<ItemLine>& lines) {
  std::vector<ItemHead> heads;
  for (const ItemLine& line : lines) heads.push_back(line.head);
  return heads;
}

Result<Shown> load(programme::Ctx& ctx, SessionId id) {
  return ctx.read("meeting.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto found = session(tx, gate, id);
    if (!found) return tl::unexpected(found.error());
    Shown s;
    s.session = std::move(*found);
    s.outlines = store::outlines(tx, id);
    s.items = items_of(tx, gate, id);
    s.summaries = summaries_of(tx, gate, id);
    s.presence = shown_presence(tx, gate, settings_of(ctx), s.session);
    s.slices = shown_slices(tx, gate, settings_of(ctx), s.session);
    s.places = places(tx, id);
    s.may_manage = may_manage(gate, settings_of(ctx), s.session);
    s.may_arrange = may_arrange(gate, settings_of(ctx), s.session);
    if (s.may_manage) s.proposals = proposals(tx, gate, settings_of(ctx), s.session);
    if (s.may_manage && s.session.state == SessionState::planned && s.session.held_on <= ctx.today()) {
      for (const SessionBody& b : s.session.bodies) expect(s.asked, asked_to_part(tx, gate, settings_of(ctx), s.session, b.body, heads_of(s.items)));
      s.coming = coming_to(tx, gate, settings_of(ctx), id);
      expect(s.asked, s.coming);
    }
    return s;
  });
}

Html agenda(const programme::Ctx& ctx, const Shown& s) {
  if (s.outlines.empty()) return html::empty_state("議題はまだありません。");
  // Who prepares a session without its content, or sits at another body, gets no columns that stay empty.
  const bool any = !s.items.empty();
  std::vector<html::Column> columns{{"番号"}, {"会議"}};
  if (any) columns.insert(columns.end(), {{"内容"}, {"世帯"}});
  columns.push_back({"状態"});
  html::Table table("議題", columns);
  for (const store::Outline& o : s.outlines) {
    const auto line = std::find_if(s.items.begin(), s.items.end(), [&](const ItemLine& l) { return l.head.number == o.number; });
    const bool known = line != s.items.end();
    table.row().cell(known ? html::link("議題" + std::to_string(o.number), ctx.url(item_path(line->head.id))) : html::text("議題" + std::to_string(o.number)));
    table.cell(body_name(ctx, o.body));
    if (any) table.cell(known ? html::text(agenda_text(ctx, o.body, o.agenda_kind, line->head.matter)) : Html()).cell(known ? html::text(line->label) : Html());
    table.cell(label_of(o.state));
  }
  return table.done();
}

/// Each body's papers by themselves, and what was written for advisers.
Html papers_html(const programme::Ctx& ctx, const Shown& s) {
  std::vector<Html> links;
  for (const SessionBody& b : s.session.bodies) {
    const bool any = std::any_of(s.items.begin(), s.items.end(), [&](const ItemLine& l) { return l.head.body == b.body; });
    if (any) links.push_back(html::link(body_name(ctx, b.body) + "の資料を印刷", ctx.url(session_path(s.session.id) + "/papers/" + b.body)));
  }
  if (!s.may_manage)
    for (const SummaryLine& line : s.summaries) links.push_back(html::link("議題" + std::to_string(line.number) + "の要約", ctx.url("/summaries/" + id_text(line.id))));
  if (!s.outlines.empty()) links.push_back(html::link("議題の一覧を印刷", ctx.url(session_path(s.session.id) + "/agenda")));
  if (s.may_arrange) links.push_back(html::link("守秘を確認した人", ctx.url("/meetings/secrecy/register")));
  return links.empty() ? Html() : html::section("資料と名簿", html::bullets(links), "papers");
}

/// What one comes to this page for, as one row of buttons.
Html ways(const programme::Ctx& ctx, const Shown& s, const Html& calling) {
  Html row;
  if (s.may_manage && s.session.state == SessionState::planned)
    row.add(html::link_button("会議の準備をする", ctx.url(session_path(s.session.id) + "/prepare"), html::Look::primary));
  row.add(live_links(ctx, s.session)).add(calling);
  return row.empty() ? Html() : html::actions({row});
}

Html proposal_action(const programme::Ctx& ctx, const Shown& s, const Proposal& p) {
  if (p.why_not.empty() && p.asks_reason) return other_way(ctx, s.session, p);
  if (p.why_not.empty())
    return html::post_button(ctx.post(session_path(s.session.id) + "/items", {.label = "議題にする", .about = p.case_number},
                                      {{"body", p.body}, {"matter", std::string(code_of(p.matter))}, {"matter_id", id_text(p.id)}}));
  Html why;
  for (const std::string& sentence : p.why_not) why.add(html::muted(sentence));
  return html::group({html::chip(Tone::warning, "議題にできません"), why, other_way(ctx, s.session, p)});
}

Html waiting(const programme::Ctx& ctx, const Shown& s) {
  if (s.proposals.empty()) return html::empty_state("会議を待っているものはありません。");
  html::Table table("会議を待っているもの", {{"世帯"}, {"内容"}, {"会議"}, {"いつから"}, {"操作"}});
  for (const Proposal& p : s.proposals) {
    table.row().cell(html::group({p.label, p.case_number.empty() ? "" : " ", p.case_number})).cell(matter_words(p)).cell(body_name(ctx, p.body));
    table.cell(wareki_short(p.since)).cell(proposal_action(ctx, s, p));
  }
  return table.done();
}

constexpr const char* kOthersThere = "present_more";

/// Those who were asked along come first; an agency that came besides is found in the part that folds away.
form::Form held_form(const programme::Ctx& ctx, const Shown& s) {
  form::Form f{"held", 1, {}};
  form::CodeTable manners{"manner", 1, {}};
  const bool by_phone = std::any_of(ctx.m().bodies.begin(), ctx.m().bodies.end(), [&](const programme::Body& b) { return !phone_rule(ctx.m(), b).empty(); });
  for (const Manner m : {Manner::sitting, Manner::phone})
    if (m == Manner::sitting || by_phone) manners.codes.push_back({std::string(code_of(m)), std::string(label_of(m))});
  f.fields.push_back(parts::choice_field("manner", "開き方", std::make_shared<const form::CodeTable>(std::move(manners)), true));
  form::Field others = parts::choices_field(kOthersThere, "ほかに出席した機関", parts::agencies(ctx));
  if (s.asked.empty()) {
    others.label = "出席した機関";
  } else {
    f.fields.push_back(parts::choices_field("present", "出席した機関", parts::agencies(ctx, s.asked)));
    others.group = "一覧にない機関が出席した";
  }
  f.fields.push_back(std::move(others));
  return f;
}

/// Who said that it can come is ticked before, and who is sitting at this page.
form::Answers held_answers(const programme::Ctx& ctx, const Shown& s) {
  form::Answers first;
  first.set("manner", std::string(code_of(Manner::sitting)));
  std::vector<std::string> there;
  for (const AgencyId agency : s.asked)
    if (ctx.viewer().in_agency(agency) || std::find(s.coming.begin(), s.coming.end(), agency) != s.coming.end()) there.push_back(id_text(agency));
  if (!there.empty()) first.set("present", there);
  return first;
}

Html required_parties(const programme::Ctx& ctx, const Session& s) {
  Html out;
  for (const SessionBody& b : s.bodies)
    if (const auto* body = ctx.m().body(b.body); body != nullptr && !body->required_text.empty())
      out.add(html::muted(body->name + "：" + body->required_text));
  return out;
}

form::Answers answers_of(const Session& s) {
  form::Answers a;
  a.set("held_on", s.held_on);
  parts::set_text(a, "at_time", s.at_time);
  parts::set_text(a, "place", s.place);
  parts::set_text(a, "facilitator", s.facilitator);
  return a;
}

/// Which form of the page is shown again, with what was typed.
struct Typed {
  std::string form;
  Again again;
};

Html form_part(programme::Ctx& ctx, const Shown& s, const form::Form& f, const Typed& typed, std::string_view path, std::string submit,
               form::Answers first, const Html& before = {}) {
  html::FormFrame frame = ctx.frame(session_path(s.session.id) + std::string(path));
  frame.version = std::to_string(s.session.version);
  const bool again = typed.form == f.key;
  return html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(),
                         {std::move(frame), std::move(submit), {}, before, {}});
}

Html planned_parts(programme::Ctx& ctx, const Shown& s, const Typed& typed) {
  Html out;
  if (s.may_manage) {
    out.add(html::section("会議を待っているもの", waiting(ctx, s), "waiting"));
    out.add(html::actions({html::link_button("議題を手で足す", ctx.url(session_path(s.session.id) + "/items/new"))}));
    if (s.session.held_on <= ctx.today() || typed.form == "held")
      out.add(html::folding("開催済みにする", form_part(ctx, s, held_form(ctx, s), typed, "/held", "開催済みにする", held_answers(ctx, s), required_parties(ctx, s.session)), true, "held"));
  }
  if (s.may_arrange) {
    Html body = form_part(ctx, s, move_form(), typed, "/move", "日時と場所を直す", answers_of(s.session));
    body.add(html::post_button(ctx.post(session_path(s.session.id) + "/cancel", {.label = "取りやめる", .look = html::Look::danger},
                                        {{"version", std::to_string(s.session.version)}})));
    out.add(html::folding("日時、場所、取りやめ", body, typed.form == "meeting_move", "move"));
  }
  return out;
}

Html held_parts(const programme::Ctx& ctx, const Shown& s) {
  Html out;
  std::vector<Html> present;
  for (const Presence& p : s.presence)
    if (p.present) present.push_back(html::text(ctx.dir().name(p.agency)));
  html::Facts facts;
  facts.add("開き方", label_of(s.session.manner));
  facts.add("出席した機関", html::join(present, html::text("、")));
  facts.add("会議の記録", s.session.confirmed_on ? "確定（" + wareki_short(*s.session.confirmed_on) + "）" : std::string("まだ確定していません"));
  out.add(html::section("開催の記録", facts.done(), "record"));
  if (s.may_manage && !s.session.confirmed_on)
    out.add(html::post_button(ctx.post(session_path(s.session.id) + "/confirm", {.label = "会議の記録を確定する"},
                                       {{"version", std::to_string(s.session.version)}})));
  return out;
}

web::Reply show_session(programme::Ctx& ctx, SessionId id, const Typed& typed) {
  auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  html::Page page;
  page.title = bodies_text(ctx, s->session);
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.lead = html::group({html::chip(s->session.state == SessionState::held ? Tone::success : Tone::info, label_of(s->session.state)), " ",
                           when_text(s->session), s->session.state == SessionState::planned ? closed_mark(ctx, s->session.held_on) : Html(), " ", s->session.place});
  if (!typed.form.empty() && typed.again.status != 200) {
    Html why;
    for (const FieldError& e : typed.again.errors) why.add(html::prose(e.message));
    page.flash = html::Flash{Tone::warning, "保存していません", why};
  }
  if (!s->session.facilitator.empty()) page.lead.add(html::muted("進行役 " + s->session.facilitator));
  const Calling calling = calling_part(ctx, s->session, s->may_arrange);
  page.main.add(calling.asking).add(ways(ctx, *s, calling.ways));
  page.main.add(slices_html(ctx, s->slices, s->places, s->may_arrange));
  page.main.add(html::section("議題", agenda(ctx, *s), "agenda"));
  switch (s->session.state) {
    case SessionState::planned: page.main.add(planned_parts(ctx, *s, typed)); break;
    case SessionState::held: page.main.add(held_parts(ctx, *s)); break;
    case SessionState::cancelled: page.main.add(html::muted("この会議は取りやめになりました。")); break;
  }
  page.main.add(issues_waiting_section(ctx, s->session, s->may_manage));
  page.main.add(papers_html(ctx, *s));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply session_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show_session(ctx, *id, {}) : ctx.error(id.error());
}

/// Runs a step of a session and comes back to its page, with what was typed where it did not succeed.
template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, std::string form_key, form::Answers typed, F&& f) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    Result<std::string> to = f(tx, gate, actor, *id);
    return to;
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_session(ctx, *id, {std::move(form_key), {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()), false}});
}

Result<std::string> back_to(const programme::Ctx& ctx, SessionId id, const Result<>& done) {
  if (!done) return tl::unexpected(done.error());
  return ctx.url(session_path(id));
}

web::Reply move(programme::Ctx& ctx) {
  auto parsed = form::parse(move_form(), ctx.req.posted);
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  if (!parsed.ok()) return show_session(ctx, *id, {"meeting_move", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const NewSession in = read_session(parsed.answers);
  return step(ctx, "meeting.move", "meeting_move", parsed.answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId session_id) {
    return back_to(ctx, session_id, move_session(tx, gate, actor, settings_of(ctx), session_id, parts::posted_version(ctx), in));
  });
}

web::Reply cancel(programme::Ctx& ctx) {
  return step(ctx, "meeting.cancel", "cancel", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId id) {
    return back_to(ctx, id, cancel_session(tx, gate, actor, settings_of(ctx), id, parts::posted_version(ctx)));
  });
}

web::Reply hold(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(held_form(ctx, *s), ctx.req.posted);
  if (!parsed.ok()) return show_session(ctx, *id, {"held", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  Holding in{parts::posted_version(ctx), parse_code<Manner>(parsed.answers.text("manner")).value_or(Manner::sitting), {}, {}};
  for (const char* key : {"present", kOthersThere}) expect(in.present, parts::chosen_ids<AgencyTag>(parsed.answers, key));
  return step(ctx, "meeting.held", "held", parsed.answers, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId session_id) {
    return back_to(ctx, session_id, mark_held(tx, gate, actor, settings_of(ctx), session_id, in));
  });
}

web::Reply confirm(programme::Ctx& ctx) {
  return step(ctx, "meeting.confirm", "confirm", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId id) {
    return back_to(ctx, id, confirm_minutes(tx, gate, actor, settings_of(ctx), id, parts::posted_version(ctx)));
  });
}

}  // namespace

void add_session_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  const auto arrange = web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary});
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/meetings", read, list_page);
  router.get("/meetings/new", arrange, new_page);
  router.post("/meetings", arrange, create);
  router.get("/meetings/{id}", read, session_page);
  router.post("/meetings/{id}/move", arrange, move);
  router.post("/meetings/{id}/cancel", arrange, cancel);
  router.post("/meetings/{id}/held", manage, hold);
  router.post("/meetings/{id}/confirm", manage, confirm);
}

void add_routes(programme::Router& router) {
  add_session_routes(router);
  add_hand_item_routes(router);
  add_series_routes(router);
  add_prepare_routes(router);
  add_preparation_routes(router);
  add_item_routes(router);
  add_paper_routes(router);
  add_law_routes(router);
  add_packet_routes(router);
  add_secrecy_routes(router);
  add_guest_routes(router);
  add_withdrawal_routes(router);
  add_guest_door_routes(router);
  add_live_routes(router);
  add_screen_routes(router);
  add_minutes_routes(router);
  add_issue_routes(router);
  add_issue_item_routes(router);
  add_lesson_routes(router);
  add_plenary_routes(router);
  add_gathering_routes(router);
  add_survey_routes(router);
  add_poll_routes(router);
  add_poll_door_routes(router);
  add_invitation_routes(router);
  add_feed_routes(router);
  add_phone_routes(router);
  add_register_routes(router);
  add_rule_document_routes(router);
}

}  // namespace kasane::meeting
