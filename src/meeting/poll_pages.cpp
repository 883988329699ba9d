// Dates of a sitting: the host names candidate times and whom to ask, sees the answers and takes the time that is proposed;
// an invited agency answers with one click.
#include <algorithm>

#include "meeting/item_steps.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/poll_page_parts.hpp"
#include "meeting/poll_service.hpp"
#include "meeting/rules.hpp"
#include "paper/qr.hpp"

namespace kasane::meeting {

using html::Html;
using html::Look;
using html::Tone;
using parts::Again;

namespace {

constexpr int kRowsSeen = 4;
constexpr int kUsualMinutes = 60;
constexpr int kDaysToAnswer = 7;

std::string poll_path(SessionId id) { return session_path(id) + "/poll"; }

// --- naming candidate times ---

void add_slots(form::Form& f) {
  for (int i = 1; i <= static_cast<int>(kMostSlots); ++i) {
    const std::string n = std::to_string(i), group = i > kRowsSeen ? "候補をもっと足す" : "";
    form::Field day = parts::date_field("day_" + n, "候補" + n + "の日");
    day.group = group;
    form::Field time = parts::text_field("time_" + n, "候補" + n + "の時刻");
    time.kind = form::Kind::time;
    time.hint = i == 1 ? "13:30 のように" : "";
    time.group = group;
    f.fields.push_back(std::move(day));
    f.fields.push_back(std::move(time));
  }
  form::Field minutes = parts::number_field("minutes", "会議にかかる時間", kShortestSitting, kLongestSitting, "分");
  minutes.required = true;
  f.fields.push_back(std::move(minutes));
}

void add_invited(const programme::Ctx& ctx, form::Form& f) {
  f.fields.push_back(parts::choices_field("agencies", "たずねる機関", parts::agencies(ctx)));
  form::Field offices = parts::long_field("offices", "外の事業所・学校など");
  offices.hint = "1行に1つ、事業所や学校の名前だけを書きます。人の名前や世帯のことは書かないでください。答えるためのリンクは、あとの画面で作ります。";
  offices.max = 1000;
  f.fields.push_back(std::move(offices));
  f.fields.push_back(parts::date_field("answer_by", "いつまでに答えてもらうか", true));
}

form::Form ask_form(const programme::Ctx& ctx) {
  form::Form f{"poll", 1, {}};
  add_slots(f);
  add_invited(ctx, f);
  return f;
}

/// Bodies that can sit 随時.
parts::Table on_demand_bodies(const programme::Ctx& ctx) {
  form::CodeTable table{"poll_bodies", 1, {}};
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body) && why_no_poll({&body}).empty()) table.codes.push_back({body.code, body.full_name.empty() ? body.name : body.full_name});
  return std::make_shared<const form::CodeTable>(std::move(table));
}

form::Form plan_form(const programme::Ctx& ctx) {
  form::Form f{"poll_new", 1, {}};
  form::Field bodies = parts::choices_field("bodies", "会議", on_demand_bodies(ctx));
  bodies.required = true;
  bodies.hint = "随時開く会議だけが並んでいます。開く時期が決まっている会議は、日程をたずねる必要がありません。";
  f.fields.push_back(std::move(bodies));
  f.fields.push_back(parts::text_field("place", "場所"));
  f.fields.push_back(parts::text_field("facilitator", "進行役"));
  add_slots(f);
  add_invited(ctx, f);
  return f;
}

struct Asked {
  NewPoll poll;
  std::vector<int> rows;  // of the form, for each slot
};

Asked read_asked(const form::Answers& a) {
  Asked in;
  for (int i = 1; i <= static_cast<int>(kMostSlots); ++i) {
    const std::string n = std::to_string(i);
    const auto day = a.date("day_" + n);
    if (!day) continue;
    in.poll.slots.push_back({0, *day, a.text("time_" + n), static_cast<int>(a.number("minutes").value_or(0))});
    in.rows.push_back(i);
  }
  in.poll.agencies = parts::chosen_ids<AgencyTag>(a, "agencies");
  in.poll.offices = offices_of(a.text("offices"));
  in.poll.answer_by = a.date("answer_by").value_or(Date());
  return in;
}

/// Faults name the slots in their order; the form has rows, some of which stay empty.
std::vector<FieldError> by_row(std::vector<FieldError> faults, const std::vector<int>& rows) {
  for (FieldError& fault : faults)
    for (const char* prefix : {"day_", "time_"}) {
      const std::string_view start(prefix);
      if (!fault.field.starts_with(start)) continue;
      const std::size_t at = static_cast<std::size_t>(std::atoi(fault.field.c_str() + start.size())) - 1;
      if (at < rows.size()) fault.field = std::string(start) + std::to_string(rows[at]);
    }
  return faults;
}

form::Answers first_answers(Date today, const std::vector<AgencyId>& proposed) {
  form::Answers a;
  a.set("minutes", std::int64_t{kUsualMinutes});
  a.set("answer_by", today.plus_days(kDaysToAnswer));
  std::vector<std::string> codes;
  for (const AgencyId id : proposed) codes.push_back(id_text(id));
  if (!codes.empty()) a.set("agencies", std::move(codes));
  return a;
}

web::Reply show_plan(programme::Ctx& ctx, const Again& again) {
  html::Page page;
  page.title = "日程をたずねて会議を開く";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  if (on_demand_bodies(ctx)->codes.empty()) {
    page.main = html::empty_state("この市の会議は、どれも開く時期が決まっています。日程をたずねる必要はありません。");
    return ctx.show(std::move(page));
  }
  page.main.add(html::form_page(plan_form(ctx), again.status == 200 ? first_answers(ctx.today(), {}) : again.answers, again.errors,
                                {ctx.frame("/meetings/polls", "poll-new"), "日程をたずねる", ctx.url("/meetings"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply plan_page(programme::Ctx& ctx) { return show_plan(ctx, {}); }

web::Reply plan(programme::Ctx& ctx) {
  auto parsed = form::parse(plan_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_plan(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const Asked in = read_asked(parsed.answers);
  const auto done = ctx.command("poll.plan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    NewSession session;
    session.bodies = parsed.answers.codes("bodies");
    session.place = parsed.answers.text("place");
    session.facilitator = parsed.answers.text("facilitator");
    const auto id = plan_by_asking(tx, gate, actor, settings_of(ctx), session, in.poll);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(poll_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_plan(ctx, {std::move(parsed.answers), by_row(parts::faults_of(done.error()), in.rows), parts::status_of(done.error()), false});
}

// --- the page of one sitting ---

std::string name_of(const programme::Ctx& ctx, const Invitee& i) { return i.agency ? ctx.dir().name(*i.agency) : i.office; }

/// First time that is not over.
std::size_t first_open(const Poll& poll, Date today) {
  std::size_t at = 0;
  while (at < poll.slots.size() && poll.slots[at].on < today) ++at;
  return at;
}

Html own_part(programme::Ctx& ctx, const PollView& v, const Invitee& who, bool as_host) {
  const html::NameValues hidden{{"who", id_text(who.id)}};
  Html body;
  if (as_host) body.add(html::prose("電話や口頭で聞いた答えを入れます。"));
  body.add(html::muted(wareki_short(v.poll->answer_by) + "までに答えてください。"));
  body.add(answer_buttons(ctx, poll_path(v.session.id) + "/answer", hidden, *v.poll, who, first_open(*v.poll, ctx.today())));
  return html::section(name_of(ctx, who) + "の答え", body, "answer-" + id_text(who.id));
}

Html take_button(const programme::Ctx& ctx, const PollView& v, const PollSlot& slot, Look look) {
  return html::post_button(ctx.post(poll_path(v.session.id) + "/take", {.label = "この日時に決める", .look = look, .about = slot_text(slot)},
                                    {{"version", std::to_string(v.session.version)}, {"slot", id_text(slot.id)}}));
}

Html counts_text(const SlotLine& line) {
  return html::text("○" + std::to_string(line.yes) + " △" + std::to_string(line.maybe) + " ×" + std::to_string(line.no) + " まだ" + std::to_string(line.waiting));
}

Html proposal(const programme::Ctx& ctx, const PollView& v) {
  if (!v.choice.slot) return html::banner(Tone::warning, "まだ決められる候補がありません", html::prose(v.choice.why));
  const SlotLine& best = v.lines[*v.choice.slot];
  Html body = html::prose(slot_text(best.slot));
  body.add(html::el("p", counts_text(best)));
  body.add(html::muted("欠かせない機関がそろい、出席できる機関がいちばん多い日時です。"));
  body.add(take_button(ctx, v, best.slot, Look::primary));
  return html::section("いちばんよい日時", html::panel(body), "proposal");
}

Html slots_part(const programme::Ctx& ctx, const PollView& v) {
  html::Table table("候補の日時", {{"候補の日時"}, {"答え"}, {"足りない機関"}, {"操作"}});
  for (const SlotLine& line : v.lines) {
    std::vector<Html> missing;
    for (const std::string& name : line.missing) missing.push_back(html::text(name));
    table.row().cell(slot_text(line.slot)).cell(counts_text(line)).cell(missing.empty() ? html::text("なし") : html::join(missing, html::text("、")));
    if (line.past) table.cell("過ぎました");
    else table.cell(v.open && line.missing.empty() && line.yes + line.maybe > 0 ? take_button(ctx, v, line.slot, Look::secondary) : Html());
  }
  return html::section("候補の日時", table.done(), "slots");
}

Html link_cell(const programme::Ctx& ctx, const PollView& v, const Invitee& i) {
  if (i.agency || !v.open) return {};
  const html::NameValues hidden{{"who", id_text(i.id)}};
  const bool opens = i.link_opens_on(ctx.today());
  Html out = html::post_button(ctx.post(poll_path(v.session.id) + "/link", {.label = opens ? "リンクを作り直す" : "リンクを作る", .look = Look::secondary, .about = i.office}, hidden));
  if (opens) {
    out.add(html::muted(wareki_short(*i.until) + "まで使えます"));
    out.add(html::post_button(ctx.post(poll_path(v.session.id) + "/link/revoke", {.label = "リンクを取り消す", .look = Look::plain, .about = i.office}, hidden)));
  }
  return out;
}

Html invitees_part(const programme::Ctx& ctx, const PollView& v) {
  std::vector<html::Column> columns{{"機関"}};
  for (const PollSlot& slot : v.poll->slots) {
    const std::string closed = closed_words(ctx, slot.on);
    columns.push_back({day_with_weekday(slot.on) + slot.at_time + (closed.empty() ? "" : "（" + closed + "）")});
  }
  columns.insert(columns.end(), {{"欠かせないか"}, {"操作"}});
  html::Table table("機関ごとの答え", columns);
  for (const Invitee& i : v.invitees) {
    table.row().cell(name_of(ctx, i));
    for (const PollSlot& slot : v.poll->slots) table.cell(html::group({sign_of(i.reply_to(slot.id)), html::only_read_out(label_of(i.reply_to(slot.id)))}));
    const html::NameValues hidden{{"who", id_text(i.id)}, {"required", i.required ? "no" : "yes"}};
    table.cell(v.open ? html::post_button(ctx.post(poll_path(v.session.id) + "/required",
                                                   {.label = i.required ? "欠かせない（はずす）" : "欠かせない機関にする", .look = Look::plain, .about = name_of(ctx, i)}, hidden))
                      : html::text(i.required ? "欠かせない" : ""));
    table.cell(v.open ? html::group({html::link(html::group({"答えを入れる", html::only_read_out(name_of(ctx, i))}), ctx.url(poll_path(v.session.id) + "?who=" + id_text(i.id))), link_cell(ctx, v, i)}) : Html());
  }
  return html::section("機関ごとの答え", table.done(), "invitees");
}

Html ask_part(programme::Ctx& ctx, const PollView& v, const std::vector<AgencyId>& proposed, const Again& again) {
  const bool typed = again.status != 200;
  return html::section("日程をたずねる", html::form_page(ask_form(ctx), typed ? again.answers : first_answers(ctx.today(), proposed), again.errors,
                                                       {ctx.frame(poll_path(v.session.id), "poll-" + id_text(v.session.id)), "日程をたずねる", ctx.url(session_path(v.session.id)), {}, {}}), "ask");
}

std::vector<const programme::Body*> bodies_of(const programme::Ctx& ctx, const Session& s) {
  std::vector<const programme::Body*> all;
  for (const SessionBody& b : s.bodies)
    if (const auto* body = ctx.m().body(b.body)) all.push_back(body);
  return all;
}

Html host_parts(programme::Ctx& ctx, const PollView& v, const std::vector<AgencyId>& proposed, const Again& again) {
  Html out;
  if (v.session.state != SessionState::planned) return html::empty_state("この会議は、もう予定の状態ではありません。");
  const std::string why = why_no_poll(bodies_of(ctx, v.session));
  if (!why.empty() && !v.poll) return html::empty_state(why, html::link_button("会議の画面へ", ctx.url(session_path(v.session.id))));
  if (v.open) {
    out.add(proposal(ctx, v));
    out.add(slots_part(ctx, v));
    out.add(invitees_part(ctx, v));
    out.add(html::actions({html::link_button("招く機関を足す", ctx.url(session_path(v.session.id) + "/invitation")),
                           html::post_button(ctx.post(poll_path(v.session.id) + "/stop", {.label = "たずねるのをやめる", .look = Look::plain}))}));
    return out;
  }
  if (v.poll) {
    out.add(html::banner(Tone::success, "日程は決まっています", html::prose(when_text(v.session))));
    out.add(html::actions({html::link_button("招待の画面へ", ctx.url(session_path(v.session.id) + "/invitation"))}));
    out.add(html::folding("このときの答え", html::group({slots_part(ctx, v), invitees_part(ctx, v)})));
    out.add(html::folding("もう一度、候補を出してたずねる", ask_part(ctx, v, proposed, again), again.status != 200));
    return out;
  }
  return ask_part(ctx, v, proposed, again);
}

struct Shown {
  PollView v;
  std::vector<AgencyId> proposed;
};

web::Reply show_poll(programme::Ctx& ctx, SessionId id, const Again& again) {
  const auto shown = ctx.read("poll.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto v = poll_view(tx, gate, settings_of(ctx), id);
    if (!v) return tl::unexpected(v.error());
    Shown s{*std::move(v), {}};
    if (!s.v.may_arrange) return s;
    for (const Invitee& i : s.v.invitees)
      if (i.agency) s.proposed.push_back(*i.agency);
    for (const AgencyId agency : agencies_to_invite(tx, gate, settings_of(ctx), s.v.session)) s.proposed.push_back(agency);
    return s;
  });
  if (!shown) return ctx.error(shown.error());
  const PollView& v = shown->v;
  html::Page page;
  page.title = "会議の日程";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, v.session), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = html::text(bodies_text(ctx, v.session) + (v.session.place.empty() ? "" : "　" + v.session.place));
  if (again.status == 409)
    page.flash = html::Flash{Tone::warning, "決められませんでした", again.errors.empty() ? Html() : html::prose(again.errors.front().message)};
  const auto asked_for = parse_id_text(ctx.req.query_value("who"));
  bool answering = false;
  if (v.open)
    for (const Invitee& i : v.invitees) {
      const bool own = i.agency && ctx.viewer().in_agency(*i.agency);
      const bool host_types = v.may_arrange && asked_for == i.id;
      // Who arranges it sees its own question until it is answered; the others always.
      const bool unanswered = std::any_of(v.poll->slots.begin(), v.poll->slots.end(), [&](const PollSlot& s) { return i.reply_to(s.id) == PollReply::none; });
      if (!host_types && (!own || (v.may_arrange && !unanswered))) continue;
      page.main.add(own_part(ctx, v, i, host_types && !own));
      answering = true;
    }
  if (v.may_arrange) page.main.add(host_parts(ctx, v, shown->proposed, again));
  else if (!answering) page.main.add(html::empty_state(v.open ? "この会議の日程は、招かれた機関にたずねています。" : "この会議の日程は、いまたずねていません。"));
  page.main.add(html::el("p", html::link("会議の画面へ", ctx.url(session_path(id)))));
  return ctx.show(std::move(page), again.status);
}

web::Reply poll_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show_poll(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply ask(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(ask_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_poll(ctx, *id, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const Asked in = read_asked(parsed.answers);
  const auto done = ctx.command("poll.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto asked = ask_dates(tx, gate, actor, settings_of(ctx), *id, in.poll); !asked) return tl::unexpected(asked.error());
    return ctx.url(poll_path(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_poll(ctx, *id, {std::move(parsed.answers), by_row(parts::faults_of(done.error()), in.rows), parts::status_of(done.error()), false});
}

/// One click on the page: back to it, with the reason where it did not succeed.
template <class F>
web::Reply step(programme::Ctx& ctx, const char* action, const std::string& to, F&& f) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command(action, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto result = f(tx, gate, actor, *id); !result) return tl::unexpected(result.error());
    return ctx.url(poll_path(*id) + to);
  });
  if (done) return ctx.go(*done);
  const bool again = done.error().code == ErrorCode::conflict || done.error().code == ErrorCode::stale;
  return again ? show_poll(ctx, *id, {{}, parts::faults_of(done.error()), 409, false}) : ctx.error(done.error());
}

std::int64_t posted_id(const programme::Ctx& ctx, std::string_view key) { return parse_id_text(ctx.req.posted_value(key).value_or("")).value_or(0); }

web::Reply answer(programme::Ctx& ctx) {
  const std::int64_t who = posted_id(ctx, "who");
  return step(ctx, "poll.answer", "?who=" + id_text(who), [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId id) -> Result<> {
    const auto view = poll_view(tx, gate, settings_of(ctx), id);
    if (!view) return tl::unexpected(view.error());
    return answer_dates(tx, gate, actor, settings_of(ctx), id, who, view->poll ? posted_replies(ctx, *view->poll) : SlotReplies());
  });
}

web::Reply take(programme::Ctx& ctx) {
  return step(ctx, "poll.take", "", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId id) {
    return take_slot(tx, gate, actor, settings_of(ctx), id, parts::posted_version(ctx), posted_id(ctx, "slot"));
  });
}

web::Reply stop(programme::Ctx& ctx) {
  return step(ctx, "poll.stop", "", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, SessionId id) { return stop_asking(tx, gate, actor, settings_of(ctx), id); });
}

web::Reply require(programme::Ctx& ctx) {
  return step(ctx, "poll.require", "", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, SessionId id) {
    return require_invitee(tx, gate, settings_of(ctx), id, posted_id(ctx, "who"), parts::ticked(ctx, "required"));
  });
}

web::Reply revoke(programme::Ctx& ctx) {
  return step(ctx, "poll.revoke_link", "", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&, SessionId id) {
    return revoke_link(tx, gate, settings_of(ctx), id, posted_id(ctx, "who"));
  });
}

/// The one page that shows the address of an office.
web::Reply link_page(programme::Ctx& ctx, SessionId id, const std::string& token) {
  const std::string address = (ctx.req.secure ? "https://" : "http://") + std::string(ctx.req.header("host")) + ctx.url("/poll/" + token);
  html::Page page;
  page.title = "日程に答えるリンク";
  page.current = "meetings";
  Html told = html::banner(Tone::warning, "この画面は一度しか出ません", html::prose("アドレスをメールに貼るか、この紙を渡してください。なくしたときは作り直せます。前のアドレスは使えなくなります。"));
  html::Facts facts;
  facts.add("アドレス", address);
  told.add(facts.done());
  told.add(html::actions({html::link_button("日程の画面へ", ctx.url(poll_path(id)))}));
  html::PrintHead head;
  head.form_name = "会議の日程についてのおたずね";
  head.made_on = wareki(ctx.today());
  head.made_by = ctx.who().post_line;
  Html body = html::prose("会議に出席できる日時を教えてください。下の四角い印をスマートフォンなどで読み取るか、アドレスを入力すると、候補の日時が出ます。○△×を押すだけで答えられます。");
  if (const auto code = paper::qr_code(address)) body.add(html::el("div", {{"class", "qr"}}, paper::qr_svg(*code, "日程に答えるアドレス")));
  body.add(html::el("p", {{"class", "address"}}, address));
  body.add(html::prose("パソコンやスマートフォンを使わない場合は、電話でお答えください。"));
  page.main = html::group({html::not_printed(told), html::paper_sheet(html::print_head(head), body, html::print_foot({html::text(ctx.m().name)}))});
  return ctx.show(std::move(page));
}

web::Reply link(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  std::optional<std::string> token;
  const auto done = ctx.command("poll.link", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    token.reset();
    auto made = hand_link(tx, gate, settings_of(ctx), *id, posted_id(ctx, "who"));
    if (!made) return tl::unexpected(made.error());
    token = *std::move(made);
    return ctx.url(poll_path(*id));
  });
  if (!done) return ctx.error(done.error());
  return token ? link_page(ctx, *id, *token) : ctx.go(*done);
}

}  // namespace

void add_poll_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  // Heads answer for nobody: their section does.
  const auto write = web::Need::of(Roles{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::secretary, Role::meeting_member});
  const auto arrange = web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary});
  router.get("/meetings/polls/new", arrange, plan_page);
  router.post("/meetings/polls", arrange, plan);
  router.get("/meetings/{id}/poll", read, poll_page);
  router.post("/meetings/{id}/poll", arrange, ask);
  router.post("/meetings/{id}/poll/answer", write, answer);
  router.post("/meetings/{id}/poll/take", arrange, take);
  router.post("/meetings/{id}/poll/stop", arrange, stop);
  router.post("/meetings/{id}/poll/required", arrange, require);
  router.post("/meetings/{id}/poll/link", arrange, link);
  router.post("/meetings/{id}/poll/link/revoke", arrange, revoke);
}

}  // namespace kasane::meeting
