#include "casework/abuse_pages.hpp"

#include "casework/abuse_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/pages_parts.hpp"
#include "programme/draft_note.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;
using programme::Ctx;

constexpr Roles kReporters{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

struct Origin {
  std::optional<NoticeId> notice;
  std::optional<IntakeId> intake;
  std::optional<HouseholdId> household;
};

/// What is known where it was started; nothing of it is passed on but what stands in the form.
struct Start {
  Origin origin;
  std::string text;
  std::string reporter;
  std::string area;
  std::optional<PersonId> person;
  std::optional<people::HouseholdView> household;
};

Origin origin_of(const Ctx& ctx) {
  return {parts::id_given<NoticeTag>(ctx, "notice"), parts::id_given<IntakeTag>(ctx, "intake"), parts::id_given<HouseholdTag>(ctx, "household")};
}

std::string draft_of(const Origin& o) {
  return "abuse-new" + (o.notice ? "-" + id_text(*o.notice) : "") + (o.intake ? "-" + id_text(*o.intake) : "") +
         (o.household ? "-" + id_text(*o.household) : "");
}

Result<Start> read_start(Ctx& ctx) {
  return ctx.read("abuse.form", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Start> {
    Start s{origin_of(ctx), {}, {}, {}, {}, {}};
    if (s.origin.notice) {
      auto n = notice(tx, gate, *s.origin.notice);
      if (!n) return tl::unexpected(n.error());
      s.text = n->about.shown().empty() ? n->text.shown() : n->about.shown() + "\n" + n->text.shown();
      s.reporter = n->reporter.shown();
      s.area = n->area;
      if (!s.origin.household) s.origin.household = n->household;
    }
    if (s.origin.intake) {
      auto i = intake(tx, gate, *s.origin.intake);
      if (!i) return tl::unexpected(i.error());
      s.text = i->summary.shown();
      s.reporter = i->consulter.shown();
      s.person = i->person;
      if (!s.origin.household) s.origin.household = i->household;
    }
    if (s.origin.household) {
      auto view = people::household_view(tx, gate, *s.origin.household);
      if (!view) return tl::unexpected(view.error());
      s.area = view->area;
      s.household = std::move(*view);
    }
    return s;
  });
}

/// Every agency is offered, those with the duty first.
parts::Table receivers(const Ctx& ctx, const std::string& area) {
  std::vector<parts::NotedAgency> first;
  for (AbuseKind kind : kAbuseKinds)
    for (AgencyId id : suggested_duty_agencies(parts::in_city(ctx), kind, area)) first.push_back({id, {}});
  return parts::agencies_first(ctx, first, [](const programme::Agency& a) {
    return a.kind != programme::AgencyKind::commissioners && a.kind != programme::AgencyKind::participation_partner;
  });
}

form::Form report_form(const Ctx& ctx, const Start& s) {
  form::Form f{"abuse", 1, {}};
  f.fields.push_back(parts::choice_field("kind", "種類", parts::of_list<AbuseKind>("abuse_kind", kAbuseKinds), true));
  form::Field to = parts::choice_field("reported_to", "知らせる機関", receivers(ctx, s.area), true);
  to.hint = "児童相談所（189番）・警察（110番）など一覧にない所へは電話で知らせ、そのことを下に書きます。";
  f.fields.push_back(std::move(to));
  f.fields.push_back(parts::date_field("reported_on", "知らせた日", true));
  f.fields.push_back(parts::acting_field(ctx, SubjectKind::notice, "知らせる側の機関"));
  f.fields.push_back(parts::long_field("text", "見聞きしたこと", true));
  if (s.household && !s.household->members.empty())
    f.fields.push_back(parts::choice_field("person", "守られる人", parts::persons(s.household->members)));
  f.fields.push_back(parts::with_hint(parts::text_field("reporter", "だれから聞いたか"), "知らせる機関のほかには見えません。書かなくてもかまいません。"));
  return f;
}

web::Reply show_new(Ctx& ctx, const Start& s, std::optional<Again> again) {
  const form::Form f = report_form(ctx, s);
  const std::string draft = draft_of(s.origin);
  Html from_draft;
  if (!again) {
    again.emplace();
    if (const auto typed = ctx.draft(draft)) {
      again->answers = form::parse(f, *typed).answers;
      from_draft = programme::draft_note(ctx, draft);
    } else {
      again->answers.set("reported_on", ctx.today());
      parts::set_text(again->answers, "text", s.text);
      parts::set_text(again->answers, "reporter", s.reporter);
      if (s.person) again->answers.set("person", id_text(*s.person));
    }
  }
  html::Page page;
  page.title = "通告・通報";
  page.current = "notices";
  page.crumbs = {{ctx.m().wording("notice", "気づき"), ctx.url("/notices")}, {page.title, ""}};
  page.main.add(html::banner(html::Tone::danger, "命の危険があるときは、先に110番・119番へ電話してください",
                             html::el("p", "通告・通報は、本人の同意や会議を待ちません。守秘義務にも反しません。")));
  html::FormFrame frame = ctx.frame("/abuse", draft);
  if (s.origin.notice) frame.hidden.push_back({"notice", id_text(*s.origin.notice)});
  if (s.origin.intake) frame.hidden.push_back({"intake", id_text(*s.origin.intake)});
  if (s.origin.household) frame.hidden.push_back({"household", id_text(*s.origin.household)});
  page.main.add(from_draft);
  page.main.add(html::form_page(f, again->answers, again->errors, {std::move(frame), "通告・通報する", {}, {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(Ctx& ctx) {
  auto s = read_start(ctx);
  return s ? show_new(ctx, *s, std::nullopt) : ctx.error(s.error());
}

NewAbuseReport report_in(const Ctx& ctx, const Start& s, const form::Answers& a) {
  NewAbuseReport in;
  in.kind = parse_code<AbuseKind>(a.text("kind")).value_or(AbuseKind::other);
  in.agency = parts::acting_in(ctx, SubjectKind::notice, a).value_or(AgencyId());
  in.reported_to = parts::chosen_id<AgencyTag>(a, "reported_to").value_or(AgencyId());
  in.reported_on = a.date("reported_on").value_or(ctx.today());
  in.text = a.text("text");
  in.reporter = a.text("reporter");
  in.household = s.origin.household;
  in.person = parts::chosen_id<PersonTag>(a, "person");
  if (s.origin.intake) in.from = SubjectRef{SubjectKind::intake, s.origin.intake->value};
  else if (s.origin.notice) in.from = SubjectRef{SubjectKind::notice, s.origin.notice->value};
  else if (s.origin.household) in.from = SubjectRef{SubjectKind::household, s.origin.household->value};
  return in;
}

web::Reply create(Ctx& ctx) {
  auto s = read_start(ctx);
  if (!s) return ctx.error(s.error());
  auto parsed = form::parse(report_form(ctx, *s), ctx.req.posted);
  if (!parsed.ok()) return show_new(ctx, *s, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const NewAbuseReport in = report_in(ctx, *s, parsed.answers);
  auto done = ctx.command("abuse.report", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = report_abuse(tx, gate, actor, parts::in_city(ctx), in);
    if (!id) return tl::unexpected(id.error());
    return ctx.url("/abuse/" + id_text(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, *s, std::move(again)); });
}

web::Reply report_page(Ctx& ctx) {
  const auto id = ctx.id<NoticeTag>();
  if (!id) return ctx.error(id.error());
  struct Found {
    AbuseReport report;
    bool waits = false;
    bool knows_household = false;
  };
  auto found = ctx.read("abuse.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Found> {
    auto r = abuse_report(tx, gate, *id);
    if (!r) return tl::unexpected(r.error());
    Found f{std::move(*r), abuse_report_waits(tx, *id), false};
    f.knows_household = f.report.household && gate.may(*f.report.household, access::Act::read);
    return f;
  });
  if (!found) return ctx.error(found.error());
  const AbuseReport& r = found->report;
  html::Page page;
  page.title = "通告・通報";
  page.current = "notices";
  page.crumbs = {{ctx.m().wording("notice", "気づき"), ctx.url("/notices")}, {page.title, ""}};
  page.lead = found->waits ? html::chip(html::Tone::danger, "受けた機関の確認待ち") : html::chip(html::Tone::success, "受けた機関が確認済み");
  html::Facts facts;
  facts.add("種類", label_of(r.kind));
  facts.add("知らせた日", wareki(r.reported_on));
  facts.add("知らせた機関", ctx.dir().name(r.agency));
  facts.add("受けた機関", ctx.dir().name(r.reported_to));
  facts.add("見聞きしたこと", html::prose(r.text));
  if (!r.reporter.shown().empty()) facts.add("だれから聞いたか", r.reporter);
  page.main.add(facts.done());
  Html buttons;
  if (found->waits && ctx.viewer().in_agency(r.reported_to))
    buttons.add(html::post_button(ctx.post("/abuse/" + id_text(*id) + "/received", html::Button{.label = "受け付けました", .look = html::Look::primary, .name = {}, .value = {}, .about = {}})));
  if (found->knows_household) buttons.add(html::link_button("世帯を見る", ctx.url("/households/" + id_text(*r.household))));
  page.main.add(html::actions({buttons}));
  return ctx.show(std::move(page));
}

web::Reply received(Ctx& ctx) {
  const auto id = ctx.id<NoticeTag>();
  if (!id) return ctx.error(id.error());
  auto done = ctx.command("abuse.received", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto noted = note_abuse_received(tx, gate, actor, *id); !noted) return tl::unexpected(noted.error());
    return ctx.url("/abuse/" + id_text(*id));
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

void add_abuse_routes(programme::Router& router) {
  router.get("/abuse/new", web::Need::of(kReporters), new_page);
  router.post("/abuse", web::Need::of(kReporters), create);
  router.get("/abuse/{id}", web::Need::of(kCaseRoles), report_page);
  router.post("/abuse/{id}/received", web::Need::of(access::roles_for(SubjectKind::notice, access::Act::write)), received);
}

}  // namespace kasane::casework
