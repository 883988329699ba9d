// The pages that evaluate a plan and propose to close a case.
#include "casework/case_service.hpp"
#include "form/parse.hpp"
#include "planning/closure_rules.hpp"
#include "planning/closure_service.hpp"
#include "planning/page_parts.hpp"
#include "planning/pages.hpp"
#include "planning/plan_reading.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_service.hpp"
#include "programme/draft_note.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using programme::Ctx;

struct EvaluationPage {
  PlanView plan;
  Names names;
  bool may_write = false;
};

Result<EvaluationPage> load_plan(Ctx& ctx, PlanId id) {
  return ctx.read("evaluation.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<EvaluationPage> {
    auto view = plan_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    EvaluationPage page{std::move(*view), {}, gate.may(id, access::Act::write)};
    std::vector<PersonId> persons;
    for (const PlanPerson& p : page.plan.persons) persons.push_back(p.person);
    page.names = people::names_of(tx, gate, persons);
    return page;
  });
}

form::Form evaluation_form(const Ctx& ctx, const PlanView& plan) {
  form::Form form;
  form.key = "evaluation";
  form.fields.push_back(field("made_on", "評価した日", form::Kind::date, true));
  auto verdicts = std::make_shared<form::CodeTable>();
  verdicts->key = "verdicts";
  for (const Verdict v : kVerdicts) verdicts->codes.push_back({std::string(code_of(v)), std::string(label_of(v)), false});
  form.fields.push_back(field("verdict", "判定", form::Kind::choice, true));
  form.fields.back().codes = verdicts;
  form.fields.push_back(field("change", "変わったこと", form::Kind::long_text, true));
  form.fields.push_back(field("person_view", "本人の受けとめ", form::Kind::long_text));
  form.fields.push_back(field("left", "残っていること", form::Kind::long_text));
  for (const PlanGoal& goal : plan.goals) {
    form.fields.push_back(field("goal_" + std::to_string(goal.number), "目標" + std::to_string(goal.number) + "の達成", form::Kind::choice));
    form.fields.back().codes = ctx.m().code_table("goal_result");
    form.fields.back().hint = goal.text.shown();
  }
  if (ctx.m().rules.evaluation_dimensions_on)
    for (const auto& d : ctx.m().rules.evaluation_dimensions)
      for (const auto& [part, label] : {std::pair("_before", "（前）"), std::pair("_after", "（いま）")}) {
        form.fields.push_back(field("dim_" + d.code + part, d.text + label, form::Kind::number, false, "生活の状態（1 とても困っている 〜 5 よい）"));
        form.fields.back().min = kLowestMark;
        form.fields.back().max = kHighestMark;
      }
  return form;
}

NewEvaluation evaluation_from(const Ctx& ctx, const PlanView& plan, const form::Answers& a) {
  NewEvaluation in;
  in.plan = plan.head.id;
  in.plan_version = posted_number(ctx, "version");
  in.made_on = a.date("made_on").value_or(ctx.today());
  in.verdict = parse_code<Verdict>(a.text("verdict")).value_or(Verdict::carry_on);
  in.change = a.text("change");
  in.person_view = a.text("person_view");
  in.left = a.text("left");
  for (const PlanGoal& goal : plan.goals)
    if (const auto& result = a.text("goal_" + std::to_string(goal.number)); !result.empty()) in.goals.emplace_back(goal.id, result);
  const auto mark = [&](const std::string& key) { return a.number(key) ? std::optional<int>(static_cast<int>(*a.number(key))) : std::nullopt; };
  if (ctx.m().rules.evaluation_dimensions_on)
    for (const auto& known : ctx.m().rules.evaluation_dimensions) {
      const Dimension d{known.code, mark("dim_" + known.code + "_before"), mark("dim_" + known.code + "_after")};
      if (d.before || d.after) in.dimensions.push_back(d);
    }
  return in;
}

web::Reply show_evaluation(Ctx& ctx, const EvaluationPage& loaded, const form::Answers& answers, const std::vector<FieldError>& errors, int status,
                           const Html& over = {}) {
  const PlanHead& head = loaded.plan.head;
  html::FormPage form_page{ctx.frame("/plans/" + id_text(head.id) + "/evaluation", "evaluation-" + id_text(head.id)), "評価を保存する", ctx.url("/plans/" + id_text(head.id)), {}, {}};
  form_page.frame.version = std::to_string(head.version);
  html::Page page;
  page.title = kind_name(ctx.m(), head.kind) + "を評価する";
  page.current = "cases";
  page.crumbs = crumbs(ctx, head.case_id, page.title);
  page.main = html::group({over, html::form_page(evaluation_form(ctx, loaded.plan), answers, errors, form_page),
                           html::folding("プランを見る", plan_html(ctx, loaded.plan, loaded.names, true))});
  return ctx.show(std::move(page), status);
}

web::Reply evaluation_page(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load_plan(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  if (!loaded->may_write) return ctx.error({ErrorCode::not_permitted, {}, {}});
  if (!in_force(loaded->plan.head.state)) return ctx.error({ErrorCode::conflict, "決定されて続いているプランだけ、評価できます。", {}});
  form::Answers answers;
  answers.set("made_on", ctx.today());
  const std::string draft = "evaluation-" + id_text(*id);
  const auto kept = ctx.draft(draft);
  if (kept) answers = form::parse(evaluation_form(ctx, loaded->plan), *kept).answers;
  return show_evaluation(ctx, *loaded, answers, {}, 200, kept ? programme::draft_note(ctx, draft) : Html());
}

web::Reply take_evaluation(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load_plan(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  const auto parsed = form::parse(evaluation_form(ctx, loaded->plan), ctx.req.posted);
  if (!parsed.ok()) return show_evaluation(ctx, *loaded, parsed.answers, parsed.errors, 422);
  const NewEvaluation in = evaluation_from(ctx, loaded->plan, parsed.answers);
  const auto done = ctx.command("evaluation.make", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (const auto made = evaluate(tx, gate, actor, settings(ctx), in); !made) return tl::unexpected(made.error());
    return ctx.url("/plans/" + id_text(*id));
  });
  if (done) return ctx.go(*done);
  if (!shows_form_again(done.error())) return ctx.error(done.error());
  const bool stale = done.error().code == ErrorCode::stale;
  return show_evaluation(ctx, *loaded, parsed.answers, done.error().fields, status_of(done.error()),
                         stale ? overtaken(plan_html(ctx, loaded->plan, loaded->names, true)) : Html());
}

// --- closure ---

struct ClosurePage {
  std::vector<Closure> closures;
  bool may_write = false;
  bool closed = false;
};

Result<ClosurePage> load_case(Ctx& ctx, CaseId id) {
  return ctx.read("closure.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<ClosurePage> {
    const auto facts = casework::case_facts(tx, gate, id);
    if (!facts) return tl::unexpected(facts.error());
    return ClosurePage{closures_of(tx, gate, id), gate.may(id, access::Act::write), facts->state == casework::CaseState::closed};
  });
}

form::Form closure_form(const Ctx& ctx) {
  form::Form form;
  form.key = "closure";
  form.fields.push_back(field("reason", "終結の理由", form::Kind::choice, true));
  form.fields.back().codes = ctx.m().code_table("closure_reason");
  form.fields.push_back(field("main_contact", "終結後の主な連絡先", form::Kind::choice, true));
  form.fields.back().codes = agency_table(ctx);
  form.fields.push_back(field("watch_channel", "変化に気づく道", form::Kind::text, true));
  form.fields.back().hint = "民生委員の見守り、月1回の電話など。名前は書きません";
  form.fields.push_back(field("access_until", "いつまで記録を読めるようにするか", form::Kind::date, true));
  form.fields.push_back(field("watcher", "見守る機関", form::Kind::choice));
  form.fields.back().codes = agency_table(ctx);
  form.fields.push_back(field("note", "話し合ってほしいこと", form::Kind::long_text));
  return form;
}

Html closures_html(const Ctx& ctx, const ClosurePage& loaded) {
  Html all;
  const auto reasons = ctx.m().code_table("closure_reason");
  for (const Closure& c : loaded.closures) {
    html::Facts facts;
    facts.add("理由", reasons ? reasons->label(c.reason) : c.reason).add("主な連絡先", agency_name(ctx, c.main_contact)).add("変化に気づく道", c.watch_channel);
    if (c.watcher) facts.add("見守る機関", agency_name(ctx, *c.watcher));
    facts.add("記録を読める期限", wareki_short(c.access_until)).add("話し合ってほしいこと", html::lines(c.note.shown()));
    facts.add("いまの状態", c.closed_on ? wareki_short(*c.closed_on) + "に終結" : wareki_short(c.proposed_on) + "に提案。会議の判断を待っています");
    all += html::panel(facts.done());
    if (!c.closed_on && loaded.may_write)
      all += html::post_button(ctx.post("/closures/" + id_text(c.id) + "/withdraw", {"提案を取り下げる", html::Look::secondary}));
  }
  return all;
}

bool waits(const ClosurePage& loaded) {
  for (const Closure& c : loaded.closures)
    if (!c.closed_on) return true;
  return false;
}

web::Reply show_closure(Ctx& ctx, CaseId id, const ClosurePage& loaded, const form::Answers& answers, const std::vector<FieldError>& errors, int status,
                         const Html& over = {}) {
  html::Page page;
  page.title = ctx.m().wording("closure", "終結");
  page.current = "cases";
  page.crumbs = crumbs(ctx, id, page.title);
  page.main = closures_html(ctx, loaded);
  if (loaded.may_write && !loaded.closed && !waits(loaded)) {
    html::FormPage form_page{ctx.frame("/cases/" + id_text(id) + "/closure", "closure-" + id_text(id)), "会議に提案する", ctx.url("/cases/" + id_text(id)), {}, {}};
    form_page.before = html::el("p", "終結は会議で決めます。提案しても、支援は続きます。");
    page.main += html::section("終結を提案する", html::group({over, html::form_page(closure_form(ctx), answers, errors, form_page)}));
  }
  return ctx.show(std::move(page), status);
}

web::Reply closure_page(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load_case(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  form::Answers answers;
  answers.set("access_until", ctx.today().plus_days(ctx.m().rules.days.dormant_access));
  const std::string draft = "closure-" + id_text(*id);
  const auto kept = ctx.draft(draft);
  if (kept) answers = form::parse(closure_form(ctx), *kept).answers;
  return show_closure(ctx, *id, *loaded, answers, {}, 200, kept ? programme::draft_note(ctx, draft) : Html());
}

web::Reply take_closure(Ctx& ctx) {
  const auto id = ctx.id<CaseTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load_case(ctx, *id);
  if (!loaded) return ctx.error(loaded.error());
  const auto parsed = form::parse(closure_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_closure(ctx, *id, *loaded, parsed.answers, parsed.errors, 422);
  const form::Answers& a = parsed.answers;
  NewClosure in;
  in.case_id = *id;
  in.proposed_on = ctx.today();
  in.reason = a.text("reason");
  in.main_contact = agency_from(ctx, a.text("main_contact")).value_or(AgencyId());
  in.watcher = agency_from(ctx, a.text("watcher"));
  in.watch_channel = a.text("watch_channel");
  in.access_until = a.date("access_until").value_or(ctx.today());
  in.note = a.text("note");
  const auto done = ctx.command("closure.propose", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (const auto made = propose_closure(tx, gate, actor, in); !made) return tl::unexpected(made.error());
    return ctx.url("/cases/" + id_text(*id) + "/closure");
  });
  if (done) return ctx.go(*done);
  if (shows_form_again(done.error())) return show_closure(ctx, *id, *loaded, a, done.error().fields, status_of(done.error()));
  return ctx.error(done.error());
}

web::Reply take_closure_back(Ctx& ctx) {
  const auto id = ctx.id<ClosureTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("closure.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto back = withdraw_closure(tx, gate, actor, *id); !back) return tl::unexpected(back.error());
    return ctx.url("/today");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

void add_closure_routes(programme::Router& router) {
  const auto evaluating = web::Need::of(access::roles_for(SubjectKind::evaluation, access::Act::create));
  router.get("/plans/{id}/evaluation", evaluating, evaluation_page);
  router.post("/plans/{id}/evaluation", evaluating, take_evaluation);
  const auto proposing = web::Need::of(access::roles_for(SubjectKind::closure, access::Act::create));
  router.get("/cases/{id}/closure", web::Need::of(kCaseRoles), closure_page);
  router.post("/cases/{id}/closure", proposing, take_closure);
  router.post("/closures/{id}/withdraw", proposing, take_closure_back);
}

}  // namespace kasane::planning
