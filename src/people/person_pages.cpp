// Pages that add a person to a household, change a person, and tell who lives where since when.
#include "form/parse.hpp"
#include "people/form_screen.hpp"
#include "people/forms.hpp"
#include "people/protection_pages.hpp"
#include "people/routes.hpp"
#include "people/rules.hpp"
#include "people/service.hpp"

namespace kasane::people {

using html::Html;
using programme::Ctx;

namespace {

std::string path_of(HouseholdId id) { return "/households/" + id_text(id); }
std::string path_of(PersonId id) { return "/persons/" + id_text(id); }

// --- adding ---

struct NewPersonPage {
  HouseholdView household;
  Html warning;  // of a protection that the viewer may know
};

Result<NewPersonPage> household_to_change(Ctx& ctx, HouseholdId id) {
  return ctx.read("person.new", [&](db::ReadTx& tx, access::Gate& gate) -> Result<NewPersonPage> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    auto household = household_view(tx, gate, id);
    if (!household) return tl::unexpected(household.error());
    return NewPersonPage{std::move(*household), protection_warning(ctx, tx, gate, id)};
  });
}

FormScreen new_person_screen(const Ctx& ctx, const NewPersonPage& page) {
  const HouseholdView& household = page.household;
  FormScreen screen;
  screen.title = "人を加える";
  screen.heading = html::group({household.label, " 人を加える"});
  screen.form = person_form(ctx.m(), {.contact = true, .membership = true});
  screen.action = path_of(household.id) + "/persons/new";
  screen.cancel = path_of(household.id);
  screen.submit = "加える";
  screen.draft = "person-new-" + id_text(household.id);
  screen.before = page.warning;
  return screen;
}

web::Reply new_person(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto household = household_to_change(ctx, *id);
  return household ? show_form(ctx, new_person_screen(ctx, *household)) : ctx.error(household.error());
}

web::Reply add_person_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto household = household_to_change(ctx, *id);
  if (!household) return ctx.error(household.error());
  FormScreen screen = new_person_screen(ctx, *household);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  if (!parsed.ok()) return show_form(ctx, screen);
  auto done = ctx.command("person.add", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    NewPerson what{read_person(parsed.answers), read_contact(parsed.answers), read_membership(parsed.answers)};
    auto made = add_person(tx, gate, actor, *id, std::move(what));
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(*id));
  });
  return after_save(ctx, done, std::move(screen));
}

// --- changing ---

Result<PersonView> person_to_change(Ctx& ctx, PersonId id) {
  return ctx.read("person.edit", [&](db::ReadTx& tx, access::Gate& gate) -> Result<PersonView> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    return person_view(tx, gate, id);
  });
}

Html name_of(const PersonView& v) { return html::group({v.family, " ", v.given}); }

FormScreen person_screen(const Ctx& ctx, const PersonView& view) {
  FormScreen screen;
  screen.title = "人の情報を変える";
  screen.heading = html::group({name_of(view), " 情報を変える"});
  screen.form = person_form(ctx.m(), {.contact = view.shows_contact, .membership = false});
  screen.answers = answers_of(view);
  screen.action = path_of(view.id) + "/edit";
  screen.cancel = path_of(view.household);
  screen.version = view.version;
  screen.hidden = {{"contact_version", std::to_string(view.contact.version)}};
  screen.before = html::actions({html::link("別の世帯へ移った", ctx.url(path_of(view.id) + "/move"))});
  return screen;
}

web::Reply edit_person_page(Ctx& ctx) {
  const auto id = ctx.id<PersonTag>();
  if (!id) return ctx.error(id.error());
  const auto view = person_to_change(ctx, *id);
  return view ? show_form(ctx, person_screen(ctx, *view)) : ctx.error(view.error());
}

web::Reply save_person(Ctx& ctx) {
  const auto id = ctx.id<PersonTag>();
  if (!id) return ctx.error(id.error());
  const auto view = person_to_change(ctx, *id);
  if (!view) return ctx.error(view.error());
  FormScreen screen = person_screen(ctx, *view);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  PersonEdit edit;
  edit.fields = read_person(parsed.answers);
  edit.version = posted_number(ctx, "version");
  if (view->shows_contact) edit.contact = read_contact(parsed.answers);
  edit.contact_version = posted_number(ctx, "contact_version");
  screen.answers = parsed.answers;
  screen.version = edit.version;
  screen.hidden = {{"contact_version", std::to_string(edit.contact_version)}};
  screen.errors = parsed.errors;
  if (!parsed.ok()) return show_form(ctx, screen);
  auto done = ctx.command("person.edit", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = edit_person(tx, gate, actor, *id, edit); !saved) return tl::unexpected(saved.error());
    return ctx.url(path_of(view->household));
  });
  return after_save(ctx, done, std::move(screen), [&]() -> Result<FormScreen> {
    const auto now = person_to_change(ctx, *id);
    if (!now) return tl::unexpected(now.error());
    return person_screen(ctx, *now);
  });
}

// --- who lives where ---

Result<MembershipView> membership_to_change(Ctx& ctx, MembershipId id) {
  return ctx.read("membership.edit", [&](db::ReadTx& tx, access::Gate& gate) -> Result<MembershipView> {
    auto view = membership_view(tx, gate, id);
    if (!view) return view;
    if (auto may = gate.write(view->household); !may) return tl::unexpected(may.error());
    return view;
  });
}

FormScreen membership_screen(const Ctx& ctx, const MembershipView& view) {
  FormScreen screen;
  screen.title = "続柄と、いつからいつまで";
  screen.heading = html::group({view.name.name, " 続柄と、いつからいつまで"});
  screen.form = membership_form(ctx.m());
  screen.answers = answers_of(view.fields);
  screen.action = "/memberships/" + id_text(view.id) + "/edit";
  screen.cancel = path_of(view.household);
  screen.version = view.version;
  return screen;
}

web::Reply edit_membership_page(Ctx& ctx) {
  const auto id = ctx.id<MembershipTag>();
  if (!id) return ctx.error(id.error());
  const auto view = membership_to_change(ctx, *id);
  return view ? show_form(ctx, membership_screen(ctx, *view)) : ctx.error(view.error());
}

web::Reply save_membership(Ctx& ctx) {
  const auto id = ctx.id<MembershipTag>();
  if (!id) return ctx.error(id.error());
  const auto view = membership_to_change(ctx, *id);
  if (!view) return ctx.error(view.error());
  FormScreen screen = membership_screen(ctx, *view);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  const std::int64_t version = posted_number(ctx, "version");
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  screen.version = version;
  if (!parsed.ok()) return show_form(ctx, screen);
  auto done = ctx.command("membership.edit", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = edit_membership(tx, gate, actor, *id, read_membership(parsed.answers), version); !saved)
      return tl::unexpected(saved.error());
    return ctx.url(path_of(view->household));
  });
  return after_save(ctx, done, std::move(screen), [&]() -> Result<FormScreen> {
    const auto now = membership_to_change(ctx, *id);
    if (!now) return tl::unexpected(now.error());
    return membership_screen(ctx, *now);
  });
}

// --- moving to another household ---

constexpr std::string_view kMinded = "protection_minded";

struct MovePage {
  PersonView view;
  Html warning;  // of a protection around the home that is left, for who may know it
};

Result<MovePage> person_to_move(Ctx& ctx, PersonId id) {
  auto view = person_to_change(ctx, id);
  if (!view) return tl::unexpected(view.error());
  Html warning = ctx.read("person.move_page", [&](db::ReadTx& tx, access::Gate& gate) { return protection_warning(ctx, tx, gate, view->household); });
  return MovePage{std::move(*view), std::move(warning)};
}

/// Of the home that was typed; empty where it is unknown or nothing is to mind.
Html warning_of_target(Ctx& ctx, const std::string& number) {
  return ctx.read("person.move_page", [&](db::ReadTx& tx, access::Gate& gate) {
    const auto target = household_by_number(tx, gate, number);
    return target ? protection_warning(ctx, tx, gate, target->id) : Html();
  });
}

FormScreen move_screen(const Ctx& ctx, const MovePage& page) {
  const PersonView& view = page.view;
  FormScreen screen;
  screen.title = "別の世帯へ移る";
  screen.heading = html::group({name_of(view), " 別の世帯へ移る"});
  screen.form = move_form(ctx.m());
  screen.action = path_of(view.id) + "/move";
  screen.cancel = path_of(view.household);
  screen.submit = "移す";
  screen.before = page.warning;
  screen.before += html::prose("いまの世帯には前の日までいたことになります。これまでの記録は、いまの世帯に残ります。情報共有の同意は世帯ごとに取るので、移る先では改めて本人にたずねてください。");
  return screen;
}

web::Reply move_page(Ctx& ctx) {
  const auto id = ctx.id<PersonTag>();
  if (!id) return ctx.error(id.error());
  const auto page = person_to_move(ctx, *id);
  return page ? show_form(ctx, move_screen(ctx, *page)) : ctx.error(page.error());
}

web::Reply save_move(Ctx& ctx) {
  const auto id = ctx.id<PersonTag>();
  if (!id) return ctx.error(id.error());
  const auto page = person_to_move(ctx, *id);
  if (!page) return ctx.error(page.error());
  FormScreen screen = move_screen(ctx, *page);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  if (!parsed.ok()) return show_form(ctx, screen);
  // Which home it is shows only now: asked once, then one may go on all the same.
  if (ctx.req.posted_value(kMinded) != form::kYes) {
    if (Html warning = warning_of_target(ctx, parsed.answers.text("number")); !warning.empty()) {
      screen.before = std::move(warning);
      screen.after = html::tick({.name = std::string(kMinded), .label = "相手方でないこと、一緒に暮らしてよいことを確かめた"}, false);
      return show_form(ctx, screen);
    }
  }
  auto done = ctx.command("person.move", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto target = household_by_number(tx, gate, parsed.answers.text("number"));
    if (!target) return invalid("number", "この番号の世帯は見つかりません。");
    auto moved = move_person(tx, gate, actor, *id, target->id, read_membership(parsed.answers), *parsed.answers.date("on"));
    if (!moved && moved.error().code == ErrorCode::invalid) return invalid("number", moved.error().fields.front().message);
    if (!moved) return tl::unexpected(moved.error());
    return ctx.url(path_of(target->id));
  });
  return after_save(ctx, done, std::move(screen));
}

}  // namespace

void add_person_routes(programme::Router& router) {
  const auto writers = web::Need::of({Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer});
  router.get("/households/{id}/persons/new", writers, new_person);
  router.post("/households/{id}/persons/new", writers, add_person_page);
  router.get("/persons/{id}/edit", writers, edit_person_page);
  router.post("/persons/{id}/edit", writers, save_person);
  router.get("/persons/{id}/move", writers, move_page);
  router.post("/persons/{id}/move", writers, save_move);
  router.get("/memberships/{id}/edit", writers, edit_membership_page);
  router.post("/memberships/{id}/edit", writers, save_membership);
}

}  // namespace kasane::people
