#include "casework/advice_pages.hpp"

#include "casework/advice_service.hpp"
#include "casework/pages_parts.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;
using programme::Ctx;

constexpr Roles kAskers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

std::string title(const Ctx& ctx) { return ctx.m().wording("supporter_support", "支援者支援"); }
std::string path_of(AdviceId id) { return "/advice/" + id_text(id); }

bool may_be_asked(const programme::Agency& a) {
  return a.status == programme::AgencyStatus::active && a.kind != programme::AgencyKind::commissioners &&
         a.kind != programme::AgencyKind::participation_partner;
}

form::Form question_form(const Ctx& ctx) {
  std::vector<parts::NotedAgency> first;
  for (const std::string& code : ctx.m().rules.collaboration_operators)
    if (const auto id = ctx.dir().find(code)) first.push_back({*id, "多機関協働の担当"});
  form::Form f{"advice", 1, {}};
  f.fields.push_back(parts::acting_field(ctx, SubjectKind::advice, "相談する側の機関"));
  f.fields.push_back(parts::choice_field("to", "相談する相手", parts::agencies_first(ctx, first, may_be_asked), true));
  f.fields.push_back(parts::with_hint(parts::long_field("question", "聞きたいこと", true), "進め方の相談です。名前や住所など、だれか分かることは書きません。"));
  return f;
}

form::Form answer_form() {
  form::Form f{"advice_answer", 1, {}};
  f.fields.push_back(parts::long_field("answer", "返事", true));
  return f;
}

web::Reply list_page(Ctx& ctx) {
  const bool answered = ctx.req.query_value("answered") == "yes";
  auto found = ctx.read("advice.list", [&](db::ReadTx& tx, access::Gate& gate) { return advices(tx, gate, answered, ctx.req.query_value("from")); });
  html::Page page;
  page.title = title(ctx);
  page.current = "referrals";
  page.crumbs = {{ctx.m().wording("referral", "つなぎ"), ctx.url("/referrals")}, {page.title, ""}};
  page.main.add(html::el("p", "ケースを開かずに、進め方だけを相談します。"));
  if (ctx.viewer().roles().meets(kAskers)) page.main.add(html::actions({html::link_button("相談する", ctx.url("/advice/new"), html::Look::primary)}));
  page.main.add(html::tabs(title(ctx), {{"返事を待つもの", ctx.url("/advice"), !answered}, {"返事の済んだもの", ctx.url("/advice?answered=yes"), answered}}));
  html::Table t("相談の一覧", {{"聞きたいこと"}, {"相談した機関"}, {"相手"}, {"日"}});
  for (const Advice& a : found.lines)
    t.row().cell(html::link(parts::beginning(a.question.shown()), ctx.url(path_of(a.id)))).cell(ctx.dir().name(a.asked_by)).cell(ctx.dir().name(a.to)).cell(
        wareki_short(a.asked_on));
  page.main.add(found.lines.empty() ? html::empty_state("相談はありません。") : t.done());
  if (!found.next.empty())
    page.main.add(parts::next_page(parts::address(ctx.url("/advice"), {{"answered", answered ? "yes" : ""}, {"from", found.next}})));
  return ctx.show(std::move(page));
}

web::Reply show_new(Ctx& ctx, std::optional<Again> again) {
  const form::Form f = question_form(ctx);
  constexpr const char* kDraft = "advice-new";
  Html from_draft;
  if (!again) {
    again.emplace();
    if (const auto typed = ctx.draft(kDraft)) {
      again->answers = form::parse(f, *typed).answers;
      from_draft = programme::draft_note(ctx, kDraft);
    }
  }
  html::Page page;
  page.title = title(ctx) + "の相談";
  page.current = "referrals";
  page.crumbs = {{title(ctx), ctx.url("/advice")}, {"相談する", ""}};
  page.main.add(from_draft);
  page.main.add(html::form_page(f, again->answers, again->errors, {ctx.frame("/advice", kDraft), "相談する", ctx.url("/advice"), {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(Ctx& ctx) { return show_new(ctx, std::nullopt); }

web::Reply create(Ctx& ctx) {
  auto parsed = form::parse(question_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  NewAdvice in;
  in.from = parts::acting_in(ctx, SubjectKind::advice, parsed.answers).value_or(AgencyId());
  in.to = parts::chosen_id<AgencyTag>(parsed.answers, "to").value_or(AgencyId());
  in.question = parsed.answers.text("question");
  auto done = ctx.command("advice.ask", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = ask_advice(tx, gate, actor, parts::in_city(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_new(ctx, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

web::Reply show_advice(Ctx& ctx, AdviceId id, std::optional<Again> again) {
  struct Found {
    Advice advice;
    bool may_answer = false;
    bool unread = false;
  };
  auto found = ctx.read("advice.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Found> {
    auto a = advice(tx, gate, id);
    if (!a) return tl::unexpected(a.error());
    return Found{std::move(*a), gate.may(id, access::Act::write), answer_is_unread(tx, id)};
  });
  if (!found) return ctx.error(found.error());
  const Advice& a = found->advice;
  html::Page page;
  page.title = title(ctx);
  page.current = "referrals";
  page.crumbs = {{title(ctx), ctx.url("/advice")}, {"内容", ""}};
  page.lead = a.answered_on ? html::chip(html::Tone::success, "返事済み") : html::chip(html::Tone::warning, "返事待ち");
  html::Facts facts;
  facts.add("相談した機関", ctx.dir().name(a.asked_by));
  facts.add("相手", ctx.dir().name(a.to));
  facts.add("相談した日", wareki(a.asked_on));
  facts.add("聞きたいこと", html::prose(a.question));
  if (a.answered_on) {
    facts.add("返事の日", wareki(*a.answered_on));
    facts.add("返事", html::prose(a.answer));
  }
  page.main.add(facts.done());
  if (found->unread && ctx.viewer().in_agency(a.asked_by))
    page.main.add(html::actions({html::post_button(ctx.post(
        path_of(id) + "/read", html::Button{.label = "返事を確認しました", .look = html::Look::secondary, .name = {}, .value = {}, .about = {}}))}));
  if (!a.answered_on && found->may_answer) {
    html::FormFrame frame = ctx.frame(path_of(id) + "/answer", "advice-answer-" + id_text(id));
    frame.version = std::to_string(a.version);
    if (!again) again.emplace();
    page.main.add(html::section("返事を書く", html::form_page(answer_form(), again->answers, again->errors, {std::move(frame), "返事をする", {}, {}, {}})));
  }
  return ctx.show(std::move(page), again ? again->status : 200);
}

web::Reply advice_page(Ctx& ctx) {
  const auto id = ctx.id<AdviceTag>();
  return id ? show_advice(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply answer(Ctx& ctx) {
  const auto id = ctx.id<AdviceTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(answer_form(), ctx.req.posted);
  if (!parsed.ok()) return show_advice(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("advice.answer", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto answered = answer_advice(tx, gate, actor, parts::in_city(ctx), *id, parts::posted_version(ctx), parsed.answers.text("answer")); !answered)
      return tl::unexpected(answered.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (done.error().code == ErrorCode::conflict || !parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_advice(ctx, *id, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

web::Reply read_answer(Ctx& ctx) {
  const auto id = ctx.id<AdviceTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("advice.read", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto noted = note_advice_read(tx, gate, actor, *id); !noted) return tl::unexpected(noted.error());
    return ctx.url("/advice");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

void add_advice_routes(programme::Router& router) {
  router.get("/advice", web::Need::of(kCaseRoles), list_page);
  router.get("/advice/new", web::Need::of(kAskers), new_page);
  router.post("/advice", web::Need::of(kAskers), create);
  router.get("/advice/{id}", web::Need::of(kCaseRoles), advice_page);
  router.post("/advice/{id}/answer", web::Need::of(kAskers), answer);
  router.post("/advice/{id}/read", web::Need::of(kAskers), read_answer);
}

}  // namespace kasane::casework
