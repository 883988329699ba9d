// Screening of an intake, and opening the case where the window itself runs 多機関協働.
#include "casework/intake_forms.hpp"
#include "casework/intake_pages.hpp"
#include "casework/intake_service.hpp"
#include "casework/posted_form.hpp"
#include "people/protection_pages.hpp"

namespace kasane::casework {

namespace {

using parts::Again;
using programme::Ctx;

constexpr Roles kScreeners{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

std::string intake_path(IntakeId id) { return "/intakes/" + id_text(id); }

/// Where a result leads on: the form that comes next is opened at once, filled from the intake.
std::string next_path(const Ctx& ctx, const Intake& i, ScreeningResult result) {
  const std::string base = "/referrals/new?intake=" + id_text(i.id);
  const bool runs_it = ctx.m().is_collaboration_operator(ctx.dir().code(i.agency));
  switch (result) {
    case ScreeningResult::referred: return base + "&kind=network";
    case ScreeningResult::multi_agency:
      if (!runs_it) return base + "&kind=collaboration";
      return intake_path(i.id) + (i.household ? "/case" : "/household");
    case ScreeningResult::information_only:
    case ScreeningResult::no_consent_yet:
    case ScreeningResult::own_support:
    case ScreeningResult::ended_before: return intake_path(i.id);
  }
  return intake_path(i.id);
}

web::Reply show_screening(Ctx& ctx, IntakeId id, std::optional<Again> again) {
  auto found = ctx.read("intake.screening", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Intake> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    return intake(tx, gate, id);
  });
  if (!found) return ctx.error(found.error());
  const form::Form f = intake_forms::screening(ctx);
  html::Page page;
  page.title = ctx.m().wording("screening", "スクリーニング");
  page.current = "intake";
  page.crumbs = {{ctx.m().wording("intake", "相談受付"), ctx.url("/intakes")}, {"受付票", ctx.url(intake_path(id))}, {page.title, ""}};
  if (found->abuse_named) page.main.add(parts::abuse_panel(ctx, "intake=" + id_text(id), true));
  page.main.add(html::panel(html::prose(found->summary)));
  if (!again) {
    again.emplace();
    again->answers = intake_forms::answers_of_screening(*found);
    if (!found->screened_on) again->answers.set("screened_on", ctx.today());
  } else if (again->stale) {
    page.main.add(parts::both_versions(f, intake_forms::answers_of_screening(*found), again->answers));
  }
  html::FormFrame frame = ctx.frame(intake_path(id) + "/screening", "screening-" + id_text(id));
  frame.version = std::to_string(found->version);
  page.main.add(html::form_page(f, again->answers, again->errors, {std::move(frame), "判断を保存して次へ", ctx.url(intake_path(id)), {}, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply screening_page(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  return id ? show_screening(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply screen(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  if (!id) return ctx.error(id.error());
  const form::Form f = intake_forms::screening(ctx);
  auto parsed = parts::posted(ctx, f);
  if (!parsed.ok()) return show_screening(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const Screening in = intake_forms::screening_of(ctx, f, parsed.answers);
  auto done = ctx.command("intake.screen", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = screen_intake(tx, gate, actor, *id, parts::posted_version(ctx), in); !saved) return tl::unexpected(saved.error());
    auto now = intake(tx, gate, *id);
    if (!now) return tl::unexpected(now.error());
    return ctx.url(next_path(ctx, *now, in.result));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_screening(ctx, *id, std::move(again)); });
}

// --- the case straight from the intake ---

struct CaseStart {
  Intake intake;
  people::HouseholdView household;
  html::Html warning;  // of a protection that the viewer may know
};

Result<CaseStart> read_start(Ctx& ctx, IntakeId id) {
  return ctx.read("intake.case", [&](db::ReadTx& tx, access::Gate& gate) -> Result<CaseStart> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    auto found = intake(tx, gate, id);
    if (!found) return tl::unexpected(found.error());
    if (!found->household) return fail(ErrorCode::conflict, "先に世帯に結びつけてください。");
    auto view = people::household_view(tx, gate, *found->household);
    if (!view) return tl::unexpected(view.error());
    const HouseholdId home = *found->household;
    return CaseStart{std::move(*found), std::move(*view), people::protection_warning(ctx, tx, gate, home)};
  });
}

form::Form case_form(const Ctx& ctx, const people::HouseholdView& household) {
  form::Form f{"intake_case", 1, {}};
  form::Field subjects = parts::choices_field("subjects", ctx.m().wording("person", "本人"), parts::persons(household.members));
  subjects.required = true;
  f.fields.push_back(std::move(subjects));
  if (!ctx.m().rules.case_categories.empty())
    f.fields.push_back(parts::choice_field("category", "ケースの区分", parts::coded("case_category", ctx.m().rules.case_categories)));
  f.fields.push_back(parts::with_hint(parts::choice_field("owner", "主に担う機関", parts::agencies(ctx)), "まだ決まらないときは、選ばずにおきます。"));
  f.fields.push_back(parts::with_hint(parts::date_field("owner_by", "担う機関をいつまでに決めるか"), "担う機関が決まっていないときだけ。入れないときは市の決まりの日数です。"));
  return f;
}

web::Reply show_case(Ctx& ctx, IntakeId id, std::optional<Again> again) {
  auto start = read_start(ctx, id);
  if (!start) return ctx.error(start.error());
  html::Page page;
  page.title = ctx.m().wording("case", "ケース") + "を開く";
  page.heading = parts::heading(start->household.label, page.title);
  page.current = "intake";
  page.crumbs = {{ctx.m().wording("intake", "相談受付"), ctx.url("/intakes")}, {"受付票", ctx.url(intake_path(id))}, {page.title, ""}};
  if (!again) {
    again.emplace();
    if (start->intake.person) again->answers.set("subjects", std::vector<std::string>{id_text(*start->intake.person)});
  }
  page.main.add(html::form_page(case_form(ctx, start->household), again->answers, again->errors,
                                {ctx.frame(intake_path(id) + "/case", "intake-case-" + id_text(id)), "ケースを開く", ctx.url(intake_path(id)), start->warning, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply case_page(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  return id ? show_case(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply open_it(Ctx& ctx) {
  const auto id = ctx.id<IntakeTag>();
  if (!id) return ctx.error(id.error());
  auto start = read_start(ctx, *id);
  if (!start) return ctx.error(start.error());
  auto parsed = parts::posted(ctx, case_form(ctx, start->household));
  if (!parsed.ok()) return show_case(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  const CaseFromIntake in{parts::chosen_ids<PersonTag>(a, "subjects"), a.text("category"), parts::chosen_id<AgencyTag>(a, "owner"), a.date("owner_by")};
  auto done = ctx.command("intake.case", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto opened = open_case_from_intake(tx, gate, actor, parts::in_city(ctx), *id, in);
    if (!opened) return tl::unexpected(opened.error());
    return ctx.url("/cases/" + id_text(*opened));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_case(ctx, *id, std::move(again)); });
}

}  // namespace

void add_screening_routes(programme::Router& router) {
  router.get("/intakes/{id}/screening", web::Need::of(kScreeners), screening_page);
  router.post("/intakes/{id}/screening", web::Need::of(kScreeners), screen);
  router.get("/intakes/{id}/case", web::Need::of(kScreeners), case_page);
  router.post("/intakes/{id}/case", web::Need::of(kScreeners), open_it);
}

}  // namespace kasane::casework
