// Pages that register a household, change it, and write what those who visit should know.
#include "people/forms.hpp"
#include "people/form_screen.hpp"
#include "people/routes.hpp"
#include "form/parse.hpp"
#include "people/rules.hpp"
#include "people/search.hpp"
#include "people/service.hpp"

namespace kasane::people {

using html::Html;
using programme::Ctx;

namespace {

Html heading_of(std::string_view what, const PersonalText& name) { return html::group({name, " ", what}); }

std::string path_of(HouseholdId id) { return "/households/" + id_text(id); }

// --- registering ---

FormScreen registration_screen(const Ctx& ctx) {
  FormScreen screen;
  screen.title = "世帯を登録する";
  screen.form = registration_form(ctx.m());
  screen.action = "/households";
  screen.cancel = "/households";
  screen.submit = "登録する";
  screen.draft = "household-new";
  screen.before = html::prose("呼び名か、一人の氏だけで登録できます。ほかは、分かってから書き足せます。");
  return screen;
}

web::Reply new_household(Ctx& ctx) { return show_form(ctx, registration_screen(ctx)); }

Html same_person_line(const Ctx& ctx, const PersonHit& hit) {
  html::PersonLine line;
  line.name = html::text(hit.name);
  line.kana = html::text(hit.kana);
  line.age = html::text(birth_text(hit.birth.shown()));
  if (hit.of) {
    line.relation = html::group({hit.of->number, " ", hit.of->label});
    line.href = ctx.url(path_of(hit.household));
  }
  return html::person_line(line);
}

/// Those whom the viewer knows and who may be the same; asked once, then one may go on all the same.
Html same_people(Ctx& ctx, const NewHousehold& what) {
  const auto found = ctx.read("household.same", [&](db::ReadTx& tx, access::Gate& gate) {
    std::vector<PersonHit> all;
    for (const NewPerson& person : what.persons)
      for (PersonHit& hit : likely_same(tx, gate, person.fields)) all.push_back(std::move(hit));
    return all;
  });
  if (found.empty()) return {};
  std::vector<Html> lines;
  for (const PersonHit& hit : found) lines.push_back(same_person_line(ctx, hit));
  return html::banner(html::Tone::info, "同じ人が登録されているかもしれません",
                      html::group({html::bullets(lines), html::prose("同じ人なら、その世帯のページから続けてください。")}));
}

web::Reply register_page(Ctx& ctx) {
  if (auto before = ctx.already_done()) return ctx.go(*before);
  FormScreen screen = registration_screen(ctx);
  auto parsed = form::parse(screen.form, ctx.req.posted);
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  if (!parsed.ok()) return show_form(ctx, screen);
  NewHousehold what = read_registration(parsed.answers);
  what.number_prefix = ctx.m().wording("household_number_prefix", what.number_prefix);
  screen.errors = faults_of(what, ctx.today());
  if (!screen.errors.empty()) return show_form(ctx, screen);

  if (ctx.req.posted_value("not_the_same") != form::kYes) {
    if (Html same = same_people(ctx, what); !same.empty()) {
      screen.before = std::move(same);
      screen.after = html::tick({.name = "not_the_same", .label = "同じ人ではないので、新しく登録する"}, false);
      return show_form(ctx, screen);
    }
  }
  auto done = ctx.command("household.register", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    auto made = register_household(tx, gate, actor, what);
    if (!made) return tl::unexpected(made.error());
    return ctx.url(path_of(made->household));
  });
  if (done) return ctx.go(*done);
  if (done.error().code != ErrorCode::invalid) return ctx.error(done.error());
  screen.errors = done.error().fields;
  return screen.errors.empty() ? ctx.error(done.error()) : show_form(ctx, screen);
}

// --- changing ---

FormScreen household_screen(const Ctx& ctx, const HouseholdView& view) {
  FormScreen screen;
  screen.title = "世帯の情報を変える";
  screen.heading = heading_of("世帯の情報を変える", view.label);
  screen.form = household_form(ctx.m(), view.shows_contact);
  screen.answers = answers_of(view);
  screen.action = path_of(view.id) + "/edit";
  screen.cancel = path_of(view.id);
  screen.version = view.version;
  screen.hidden = {{"contact_version", std::to_string(view.contact_version)}};
  return screen;
}

/// For a form that only those see who may change the household.
Result<HouseholdView> view_to_change(Ctx& ctx, HouseholdId id) {
  return ctx.read("household.edit", [&](db::ReadTx& tx, access::Gate& gate) -> Result<HouseholdView> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    return household_view(tx, gate, id);
  });
}

web::Reply edit_household_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto view = view_to_change(ctx, *id);
  return view ? show_form(ctx, household_screen(ctx, *view)) : ctx.error(view.error());
}

web::Reply save_household(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto view = view_to_change(ctx, *id);
  if (!view) return ctx.error(view.error());
  FormScreen screen = household_screen(ctx, *view);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  HouseholdEdit edit{parsed.answers.text("label"), parsed.answers.text("area"), posted_number(ctx, "version"),
                     view->shows_contact,          parsed.answers.text("address"), parsed.answers.text("phone"),
                     posted_number(ctx, "contact_version")};
  Result<std::string> done = fail(ErrorCode::invalid);
  if (parsed.ok())
    done = ctx.command("household.edit", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
      if (auto saved = edit_household(tx, gate, actor, *id, edit); !saved) return tl::unexpected(saved.error());
      return ctx.url(path_of(*id));
    });
  if (done) return ctx.go(*done);
  // A save that came between is told with both versions; a fault keeps the versions that the page had shown.
  if (done.error().code == ErrorCode::stale) {
    const auto now = view_to_change(ctx, *id);
    if (!now) return ctx.error(now.error());
    screen = household_screen(ctx, *now);
    screen.stored = screen.answers;
  } else if (done.error().code == ErrorCode::invalid && (!parsed.ok() || !done.error().fields.empty())) {
    screen.errors = parsed.ok() ? done.error().fields : parsed.errors;
    screen.version = edit.version;
    screen.hidden = {{"contact_version", std::to_string(edit.contact_version)}};
  } else {
    return ctx.error(done.error());
  }
  screen.answers = parsed.answers;
  return show_form(ctx, screen);
}

// --- visit-safety note ---

struct SafetyPage {
  HouseholdView household;
  std::optional<SafetyNote> note;
};

Result<SafetyPage> safety_to_change(Ctx& ctx, HouseholdId id) {
  return ctx.read("household.safety", [&](db::ReadTx& tx, access::Gate& gate) -> Result<SafetyPage> {
    if (auto may = gate.write(id); !may) return tl::unexpected(may.error());
    auto view = household_view(tx, gate, id);
    if (!view) return tl::unexpected(view.error());
    auto note = visit_safety(tx, gate, id);
    if (!note) return tl::unexpected(note.error());
    return SafetyPage{std::move(*view), std::move(*note)};
  });
}

FormScreen safety_screen(const Ctx& ctx, const SafetyPage& page) {
  FormScreen screen;
  screen.title = "訪問時の注意";
  screen.heading = heading_of("訪問時の注意", page.household.label);
  screen.form = safety_form(ctx.m());
  if (page.note) screen.answers = answers_of(*page.note);
  screen.action = path_of(page.household.id) + "/safety";
  screen.cancel = path_of(page.household.id);
  screen.version = page.note ? page.note->version : 0;
  screen.before = html::prose("保有機関と支援チームの、訪問する職員だけに見えます。紙には印刷されません。すべて消して保存すると、注意がなくなります。");
  return screen;
}

web::Reply safety_page(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto page = safety_to_change(ctx, *id);
  return page ? show_form(ctx, safety_screen(ctx, *page)) : ctx.error(page.error());
}

web::Reply save_safety(Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  const auto page = safety_to_change(ctx, *id);
  if (!page) return ctx.error(page.error());
  FormScreen screen = safety_screen(ctx, *page);
  const auto parsed = form::parse(screen.form, ctx.req.posted);
  const SafetyEdit edit{parsed.answers.codes("codes"), parsed.answers.text("note"), posted_number(ctx, "version")};
  screen.answers = parsed.answers;
  screen.errors = parsed.errors;
  screen.version = edit.version;
  if (!parsed.ok()) return show_form(ctx, screen);
  auto done = ctx.command("household.safety", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto saved = set_safety(tx, gate, actor, *id, edit); !saved) return tl::unexpected(saved.error());
    return ctx.url(path_of(*id));
  });
  return after_save(ctx, done, std::move(screen), [&]() -> Result<FormScreen> {
    const auto now = safety_to_change(ctx, *id);
    if (!now) return tl::unexpected(now.error());
    return safety_screen(ctx, *now);
  });
}

}  // namespace

void add_household_routes(programme::Router& router) {
  const auto writers = web::Need::of({Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer});
  const auto visitors = web::Need::of({Role::window_counsellor, Role::coordinator, Role::field_worker});
  router.get("/households/new", writers, new_household);
  router.post("/households", writers, register_page);
  router.get("/households/{id}/edit", writers, edit_household_page);
  router.post("/households/{id}/edit", writers, save_household);
  router.get("/households/{id}/safety", visitors, safety_page);
  router.post("/households/{id}/safety", visitors, save_safety);
}

}  // namespace kasane::people
