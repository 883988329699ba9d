// Answering a referral.
#include "casework/pages_parts.hpp"
#include "casework/posted_form.hpp"
#include "casework/referral_forms.hpp"
#include "casework/referral_pages.hpp"
#include "casework/referral_rules.hpp"
#include "casework/referral_steps.hpp"
#include "people/protection_pages.hpp"

namespace kasane::casework {

namespace {

using parts::Again;
using programme::Ctx;

constexpr Roles kAnswerers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};

std::string path_of(ReferralId id) { return "/referrals/" + id_text(id); }

struct Open {
  Referral referral;
  std::optional<people::HouseholdView> household;
  html::Html warning;  // of a protection that the viewer may know
};

Result<Open> read_open(Ctx& ctx, ReferralId id) {
  return ctx.read("referral.answer", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Open> {
    auto r = referral(tx, gate, id);
    if (!r) return tl::unexpected(r.error());
    if (!agency_among(ctx.viewer(), addressees(parts::in_city(ctx), *r)))
      return fail(ErrorCode::not_permitted, "返事ができるのは、このつなぎの受け手の機関です。");
    Open open{std::move(*r), {}, {}};
    if (open.referral.household)
      if (auto view = people::household_view(tx, gate, *open.referral.household)) open.household = std::move(*view);
    if (open.household) open.warning = people::protection_warning(ctx, tx, gate, *open.referral.household);
    return open;
  });
}

std::vector<people::Member> members(const Open& open) { return open.household ? open.household->members : std::vector<people::Member>(); }

web::Reply show_answer(Ctx& ctx, ReferralId id, std::optional<Again> again) {
  auto open = read_open(ctx, id);
  if (!open) return ctx.error(open.error());
  const Referral& r = open->referral;
  html::Page page;
  page.title = "つなぎに返事をする";
  if (open->household) page.heading = parts::heading(open->household->label, page.title);
  page.current = "referrals";
  page.crumbs = {{ctx.m().wording("referral", "つなぎ"), ctx.url("/referrals")}, {"内容", ctx.url(path_of(id))}, {"返事", ""}};
  page.main.add(html::panel(html::group({html::el("p", ctx.dir().name(r.from) + "から（" + std::string(label_of(r.passing)) + "）"), html::prose(r.text)})));
  if (!again) {
    again.emplace();
    again->answers.set("answered_on", ctx.today());
    if (r.person) again->answers.set("subjects", std::vector<std::string>{id_text(*r.person)});
  } else if (again->stale) {
    // What was stored meanwhile is on the referral's own page; here it is told who has it in hand.
    html::Facts now;
    now.add("いまの状態", label_of(r.stage()));
    if (!r.taken_by_name.empty()) now.add("受けている人", r.taken_by_name);
    page.main.add(html::section("いま保存されている内容", now.done()));
  }
  html::FormFrame frame = ctx.frame(path_of(id) + "/answer", "referral-answer-" + id_text(id));
  frame.version = std::to_string(r.version);
  page.main.add(html::form_page(referral_forms::answering(ctx, r, members(*open)), again->answers, again->errors,
                                {std::move(frame), "返事を送る", ctx.url(path_of(id)), open->warning, {}}));
  return ctx.show(std::move(page), again->status);
}

web::Reply answer_page(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  return id ? show_answer(ctx, *id, std::nullopt) : ctx.error(id.error());
}

/// The case with this number, where the viewer may know it.
Result<std::optional<CaseId>> case_named(db::ReadTx& tx, access::Gate& gate, const std::string& number) {
  if (number.empty()) return std::optional<CaseId>();
  if (const auto found = case_by_number(tx, gate, number)) return std::optional<CaseId>(*found);
  return invalid("case_number", "この番号のケースは見つかりません。");
}

web::Reply answer(Ctx& ctx) {
  const auto id = ctx.id<ReferralTag>();
  if (!id) return ctx.error(id.error());
  auto open = read_open(ctx, *id);
  if (!open) return ctx.error(open.error());
  const form::Form f = referral_forms::answering(ctx, open->referral, members(*open));
  auto parsed = parts::posted(ctx, f);
  if (!parsed.ok()) return show_answer(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const ReferralAnswer given = referral_forms::answer_in(ctx, f, parsed.answers);
  auto done = ctx.command("referral.answer", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    ReferralAnswer in = given;
    if (in.outcome == Outcome::join_open_case) {
      auto named = case_named(tx, gate, parsed.answers.text("case_number"));
      if (!named) return tl::unexpected(named.error());
      in.open_case = *named;
    }
    if (auto answered = answer_referral(tx, gate, actor, parts::in_city(ctx), *id, parts::posted_version(ctx), in); !answered)
      return tl::unexpected(answered.error());
    return ctx.url(path_of(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_answer(ctx, *id, std::move(again)); });
}

}  // namespace

void add_referral_answer_routes(programme::Router& router) {
  router.get("/referrals/{id}/answer", web::Need::of(kAnswerers), answer_page);
  router.post("/referrals/{id}/answer", web::Need::of(kAnswerers), answer);
}

}  // namespace kasane::casework
