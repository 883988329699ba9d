// Opening in an emergency: the page of who must act now, the review by the holder, the auditor's list.
#include "base/crypto.hpp"
#include "consent/emergency_rules.hpp"
#include "consent/emergency_service.hpp"
#include "consent/emergency_store.hpp"
#include "consent/ground_pages.hpp"
#include "consent/pages.hpp"
#include "programme/account_store.hpp"

namespace kasane::consent {

using html::Html;
using html::Tone;
using people::FormScreen;
using programme::Ctx;

namespace {

constexpr UtcMs kThrottleWindow = 60 * 60'000;
constexpr std::int64_t kMostTries = 5;  // that led to no household, by one account in an hour

std::string path_of(EmergencyAccessId id) { return "/emergencies/" + id_text(id); }
std::string at_text(UtcMs at) { return wareki_short(office_day(at)) + " " + office_time(at); }

std::string reason_text(const Ctx& ctx, const std::string& code) {
  const auto table = ctx.m().code_table("emergency_reason");
  return table == nullptr ? code : table->label(code);
}

pages::Codes reasons(const Ctx& ctx) {
  const auto table = ctx.m().code_table("emergency_reason");
  return table == nullptr ? pages::codes("emergency_reason", {}) : table;
}

std::string throttle_key(const Ctx& ctx) { return to_hex(keyed_hash(ctx.city.key, "emergency:" + id_text(ctx.viewer().account))); }

bool too_many(Ctx& ctx) {
  return ctx.city.db().read([&](db::ReadTx& tx) {
    const auto t = programme::throttle(tx, throttle_key(ctx));
    return t && ctx.now() - t->since < kThrottleWindow && t->failures >= kMostTries;
  });
}

void count_failure(Ctx& ctx) {
  ctx.city.db().write([&](db::WriteTx& tx) {
    auto t = programme::throttle(tx, throttle_key(ctx)).value_or(programme::Throttle{ctx.now(), 0});
    if (ctx.now() - t.since >= kThrottleWindow) t = {ctx.now(), 0};
    ++t.failures;
    programme::set_throttle(tx, throttle_key(ctx), t);
  });
}

form::Form asking_form(const Ctx& ctx) {
  form::Form f{"emergency", 1, {}};
  f.fields.push_back({.key = "number", .label = "世帯の番号", .hint = "番号が分かるときは、これだけで開きます。"});
  f.fields.push_back({.key = "name", .label = "氏名（姓と名）", .hint = "番号が分からないときは、一人の氏名と生年月日を正確に入れます。"});
  f.fields.push_back({.key = "birth", .label = "生年月日", .kind = form::Kind::date});
  f.fields.push_back({.key = "reason_code", .label = "理由の区分", .kind = form::Kind::choice, .codes = reasons(ctx), .required = true});
  f.fields.push_back({.key = "reason", .label = "いま見なければならない理由", .kind = form::Kind::long_text, .required = true});
  form::CodeTable none{"emergency_harm", 1, {{"none", "同意を得る時間がなく、本人やほかの人の権利利益を不当に侵害するおそれもない"}}};
  f.fields.push_back({.key = "harm_checked", .label = "権利利益の侵害のおそれ", .kind = form::Kind::choices, .codes = std::make_shared<const form::CodeTable>(std::move(none))});
  return f;
}

EmergencyAsk read_ask(const form::Answers& a) { return {a.text("number"), a.text("name"), a.date("birth"), a.text("reason_code"), a.text("reason"), a.chose("harm_checked", "none")}; }

Html state_cell(const Ctx& ctx, const EmergencyFacts& f) {
  if (f.verdict == Verdict::justified) return html::chip(Tone::success, label_of(f.verdict));
  if (f.verdict == Verdict::not_justified) return html::chip(Tone::danger, label_of(f.verdict));
  if (f.overdue_on(ctx.today())) return html::chip(Tone::danger, "確認の期限を過ぎています");
  return html::chip(Tone::warning, label_of(f.verdict));
}

/// For whom a list is: it leads to the review, or lets one's own openings end, or just tells.
enum class ListFor : std::uint8_t { reviewer, opener, auditor };

Html list(const Ctx& ctx, std::string_view caption, const std::vector<EmergencyFacts>& lines, ListFor reader) {
  std::vector<html::Column> columns{{"開いた日時"}, {"開いた人"}, {"機関"}, {"保有機関"}, {"理由の区分"}, {"いつまで"}, {"確認"}};
  if (reader == ListFor::opener) columns.push_back({"操作"});
  html::Table table(caption, columns);
  for (const EmergencyFacts& f : lines) {
    table.row().cell(reader == ListFor::reviewer ? html::link(at_text(f.opened_at), ctx.url(path_of(f.id))) : html::text(at_text(f.opened_at))).cell(f.account_name);
    table.cell(ctx.dir().name(f.agency)).cell(ctx.dir().name(f.holder)).cell(reason_text(ctx, f.reason_code)).cell(at_text(f.ended_at.value_or(f.until_at)));
    table.cell(state_cell(ctx, f));
    if (reader == ListFor::opener)
      table.cell(f.open_at(ctx.now()) ? html::post_button(ctx.post(path_of(f.id) + "/end", {.label = "閲覧を終える", .look = html::Look::secondary, .about = at_text(f.opened_at)}))
                                      : html::muted("終わりました"));
  }
  return table.done();
}

struct Shown {
  std::vector<EmergencyFacts> own, waiting;
};

web::Reply show(Ctx& ctx, const form::Answers& answers, const std::vector<FieldError>& errors, int status) {
  // Kept apart from the trail of a try that was refused, which goes with this answer.
  access::Trail refused = ctx.trail;
  const auto shown = ctx.read("emergency.page", [&](db::ReadTx& tx, access::Gate& gate) { return Shown{store::of_account(tx, gate.viewer().account), emergencies_to_review(tx, gate)}; });
  ctx.trail.take_denied(refused);
  if (!refused.empty()) ctx.trail.action("emergency.refused");
  html::Page page;
  page.title = "緊急に世帯を見る";
  page.current = "households";
  const Roles makers = access::roles_for(SubjectKind::emergency_access, access::Act::create);
  if (ctx.viewer().roles().meets(makers)) {
    Html before = html::prose("命や安全のために、いますぐ見なければならないときに使います。" + std::to_string(emergency_hours(ctx.m())) +
                              "時間、あなただけが見られます。保有機関と監査の担当に、すぐに知らされます。");
    page.main.add(html::form_page(asking_form(ctx), answers, errors, {ctx.frame("/emergency"), "開く", {}, before, {}}));
  }
  if (!shown.waiting.empty()) page.main.add(html::section("確認を待っているもの", list(ctx, "確認を待っているもの", shown.waiting, ListFor::reviewer), "waiting"));
  if (!shown.own.empty()) page.main.add(html::section("自分が開いたもの", list(ctx, "自分が開いたもの", shown.own, ListFor::opener), "own"));
  return ctx.show(std::move(page), status);
}

web::Reply page(Ctx& ctx) { return show(ctx, {}, {}, 200); }

web::Reply open_now(Ctx& ctx) {
  auto parsed = form::parse(asking_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, parsed.answers, parsed.errors, 422);
  if (too_many(ctx)) {
    web::Reply reply = show(ctx, parsed.answers, {{"", "見つからない入力が続いたため、しばらく受け付けていません。急ぐときは、市の担当か保有機関に電話してください。"}}, 429);
    reply.header("Retry-After", "3600");
    return reply;
  }
  const auto done = ctx.command("emergency.open", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto household = open_in_emergency(tx, gate, actor, pages::settings(ctx), read_ask(parsed.answers));
    if (!household) return tl::unexpected(household.error());
    return ctx.url("/households/" + id_text(*household));
  });
  if (done) return ctx.go(*done);
  switch (done.error().code) {
    case ErrorCode::not_found:
      count_failure(ctx);
      return show(ctx, parsed.answers, {{"number", done.error().message}}, 422);
    case ErrorCode::invalid: return show(ctx, parsed.answers, done.error().fields, 422);
    case ErrorCode::conflict: return show(ctx, parsed.answers, {{"", done.error().message}}, 409);
    case ErrorCode::not_permitted:
    case ErrorCode::stale:
    case ErrorCode::too_large:
    case ErrorCode::unavailable: return ctx.error(done.error());
  }
  return ctx.error(done.error());
}

// --- review ---

form::Form review_form() {
  form::Form f{"emergency_review", 1, {}};
  std::vector<form::Code> verdicts;
  for (const Verdict v : {Verdict::justified, Verdict::not_justified}) verdicts.push_back({std::string(code_of(v)), std::string(label_of(v))});
  f.fields.push_back({.key = "verdict", .label = "確かめた結果", .kind = form::Kind::choice, .codes = pages::codes("emergency_verdict", std::move(verdicts)), .required = true});
  f.fields.push_back({.key = "note", .label = "分かったこと、したこと", .kind = form::Kind::long_text});
  return f;
}

Result<FormScreen> review_screen(Ctx& ctx, EmergencyAccessId id) {
  const auto e = ctx.read("emergency.review_page", [&](db::ReadTx& tx, access::Gate& gate) { return emergency(tx, gate, id); });
  if (!e) return tl::unexpected(e.error());
  html::Facts facts;
  facts.add("世帯", html::link(e->label, ctx.url("/households/" + id_text(e->facts.household))));
  facts.add("開いた人", e->facts.agency ? ctx.dir().name(e->facts.agency) + " " + e->facts.account_name : e->facts.account_name);
  facts.add("開いた日時", at_text(e->facts.opened_at));
  facts.add("いつまで", at_text(e->facts.ended_at.value_or(e->facts.until_at)));
  facts.add("理由", html::group({reason_text(ctx, e->facts.reason_code), " ", html::prose(e->reason)}));
  facts.add("確認の期限", wareki_short(e->facts.review_by));
  facts.add("確認", state_cell(ctx, e->facts));
  if (e->facts.reviewed_on) facts.add("確認したこと", html::prose(e->note));
  FormScreen s;
  s.title = "緊急の閲覧を確かめる";
  s.form = review_form();
  s.action = path_of(id) + "/review";
  s.cancel = "/emergency";
  s.submit = "確認を終える";
  s.version = e->facts.version;
  s.before = facts.done();
  if (e->facts.verdict != Verdict::open) s.form.fields.clear();
  return s;
}

bool may_review(const Ctx& ctx) { return ctx.viewer().roles().meets(access::roles_for(SubjectKind::emergency_access, access::Act::decide)); }

web::Reply review_page(Ctx& ctx) {
  const auto id = ctx.id<EmergencyAccessTag>();
  if (!id) return ctx.error(id.error());
  auto screen = review_screen(ctx, *id);
  if (!screen) return ctx.error(screen.error());
  if (may_review(ctx) && !screen->form.fields.empty()) return people::show_form(ctx, *screen);
  html::Page page;
  page.title = screen->title;
  page.crumbs = {{"緊急に世帯を見る", ctx.url("/emergency")}, {page.title, ""}};
  page.main = screen->before;
  return ctx.show(std::move(page));
}

web::Reply review(Ctx& ctx) {
  const auto id = ctx.id<EmergencyAccessTag>();
  if (!id) return ctx.error(id.error());
  auto screen = review_screen(ctx, *id);
  if (!screen) return ctx.error(screen.error());
  auto parsed = form::parse(review_form(), ctx.req.posted);
  screen->answers = std::move(parsed.answers);
  screen->errors = std::move(parsed.errors);
  if (!screen->errors.empty()) return people::show_form(ctx, *screen);
  const Review in{people::posted_number(ctx, "version"), parse_verdict(screen->answers.text("verdict")).value_or(Verdict::open), screen->answers.text("note")};
  const auto done = ctx.command("emergency.review", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto reviewed = review_emergency(tx, gate, actor, *id, in); !reviewed) return tl::unexpected(reviewed.error());
    return ctx.url(path_of(*id));
  });
  return people::after_save(ctx, done, *std::move(screen), [&] { return review_screen(ctx, *id); });
}

web::Reply end(Ctx& ctx) {
  const auto id = ctx.id<EmergencyAccessTag>();
  if (!id) return ctx.error(id.error());
  return pages::step(ctx, "emergency.end", "/emergency", [&](auto& tx, auto& gate, const auto& actor) { return end_own_emergency(tx, gate, actor, *id); });
}

web::Reply audit_page(Ctx& ctx) {
  const auto lines = ctx.read("emergency.audit", [](db::ReadTx& tx, access::Gate& gate) { return emergencies_for_audit(tx, gate); });
  html::Page page;
  page.title = "緊急の閲覧";
  page.current = "audit";
  page.crumbs = {{"閲覧と変更の記録", ctx.url("/audit")}, {page.title, ""}};
  page.main = lines.empty() ? html::empty_state("緊急の閲覧はありません。") : list(ctx, "緊急の閲覧", lines, ListFor::auditor);
  return ctx.show(std::move(page));
}

}  // namespace

void add_emergency_routes(programme::Router& router) {
  const auto open = web::Need::of(access::roles_for(SubjectKind::emergency_access, access::Act::create));
  const auto decide = web::Need::of(access::roles_for(SubjectKind::emergency_access, access::Act::decide));
  router.get("/emergency", web::Need::of(kCaseRoles), page);
  router.post("/emergency", open, open_now);
  router.get("/emergencies/{id}", web::Need::of(kCaseRoles), review_page);
  router.post("/emergencies/{id}/review", decide, review);
  router.post("/emergencies/{id}/end", open, end);
  router.get("/audit/emergency", web::Need::of({Role::auditor}), audit_page);
}

}  // namespace kasane::consent
