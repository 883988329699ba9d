// 「電話で話し合ったことを記録する」: one form, one sitting.
#include "meeting/household_choice.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/phone_service.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

using html::Html;
using parts::Again;

namespace {

constexpr const char* kTitle = "電話で話し合ったことを記録する";

/// From whose page one comes, or which was chosen.
std::optional<HouseholdId> asked_household(const programme::Ctx& ctx) { 
  const auto posted = ctx.req.posted_value("household");
  const auto id = parse_id<HouseholdTag>(posted ? *posted : ctx.req.query_value("household"));
  return id ? std::optional(*id) : std::nullopt;
}

form::Form talk_form(programme::Ctx& ctx) {
  form::Form f{"phone_talk", 1, {}};
  form::CodeTable bodies{"phone_bodies", 1, {}}, grounds{"phone_grounds", 1, {}};
  for (const auto* body : phone_bodies(ctx.m())) {
    bodies.codes.push_back({body->code, body->name + "（" + phone_rule(ctx.m(), *body) + "）"});
    for (const auto& g : body->grounds) grounds.codes.push_back({g.code, g.text});
  }
  const auto shared = [](form::CodeTable t) { return std::make_shared<const form::CodeTable>(std::move(t)); };
  f.fields.push_back(parts::choice_field("body", "会議", shared(std::move(bodies)), true));
  for (form::Field& field : household_fields(ctx, {}, asked_household(ctx))) f.fields.push_back(std::move(field));
  form::Field with = parts::choices_field("with", "電話で話した機関", parts::agencies(ctx));
  with.required = true;
  f.fields.push_back(std::move(with));
  f.fields.push_back(parts::date_field("held_on", "話した日", true));
  form::Field time = parts::text_field("at_time", "時刻");
  time.kind = form::Kind::time;
  f.fields.push_back(std::move(time));
  if (!grounds.codes.empty()) f.fields.push_back(parts::choice_field("ground_code", "同意なしに話し合った理由の区分", shared(std::move(grounds)), true));
  f.fields.push_back(parts::long_field("reason", "同意なしに話し合った理由", true));
  form::Field agreed = parts::long_field("agreed", "決めたこと", true);
  agreed.hint = "だれが、いつまでに、何をするか。会議の要点と支援方針として残ります。";
  f.fields.push_back(std::move(agreed));
  return f;
}

web::Reply show(programme::Ctx& ctx, const Again& again) {
  html::Page page;
  page.title = kTitle;
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  if (phone_bodies(ctx.m()).empty()) {
    page.main = html::empty_state("この市の設定には、電話での話し合いを会議とみなす決まりがありません。実施計画にも記載がありません。",
                                  html::prose("話し合ったことは、支援の記録に書いてください。要綱などで決まっているときは、設定（codes/phone_sitting.csv）に会議を書き足すと、ここで記録できるようになります。"));
    return ctx.show(std::move(page), again.status);
  }
  form::Answers first;
  first.set("held_on", ctx.today());
  if (const auto bodies = phone_bodies(ctx.m()); bodies.size() == 1) first.set("body", bodies.front()->code);
  if (const auto asked = asked_household(ctx)) first.set("household", id_text(*asked));
  page.main.add(html::prose("2つの機関が電話で話し合い、要点を残したものを、会議として記録します。資料を見られるのは、ここで選んだ機関だけです。"));
  // Not kept as a draft: it would belong to no record and outlive the household's disposal.
  page.main.add(html::form_page(talk_form(ctx), again.status == 200 ? first : again.answers, again.errors, {ctx.frame("/meetings/phone"), "会議として記録する", ctx.url("/meetings"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply new_page(programme::Ctx& ctx) { return show(ctx, {}); }

web::Reply record(programme::Ctx& ctx) {
  if (phone_bodies(ctx.m()).empty()) return show(ctx, {{}, {}, 409, false});
  auto parsed = form::parse(talk_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const form::Answers& a = parsed.answers;
  PhoneTalk talk{a.text("body"), {}, parts::chosen_ids<AgencyTag>(a, "with"), *a.date("held_on"), a.text("at_time"), a.text("ground_code"), a.text("reason"), a.text("agreed")};
  const auto done = ctx.command("meeting.phone", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto household = chosen_household(tx, gate, a);
    if (!household) return tl::unexpected(household.error());
    if (!*household) return invalid("household", "世帯を選んでください。");
    talk.household = **household;
    const auto item = record_phone_talk(tx, gate, actor, settings_of(ctx), talk);
    if (!item) return tl::unexpected(item.error());
    return ctx.url(item_path(*item));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](const Again& again) { return show(ctx, again); });
}

}  // namespace

void add_phone_routes(programme::Router& router) {
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/meetings/phone/new", manage, new_page);
  router.post("/meetings/phone", manage, record);
}

}  // namespace kasane::meeting
