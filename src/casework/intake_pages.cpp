// Taking, reading and changing an intake; the list of the window.
#include "casework/intake_pages.hpp"

#include "casework/intake_forms.hpp"
#include "casework/intake_rules.hpp"
#include "casework/intake_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/posted_form.hpp"
#include "casework/referral_rules.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;
using programme::Ctx;

constexpr Roles kTakers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

std::string title(const Ctx& ctx) { return ctx.m().wording("intake", "相談受付"); }

/// Receivers of the viewer's windows: colleagues, and oneself first.
std::vector<Colleague> receivers(Ctx& ctx, db::ReadTx& tx) {
  std::vector<Colleague> all;
  for (AgencyId agency : parts::agencies_to_act(ctx, SubjectKind::intake))
    for (Colleague& c : colleagues(tx, agency, ctx.today()))
      c.id == ctx.viewer().account ? (void)all.insert(all.begin(), std::move(c)) : all.push_back(std::move(c));
  return all;
}

/// What the new intake begins from, carried by the form as ids.
struct Origin {
  std::optional<NoticeId> notice;
  std::optional<HouseholdId> household;
  std::optional<PersonId> person;
};
Origin origin_of(const Ctx& ctx) {
  return {parts::id_given<NoticeTag>(ctx, "notice"), parts::id_given<HouseholdTag>(ctx, "household"), parts::id_given<PersonTag>(ctx, "person")};
}
html::NameValues hidden_of(const Origin& o) {
  html::NameValues all;
  if (o.notice) all.push_back({"notice", id_text(*o.notice)});
  if (o.household) all.push_back({"household", id_text(*o.household)});
  if (o.person) all.push_back({"person", id_text(*o.person)});
  return all;
}
std::string draft_of(const Origin& o) {
  return "intake-new" + (o.notice ? "-" + id_text(*o.notice) : "") + (o.household ? "-" + id_text(*o.household) : "");
}

/// What is known from the notice is not typed again.
void begin_with_notice(form::Answers& a, const Notice& n) {
  std::string text = n.text.shown();
  if (!n.about.shown().empty()) text = n.about.shown() + "\n" + text;
  parts::set_text(a, "summary", text);
  parts::set_tick(a, "abuse", n.abuse_named);
  if (n.source == "commissioner" || n.source == "family") a.set("consulter_relation", n.source);
  parts::set_text(a, "consulter", n.reporter.shown());
}

/// Offered again beside the button as soon as something that names abuse is chosen.
Html offered_when_chosen(const Ctx& ctx, const std::string& from) {
  Html all = parts::abuse_when(ctx, from, "abuse", form::kYes);
  all.add(parts::abuse_when(ctx, from, "about", "violence"));
  for (std::string_view code : abuse_codes()) all.add(parts::abuse_when(ctx, from, "issues", code));
  return all;
}

struct NewPage {
  std::vector<Colleague> receivers;
  std::optional<Notice> notice;
  std::optional<people::HouseholdLabel> household;
};
Result<NewPage> read_new(Ctx& ctx, const Origin& origin) {
  return ctx.read("intake.form", [&](db::ReadTx& tx, access::Gate& gate) -> Result<NewPage> {
    NewPage p;
    p.receivers = receivers(ctx, tx);
    if (origin.notice) {
      auto n = notice(tx, gate, *origin.notice);
      if (!n) return tl::unexpected(n.error());
      p.notice = std::move(*n);
    }
    if (origin.household) {
      auto labels = people::household_labels(tx, gate, {*origin.household});
      const auto found = labels.find(*origin.household);
      if (found == labels.end()) return fail(ErrorCode::not_found, "見つかりません。");
      p.household = std::move(found->second);
    }
    return p;
  });
}

web::Reply show_new(Ctx& ctx, std::optional<Again> again) {
  const Origin origin = origin_of(ctx);
  auto found = read_new(ctx, origin);
  if (!found) return ctx.error(found.error());
  const form::Form f = intake_forms::whole(ctx, found->receivers);
  const std::string draft = draft_of(origin);
  Html from_draft;
  if (!again) {
    again.emplace();
    if (const auto typed = ctx.draft(draft)) {
      again->answers = form::parse(f, *typed).answers;
      from_draft = programme::draft_note(ctx, draft);
    } else {
      again->answers.set("taken_on", ctx.today());
      again->answers.set("receiver", id_text(ctx.viewer().account));
      if (found->notice) begin_with_notice(again->answers, *found->notice);
    }
  }
  html::Page page;
  page.title = title(ctx);
  page.current = "intake";
  if (found->household) page.heading = parts::heading(found->household->label, title(ctx));
  page.crumbs = {{title(ctx), ctx.url("/intakes")}, {"新しい受付", ""}};
  const std::string from = origin.notice ? "notice=" + id_text(*origin.notice) : origin.household ? "household=" + id_text(*origin.household) : std::string();
  page.main.add(parts::abuse_panel(ctx, from, found->notice && found->notice->abuse_named));
  html::FormFrame frame = ctx.frame("/intakes", draft);
  for (auto& [name, value] : hidden_of(origin)) frame.hidden.push_back({name, value});
  page.main.add(from_draft);
  page.main.add(html::form_page(f, again->answers, again->errors, {std::move(frame), "受付を保存する", ctx.url("/intakes"), {}, offered_when_chosen(ctx, from)}));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(Ctx& ctx) { return show_new(ctx, std::nullopt); }

web::Reply create(Ctx& ctx) {
  const Origin origin = origin_of(ctx);
  auto found = read_new(ctx, origin);
  if (!found) return ctx.error(found.error());
  const form::Form f = intake_forms::whole(ctx, found->receivers);
  auto parsed = parts::posted(ctx, f);
  if (!parsed.ok()) return show_new(ctx, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  NewIntake in;
  in.agency = parts::acting_in(ctx, SubjectKind::intake, parsed.answers).value_or(AgencyId());
  in.notice = origin.notice;
  in.household = origin.household;
  in.person = origin.person;
  in.content = intake_forms::content_of(ctx, f, parsed.answers, ctx.req.posted);
  auto done = ctx.command("intake.take", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = take_intake(tx, gate, actor, parts::in_city(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url("/intakes/" + id_text(*id));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_new(ctx, Again{std::move(parsed.answers), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

// --- the list ---

Html screening_chip(const IntakeLine& l) {
  return l.screening ? html::chip(html::Tone::neutral, label_of(*l.screening)) : html::chip(html::Tone::warning, "判断前");
}

Html intake_table(const Ctx& ctx, const std::vector<IntakeLine>& lines) {
  html::Table t("相談受付の一覧", {{"受付日"}, {"相談"}, {"世帯"}, {"窓口"}, {"判断"}});
  const auto topics = parts::city_table(ctx, "consultation_topics");
  for (const IntakeLine& l : lines) {
    Html what = html::text(parts::labels(topics, l.about));
    if (what.empty()) what = html::text(parts::beginning(l.summary.shown()));
    if (l.abuse_named) what.add(" ").add(html::chip(html::Tone::danger, "虐待のおそれ"));
    t.row()
        .cell(html::link(wareki_short(l.taken_on), ctx.url("/intakes/" + id_text(l.id))))
        .cell(what)
        .cell(l.household ? html::text(l.label) : html::muted("世帯は未確認"))
        .cell(ctx.dir().name(l.agency))
        .cell(screening_chip(l));
  }
  return t.done();
}

web::Reply list_page(Ctx& ctx) {
  const bool open = ctx.req.query_value("open") == "yes";
  auto found = ctx.read("intake.list", [&](db::ReadTx& tx, access::Gate& gate) { return intakes(tx, gate, open, ctx.req.query_value("from")); });
  html::Page page;
  page.title = title(ctx);
  page.current = "intake";
  if (ctx.viewer().roles().meets(kTakers))
    page.main.add(html::actions({html::link_button("新しい相談を受ける", ctx.url("/intakes/new"), html::Look::primary)}));
  page.main.add(html::tabs(title(ctx), {{"すべて", ctx.url("/intakes"), !open}, {"判断前のもの", ctx.url("/intakes?open=yes"), open}}));
  page.main.add(found.lines.empty() ? html::empty_state("相談受付はまだありません。") : intake_table(ctx, found.lines));
  if (!found.next.empty())
    page.main.add(parts::next_page(parts::address(ctx.url("/intakes"), {{"open", open ? "yes" : ""}, {"from", found.next}})));
  return ctx.show(std::move(page));
}

// --- one intake ---

struct OneIntake {
  Intake intake;
  std::optional<people::HouseholdView> household;
  bool may_change = false;
};

Result<OneIntake> read_one(Ctx& ctx, IntakeId id) {
  return ctx.read("intake.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<OneIntake> {
    auto found = intake(tx, gate, id);
    if (!found) return tl::unexpected(found.error());
    OneIntake one{std::move(*found), {}, gate.may(id, access::Act::write)};
    if (one.intake.household)
      if (auto view = people::household_view(tx, gate, *one.intake.household)) one.household = std::move(*view);
    return one;
  });
}

Html head_facts(const Ctx& ctx, const OneIntake& one) {
  const Intake& i = one.intake;
  html::Facts facts;
  facts.add("受付日", wareki(i.taken_on));
  facts.add("窓口・受付者", ctx.dir().name(i.agency) + "　" + i.receiver_name);
  facts.add("何についての相談か", parts::labels(parts::city_table(ctx, "consultation_topics"), i.about));
  facts.add("相談の内容", html::prose(i.summary));
  if (!i.consulter_relation.empty()) {
    Html who = html::text(parts::city_table(ctx, "consulter_relation")->label(i.consulter_relation));
    if (!i.consulter.shown().empty()) who.add("　").add(i.consulter);
    facts.add("来た人・電話した人", who);
  }
  if (one.household) {
    facts.add("世帯", html::link(one.household->label, ctx.url("/households/" + id_text(one.household->id))));
    if (i.person)
      for (const people::Member& m : one.household->members)
        if (m.person == *i.person) facts.add("本人", m.name);
  }
  return facts.done();
}

/// 本人 not yet said: one of the household, by one click.
Html person_choice(const Ctx& ctx, const OneIntake& one) {
  if (!one.household || one.intake.person || one.household->members.empty()) return {};
  Html buttons;
  for (const people::Member& m : one.household->members)
    if (m.belongs_on(ctx.today()))
      buttons.add(html::post_button(ctx.post("/intakes/" + id_text(one.intake.id) + "/household",
                                             {.label = m.name.shown() + "さん", .look = html::Look::secondary, .name = {}, .value = {}, .about = {}},
                                             {{"step", "link"}, {"household", id_text(one.household->id)}, {"person", id_text(m.person)},
                                              {"version", std::to_string(one.intake.version)}})));
  return html::section("本人はどの人ですか", html::actions({buttons}));
}

Html next_steps(const Ctx& ctx, const OneIntake& one) {
  const Intake& i = one.intake;
  const std::string id = id_text(i.id);
  const std::string base = "/referrals/new?intake=" + id;
  Html links;
  const auto link = [&](std::string_view label, const std::string& path, html::Look look) { links.add(html::link_button(label, ctx.url(path), look)); };
  if (!i.screening) link("スクリーニング（これからどうするか）", "/intakes/" + id + "/screening", html::Look::primary);
  else {
    switch (*i.screening) {
      case ScreeningResult::multi_agency:
      case ScreeningResult::no_consent_yet:
        if (ctx.m().is_collaboration_operator(ctx.dir().code(i.agency))) link("ケースを開く", "/intakes/" + id + "/case", html::Look::primary);
        else link("多機関協働につなぐ", base + "&kind=collaboration", html::Look::primary);
        break;
      case ScreeningResult::referred: link("ほかの機関につなぐ", base + "&kind=network", html::Look::primary); break;
      case ScreeningResult::own_support:
        if (i.household) link("支援を記録する", "/households/" + id_text(*i.household) + "/records/new", html::Look::primary);
        break;
      case ScreeningResult::information_only:
      case ScreeningResult::ended_before: break;
    }
  }
  if (!i.household) link("世帯に結びつける", "/intakes/" + id + "/household", html::Look::secondary);
  if (one.may_change) link("受付票を直す・書き足す", "/intakes/" + id + "/edit", html::Look::secondary);
  if (i.screening) link("判断を改める", "/intakes/" + id + "/screening", html::Look::plain);
  return html::actions({links});
}

web::Reply intake_page(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  if (!id) return ctx.error(id.error());
  auto one = read_one(ctx, *id);
  if (!one) return ctx.error(one.error());
  const Intake& i = one->intake;
  html::Page page;
  page.title = title(ctx);
  page.current = "intake";
  if (one->household) page.heading = parts::heading(one->household->label, title(ctx));
  page.crumbs = {{title(ctx), ctx.url("/intakes")}, {"受付票", ""}};
  page.lead = i.screening ? html::chip(html::Tone::neutral, label_of(*i.screening)) : html::chip(html::Tone::warning, "判断前");
  const std::string from = "intake=" + id_text(*id) + (i.household ? "&household=" + id_text(*i.household) : "");
  if (i.abuse_named) page.main.add(parts::abuse_panel(ctx, from, true));
  page.main.add(head_facts(ctx, *one));
  if (i.screening) {
    html::Facts judged;
    judged.add("判断", label_of(*i.screening));
    if (i.screened_on) judged.add("判断した日", wareki(*i.screened_on));
    judged.add("判断のわけ", html::prose(i.screening_note));
    if (i.next_on) judged.add(i.screening == ScreeningResult::own_support ? "次に連絡する日" : "次に同意をたずねる日", wareki(*i.next_on));
    page.main.add(html::section("スクリーニング", judged.done()));
  }
  if (one->may_change) page.main.add(person_choice(ctx, *one));
  page.main.add(next_steps(ctx, *one));
  const form::Answers sheet = intake_forms::sheet_answers(i);
  if (!sheet.values().empty()) page.main.add(html::section("インテーク・アセスメントシート", html::form_facts(intake_forms::sheet(ctx), sheet)));
  if (!i.abuse_named) page.main.add(parts::abuse_panel(ctx, from, false));
  return ctx.show(std::move(page));
}

web::Reply show_edit(Ctx& ctx, IntakeId id, std::optional<Again> again) {
  auto one = read_one(ctx, id);
  if (!one) return ctx.error(one.error());
  if (!one->may_change) return ctx.error({ErrorCode::not_permitted, "受付票は、受けた窓口が直せます。", {}});
  auto colleagues_here = ctx.read("intake.form", [&](db::ReadTx& tx, access::Gate&) { return receivers(ctx, tx); });
  // Whoever took it stays a choice, also after leaving the window.
  if (!one->intake.receiver_name.empty()) colleagues_here.push_back({one->intake.receiver, one->intake.receiver_name, {}});
  const form::Form f = intake_forms::whole(ctx, colleagues_here);
  html::Page page;
  page.title = title(ctx) + "を直す";
  page.current = "intake";
  page.crumbs = {{title(ctx), ctx.url("/intakes")}, {"受付票", ctx.url("/intakes/" + id_text(id))}, {"直す", ""}};
  const std::string draft = "intake-edit-" + id_text(id);
  if (!again) {
    again.emplace();
    const auto typed = ctx.draft(draft);
    again->answers = typed ? form::parse(f, *typed).answers : intake_forms::answers_of(one->intake);
    if (typed) page.main.add(programme::draft_note(ctx, draft));
  } else if (again->stale) {
    page.main.add(parts::both_versions(f, intake_forms::answers_of(one->intake), again->answers));
  }
  html::FormFrame frame = ctx.frame("/intakes/" + id_text(id), draft);
  frame.version = std::to_string(one->intake.version);
  page.main.add(html::form_page(f, again->answers, again->errors, {std::move(frame), "保存する", ctx.url("/intakes/" + id_text(id)), {},
                                                                      offered_when_chosen(ctx, "intake=" + id_text(id))}));
  return ctx.show(std::move(page), again->status);
}

web::Reply edit_page(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  return id ? show_edit(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply change(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  if (!id) return ctx.error(id.error());
  auto one = read_one(ctx, *id);
  if (!one) return ctx.error(one.error());
  if (!one->may_change) return ctx.error({ErrorCode::not_permitted, "受付票は、受けた窓口が直せます。", {}});
  auto colleagues_here = ctx.read("intake.form", [&](db::ReadTx& tx, access::Gate&) { return receivers(ctx, tx); });
  colleagues_here.push_back({one->intake.receiver, one->intake.receiver_name, {}});
  const form::Form f = intake_forms::whole(ctx, colleagues_here);
  const form::Answers before = intake_forms::answers_of(one->intake);
  auto parsed = parts::posted(ctx, f, {.only = {}, .before = &before});
  if (!parsed.ok()) return show_edit(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers sheet_before = intake_forms::sheet_answers(one->intake);
  const IntakeContent in = intake_forms::content_of(ctx, f, parsed.answers, ctx.req.posted, &sheet_before);
  auto done = ctx.command("intake.change", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = change_intake(tx, gate, actor, parts::in_city(ctx), *id, parts::posted_version(ctx), in); !saved) return tl::unexpected(saved.error());
    return ctx.url("/intakes/" + id_text(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_edit(ctx, *id, std::move(again)); });
}

}  // namespace

void add_intake_routes(programme::Router& router) {
  router.get("/intakes", web::Need::of(kCaseRoles), list_page);
  router.get("/intakes/new", web::Need::of(kTakers), new_page);
  router.post("/intakes", web::Need::of(kTakers), create);
  router.get("/intakes/{id}", web::Need::of(kCaseRoles), intake_page);
  router.get("/intakes/{id}/edit", web::Need::of(kTakers), edit_page);
  router.post("/intakes/{id}", web::Need::of(kTakers), change);
  add_screening_routes(router);
  add_household_choice_routes(router);
}

}  // namespace kasane::casework
