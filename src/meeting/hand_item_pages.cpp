// 「議題を手で足す」: an item that waits in no list, about a household or about none.
#include "meeting/hand_item_pages.hpp"

#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "meeting/household_choice.hpp"
#include "meeting/item_service.hpp"
#include "meeting/other_law_form.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/proposal_view.hpp"
#include "meeting/rules.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

using parts::Again;

namespace {

form::Form hand_form(programme::Ctx& ctx, const Session& s) {
  form::Form f{"item_by_hand", 1, {}};
  form::CodeTable bodies{"item_body", 1, {}}, kinds{"item_kind", 1, {}}, grounds{"item_ground", 1, {}};
  for (const SessionBody& b : s.bodies) {
    const auto* body = ctx.m().body(b.body);
    if (body == nullptr) continue;
    bodies.codes.push_back({body->code, body->name});
    for (const auto& kind : body->agenda) kinds.codes.push_back({body->code + ":" + kind.code, body->name + "：" + kind.text});
    if (b.function == programme::BodyFunction::support_conference_106_6)
      for (const auto& g : body->grounds) grounds.codes.push_back({g.code, g.text});
  }
  const auto shared = [](form::CodeTable t) { return std::make_shared<const form::CodeTable>(std::move(t)); };
  f.fields.push_back(parts::choice_field("body", "会議", shared(std::move(bodies)), true));
  f.fields.push_back(parts::choice_field("agenda_kind", "議題の種類", shared(std::move(kinds))));
  const auto posted = parse_id<HouseholdTag>(ctx.req.posted_value("household").value_or(""));
  for (form::Field& field : household_fields(ctx, "世帯のことでなければ、空けておきます。", posted ? std::optional(*posted) : std::nullopt)) f.fields.push_back(std::move(field));
  f.fields.push_back(parts::long_field("question", "会議にたずねること"));
  if (!grounds.codes.empty()) f.fields.push_back(parts::choice_field("ground_code", "同意なしに話し合う理由の区分", shared(std::move(grounds))));
  if (statutory_body(ctx, s) != nullptr) f.fields.push_back(parts::long_field("reason", "同意なしに話し合う理由"));
  if (std::any_of(s.bodies.begin(), s.bodies.end(), [](const SessionBody& b) { return b.function == programme::BodyFunction::other_law; })) f.fields.push_back(law_field(ctx, false));
  f.fields.push_back(parts::number_field("minutes", "時間", 1, 240, "分"));
  return f;
}

/// The sitting, for who may add to it. Errors: not_found, also where one may not.
Result<Session> managed(programme::Ctx& ctx, SessionId id) {
  return ctx.read("meeting.page", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Session> {
    auto found = session(tx, gate, id);
    if (found && !may_manage(gate, settings_of(ctx), *found)) return fail(ErrorCode::not_permitted, "議題は、会議を開く機関の担当の役割の方が扱います。");
    return found;
  });
}

web::Reply show_hand(programme::Ctx& ctx, SessionId id, const Again& again) {
  auto found = managed(ctx, id);
  if (!found) return ctx.error(found.error());
  html::Page page;
  page.title = "議題を手で足す";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, *found), ctx.url(session_path(id))}, {page.title, ""}};
  page.lead = html::text(when_text(*found));
  page.main = html::form_page(hand_form(ctx, *found), again.answers, again.errors, {ctx.frame(session_path(id) + "/items"), "議題に足す", ctx.url(session_path(id)), {}, {}});
  return ctx.show(std::move(page), again.status);
}

web::Reply hand_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  return id ? show_hand(ctx, *id, {}) : ctx.error(id.error());
}

/// "body:kind" of the list, which names kinds of all bodies of the sitting.
std::string kind_of_body(std::string_view chosen, std::string_view body) {
  const std::string prefix = std::string(body) + ":";
  return chosen.starts_with(prefix) ? std::string(chosen.substr(prefix.size())) : std::string();
}

web::Reply add(programme::Ctx& ctx) {
  const auto id = ctx.id<SessionTag>();
  if (!id) return ctx.error(id.error());
  NewItem in;
  in.session = *id;
  in.body = std::string(ctx.req.posted_value("body").value_or(""));
  in.matter = parse_code<Matter>(ctx.req.posted_value("matter").value_or("other")).value_or(Matter::other);
  in.matter_id = parse_id_text(ctx.req.posted_value("matter_id").value_or("")).value_or(0);
  in.ground_code = std::string(ctx.req.posted_value("ground_code").value_or(""));
  in.reason = std::string(ctx.req.posted_value("reason").value_or(""));
  form::Answers typed;
  // Shown again on the form for adding by hand, so that a reason once written is not lost.
  typed.set_typed("body", {in.body});
  typed.set_typed("ground_code", {in.ground_code});
  typed.set_typed("reason", {in.reason});
  if (in.matter == Matter::other) {
    auto found = managed(ctx, *id);
    if (!found) return ctx.error(found.error());
    auto parsed = form::parse(hand_form(ctx, *found), ctx.req.posted);
    if (!parsed.ok()) return show_hand(ctx, *id, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
    typed = std::move(parsed.answers);
    in.agenda_kind = kind_of_body(typed.text("agenda_kind"), in.body);
    in.question = typed.text("question");
    in.minutes = static_cast<int>(typed.number("minutes").value_or(0));
    in.law = typed.text("law");
  }
  const auto done = ctx.command("item.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (in.matter == Matter::other) {
      const auto household = chosen_household(tx, gate, typed);
      if (!household) return tl::unexpected(household.error());
      in.household = *household;
    }
    const auto item = add_item(tx, gate, actor, settings_of(ctx), in);
    if (!item) return tl::unexpected(item.error());
    return ctx.url(item_path(*item));
  });
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show_hand(ctx, *id, {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()), false});
}

}  // namespace

void add_hand_item_routes(programme::Router& router) {
  const auto manage = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/meetings/{id}/items/new", manage, hand_page);
  router.post("/meetings/{id}/items", manage, add);
}

}  // namespace kasane::meeting
