// Pages of 協力依頼: the form on a household, the register of a year (screen, A4, CSV), one request with its answer, and the
// paper for who has no account.
#include "base/csv.hpp"
#include "consent/cooperation_rules.hpp"
#include "consent/cooperation_service.hpp"
#include "consent/ground_pages.hpp"
#include "consent/pages.hpp"

namespace kasane::consent {

using html::Html;
using html::Tone;
using people::FormScreen;
using programme::Ctx;

namespace {

constexpr int kUsualDays = 14;
constexpr const char* kFold = "答えるために、世帯のことを見せる";

std::string path_of(CooperationRequestId id) { return "/cooperations/" + id_text(id); }
Roles askers() { return access::roles_for(SubjectKind::cooperation_request, access::Act::create); }

// --- asking ---

pages::Codes bodies_of(const Ctx& ctx) {
  std::vector<form::Code> list;
  for (const programme::Body* body : ctx.m().bodies_for(programme::BodyFunction::support_conference_106_6)) list.push_back({body->code, body->name});
  return pages::codes("cooperation_body", std::move(list));
}

form::Form asking_form(const Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"cooperation", 1, {}};
  f.fields.push_back({.key = "body", .label = "どの会議からの依頼か", .kind = form::Kind::choice, .codes = bodies_of(ctx), .required = true});
  f.fields.push_back({.key = "to", .label = "依頼先", .kind = form::Kind::choice, .codes = pages::agencies(ctx)});
  f.fields.push_back({.key = "outside", .label = "名簿にない相手", .hint = "学校、病院、会社など。紙を印刷して渡します。"});
  f.fields.push_back({.key = "about", .label = "たずね方", .kind = form::Kind::choice,
                      .codes = pages::codes("about", {{"household", "この世帯のこととしてたずねる"}, {"nobody", "個人がわからない形でたずねる"}}), .required = true});
  f.fields.push_back({.key = "question", .label = "教えてほしいこと", .kind = form::Kind::long_text, .required = true});
  f.fields.push_back({.key = "due_on", .label = "いつまでに", .kind = form::Kind::date, .required = true});
  const form::ShownWhen named{"about", "household"};
  f.fields.push_back({.key = "person", .label = "だれのことを", .hint = "世帯全体なら、選ばずにおきます。", .kind = form::Kind::choice,
                      .codes = pages::persons(household.members), .shown_when = named, .group = kFold});
  f.fields.push_back({.key = "topics", .label = "見せる内容", .hint = "選ばなければ、たずねることだけが伝わります。選んだ内容は、返事があるまで見られます。",
                      .kind = form::Kind::choices, .codes = pages::topics_table(), .shown_when = named, .group = kFold});
  return f;
}

form::Answers first_answers_of(const Ctx& ctx) {
  form::Answers a;
  const auto bodies = ctx.m().bodies_for(programme::BodyFunction::support_conference_106_6);
  if (bodies.size() == 1) a.set("body", bodies.front()->code);
  a.set("about", std::string("household"));
  a.set("due_on", ctx.today().plus_days(kUsualDays));
  return a;
}

Result<FormScreen> asking_screen(Ctx& ctx, HouseholdId id) {
  const auto household = ctx.read("cooperation.form", [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, id); });
  if (!household) return tl::unexpected(household.error());
  FormScreen s;
  s.title = "協力を依頼する";
  s.heading = html::group({household->label, " ", s.title});
  s.form = asking_form(ctx, *household);
  s.answers = first_answers_of(ctx);
  s.action = "/households/" + id_text(id) + "/cooperations";
  s.cancel = "/households/" + id_text(id);
  s.submit = "依頼する";
  s.draft = "cooperation-" + id_text(id);
  s.before = html::prose("支援会議から、社会福祉法106条の6第3項により、知っていることを教えてもらうための依頼です。番号が付き、返事は一行でもかまいません。");
  return s;
}

web::Reply new_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto screen = asking_screen(ctx, *id);
  return screen ? people::show_form(ctx, *screen) : ctx.error(screen.error());
}

NewCooperation read_asking(const form::Answers& a, HouseholdId household) {
  NewCooperation what;
  what.body = a.text("body");
  what.to = parse_id<AgencyTag>(a.text("to"));
  what.outside = a.text("outside");
  what.question = a.text("question");
  what.due_on = a.date("due_on").value_or(Date());
  if (a.chose("about", "nobody")) return what;
  what.household = household;
  what.person = parse_id<PersonTag>(a.text("person"));
  what.topics = pages::chosen_topics(a, "topics");
  return what;
}

web::Reply ask(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto screen = asking_screen(ctx, *id);
  if (!screen) return ctx.error(screen.error());
  auto parsed = form::parse(screen->form, ctx.req.posted);
  screen->answers = std::move(parsed.answers);
  screen->errors = std::move(parsed.errors);
  if (!screen->errors.empty()) return people::show_form(ctx, *screen);
  const NewCooperation what = read_asking(screen->answers, *id);
  const auto done = ctx.command("cooperation.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto made = ask_for_cooperation(tx, gate, actor, pages::settings(ctx), what);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*made));
  });
  return people::after_save(ctx, done, std::move(*screen));
}

// --- the register ---

struct Register {
  FiscalYear year;
  std::vector<Cooperation> lines;
  std::unordered_map<HouseholdId, people::HouseholdLabel> homes;
};

Register register_of(Ctx& ctx, const char* action, access::Act act) {
  return ctx.read(action, [&](db::ReadTx& tx, access::Gate& gate) {
    gate.trail().action(action, act);
    Register r{pages::asked_year(ctx), {}, {}};
    r.lines = cooperations(tx, gate, r.year);
    std::vector<HouseholdId> ids;
    for (const Cooperation& c : r.lines)
      if (c.household) ids.push_back(*c.household);
    r.homes = people::household_labels(tx, gate, ids);
    return r;
  });
}

std::string to_text(const Ctx& ctx, const Cooperation& c) { return c.to ? ctx.dir().name(*c.to) : c.outside.shown(); }

/// The household, for those who may know it; nothing for others, as where none was named.
Html home_cell(const Register& r, const Cooperation& c) {
  if (!c.household) return {};
  const auto found = r.homes.find(*c.household);
  return found == r.homes.end() ? Html() : html::text(found->second.label);
}

Html state_cell(const Cooperation& c, Date today) {
  const bool late = c.state == CooperationState::waiting && c.due_on < today;
  const Tone tone = late ? Tone::danger : c.state == CooperationState::waiting ? Tone::info : Tone::neutral;
  return html::chip(tone, late ? "期限がすぎています" : label_of(c.state));
}

Html table_of(const Ctx& ctx, const Register& r, bool links) {
  html::Table table("協力依頼", {{"番号"}, {"依頼した日"}, {"期限"}, {"依頼した機関"}, {"依頼先"}, {"世帯"}, {"教えてほしいこと"}, {"状態"}, {"返事"}});
  for (const Cooperation& c : r.lines) {
    table.row().cell(links ? html::link(c.number, ctx.url(path_of(c.id))) : html::text(c.number)).cell(wareki_short(c.asked_on)).cell(wareki_short(c.due_on));
    table.cell(ctx.dir().name(c.asked_by)).cell(to_text(ctx, c)).cell(home_cell(r, c)).cell(c.question).cell(state_cell(c, ctx.today())).cell(c.answer);
  }
  return table.empty() ? html::empty_state("この年度の協力依頼はありません。") : table.done();
}

web::Reply register_page(Ctx& ctx) {
  const Register r = register_of(ctx, "cooperation.list", access::Act::list);
  html::Page page;
  page.title = "協力依頼（" + r.year.text() + "）";
  page.current = "meetings";
  const std::string query = "?fy=" + std::to_string(r.year.year);
  page.main.add(pages::year_links(ctx, "/cooperations", r.year));
  page.main.add(table_of(ctx, r, true));
  page.main.add(html::actions({html::link_button("印刷する", ctx.url("/cooperations/sheet" + query)), html::link_button("表計算のファイル（CSV）", ctx.url("/cooperations.csv" + query))}));
  page.main.add(html::muted("依頼は、世帯のページの「協力を依頼する」から出します。"));
  return ctx.show(std::move(page));
}

web::Reply register_sheet(Ctx& ctx) {
  const Register r = register_of(ctx, "cooperation.register_sheet", access::Act::print);
  html::Page page;
  page.title = "協力依頼の一覧";
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(pages::paper_head(ctx, "協力依頼の一覧（" + r.year.text() + "）")), table_of(ctx, r, false));
  return ctx.show(std::move(page));
}

web::Reply register_csv(Ctx& ctx) {
  const Register r = register_of(ctx, "cooperation.csv", access::Act::print);
  CsvWriter csv(CsvEncoding::utf8);
  csv.row({"番号", "依頼した日", "期限", "依頼した機関", "依頼先", "世帯", "教えてほしいこと", "状態", "返事した日", "返事"});
  for (const Cooperation& c : r.lines) {
    const auto home = c.household ? r.homes.find(*c.household) : r.homes.end();
    csv.row({c.number, c.asked_on.iso(), c.due_on.iso(), ctx.dir().name(c.asked_by), to_text(ctx, c), home == r.homes.end() ? "" : home->second.label.shown(), c.question.shown(),
             label_of(c.state), c.answered_on ? c.answered_on->iso() : "", c.answer.shown()});
  }
  return ctx.park(web::Reply::download(csv.bytes(), "text/csv; charset=utf-8", "協力依頼_" + std::to_string(r.year.year) + "年度.csv"));
}

// --- one request ---

struct One {
  Cooperation c;
  Html home;             // for those who may know it
  bool ours = false;     // the viewer's agency asked
  bool may_answer = false;
};

Result<One> load(Ctx& ctx, CooperationRequestId id) {
  return ctx.read("cooperation.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<One> {
    auto c = cooperation(tx, gate, id);
    if (!c) return tl::unexpected(c.error());
    One one{std::move(*c), {}, false, gate.may(id, access::Act::write)};
    one.ours = gate.viewer().in_agency(one.c.asked_by);
    if (!one.c.household) return one;
    const auto homes = people::household_labels(tx, gate, {*one.c.household});
    if (const auto found = homes.find(*one.c.household); found != homes.end())
      one.home = html::link(html::group({found->second.number, " ", found->second.label}), ctx.url("/households/" + id_text(*one.c.household)));
    return one;
  });
}

Html facts_of(const Ctx& ctx, const One& one) {
  const Cooperation& c = one.c;
  const programme::Body* body = ctx.m().body(c.body);
  html::Facts facts;
  facts.add("番号", c.number).add("会議", body == nullptr ? c.body : body->name).add("依頼した機関", ctx.dir().name(c.asked_by)).add("依頼先", to_text(ctx, c));
  if (!one.home.empty()) facts.add("世帯", one.home);
  facts.add("教えてほしいこと", html::prose(c.question)).add("依頼した日", wareki(c.asked_on)).add("期限", wareki(c.due_on));
  if (one.ours && !c.topics.empty()) facts.add("返事があるまで見せる内容", pages::topics_text(c.topics));
  facts.add("根拠", pages::article_text(ctx.m(), c.basis));
  if (c.answered_on) facts.add(c.state == CooperationState::cannot ? "協力できない理由" : "返事", html::prose(c.answer)).add("返事した日", wareki(*c.answered_on));
  return facts.done();
}

form::Form answer_form() {
  form::Form f{"cooperation_answer", 1, {}};
  f.fields.push_back({.key = "outcome", .label = "返事", .kind = form::Kind::choice, .codes = pages::codes("outcome", {{"answered", "答える"}, {"cannot", "協力できない"}}),
                      .required = true});
  f.fields.push_back({.key = "answer", .label = "内容（協力できないときは理由）", .hint = "一行でかまいません。", .kind = form::Kind::long_text, .required = true});
  f.fields.push_back({.key = "on", .label = "返事した日", .kind = form::Kind::date, .required = true});
  return f;
}

FormScreen answer_screen(const Ctx& ctx, const One& one) {
  FormScreen s;
  s.title = "協力依頼 " + one.c.number;
  s.form = answer_form();
  s.answers.set("outcome", std::string("answered"));
  s.answers.set("on", ctx.today());
  s.action = path_of(one.c.id) + "/answer";
  s.cancel = "/cooperations";
  s.submit = "返事をする";
  s.version = one.c.version;
  s.draft = "cooperation-answer-" + id_text(one.c.id);
  s.before = facts_of(ctx, one);
  return s;
}

Html own_buttons(const Ctx& ctx, const One& one) {
  Html out;
  const std::string path = path_of(one.c.id);
  if (one.c.answered_on && !one.c.read_on && one.c.to) out.add(html::post_button(ctx.post(path + "/read", {.label = "読みました"})));
  if (one.c.state == CooperationState::waiting)
    out.add(html::post_button(ctx.post(path + "/withdraw", {.label = "取り下げる", .look = html::Look::danger}, {{"version", std::to_string(one.c.version)}})));
  return out;
}

html::Page request_page_of(const Ctx& ctx, const One& one) {
  html::Page page;
  page.title = "協力依頼 " + one.c.number;
  page.current = "meetings";
  page.crumbs = {{"協力依頼", ctx.url("/cooperations")}, {page.title, ""}};
  page.lead = state_cell(one.c, ctx.today());
  page.main.add(facts_of(ctx, one));
  page.main.add(html::actions({html::link_button("依頼の紙を印刷する", ctx.url(path_of(one.c.id) + "/sheet"))}));
  return page;
}

web::Reply request_page(Ctx& ctx) {
  const auto id = ctx.id<CooperationRequestTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load(ctx, *id);
  if (!one) return ctx.error(one.error());
  html::Page page = request_page_of(ctx, *one);
  if (one->ours) page.main.add(own_buttons(ctx, *one));
  if (one->may_answer && one->c.state == CooperationState::waiting) {
    const FormScreen s = answer_screen(ctx, *one);
    html::FormFrame frame = ctx.frame(s.action, s.draft);
    frame.version = std::to_string(s.version);
    page.main.add(html::section(one->ours ? "紙や電話でもらった返事を書く" : "返事をする",
                                html::form_page(s.form, s.answers, {}, {std::move(frame), s.submit, ctx.url(s.cancel), {}, {}}), "answer"));
  }
  return ctx.show(std::move(page));
}

web::Reply answer(Ctx& ctx) {
  const auto id = ctx.id<CooperationRequestTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load(ctx, *id);
  if (!one) return ctx.error(one.error());
  FormScreen screen = answer_screen(ctx, *one);
  auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = std::move(parsed.answers);
  screen.errors = std::move(parsed.errors);
  if (!screen.errors.empty()) return people::show_form(ctx, screen);
  const CooperationAnswer in{people::posted_number(ctx, "version"), screen.answers.chose("outcome", "cannot"), screen.answers.text("answer"),
                             screen.answers.date("on").value_or(ctx.today())};
  const auto done = ctx.command("cooperation.answer", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = answer_cooperation(tx, gate, actor, *id, in); !kept) return tl::unexpected(kept.error());
    return ctx.url(path_of(*id));
  });
  return people::after_save(ctx, done, std::move(screen), [&]() -> Result<FormScreen> {
    const auto now = load(ctx, *id);
    if (!now) return tl::unexpected(now.error());
    return answer_screen(ctx, *now);
  });
}

web::Reply read(Ctx& ctx) {
  const auto id = ctx.id<CooperationRequestTag>();
  if (!id) return ctx.error(id.error());
  return pages::step(ctx, "cooperation.read", path_of(*id), [&](auto& tx, auto& gate, const auto& actor) { return read_cooperation(tx, gate, actor, *id); });
}

web::Reply take_back(Ctx& ctx) {
  const auto id = ctx.id<CooperationRequestTag>();
  if (!id) return ctx.error(id.error());
  const std::int64_t version = people::posted_number(ctx, "version");
  return pages::step(ctx, "cooperation.withdraw", path_of(*id), [&](auto& tx, auto& gate, const auto& actor) { return withdraw_cooperation(tx, gate, actor, *id, version); });
}

/// For who has no account: what is asked, until when, and room for the answer.
web::Reply sheet(Ctx& ctx) {
  const auto id = ctx.id<CooperationRequestTag>();
  if (!id) return ctx.error(id.error());
  const auto one = load(ctx, *id);
  if (!one) return ctx.error(one.error());
  ctx.trail.action("cooperation.sheet", access::Act::print);
  const Cooperation& c = one->c;
  const programme::Body* body = ctx.m().body(c.body);
  html::PrintHead head = pages::paper_head(ctx, "協力依頼", c.number);
  head.secrecy = "この紙に書かれたことは、この依頼に答えるためだけに使ってください。";
  html::Facts facts;
  facts.add("宛先", to_text(ctx, c)).add("依頼する会議", body == nullptr ? c.body : body->name).add("依頼した機関", ctx.dir().name(c.asked_by));
  facts.add("根拠", pages::article_text(ctx.m(), c.basis)).add("返事の期限", wareki(c.due_on)).add("教えてほしいこと", html::prose(c.question));
  html::Facts reply;
  reply.add("返事（一行でかまいません。協力できないときは理由）", c.answered_on ? html::prose(c.answer) : html::text("　")).add("答えた方", "　").add("日付", c.answered_on ? wareki(*c.answered_on) : "　");
  html::Page page;
  page.title = "協力依頼の紙";
  page.current = "meetings";
  page.main = html::paper_sheet(html::print_head(head), html::group({facts.done(), reply.done()}), html::print_foot({html::text(ctx.m().name)}));
  return ctx.show(std::move(page));
}

}  // namespace

void add_cooperation_routes(programme::Router& router) {
  const auto readers = web::Need::of(access::roles_for(SubjectKind::cooperation_request, access::Act::read));
  const auto writers = web::Need::of(access::roles_for(SubjectKind::cooperation_request, access::Act::write));
  const auto asking = web::Need::of(askers());
  router.get("/households/{id}/cooperations/new", asking, new_page);
  router.post("/households/{id}/cooperations", asking, ask);
  router.get("/cooperations", readers, register_page);
  router.get("/cooperations/sheet", readers, register_sheet);
  router.get("/cooperations.csv", readers, register_csv);
  router.get("/cooperations/{id}", readers, request_page);
  router.get("/cooperations/{id}/sheet", readers, sheet);
  router.post("/cooperations/{id}/answer", writers, answer);
  router.post("/cooperations/{id}/read", writers, read);
  router.post("/cooperations/{id}/withdraw", writers, take_back);
}

}  // namespace kasane::consent
