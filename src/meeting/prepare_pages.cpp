// One screen on which a sitting is made ready: choosing, order and minutes, who is asked, papers and sheets, ready.
#include <algorithm>
#include <charconv>

#include "base/japanese.hpp"
#include "due/service.hpp"
#include "meeting/common_issue_item_pages.hpp"
#include "meeting/pages.hpp"
#include "meeting/prepare_view.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

constexpr std::size_t kMostRows = 1000;

/// What is shown again after a step that did not succeed.
struct Typed {
  std::string part;                            // "choose", "order" or "slices"
  std::vector<FieldError> errors;
  int status = 200;
  bool stale = false;
  TickedByKey ticks = {};
  std::map<std::string, std::string> minutes = {};
  form::Answers slices = {};
};

struct Shown {
  Preparing p;
  bool ready = false;
};

Result<Shown> load(programme::Ctx& ctx, SessionId id) {
  return ctx.read("meeting.prepare", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto p = preparing(tx, gate, settings_of(ctx), id);
    if (!p) return tl::unexpected(p.error());
    Shown shown{*std::move(p), true};
    for (const due::DueLine& line : due::open_about(tx, id.value))
      if (line.kind == "session.prepare") shown.ready = false;
    return shown;
  });
}

// --- parts of a joint sitting ---

/// Agencies from which a part's invitations are chosen: who is asked to its items, its members, who is invited already.
std::vector<AgencyId> candidates(const programme::Ctx& ctx, const Preparing& p, const std::string& body) {
  std::vector<AgencyId> all = agencies_of_part(p.items, body);
  const auto add = [&](AgencyId id) {
    if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
  };
  for (const Slice& slice : p.slices)
    if (slice.body == body)
      for (const Slice::Seat& seat : slice.seats) add(seat.agency);
  if (const auto* found = ctx.m().body(body)) {
    for (const std::string& code : required_agencies(ctx.m(), *found))
      if (const auto id = ctx.dir().find(code)) add(*id);
    for (const std::string& code : members_of(ctx.m(), *found).agencies)
      if (const auto id = ctx.dir().find(code)) add(*id);
  }
  return all;
}

std::string key(const char* name, std::size_t at) { return name + std::string("_") + std::to_string(at + 1); }

form::Form slices_form(const programme::Ctx& ctx, const Preparing& p) {
  form::Form f{"slices", 1, {}};
  form::CodeTable places{"slice_order", 1, {}};
  for (std::size_t i = 0; i < p.session.bodies.size(); ++i) places.codes.push_back({std::to_string(i + 1), std::to_string(i + 1) + "番目"});
  const auto order = std::make_shared<const form::CodeTable>(std::move(places));
  for (std::size_t i = 0; i < p.session.bodies.size(); ++i) {
    const std::string& body = p.session.bodies[i].body;
    const std::string name = body_name(ctx, body);
    f.fields.push_back(parts::choice_field(key("order", i), name + "の順番", order, true));
    form::Field start = parts::text_field(key("start", i), name + "が始まる時刻");
    start.kind = form::Kind::time;
    start.hint = "空けておくと、前の会議が終わる時刻になります。";
    f.fields.push_back(std::move(start));
    f.fields.push_back(parts::number_field(key("minutes", i), name + "の長さ", 1, 480, "分"));
    f.fields.push_back(parts::choices_field(key("invited", i), name + "に招く機関", parts::agencies(ctx, candidates(ctx, p, body))));
    f.fields.push_back(parts::choice_field(key("more", i), name + "に、ほかに招く機関", parts::agencies(ctx)));
  }
  return f;
}

form::Answers slices_answers(const Preparing& p) {
  form::Answers a;
  for (std::size_t i = 0; i < p.session.bodies.size(); ++i) {
    const std::string& body = p.session.bodies[i].body;
    const auto slice = std::find_if(p.slices.begin(), p.slices.end(), [&](const Slice& s) { return s.body == body; });
    const std::size_t at = slice == p.slices.end() ? i : static_cast<std::size_t>(slice - p.slices.begin());
    a.set(key("order", i), std::to_string(at + 1));
    std::vector<std::string> invited;
    if (slice != p.slices.end()) {
      parts::set_text(a, key("start", i), slice->starts_at);
      if (slice->minutes > 0) a.set(key("minutes", i), std::int64_t{slice->minutes});
      for (const Slice::Seat& seat : slice->seats)
        if (seat.expected) invited.push_back(id_text(seat.agency));
    }
    // Who is asked to an item of the part is invited to it.
    for (const AgencyId agency : agencies_of_part(p.items, body))
      if (std::find(invited.begin(), invited.end(), id_text(agency)) == invited.end()) invited.push_back(id_text(agency));
    if (!invited.empty()) a.set(key("invited", i), invited);
  }
  return a;
}

std::vector<Slice> read_slices(const form::Answers& a, const Session& session) {
  std::vector<std::pair<std::string, Slice>> parts;
  for (std::size_t i = 0; i < session.bodies.size(); ++i) {
    Slice slice;
    slice.body = session.bodies[i].body;
    slice.starts_at = a.text(key("start", i));
    slice.minutes = static_cast<int>(a.number(key("minutes", i)).value_or(0));
    for (const AgencyId agency : parts::chosen_ids<AgencyTag>(a, key("invited", i))) slice.seats.push_back({agency, true, false});
    const auto more = parts::chosen_id<AgencyTag>(a, key("more", i));
    const auto there = [&](const Slice::Seat& seat) { return more && seat.agency == *more; };
    if (more && std::none_of(slice.seats.begin(), slice.seats.end(), there)) slice.seats.push_back({*more, true, false});
    parts.emplace_back(a.text(key("order", i)), std::move(slice));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  std::vector<Slice> slices;
  for (auto& [order, slice] : parts) slices.push_back(std::move(slice));
  return slices;
}

/// Faults name a part by where it comes; the form by which body it is.
std::vector<FieldError> as_on_form(std::vector<FieldError> faults, const std::vector<Slice>& slices, const Session& session) {
  for (FieldError& fault : faults) {
    const std::size_t line = fault.field.find('_');
    if (line == std::string::npos) continue;
    const std::size_t at = static_cast<std::size_t>(std::max(1, std::atoi(fault.field.c_str() + line + 1))) - 1;
    for (std::size_t i = 0; at < slices.size() && i < session.bodies.size(); ++i)
      if (session.bodies[i].body == slices[at].body) {
        fault.field = fault.field.substr(0, line + 1) + std::to_string(i + 1);
        break;
      }
  }
  return faults;
}

Html slices_part(programme::Ctx& ctx, const Preparing& p, const Typed& typed) {
  if (p.session.bodies.size() < 2) return {};
  html::FormFrame frame = ctx.frame(prepare_path(p.session.id) + "/slices");
  frame.version = std::to_string(p.session.version);
  const bool again = typed.part == "slices";
  const Html form = html::form_page(slices_form(ctx, p), again ? typed.slices : slices_answers(p), again ? typed.errors : std::vector<FieldError>(),
                                    {std::move(frame), "時間の切り分けを保存する", {}, {}, {}});
  Html out = slices_html(ctx, p.slices, p.places, p.may_arrange);
  return out.add(html::folding(p.slices.empty() ? "会議ごとに時間を切り分ける" : "時間の切り分けを直す", form, again, "slices-form"));
}

// --- the page ---

Html ready_part(programme::Ctx& ctx, const Shown& s) {
  if (s.ready) return html::muted("準備ができたとしています。あとからでも直せます。");
  return html::post_button(ctx.post(prepare_path(s.p.session.id) + "/ready", {.label = "準備ができた", .look = html::Look::secondary}));
}

web::Reply show(programme::Ctx& ctx, SessionId id, const Typed& typed) {
  auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  const Preparing& p = s->p;
  html::Page page;
  page.title = "会議の準備";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, p.session), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = html::group({bodies_text(ctx, p.session), "　", when_text(p.session), "　", p.session.place});
  if (typed.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に直しました", html::prose("下が、いまの内容です。見くらべて、よければもう一度保存してください。")};
  if (p.session.state != SessionState::planned) {
    page.main.add(html::empty_state("この会議は、もう予定の状態ではありません。", html::link("会議のページへ", ctx.url(session_path(id)))));
    return ctx.show(std::move(page), typed.status);
  }
  const auto errors_of = [&](const char* part) { return typed.part == part ? typed.errors : std::vector<FieldError>(); };
  page.main.add(steps_html(p, s->ready));
  if (p.may_manage) page.main.add(html::section("1 議題をえらぶ", choose_html(ctx, p, typed.part == "choose" ? &typed.ticks : nullptr, errors_of("choose")), "choose"));
  page.main.add(issues_waiting_section(ctx, p.session, p.may_manage, kPrepareScreen));
  page.main.add(slices_part(ctx, p, typed));
  page.main.add(html::section("2 順番と時間", order_html(ctx, p, typed.part == "order" ? &typed.minutes : nullptr, errors_of("order")), "order"));
  if (p.may_manage) page.main.add(html::section("3 呼ぶ機関", attendees_part(ctx, p), "attendees"));
  page.main.add(html::section("4 資料と準備シート", papers_part(ctx, p), "papers"));
  page.main.add(html::section("5 準備ができたら", ready_part(ctx, *s), "ready"));
  return ctx.show(std::move(page), typed.status);
}

web::Reply prepare_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show(ctx, *id, {}) : ctx.error(id.error());
}

/// Back to the page, with what was typed where a step did not succeed.
web::Reply after(programme::Ctx& ctx, SessionId id, const Result<std::string>& done, Typed typed) {
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  if (typed.errors.empty()) typed.errors = parts::faults_of(done.error());
  typed.status = parts::status_of(done.error());
  typed.stale = done.error().code == ErrorCode::stale;
  return show(ctx, id, typed);
}

std::string posted(const programme::Ctx& ctx, const std::string& name) { return std::string(ctx.req.posted_value(name).value_or("")); }

/// A number as typed, in any width; nothing when it is none.
std::optional<int> whole(const std::string& typed) {
  const std::string text(trim(nfkc(typed)));
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What one row of the list carries: "body:matter:id".
std::optional<Pick> pick_of(const std::string& key) {
  const std::size_t first = key.find(':'), last = key.rfind(':');
  if (first == std::string::npos || last == first) return std::nullopt;
  const auto matter = parse_code<Matter>(key.substr(first + 1, last - first - 1));
  const auto id = parse_id_text(key.substr(last + 1));
  if (!matter || !id) return std::nullopt;
  return Pick{key.substr(0, first), *matter, *id, 0, {}, {}};
}

struct Choice {
  std::vector<Pick> picks;
  std::vector<std::string> rows;    // of each pick: its number on the page
  Typed typed;
};

void read_row(const programme::Ctx& ctx, const std::string& n, Choice& choice) {
  const std::string key = posted(ctx, "key_" + n);
  Ticked state{parts::ticked(ctx, "pick_" + n), posted(ctx, "minutes_" + n), posted(ctx, "ground_" + n), posted(ctx, "reason_" + n)};
  auto pick = pick_of(key);
  if (state.ticked && pick) {
    pick->ground_code = state.ground_code;
    pick->reason = state.reason;
    const auto minutes = state.minutes.empty() ? std::optional(0) : whole(state.minutes);
    if (!minutes || *minutes < 0 || *minutes > kMostMinutes) choice.typed.errors.push_back({"pick_" + n, "時間は、1から240までの分で入力してください。"});
    else pick->minutes = *minutes;
    choice.picks.push_back(*pick);
    choice.rows.push_back(n);
  }
  choice.typed.ticks[key] = std::move(state);
}

/// Faults name a pick by its place among those ticked; the page by its row. Rows may have moved since: then by what it is.
std::vector<FieldError> by_row(std::vector<FieldError> faults, const std::vector<std::string>& rows) {
  for (FieldError& fault : faults) {
    const std::size_t line = fault.field.find('_');
    const std::size_t at = line == std::string::npos ? 0 : static_cast<std::size_t>(std::max(0, std::atoi(fault.field.c_str() + line + 1)));
    if (at >= 1 && at <= rows.size()) fault.field = fault.field.substr(0, line + 1) + rows[at - 1];
  }
  return faults;
}

web::Reply choose(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  Choice choice;
  choice.typed.part = "choose";
  const std::size_t rows = static_cast<std::size_t>(std::max(0, whole(posted(ctx, "rows")).value_or(0)));
  for (std::size_t n = 1; n <= std::min(rows, kMostRows); ++n) read_row(ctx, std::to_string(n), choice);
  if (!choice.typed.errors.empty()) {
    choice.typed.status = 422;
    return show(ctx, *id, choice.typed);
  }
  auto done = ctx.command("item.choose", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto put = put_on_agenda(tx, gate, actor, settings_of(ctx), *id, choice.picks); !put) return tl::unexpected(put.error());
    return ctx.url(prepare_path(*id) + "#order");
  });
  if (!done) choice.typed.errors = by_row(parts::faults_of(done.error()), choice.rows);
  return after(ctx, *id, done, std::move(choice.typed));
}

web::Reply minutes(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  Typed typed;
  typed.part = "order";
  std::vector<MinutesChange> changes;
  constexpr std::string_view kBefore = "before_";
  for (const auto& [name, value] : ctx.req.posted) {
    if (!name.starts_with(kBefore)) continue;
    const std::string item = name.substr(kBefore.size());
    const auto item_id = parse_id<AgendaItemTag>(item);
    const std::string text = posted(ctx, "minutes_" + item);
    typed.minutes["minutes_" + item] = text;
    const auto number = text.empty() ? std::optional(0) : whole(text);
    if (!number) typed.errors.push_back({"minutes_" + item, "時間は、数字で入力してください。"});
    else if (item_id) changes.push_back({*item_id, whole(value).value_or(0), *number});
  }
  if (!typed.errors.empty()) {
    typed.status = 422;
    return show(ctx, *id, typed);
  }
  auto done = ctx.command("item.minutes", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto set = set_minutes(tx, gate, settings_of(ctx), changes); !set) return tl::unexpected(set.error());
    return ctx.url(prepare_path(*id) + "#order");
  });
  return after(ctx, *id, done, std::move(typed));
}

/// The session of an item that the viewer may know.
Result<SessionId> session_of(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("item.session", [&](db::ReadTx& tx, access::Gate& gate) -> Result<SessionId> {
    const auto view = item(tx, gate, settings_of(ctx), id);
    if (!view) return tl::unexpected(view.error());
    return view->head.session;
  });
}

web::Reply order(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  const auto of = session_of(ctx, *id);
  if (!of) return ctx.error(of.error());
  const int by = posted(ctx, "by") == "up" ? -1 : 1;
  auto done = ctx.command("item.order", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto put = move_item(tx, gate, settings_of(ctx), *id, whole(posted(ctx, "number")).value_or(0), by); !put) return tl::unexpected(put.error());
    return ctx.url(prepare_path(*of) + "#order");
  });
  Typed typed;
  typed.part = "order";
  return after(ctx, *of, done, std::move(typed));
}

web::Reply agencies(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  const auto of = session_of(ctx, *id);
  if (!of) return ctx.error(of.error());
  std::vector<AgencyId> chosen;
  for (const std::string_view value : ctx.req.posted_values("agencies"))
    if (const auto agency = parse_id<AgencyTag>(value)) chosen.push_back(*agency);
  auto done = ctx.command("item.agencies", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto set = choose_agencies(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx), chosen); !set) return tl::unexpected(set.error());
    return ctx.url(prepare_path(*of) + "#asked-" + id_text(*id));
  });
  Typed typed;
  typed.part = "order";
  return after(ctx, *of, done, std::move(typed));
}

web::Reply slice_up(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto s = load(ctx, *id);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(slices_form(ctx, s->p), ctx.req.posted);
  Typed typed;
  typed.part = "slices";
  typed.slices = parsed.answers;
  if (!parsed.ok()) {
    typed.errors = std::move(parsed.errors);
    typed.status = 422;
    return show(ctx, *id, typed);
  }
  const auto slices = read_slices(parsed.answers, s->p.session);
  auto done = ctx.command("meeting.slices", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto set = plan_slices(tx, gate, settings_of(ctx), *id, parts::posted_version(ctx), slices); !set) return tl::unexpected(set.error());
    return ctx.url(prepare_path(*id) + "#slices");
  });
  if (!done) typed.errors = as_on_form(parts::faults_of(done.error()), slices, s->p.session);
  return after(ctx, *id, done, std::move(typed));
}

web::Reply ready(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("meeting.ready", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto set = mark_ready(tx, gate, actor, settings_of(ctx), *id); !set) return tl::unexpected(set.error());
    return ctx.url(session_path(*id));
  });
  return after(ctx, *id, done, {});
}

}  // namespace

void add_prepare_routes(programme::Router& router) {
  const auto arrange = web::Need::of(Roles{Role::coordinator, Role::city_officer, Role::secretary});
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/meetings/{id}/prepare", arrange, prepare_page);
  router.post("/meetings/{id}/prepare/items", manage, choose);
  router.post("/meetings/{id}/prepare/minutes", manage, minutes);
  router.post("/meetings/{id}/prepare/slices", arrange, slice_up);
  router.post("/meetings/{id}/prepare/ready", arrange, ready);
  router.post("/items/{id}/order", manage, order);
  router.post("/items/{id}/agencies", manage, agencies);
}

}  // namespace kasane::meeting
