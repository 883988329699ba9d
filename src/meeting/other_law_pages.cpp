// The page of an item under another law: which article, and the persons of the household whom it is about.
#include "form/parse.hpp"
#include "meeting/item_service.hpp"
#include "meeting/other_law_form.hpp"
#include "meeting/other_law_grounds.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "people/form_screen.hpp"
#include "people/service.hpp"
#include "programme/statutes.hpp"

namespace kasane::meeting {

using people::FormScreen;

form::Field law_field(const programme::Ctx& ctx, bool required) {
  form::CodeTable laws{"meeting_law", 1, {}};
  for (const programme::Statute* s : programme::statutes_for(ctx.m(), programme::Allows::other_law_meeting, programme::HolderKind::anyone, ctx.today()))
    laws.codes.push_back({s->key, s->name()});
  form::Field f = parts::choice_field("law", "根拠となる会議", std::make_shared<const form::CodeTable>(std::move(laws)), required);
  f.hint = "ほかの法律の会議の議題で、本人の同意がないときに選びます。";
  return f;
}

namespace {

std::vector<std::string> ids_text(const std::vector<PersonId>& persons) {
  std::vector<std::string> ids;
  for (const PersonId p : persons) ids.push_back(id_text(p));
  return ids;
}

/// Asked only with an article about homes with a child: it is about 特定妊婦 too, of whom no birth year tells.
void add_expectant(const programme::Ctx& ctx, FormScreen& s, const std::vector<people::Member>& members, const std::vector<PersonId>& noted) {
  for (const programme::Statute* law : programme::statutes_for(ctx.m(), programme::Allows::other_law_meeting, programme::HolderKind::anyone, ctx.today())) {
    if (!law->child_home) continue;
    form::Field expectant = parts::choices_field("law_expectant", "特定妊婦（子どものいない世帯のとき）", parts::persons(members));
    expectant.hint = "出産の前から支援が特に必要と認められる人に印をつけ、上の「だれのことか」でも選びます。";
    expectant.shown_when = form::ShownWhen{"law", law->key};
    s.form.fields.push_back(std::move(expectant));
    s.answers.set("law_expectant", ids_text(noted));
    return;
  }
}

Result<FormScreen> screen_of(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("item.law", [&](db::ReadTx& tx, access::Gate& gate) -> Result<FormScreen> {
    const auto view = item(tx, gate, settings_of(ctx), id);
    if (!view) return tl::unexpected(view.error());
    const auto law = consent::other_law_of(tx, id);
    if (!view->may_manage || !rests_on_other_law(view->head) || !law) return fail(ErrorCode::conflict, "この議題は、ほかの法律の会議によるものではありません。");
    const auto household = people::household_view(tx, gate, *view->head.household);
    if (!household) return tl::unexpected(household.error());
    FormScreen s;
    s.title = "根拠となる会議";
    s.heading = html::group({household->label, " ", s.title});
    s.form = {"item_law", 1, {}};
    s.form.fields.push_back(law_field(ctx, true));
    form::Field persons = parts::choices_field("law_persons", "だれのことか", parts::persons(household->members));
    persons.hint = "「議題と世帯の情報」を見る機関は、選んだ人のことを、その法律が扱う内容だけ見られます。選ばなければ、議題だけです。";
    s.form.fields.push_back(std::move(persons));
    add_expectant(ctx, s, household->members, law->expectant);
    s.answers.set("law", law->basis.substr(0, law->basis.find('@')));
    s.answers.set("law_persons", ids_text(law->persons));
    s.action = item_path(id) + "/law";
    s.cancel = item_path(id);
    s.version = view->head.version;
    s.draft = "item-law-" + id_text(id);
    return s;
  });
}

web::Reply law_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  const auto screen = screen_of(ctx, *id);
  return screen ? people::show_form(ctx, *screen) : ctx.error(screen.error());
}

web::Reply change(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  auto screen = screen_of(ctx, *id);
  if (!screen) return ctx.error(screen.error());
  auto parsed = form::parse(screen->form, ctx.req.posted);
  screen->answers = std::move(parsed.answers);
  screen->errors = std::move(parsed.errors);
  if (!screen->errors.empty()) return people::show_form(ctx, *screen);
  const LawChange in{people::posted_number(ctx, "version"), screen->answers.text("law"), parts::chosen_ids<PersonTag>(screen->answers, "law_persons"),
                     parts::chosen_ids<PersonTag>(screen->answers, "law_expectant")};
  const auto done = ctx.command("item.law", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto changed = change_law(tx, gate, actor, settings_of(ctx), *id, in); !changed) return tl::unexpected(changed.error());
    return ctx.url(item_path(*id));
  });
  return people::after_save(ctx, done, std::move(*screen), [&] { return screen_of(ctx, *id); });
}

}  // namespace

void add_law_routes(programme::Router& router) {
  const auto need = web::Need::of(Roles{Role::coordinator, Role::city_officer});
  router.get("/items/{id}/law", need, law_page);
  router.post("/items/{id}/law", need, change);
}

}  // namespace kasane::meeting
