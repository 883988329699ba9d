// /meetings/{id}/live: beginning, turning from item to item, lines, outcome, attendance, end; and the events that tell the
// page to look again. Works without scripts: every step is a form that comes back here.
#include "meeting/live_pages.hpp"

#include <algorithm>

#include "casework/naming.hpp"
#include "meeting/asked_agencies.hpp"
#include "meeting/common_issue_item_pages.hpp"
#include "meeting/item_service.hpp"
#include "meeting/live_service.hpp"
#include "meeting/item_store.hpp"
#include "meeting/live_store.hpp"
#include "meeting/note_service.hpp"
#include "meeting/pages.hpp"
#include "meeting/rules.hpp"
#include "meeting/secrecy_pages.hpp"
#include "meeting/secrecy_service.hpp"
#include "meeting/shown_presence.hpp"
#include "programme/draft_note.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

/// Which form of the page is shown again, with what was typed.
struct Typed {
  std::string form;
  Again again;
};

void add_agency(std::vector<AgencyId>& list, AgencyId agency) {
  if (agency.value != 0 && std::find(list.begin(), list.end(), agency) == list.end()) list.push_back(agency);
}

/// Agencies whose attendance is asked for in a part, and who is there already.
PartSeats seats_of(const programme::Ctx& ctx, db::ReadTx& tx, access::Gate& gate, const LiveShown& s, const SessionBody& part) {
  const Settings city = settings_of(ctx);
  std::vector<ItemHead> known;
  for (const AgendaLine& line : s.agenda)
    if (line.known) known.push_back(line.head);
  PartSeats seats{part.body, asked_to_part(tx, gate, city, s.session, part.body, known), {}};
  seats.there = shown_there(tx, gate, city, s.session, part.body);
  for (const AgencyId agency : seats.there) add_agency(seats.asked, agency);
  if (s.session.state == SessionState::planned)
    for (const access::Post& post : gate.viewer().posts)
      if (std::find(seats.asked.begin(), seats.asked.end(), post.agency) != seats.asked.end()) add_agency(seats.there, post.agency);
  return seats;
}

void load_item(programme::Ctx& ctx, db::ReadTx& tx, access::Gate& gate, AgendaItemId id, LiveShown& s) {
  // Asked before anything of it is read, so that the audit tells no reading where nothing was shown.
  const auto secrecy = secrecy_of(tx, gate, settings_of(ctx), id);
  if (!secrecy) return;
  s.asks_secrecy = secrecy->asked;
  if (s.asks_secrecy) return;
  auto view = item(tx, gate, settings_of(ctx), id);
  if (!view) return;
  s.item = std::move(*view);
  s.notes = notes_of(tx, gate, id);
  leave_out_unnamed(tx, gate, s.item->head.household, s.notes);
  s.plans = plan_edits(tx, gate, *s.item);
  if (s.item->may_manage && s.item->head.household)
    if (auto household = people::household_view(tx, gate, *s.item->head.household)) s.members = std::move(household->members);
}

void load_for_host(programme::Ctx& ctx, db::ReadTx& tx, access::Gate& gate, LiveShown& s) {
  for (const SessionBody& b : s.session.bodies) s.parts.push_back(seats_of(ctx, tx, gate, s, b));
  if (!s.live || !s.live->item) return;
  const auto shown = screen(tx, gate, settings_of(ctx), s.session.id);
  if (!shown) return;
  s.screen_open = shown->open;
  s.without_right = without_right(*shown);
  std::erase_if(s.without_right, [&](AgencyId agency) { return std::find(s.there.begin(), s.there.end(), agency) == s.there.end(); });
  s.persons = shown->persons;
}

Result<LiveShown> load(programme::Ctx& ctx, SessionId id) {
  return ctx.read("meeting.live", [&](db::ReadTx& tx, access::Gate& gate) -> Result<LiveShown> {
    auto found = followed(tx, gate, settings_of(ctx), id);
    if (!found) return tl::unexpected(found.error());
    LiveShown s;
    s.session = std::move(*found);
    s.live = live_of(tx, id);
    s.hosts = may_manage(gate, settings_of(ctx), s.session);
    s.reads_later = has_to_read(tx, gate, id);
    const auto lines = items_of(tx, gate, id);
    for (ItemHead& head : store::heads_of(tx, id)) {
      const auto line = std::find_if(lines.begin(), lines.end(), [&](const ItemLine& l) { return l.head.id == head.id; });
      s.agenda.push_back({std::move(head), line != lines.end(), line != lines.end() ? line->label : PersonalText()});
    }
    if (s.live && s.live->item) {
      const auto head = store::head(tx, *s.live->item);
      if (head) s.there = shown_there(tx, gate, settings_of(ctx), s.session, head->body);
      load_item(ctx, tx, gate, *s.live->item, s);
    }
    if (s.hosts) load_for_host(ctx, tx, gate, s);
    return s;
  });
}

/// A form within a folding part or a region; shown again with its faults where it was sent.
Html form_part(programme::Ctx& ctx, const LiveShown& s, const form::Form& f, const Typed& typed, std::string_view path, std::string submit, form::Answers first,
               std::int64_t version, html::NameValues hidden, std::string draft = {}, const Html& before = {}) {
  html::FormFrame frame = ctx.frame(live_path(s.session.id) + std::string(path), draft);
  frame.version = std::to_string(version);
  frame.hidden.insert(frame.hidden.end(), hidden.begin(), hidden.end());
  const bool again = typed.form == f.key;
  // Only the form that was sent keeps its command; the others are commands of their own.
  if (!again) frame.command_id = programme::fresh_command_id();
  Html from_draft;
  if (!again && !draft.empty())
    if (const auto kept = ctx.draft(draft)) {
      first = form::parse(f, *kept).answers;
      from_draft = programme::draft_note(ctx, draft, live_path(s.session.id));
    }
  const Html shown = html::form_page(f, again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(), {std::move(frame), std::move(submit), {}, before, {}});
  return html::group({from_draft, shown});
}

std::vector<AgencyId> takers(const LiveShown& s) {
  std::vector<AgencyId> all = s.there;
  if (s.item)
    for (const Attendee& a : s.item->attendees) add_agency(all, AgencyId(a.party));
  return all;
}

bool may_write(const programme::Ctx& ctx, const LiveShown& s) {
  const Roles writers = access::roles_for(SubjectKind::meeting_note, access::Act::create);
  return s.item && s.live && !s.session.confirmed_on && ctx.viewer().roles().meets(writers);
}

Html note_forms(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  if (!may_write(ctx, s)) return {};
  const std::string id = id_text(s.item->head.id);
  const html::NameValues hidden{{"item", id}};
  Html out = html::folding("要点を書き足す", form_part(ctx, s, note_form(ctx, NoteKind::point, {}), typed, "/notes/point", "要点を足す", {}, 0, hidden), true, "add-point");
  out.add(html::folding("だれが何をするかを書き足す", form_part(ctx, s, note_form(ctx, NoteKind::undertaking, takers(s)), typed, "/notes/undertaking", "足す", {}, 0, hidden), true, "add-take"));
  return out;
}

bool plans_open(const LiveShown& s) { return s.item && s.live && !s.live->ended_at && s.live->item == s.item->head.id && !s.session.confirmed_on; }

/// Goals and roles, in place: what the meeting changes is kept beside what was submitted.
Html plan_parts(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  Html out;
  if (!plans_open(s)) return out;
  for (std::size_t n = 1; n <= s.plans.size(); ++n) {
    const PlanEdit& plan = s.plans[n - 1];
    const form::Form f = plan_form(ctx, plan, n);
    const bool again = typed.form == f.key;
    const Html stale = again && typed.again.stale ? html::banner(Tone::warning, "ほかの人が先に直しました", html::prose("上の資料が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")) : Html();
    const Html before = html::group({stale, html::muted("提出されたときの文も、やめた目標・役割も、プランの画面に残ります。直したことは、プランを作った機関が本人に伝えて確かめます。")});
    out.add(html::folding(planning::kind_name(ctx.m(), plan.kind) + "の目標・役割分担を直す、やめる",
                          form_part(ctx, s, f, typed, "/plan", "目標・役割分担を保存する", plan_answers(plan, n), plan.version, {{"item", id_text(s.item->head.id)}, {"plan", id_text(plan.id)}}, {}, before),
                          again, "plan-" + std::to_string(n)));
  }
  return out;
}

/// A region of its own: what others change meanwhile takes nothing of what is typed here.
Html addition_parts(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  Html out;
  if (!plans_open(s)) return out;
  for (std::size_t n = 1; n <= s.plans.size(); ++n)
    for (const bool role : {false, true}) {
      const PlanEdit& plan = s.plans[n - 1];
      const form::Form f = addition_form(ctx, plan, n, role);
      out.add(html::folding(planning::kind_name(ctx.m(), plan.kind) + (role ? "に役割を足す" : "に目標を足す"),
                            form_part(ctx, s, f, typed, "/plan/add", role ? "役割を足す" : "目標を足す", {}, 0,
                                      {{"item", id_text(s.item->head.id)}, {"plan", id_text(plan.id)}, {"part", role ? "role" : "goal"}}),
                            typed.form == f.key, std::string(role ? "add-role-" : "add-goal-") + std::to_string(n)));
    }
  return out;
}

/// What this person had typed when somebody else was quicker: both versions, one under the other.
Html not_saved(const form::Form& f, const Typed& typed) {
  return html::banner(Tone::warning, "ほかの人が先に結果を保存しました",
                      html::group({html::prose("上が保存された結果です。あなたが書いた内容は次のとおりで、保存していません。足りないことは、会議録の要点に書き足せます。"), html::form_facts(f, typed.again.answers)}));
}

Html outcome_part(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  if (!s.item || !s.item->may_manage) return {};
  const ItemView& item = *s.item;
  if (const Html decision = issue_decision_section(ctx, item, kLiveScreen); !decision.empty()) return html::group({decision, close_without_result(ctx, s)});
  const std::size_t rows = count_undertakings(s.notes);
  const form::Form f = live_outcome_form(ctx, item, s.members, rows);
  if (item.head.state != ItemState::waiting || s.session.confirmed_on)
    return html::group({typed.form == f.key ? not_saved(f, typed) : Html(), issues_seen_section(ctx, item, kLiveScreen)});
  const std::string id = id_text(item.head.id);
  Html body;
  if (typed.form == f.key && typed.again.stale)
    body.add(html::banner(Tone::warning, "ほかの人が先に保存しました", html::prose("上が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")));
  body.add(form_part(ctx, s, f, typed, "/outcome", "結果を保存する", outcome_from_notes(s.notes), item.head.version, {{"item", id}, {"rows", std::to_string(rows)}}, "live-outcome-" + id));
  body.add(html::post_button(ctx.post(live_path(s.session.id) + "/defer", {.label = "次回へ回す", .look = html::Look::secondary},
                                      {{"item", id}, {"version", std::to_string(item.head.version)}})));
  body.add(close_without_result(ctx, s));
  return html::section("決まったこと", body, "live-decide");
}

Html packet_part(programme::Ctx& ctx, const LiveShown& s) {
  if (!s.item) return {};
  Html body;
  if (s.item->for_section_only) body.add(html::banner(Tone::warning, kNotForCollection));
  body.add(packet_html(ctx, *s.item));
  body.add(answers_html(ctx, s.notes));
  Html out = html::section("資料", body, "live-packet");
  if (const Html outcome = outcome_html(ctx, *s.item); !outcome.empty()) out.add(html::section("会議の結果", outcome, "live-results"));
  return out;
}

Html required_parties(const programme::Ctx& ctx, const Session& s) {
  Html out;
  for (const SessionBody& b : s.bodies)
    if (const auto* body = ctx.m().body(b.body); body != nullptr && !body->required_text.empty()) out.add(html::muted(body->name + "：" + body->required_text));
  return out;
}

bool before_its_day(const programme::Ctx& ctx, const Session& s) { return s.state == SessionState::planned && ctx.today() < s.held_on; }

Html start_part(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  if (!s.hosts || s.live || s.session.state == SessionState::cancelled || s.session.confirmed_on) return {};
  if (before_its_day(ctx, s.session))
    return html::section("会議を始める", html::group({html::prose("会議の日（" + wareki_short(s.session.held_on) + "）になると、ここから始められます。今日開くときは、先に会議の日を今日に変えてください。"),
                                                      html::link("会議の日を変える", ctx.url(session_path(s.session.id) + "#move"))}), "live-start");
  return html::section("会議を始める", form_part(ctx, s, presence_form(ctx, "live_start", s.parts), typed, "/start", "会議を始める", presence_answers(s.parts, s.session.manner),
                                                s.session.version, {}, {}, required_parties(ctx, s.session)), "live-start");
}

Html presence_part(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  if (!s.hosts || !s.live || s.session.confirmed_on) return {};
  const form::Form f = presence_form(ctx, "live_presence", s.parts);
  Html body = html::folding("出席を直す（遅れて来た、先に帰った）", form_part(ctx, s, f, typed, "/presence", "出席を保存する", presence_answers(s.parts, s.session.manner), s.session.version, {}),
                            typed.form == f.key, "presence");
  if (!s.live->ended_at)
    body.add(html::post_button(ctx.post(live_path(s.session.id) + "/end", {.label = "会議を終える", .look = html::Look::secondary}, {{"version", std::to_string(s.live->version)}})));
  return body;
}

Html there_html(const programme::Ctx& ctx, const LiveShown& s) {
  if (!s.live || s.there.empty()) return {};
  std::vector<Html> names;
  for (const AgencyId agency : s.there) names.push_back(html::text(ctx.dir().name(agency)));
  return html::section("いま出席している機関", html::bullets(names), "live-there");
}

std::string item_key(const LiveShown& s) {
  return s.item ? id_text(s.item->head.id) + "-" + std::to_string(s.item->head.version) + "-" + std::string(code_of(s.item->head.state)) : std::string("none");
}

Html regions(programme::Ctx& ctx, const LiveShown& s, const Typed& typed) {
  Html main = live_list("live-now", now_html(ctx, s));
  main.add(live_form("live-start-part", s.live ? "begun" : "planned", start_part(ctx, s, typed)));
  main.add(live_list("live-item", packet_part(ctx, s)));
  std::string plan_key;
  for (const PlanEdit& plan : s.plans) plan_key += id_text(plan.id) + "-" + std::to_string(plan.version) + ".";
  main.add(live_form("live-plans", plan_key, plan_parts(ctx, s, typed)));
  main.add(live_form("live-plan-rows", s.item ? id_text(s.item->head.id) + (s.plans.empty() ? "-closed" : "") : "none", addition_parts(ctx, s, typed)));
  main.add(live_list("live-notes", s.item ? notes_html(ctx, s) : Html()));
  main.add(live_form("live-write", s.item ? id_text(s.item->head.id) : "none", note_forms(ctx, s, typed)));
  main.add(live_form("live-outcome", item_key(s), outcome_part(ctx, s, typed)));
  Html side = live_list("live-agenda", agenda_html(ctx, s));
  side.add(live_list("live-present", there_html(ctx, s)));
  if (s.hosts) side.add(live_list("live-screen", screen_state_html(ctx, s)));
  side.add(live_form("live-presence-part", std::to_string(s.session.version) + (s.live && s.live->ended_at ? "-ended" : ""), presence_part(ctx, s, typed)));
  return html::two_columns(main, side);
}

/// The item that a form of this page is about: of this session, and open to the viewer.
Result<LiveShown> load_with_item(programme::Ctx& ctx, SessionId id) {
  const auto item_id = parse_id<AgendaItemTag>(ctx.req.posted_value("item").value_or(""));
  auto s = load(ctx, id);
  if (!s || (s->item && item_id && s->item->head.id == *item_id)) return s;
  if (!item_id) return fail(ErrorCode::not_found, "見つかりません。");
  // Others have turned on meanwhile: what was typed belongs to its own item all the same.
  s->item.reset();
  s->notes.clear();
  s->plans.clear();
  s->members.clear();
  ctx.read("meeting.live_item", [&](db::ReadTx& tx, access::Gate& gate) {
    load_item(ctx, tx, gate, *item_id, *s);
    return 0;
  });
  if (!s->item || s->item->head.session != id) return fail(ErrorCode::not_found, "見つかりません。");
  return s;
}

web::Reply show_live(programme::Ctx& ctx, SessionId id, const Typed& typed) {
  auto s = typed.form.empty() || !ctx.req.posted_value("item") ? load(ctx, id) : load_with_item(ctx, id);
  if (!s) return ctx.error(s.error());
  if (s->asks_secrecy && s->live && s->live->item)
    if (auto asked = ask_secrecy(ctx, *s->live->item)) return *std::move(asked);
  Html body;
  if (s->item && s->live && s->live->item != s->item->head.id)
    body.add(html::banner(Tone::info, "会議は次へ進んでいます", html::prose("下は議題" + std::to_string(s->item->head.number) + "です。書いた内容は、議題" + std::to_string(s->item->head.number) + "のものとして保存できます。")));
  body.add(regions(ctx, *s, typed));
  if (ctx.req.wants_fragment()) return ctx.park(web::Reply::html(following(ctx, id, s->live, live_path(id), body).str(), typed.again.status));
  html::Page page;
  page.title = "会議の進行";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, s->session), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = html::group({when_text(s->session), " ", s->session.place, s->session.facilitator.empty() ? "" : "　進行役 " + s->session.facilitator});
  if (typed.form.empty() && typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に進めました", html::prose("いまの状態です。確かめて、よければもう一度押してください。")};
  if (!typed.form.empty() && typed.again.status != 200 && typed.again.status != 409) {
    Html why;
    for (const FieldError& e : typed.again.errors) why.add(html::prose(e.message));
    page.flash = html::Flash{Tone::warning, "保存していません", why};
  }
  page.main = following(ctx, id, s->live, live_path(id), body);
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply live_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show_live(ctx, *id, {}) : ctx.error(id.error());
}

/// Numbers of changes, for whoever may follow the session; ends by itself after some minutes, so that this is asked again.
web::Reply events(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  std::int64_t number = 0;
  const auto found = ctx.read("meeting.live_events", [&](db::ReadTx& tx, access::Gate& gate) {
    auto session = followed(tx, gate, settings_of(ctx), *id);
    const auto live = live_of(tx, *id);
    number = live ? live->change : 0;
    return session;
  });
  if (!found) return ctx.error(found.error());
  const auto since = web::last_event_number(ctx.req.query_value("since")).value_or(number);
  const auto seen = web::last_event_number(ctx.req.header("last-event-id")).value_or(since);
  return web::Reply::stream(ctx.city.events.open(id->value, ctx.viewer().account.value, number, seen));
}

/// Runs a step of the sitting, tells those who follow it, and comes back to the page.
template <class F>
web::Reply step(programme::Ctx& ctx, SessionId id, const char* action, std::string anchor, const Typed& typed, F&& f) {
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto result = f(tx, gate, actor); !result) return tl::unexpected(result.error());
    return ctx.url(live_path(id)) + anchor;
  });
  if (done) {
    announce(ctx, id);
    return ctx.go(*done);
  }
  const bool overtaken = typed.form.empty() && done.error().code == ErrorCode::stale;
  if (!overtaken && (typed.form.empty() || !parts::belongs_on_form(done.error()))) return ctx.error(done.error());
  Typed again = typed;
  again.again.errors = parts::faults_of(done.error());
  again.again.status = parts::status_of(done.error());
  again.again.stale = done.error().code == ErrorCode::stale;
  return show_live(ctx, id, again);
}

web::Reply start(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  if (before_its_day(ctx, s->session)) return show_live(ctx, *id, {{}, {{}, {}, 409, false}});
  auto parsed = form::parse(presence_form(ctx, "live_start", s->parts), ctx.req.posted);
  if (!parsed.ok()) return show_live(ctx, *id, {"live_start", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const Holding in = read_presence(parsed.answers, s->parts, parts::posted_version(ctx));
  return step(ctx, *id, "meeting.live_start", {}, {"live_start", {parsed.answers, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    auto done = begin_live(tx, gate, actor, settings_of(ctx), *id, in);
    if (!done) done.error().fields = presence_faults(done.error(), s->parts);
    return done;
  });
}

web::Reply presence_change(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(presence_form(ctx, "live_presence", s->parts), ctx.req.posted);
  if (!parsed.ok()) return show_live(ctx, *id, {"live_presence", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const Holding in = read_presence(parsed.answers, s->parts, parts::posted_version(ctx));
  return step(ctx, *id, "meeting.live_presence", {}, {"live_presence", {parsed.answers, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    auto done = change_presence(tx, gate, actor, settings_of(ctx), *id, in);
    if (!done) done.error().fields = presence_faults(done.error(), s->parts);
    return done;
  });
}

web::Reply turn(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto item = parse_id<AgendaItemTag>(ctx.req.posted_value("item").value_or(""));
  return step(ctx, *id, "meeting.live_turn", {}, {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return turn_to(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx), item);
  });
}

web::Reply room(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  const auto party = parse_id<AccountTag>(ctx.req.posted_value("party").value_or(""));
  if (!id || !party) return ctx.error({ErrorCode::not_found, {}, {}});
  const bool away = ctx.req.posted_value("away").value_or("") == "yes";
  return step(ctx, *id, "meeting.live_room", "#live-screen", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) {
    return say_away(tx, gate, settings_of(ctx), *id, party->value, away);
  });
}

web::Reply end(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("meeting.live_end", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto over = end_live(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx)); !over) return tl::unexpected(over.error());
    return ctx.url(session_path(*id) + "/minutes");
  });
  if (!done) return ctx.error(done.error());
  announce(ctx, *id);
  return ctx.go(*done);
}

web::Reply add_line(programme::Ctx& ctx, NoteKind kind) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load_with_item(ctx, *id);
  if (!s) return ctx.error(s.error());
  const form::Form f = note_form(ctx, kind, takers(*s));
  auto parsed = form::parse(f, ctx.req.posted);
  if (!parsed.ok()) return show_live(ctx, *id, {f.key, {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const AgendaItemId item_id = s->item->head.id;
  return step(ctx, *id, "meeting.live_note", "#live-notes", {f.key, {parsed.answers, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    const auto made = add_note(tx, gate, actor, settings_of(ctx), item_id, read_note(parsed.answers, kind));
    if (made) return {};
    Error error = made.error();
    error.fields = note_faults(error, kind);
    return tl::unexpected(std::move(error));
  });
}

web::Reply add_point(programme::Ctx& ctx) { return add_line(ctx, NoteKind::point); }
web::Reply add_undertaking(programme::Ctx& ctx) { return add_line(ctx, NoteKind::undertaking); }

web::Reply strike(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  const auto note_id = ctx.id<MeetingNoteTag>("note");
  if (!id || !note_id) return ctx.error({ErrorCode::not_found, {}, {}});
  return step(ctx, *id, "meeting.live_strike", "#live-notes", {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return strike_note(tx, gate, actor, *note_id, parts::posted_version(ctx));
  });
}

web::Reply outcome(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load_with_item(ctx, *id);
  if (!s) return ctx.error(s.error());
  // As many rows as the posted form had, whatever others have added since.
  const std::size_t rows = static_cast<std::size_t>(std::clamp<std::int64_t>(web::last_event_number(ctx.req.posted_value("rows").value_or("")).value_or(0), 0, 50));
  const form::Form f = live_outcome_form(ctx, *s->item, s->members, std::max(rows, count_undertakings(s->notes)));
  auto parsed = form::parse(f, ctx.req.posted);
  if (!parsed.ok()) return show_live(ctx, *id, {f.key, {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  Outcome in = read_live_outcome(parsed.answers, *s->item, rows);
  in.version = parts::posted_version(ctx);
  return step(ctx, *id, "meeting.live_outcome", "#live-results", {f.key, {parsed.answers, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return record_outcome(tx, gate, actor, settings_of(ctx), s->item->head.id, in);
  });
}

web::Reply defer(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load_with_item(ctx, *id);
  if (!s) return ctx.error(s.error());
  Outcome in;
  in.version = parts::posted_version(ctx);
  in.deferred = true;
  in.note = outcome_from_notes(s->notes).text("note");
  return step(ctx, *id, "meeting.live_defer", {}, {}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    return record_outcome(tx, gate, actor, settings_of(ctx), s->item->head.id, in);
  });
}

/// The item in hand and the plan of it that a form speaks of.
struct AskedPlan {
  SessionId session;
  LiveShown shown;
  std::size_t nth = 0;  // from 1, as the form numbers them
  const PlanEdit& plan() const { return shown.plans[nth - 1]; }
};

/// not_found also for a plan that the viewer may not change.
Result<AskedPlan> asked_plan(programme::Ctx& ctx) {
  const auto session = ctx.id<SessionTag>();
  if (!session) return tl::unexpected(session.error());
  auto shown = load_with_item(ctx, *session);
  if (!shown) return tl::unexpected(shown.error());
  const auto id = parse_id<PlanTag>(ctx.req.posted_value("plan").value_or(""));
  const auto found = std::find_if(shown->plans.begin(), shown->plans.end(), [&](const PlanEdit& p) { return id && p.id == *id; });
  if (found == shown->plans.end()) return tl::unexpected(Error{ErrorCode::not_found, {}, {}});
  const auto nth = static_cast<std::size_t>(found - shown->plans.begin()) + 1;
  return AskedPlan{*session, std::move(*shown), nth};
}

web::Reply plan_change(programme::Ctx& ctx) {
  auto asked = asked_plan(ctx);
  if (!asked) return ctx.error(asked.error());
  const SessionId id = asked->session;
  const std::size_t nth = asked->nth;
  const PlanEdit& stored = asked->plan();
  const PlanEdit posted = posted_rows(stored, ctx.req.posted, nth);
  const form::Form f = plan_form(ctx, posted, nth);
  auto parsed = form::parse(f, ctx.req.posted);
  // Whose row is to go need not say what it should say.
  const auto changes = read_plan(parsed.answers, posted, nth);
  std::erase_if(parsed.errors, [&](const FieldError& e) {
    return std::any_of(changes.begin(), changes.end(), [&](const planning::RowChange& c) { return c.dropped && e.field.find("_" + id_text(c.row) + "_") != std::string::npos; });
  });
  const form::Answers typed = with_unasked(parsed.answers, plan_answers(stored, nth), f);
  if (!parsed.ok()) return show_live(ctx, id, {f.key, {typed, std::move(parsed.errors), 422, false}});
  return step(ctx, id, "meeting.live_plan", "#live-item", {f.key, {typed, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    auto done = meeting::change_plan(tx, gate, actor, settings_of(ctx), id, {asked->shown.item->head.id, stored.id, parts::posted_version(ctx), changes});
    if (!done) done.error().fields = plan_faults(done.error(), nth);
    return done;
  });
}

web::Reply plan_addition(programme::Ctx& ctx) {
  auto asked = asked_plan(ctx);
  if (!asked) return ctx.error(asked.error());
  const SessionId id = asked->session;
  const std::size_t nth = asked->nth;
  const PlanEdit& plan = asked->plan();
  const bool role = ctx.req.posted_value("part").value_or("") == "role";
  const form::Form f = addition_form(ctx, plan, nth, role);
  auto parsed = form::parse(f, ctx.req.posted);
  if (!parsed.ok()) return show_live(ctx, id, {f.key, {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  return step(ctx, id, "meeting.live_plan_add", "#live-item", {f.key, {parsed.answers, {}, 200, false}}, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<> {
    auto done = add_plan_rows(tx, gate, actor, settings_of(ctx), id, {asked->shown.item->head.id, plan.id, read_addition(ctx, parsed.answers, plan, nth, role)});
    if (!done) done.error().fields = addition_faults(done.error(), nth);
    return done;
  });
}

}  // namespace

void announce(programme::Ctx& ctx, SessionId session) {
  const auto live = ctx.city.db().read([&](db::ReadTx& tx) { return store::live(tx, session); });
  if (live) ctx.city.events.announce(session.value, live->change);
}

Html following(const programme::Ctx& ctx, SessionId session, const std::optional<Live>& live, std::string_view here, const Html& body) {
  const std::string number = std::to_string(live ? live->change : 0);
  const std::string page = ctx.url(session_path(session));
  return html::el("div", {{"data-live-events", page + "/live/events"}, {"data-live-number", number}, {"data-live-here", ctx.url(here)}},
                  html::el("p", {{"role", "status"}, {"class", "muted"}, {"data-live-state", ""}}),
                  html::el("p", {{"data-live-reload", ""}}, html::link("最新にする", ctx.url(here))), body);
}

Html live_links(const programme::Ctx& ctx, const Session& session) {
  if (session.state == SessionState::cancelled) return {};
  Html ways = html::link_button("会議の進行の画面", ctx.url(live_path(session.id)));
  if (session.state == SessionState::held) ways.add(html::link_button("会議録", ctx.url(session_path(session.id) + "/minutes")));
  return ways;
}

void add_live_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  const auto write = web::Need::of(kItemReaders);
  router.get("/meetings/{id}/live", read, live_page);
  router.get("/meetings/{id}/live/events", read, events);
  router.post("/meetings/{id}/live/start", manage, start);
  router.post("/meetings/{id}/live/turn", manage, turn);
  router.post("/meetings/{id}/live/presence", manage, presence_change);
  router.post("/meetings/{id}/live/room", manage, room);
  router.post("/meetings/{id}/live/end", manage, end);
  router.post("/meetings/{id}/live/outcome", manage, outcome);
  router.post("/meetings/{id}/live/defer", manage, defer);
  router.post("/meetings/{id}/live/plan", write, plan_change);
  router.post("/meetings/{id}/live/plan/add", write, plan_addition);
  router.post("/meetings/{id}/live/notes/point", write, add_point);
  router.post("/meetings/{id}/live/notes/undertaking", write, add_undertaking);
  router.post("/meetings/{id}/live/notes/{note}/strike", write, strike);
}

}  // namespace kasane::meeting
