// The page of a plan, its submission, its re-plan and the copy for the home.
#include <algorithm>

#include "people/protection_pages.hpp"
#include "people/protection_rules.hpp"
#include "people/protection_service.hpp"
#include "planning/amend_service.hpp"
#include "planning/closure_service.hpp"
#include "planning/pages.hpp"
#include "planning/plan_reading.hpp"
#include "planning/plan_rules.hpp"
#include "planning/plan_service.hpp"
#include "planning/sitting_wait.hpp"
#include "planning/plan_steps.hpp"

namespace kasane::planning {

namespace {

using html::Html;
using html::Tone;
using programme::Ctx;

struct PlanPage {
  PlanView plan;
  Names names;
  PlanConsent consent;
  std::vector<Evaluation> evaluations;
  std::vector<PlanRole> without_task;
  std::vector<Amendment> amended;  // in a meeting, after the plan was submitted
  std::vector<PlanHead> others;  // other drafts of the case: could go along in one bundle
  people::HouseholdLabel label;
  bool may_write = false, may_decide = false, may_open_item = false;
  std::optional<Laid> laid;       // the sitting that is to judge it; none once that has found something
  access::Topics kept_from_home;  // what a protection keeps from a paper for this home
  Html protection;                // and the note on it, for who may know
};

Result<PlanPage> load(Ctx& ctx, const char* action, PlanId id) {
  return ctx.read(action, [&](db::ReadTx& tx, access::Gate& gate) -> Result<PlanPage> {
    auto view = plan_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    PlanPage page;
    page.plan = std::move(*view);
    std::vector<PersonId> persons;
    for (const PlanPerson& p : page.plan.persons) persons.push_back(p.person);
    for (const PlanGoal& g : page.plan.goals)
      if (g.person) persons.push_back(*g.person);
    page.names = people::names_of(tx, gate, persons);
    page.consent = consent_of_plan(tx, id, ctx.today());
    page.evaluations = evaluations_of(tx, gate, id);
    if (auto amended = amendments(tx, gate, id)) page.amended = std::move(*amended);
    page.may_write = gate.may(id, access::Act::write);
    page.may_decide = gate.may(id, access::Act::decide);
    const bool judged = page.plan.finding && page.plan.finding->result != Finding::defer;
    if (page.plan.head.state == PlanState::submitted && !judged) page.laid = laid_before(tx, id);
    const auto item = page.laid ? std::optional(page.laid->item) : page.plan.finding ? std::optional(page.plan.finding->item) : std::nullopt;
    page.may_open_item = item && gate.may(*item, access::Act::read);
    const HouseholdId home = page.plan.head.household;
    if (!people::protected_from_home(tx, home, ctx.today()).empty()) page.kept_from_home = people::kept_from_home();
    page.protection = people::protection_warning(ctx, tx, gate, home);
    if (page.may_write)
      if (auto roles = roles_without_task(tx, gate, id)) page.without_task = std::move(*roles);
    for (const PlanHead& other : plans_of(tx, gate, page.plan.head.case_id))
      if (other.id != id && other.state == PlanState::draft) page.others.push_back(other);
    const auto labels = people::household_labels(tx, gate, {page.plan.head.household});
    if (const auto it = labels.find(page.plan.head.household); it != labels.end()) page.label = it->second;
    return page;
  });
}

std::string path_of(PlanId id) { return "/plans/" + id_text(id); }

std::string version_text(const PlanHead& head) { return "第" + std::to_string(head.revision) + "版"; }

Html state_chips(const Ctx& ctx, const PlanHead& head) {
  const Tone tone = in_force(head.state) ? Tone::success : head.state == PlanState::submitted ? Tone::info : Tone::neutral;
  Html chips = html::chip(tone, label_of(head.state));
  chips += html::chip(Tone::neutral, version_text(head));
  chips += html::muted("作成 " + agency_name(ctx, head.author));
  return chips;
}

/// What was said about the plan stands on the item: whoever has to mend it finds the way there.
/// What a plan without a finding waits for.
Html sitting_html(const Ctx& ctx, const PlanPage& page) {
  if (!page.laid) return html::muted(page.plan.head.state == PlanState::submitted ? "会議の判断はまだありません。まだどの会議の議題にもなっていません。" : "会議の判断はまだありません。");
  Html text = html::prose(wareki_short(page.laid->on) + "の会議で話し合います。" + ctx.m().wording("decision", "支援決定") + "は、会議の判断のあとです。");
  if (page.may_open_item) text += html::actions({html::link("会議の議題を見る", ctx.url("/items/" + id_text(page.laid->item)))});
  return text;
}

Html finding_html(const Ctx& ctx, const PlanPage& page) {
  const PlanView& plan = page.plan;
  if (page.laid || !plan.finding) return sitting_html(ctx, page);
  const std::string word = plan.finding->wording.empty() ? ctx.m().wording("finding", "適切性の協議") : plan.finding->wording;
  Html facts = html::Facts().add(word, std::string(label_of(plan.finding->result)) + "（" + wareki_short(plan.finding->on) + "）").done();
  if (page.may_open_item) facts += html::actions({html::link("会議の意見、直すところを読む", ctx.url("/items/" + id_text(plan.finding->item)))});
  return facts;
}

Html decisions_html(const Ctx& ctx, const PlanView& plan) {
  if (plan.decisions.empty()) return html::muted(ctx.m().wording("decision", "支援決定") + "はまだありません。");
  std::vector<Html> all;
  for (const SupportDecision& d : plan.decisions)
    all.push_back(html::group({d.approved ? "決定" : "決定しない", " ", wareki_short(d.on), " ", agency_name(ctx, d.agency), " ", d.note}));
  return html::bullets(all);
}

Html versions_html(const Ctx& ctx, const PlanView& plan) {
  if (plan.versions.size() < 2) return {};
  std::vector<Html> all;
  for (const PlanHead& v : plan.versions) {
    const std::string text = version_text(v) + " " + std::string(label_of(v.state));
    all.push_back(v.id == plan.head.id ? html::text(text + "（この画面）") : html::link(text, ctx.url(path_of(v.id))));
  }
  return html::section("版", html::bullets(all));
}

Html evaluations_html(const Ctx& ctx, const PlanPage& page) {
  if (page.evaluations.empty()) return {};
  const auto results = ctx.m().code_table("goal_result");
  Html all;
  for (const Evaluation& e : page.evaluations) {
    html::Facts facts;
    facts.add("判定", label_of(e.verdict)).add("評価した機関", agency_name(ctx, e.agency)).add("変わったこと", html::lines(e.change.shown()));
    facts.add("本人の受けとめ", html::lines(e.person_view.shown())).add("残っていること", html::lines(e.left.shown()));
    for (const auto& [goal, result] : e.goals)
      for (const PlanGoal& g : page.plan.goals)
        if (g.id == goal && results) facts.add("目標" + std::to_string(g.number), results->label(result));
    for (const Dimension& d : e.dimensions)
      for (const auto& known : ctx.m().rules.evaluation_dimensions)
        if (known.code == d.code)
          facts.add(known.text, (d.before ? std::to_string(*d.before) : std::string("－")) + " → " + (d.after ? std::to_string(*d.after) : std::string("－")));
    all += html::heading(3, wareki_short(e.made_on) + "の評価");
    all += facts.done();
  }
  return html::section("評価", all);
}

/// Who has not applied for the programme: told on every plan, and where the city's plan asks for it first, why it waits.
Html application_html(const Ctx& ctx, const PlanPage& page) {
  if (page.consent.not_applied.empty()) return {};
  const std::string word = ctx.m().wording("application", "利用申込み");
  std::vector<Html> names;
  for (const PersonId person : page.consent.not_applied)
    if (Html name = name_of(page.names, person); !name.empty()) names.push_back(std::move(name));
  Html body = html::el("p", word, "がまだない人：", names.empty() ? html::text("この世帯の人") : html::join(names, html::text("、")));
  if (const auto* rule = application_rule(ctx.m().rules, page.plan.head.kind))
    body += html::el("p", "提出は、", word, "のあとにできます。計画の記載：", html::in_plan(rule->text));
  body += html::link(word + "を書く・確かめる", ctx.url("/households/" + id_text(page.plan.head.household) + "/consents"));
  return html::not_printed(html::banner(Tone::info, word + "を確かめてください", body));
}

Html consent_html(const Ctx& ctx, const PlanPage& page) {
  const Html applied = application_html(ctx, page);
  if (page.plan.head.consent_withdrawn)
    return html::group({html::banner(Tone::warning, "本人が同意を取り消しました", html::el("p", "プランはそのまま続きます。次の会議で話し合います。")), applied});
  if (page.consent.ok) return applied;
  std::vector<Html> why;
  for (const auto& reason : page.consent.why_not) why.push_back(html::text(reason));
  return html::group({html::banner(Tone::info, "このプランは、まだ会議の議題にできません", html::bullets(why)), applied});
}

Html tasks_html(const Ctx& ctx, const PlanPage& page) {
  if (page.without_task.empty()) return {};
  std::vector<Html> roles;
  for (const PlanRole& r : page.without_task) roles.push_back(html::group({agency_name(ctx, *r.agency), " ", r.what}));
  Html body = html::bullets(roles);
  body += html::post_button(ctx.post(path_of(page.plan.head.id) + "/tasks", {"タスクにする", html::Look::secondary}));
  return html::banner(Tone::info, "まだタスクになっていない役割があります", body);
}

/// What stood there when the plan was submitted, beside what the meeting made of it.
Html amended_html(const Ctx& ctx, const PlanPage& page) {
  if (page.amended.empty()) return {};
  html::Table table("会議で直したところ", {{"何を"}, {"提出したとき"}, {"会議のあと"}});
  // A row that came or went is said whole; of one with other words only what changed.
  const auto said = [&](const Amendment& a, const PersonalText& text, const std::string& how) {
    std::string beside = how;
    if (a.kind != AmendKind::worded && a.by_on) beside += (beside.empty() ? "" : "、") + wareki_short(*a.by_on) + "まで";
    Html cell;
    if (a.role && a.kind != AmendKind::worded) cell.add((a.agency ? agency_name(ctx, *a.agency) : a.who) + "：");
    cell.add(html::text(text));
    if (!beside.empty()) cell.add("（" + beside + "）");
    return cell;
  };
  for (const Amendment& a : page.amended)
    table.row()
        .cell(a.role ? "役割" : "目標")
        .cell(a.kind == AmendKind::added ? html::muted("なし（会議で足した）") : said(a, a.before, a.how_before))
        .cell(a.kind == AmendKind::dropped ? html::muted("なし（会議でやめた）") : said(a, a.after, a.how_after));
  return html::section("会議で直したところ", table.done(), "amended");
}

Html actions_html(const Ctx& ctx, const PlanPage& page) {
  const PlanHead& head = page.plan.head;
  const std::string path = path_of(head.id);
  std::vector<Html> items;
  if (page.may_write && is_editable(head.state)) {
    items.push_back(html::link_button("案を直す", ctx.url(path + "/edit")));
    items.push_back(html::link_button("提出する", ctx.url(path + "/submit"), html::Look::primary));
  }
  if (page.may_decide && head.state == PlanState::submitted)
    items.push_back(html::link_button(ctx.m().wording("decision", "支援決定") + "へ", ctx.url(path + "/decide"), html::Look::primary));
  if (page.may_write && in_force(head.state)) items.push_back(html::link_button("評価する", ctx.url(path + "/evaluation")));
  if (page.may_write && may_replan(head.state)) items.push_back(html::post_button(ctx.post(path + "/replan", {"再プランを作る", html::Look::secondary})));
  items.push_back(html::link_button("家庭用の控え", ctx.url(path + "/home-copy")));
  return html::not_printed(html::el("div", {{"class", "actions"}}, html::join(items)));
}

web::Reply plan_page(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, "plan.page", *id);
  if (!loaded) return ctx.error(loaded.error());
  html::Page page;
  page.title = kind_name(ctx.m(), loaded->plan.head.kind);
  page.heading = html::group({loaded->label.label, " ", page.title});
  page.current = "cases";
  page.crumbs = crumbs(ctx, loaded->plan.head.case_id, page.title);
  page.lead = state_chips(ctx, loaded->plan.head);
  page.main = html::group({consent_html(ctx, *loaded), tasks_html(ctx, *loaded), actions_html(ctx, *loaded), plan_html(ctx, loaded->plan, loaded->names, true)});
  page.main += html::section(ctx.m().wording("finding", "適切性の協議"), finding_html(ctx, *loaded));
  page.main += amended_html(ctx, *loaded);
  page.main += html::section(ctx.m().wording("decision", "支援決定"), decisions_html(ctx, loaded->plan));
  page.main += evaluations_html(ctx, *loaded);
  page.main += versions_html(ctx, loaded->plan);
  return ctx.show(std::move(page));
}

// --- submission ---

html::Html submit_form(const Ctx& ctx, const PlanPage& loaded, const std::vector<FieldError>& errors) {
  const auto strings = [&](std::string_view key) {
    std::vector<std::string> all;
    for (const auto value : ctx.req.posted_values(key)) all.emplace_back(value);
    return all;
  };
  std::vector<html::Option> persons, others;
  for (const PlanPerson& p : loaded.plan.persons) {
    const auto it = loaded.names.find(p.person);
    persons.push_back({id_text(p.person), it == loaded.names.end() ? std::string() : it->second.name.shown(), {}});
  }
  for (const PlanHead& other : loaded.others) others.push_back({id_text(other.id), kind_name(ctx.m(), other.kind) + "（" + agency_name(ctx, other.author) + "）", {}});
  Html body = html::error_summary(errors);
  body += html::checkboxes({.name = "agreed", .label = "プランの内容に同意した本人", .error = html::error_of(errors, "agreed"), .required = true}, persons, strings("agreed"));
  if (!others.empty()) body += html::checkboxes({.name = "with", .label = "いっしょに提出する案", .error = html::error_of(errors, "with")}, others, strings("with"));
  body += html::actions({html::button("提出する"), html::link("やめる", ctx.url(path_of(loaded.plan.head.id)))});
  html::FormFrame frame = ctx.frame(path_of(loaded.plan.head.id) + "/submit");
  frame.version = std::to_string(loaded.plan.head.version);
  return html::form_frame(frame, body);
}

/// Faults of the draft itself are no field of this page: each leads to the field of the editor where it is mended.
Html draft_faults(const Ctx& ctx, PlanId id, const std::vector<FieldError>& faults) {
  if (faults.empty()) return {};
  const std::string editor = ctx.url(path_of(id) + "/edit");
  std::vector<Html> lines;
  for (const FieldError& fault : faults) {
    const bool section = fault.field == "goals" || fault.field == "roles";  // a whole part of the editor
    lines.push_back(html::link(fault.message, editor + "#" + (section ? fault.field : html::control_id(fault.field))));
  }
  return html::banner(Tone::danger, "提出の前に、案を直してください", html::group({html::bullets(lines), html::link_button("案を直す", editor)}));
}

/// Takes out of `errors` what belongs to the draft and not to the form of the submission.
std::vector<FieldError> take_draft_faults(std::vector<FieldError>& errors) {
  std::vector<FieldError> of_draft;
  const auto here = [](const FieldError& e) { return e.field.empty() || e.field == "agreed" || e.field == "with"; };
  std::copy_if(errors.begin(), errors.end(), std::back_inserter(of_draft), [&](const FieldError& e) { return !here(e); });
  std::erase_if(errors, [&](const FieldError& e) { return !here(e); });
  return of_draft;
}

/// What the draft lacks, whoever agrees to it.
std::vector<FieldError> draft_faults_now(const Ctx& ctx, const PlanView& plan) {
  std::vector<PersonId> all;
  for (const PlanPerson& p : plan.persons) all.push_back(p.person);
  auto faults = faults_of_submission(plan, all, ctx.today());
  return take_draft_faults(faults);
}

web::Reply show_submit(Ctx& ctx, const PlanPage& loaded, std::vector<FieldError> errors, int status, const Html& over = {}) {
  html::Page page;
  take_draft_faults(errors);  // as the draft stands now, they are told over the form
  page.title = kind_name(ctx.m(), loaded.plan.head.kind) + "を提出する";
  page.current = "cases";
  page.crumbs = crumbs(ctx, loaded.plan.head.case_id, page.title);
  page.main = html::group({over, draft_faults(ctx, loaded.plan.head.id, draft_faults_now(ctx, loaded.plan)), consent_html(ctx, loaded), submit_form(ctx, loaded, errors), plan_html(ctx, loaded.plan, loaded.names, true)});
  return ctx.show(std::move(page), status);
}

web::Reply submit_page(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, "plan.submit_page", *id);
  if (!loaded) return ctx.error(loaded.error());
  if (!loaded->may_write) return ctx.error({ErrorCode::not_permitted, {}, {}});
  if (!is_editable(loaded->plan.head.state)) return ctx.error({ErrorCode::conflict, "このプランは、もう提出されています。", {}});
  return show_submit(ctx, *loaded, {}, 200);
}

template <class Tag>
std::vector<Id<Tag>> posted_ids(const Ctx& ctx, std::string_view key) {
  std::vector<Id<Tag>> ids;
  for (const auto value : ctx.req.posted_values(key))
    if (const auto id = parse_id<Tag>(value)) ids.push_back(*id);
  return ids;
}

web::Reply take_submit(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const Submit in{posted_number(ctx, "version"), posted_ids<PersonTag>(ctx, "agreed"), posted_ids<PlanTag>(ctx, "with")};
  const auto done = ctx.command("plan.submit", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto sent = submit_plan(tx, gate, actor, settings(ctx), *id, in); !sent) return tl::unexpected(sent.error());
    return ctx.url(path_of(*id));
  });
  if (done) return ctx.go(*done);
  if (!shows_form_again(done.error())) return ctx.error(done.error());
  const auto loaded = load(ctx, "plan.submit_page", *id);
  if (!loaded) return ctx.error(loaded.error());
  const bool stale = done.error().code == ErrorCode::stale;
  return show_submit(ctx, *loaded, done.error().fields, status_of(done.error()),
                     stale ? html::banner(Tone::warning, "ほかの人が先に案を直しました", html::el("p", "下の内容を確かめてから、もう一度提出してください。")) : Html());
}

web::Reply take_replan(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("plan.replan", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto next = start_replan(tx, gate, actor, *id);
    if (!next) return tl::unexpected(next.error());
    return ctx.url(path_of(*next) + "/edit");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

web::Reply take_tasks(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("plan.tasks", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (const auto made = make_missing_tasks(tx, gate, actor, *id); !made) return tl::unexpected(made.error());
    return ctx.url(path_of(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

// --- the copy for the home ---

web::Reply home_copy(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, "plan.home_copy", *id);
  if (!loaded) return ctx.error(loaded.error());
  const PlanView plan = for_home(loaded->plan, loaded->kept_from_home);
  html::PrintHead head;
  head.form_name = kind_name(ctx.m(), plan.head.kind);
  head.made_on = plan.head.decided_on ? wareki(*plan.head.decided_on) : wareki(ctx.today()) + "（案）";
  head.made_by = agency_name(ctx, plan.head.author);
  html::Page page;
  page.title = head.form_name + "（家庭用の控え）";
  page.current = "cases";
  page.crumbs = crumbs(ctx, plan.head.case_id, page.title);
  if (!loaded->protection.empty())
    page.main = html::group({loaded->protection, html::not_printed(html::prose("虐待への対応、安全、連絡先、住まいについての目標と役割は、この控えから除いてあります。文章の欄に書かれていないか、渡す前に確かめてください。"))});
  page.main += html::paper_sheet(html::print_head(head), plan_html(ctx, plan, loaded->names, false));
  return ctx.show(std::move(page));
}

// --- 支援決定 ---

web::Reply show_decide(Ctx& ctx, const PlanPage& loaded, const std::vector<FieldError>& errors, int status, const Html& over = {}) {
  const std::string word = ctx.m().wording("decision", "支援決定");
  const auto typed = [&](std::string_view key, std::string fallback) { return std::string(ctx.req.posted_value(key).value_or(fallback)); };
  Html body = html::error_summary(errors);
  body += html::date_input({.name = "on", .label = "決定の日", .error = html::error_of(errors, "on"), .required = true}, typed("on", wareki(ctx.today())));
  body += html::textarea({.name = "note", .label = "メモ", .hint = "決定しないときは、理由を書きます", .error = html::error_of(errors, "note")}, typed("note", ""), 3);
  body += html::actions({html::button({"決定する", html::Look::primary, "result", "approve"}), html::button({"決定しない", html::Look::danger, "result", "refuse"}),
                         html::link("プランに戻る", ctx.url(path_of(loaded.plan.head.id)))});
  html::FormFrame frame = ctx.frame(path_of(loaded.plan.head.id) + "/decide");
  frame.version = std::to_string(loaded.plan.head.version);
  html::Page page;
  page.title = word;
  page.heading = html::group({loaded.label.label, " ", word});
  page.current = "cases";
  page.crumbs = crumbs(ctx, loaded.plan.head.case_id, word);
  page.main = html::group({over, consent_html(ctx, loaded), html::section(ctx.m().wording("finding", "適切性の協議"), finding_html(ctx, loaded)),
                           html::form_frame(frame, body), plan_html(ctx, loaded.plan, loaded.names, true)});
  return ctx.show(std::move(page), status);
}

web::Reply decide_page(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto loaded = load(ctx, "plan.decide_page", *id);
  if (!loaded) return ctx.error(loaded.error());
  if (!loaded->may_decide) return ctx.error({ErrorCode::not_permitted, {}, {}});
  if (loaded->plan.head.state != PlanState::submitted) return ctx.error({ErrorCode::conflict, "このプランは、決定を待っていません。", {}});
  return show_decide(ctx, *loaded, {}, 200);
}

web::Reply take_decide(Ctx& ctx) {
  const auto id = ctx.id<PlanTag>();
  if (!id) return ctx.error(id.error());
  const auto day = parse_date(ctx.req.posted_value("on").value_or(""));
  const std::string result(ctx.req.posted_value("result").value_or(""));
  std::vector<FieldError> faults;
  if (!day) faults.push_back({"on", day.error().message});
  if (result != "approve" && result != "refuse") faults.push_back({"", "「決定する」か「決定しない」を選んでください。"});
  Error error{ErrorCode::invalid, {}, faults};
  if (faults.empty()) {
    const Decide in{posted_number(ctx, "version"), result == "approve", *day, std::string(ctx.req.posted_value("note").value_or(""))};
    const auto done = ctx.command("plan.decide", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
      if (auto decided = decide(tx, gate, actor, settings(ctx), *id, in); !decided) return tl::unexpected(decided.error());
      return ctx.url(path_of(*id));
    });
    if (done) return ctx.go(*done);
    error = done.error();
  }
  if (!shows_form_again(error)) return ctx.error(error);
  const auto loaded = load(ctx, "plan.decide_page", *id);
  if (!loaded) return ctx.error(loaded.error());
  if (!loaded->may_decide) return ctx.error({ErrorCode::not_permitted, {}, {}});
  const bool stale = error.code == ErrorCode::stale;
  return show_decide(ctx, *loaded, error.fields, status_of(error),
                     stale ? html::banner(Tone::warning, "プランが変わりました", html::el("p", "下の内容を確かめてから、もう一度決めてください。")) : Html());
}

}  // namespace

void add_plan_routes(programme::Router& router) {
  router.get("/plans/{id}", web::Need::of(kCaseRoles), plan_page);
  const auto writing = web::Need::of(access::roles_for(SubjectKind::plan, access::Act::write));
  router.get("/plans/{id}/submit", writing, submit_page);
  router.post("/plans/{id}/submit", writing, take_submit);
  router.post("/plans/{id}/replan", writing, take_replan);
  router.post("/plans/{id}/tasks", writing, take_tasks);
  add_editor_routes(router);
}
void add_decision_routes(programme::Router& router) {
  const auto need = web::Need::of(access::roles_for(SubjectKind::plan, access::Act::decide));
  router.get("/plans/{id}/decide", need, decide_page);
  router.post("/plans/{id}/decide", need, take_decide);
}
void add_home_copy_routes(programme::Router& router) { router.get("/plans/{id}/home-copy", web::Need::of(kCaseRoles), home_copy); }

void add_routes(programme::Router& router) {
  add_assessment_routes(router);
  add_voice_routes(router);
  add_plan_routes(router);
  add_decision_routes(router);
  add_home_copy_routes(router);
  add_early_routes(router);
  add_closure_routes(router);
}

}  // namespace kasane::planning
