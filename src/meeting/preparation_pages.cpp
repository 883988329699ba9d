// The preparation sheet of an item: four questions for who writes it, one line for the others, and for reading.
#include "form/parse.hpp"
#include "meeting/page_parts.hpp"
#include "meeting/pages.hpp"
#include "meeting/preparation_service.hpp"
#include "meeting/preparation_view.hpp"
#include "meeting/secrecy_pages.hpp"
#include "programme/draft_note.hpp"

namespace kasane::meeting {

using html::Html;
using html::Tone;
using parts::Again;

namespace {

std::string sheet_path(AgendaItemId id) { return item_path(id) + "/preparation"; }

form::Field question(std::string key, std::string label, std::string hint) {
  form::Field f = parts::long_field(std::move(key), std::move(label));
  f.hint = std::move(hint);
  f.max = static_cast<std::int64_t>(kLongestAnswerOfSheet);
  return f;
}

form::Form sheet_form() {
  form::Form f{"preparation", 1, {}};
  f.fields.push_back(question("picture", "世帯のようす", "呼ばれた機関のだれもが見てよいことだけが、はじめから入っています。"));
  f.fields.push_back(question("doing", "いましていること", ""));
  f.fields.push_back(question("trouble", "困っていること", ""));
  f.fields.push_back(question("ask", "たずねたいこと", "会議で決めたいこと、聞きたいことを、短く。"));
  return f;
}

form::Form answer_form() {
  form::Form f{"preparation_answer", 1, {}};
  form::Field line = parts::long_field("text", "ひとこと", true);
  line.hint = "知っていること、気になること、できそうなこと。書かなくてもかまいません。";
  line.max = static_cast<std::int64_t>(kLongestNote);
  f.fields.push_back(std::move(line));
  return f;
}

form::Answers answers_of(const SheetText& text) {
  form::Answers a;
  parts::set_text(a, "picture", text.picture);
  parts::set_text(a, "doing", text.doing);
  parts::set_text(a, "trouble", text.trouble);
  parts::set_text(a, "ask", text.ask);
  return a;
}

SheetText stored(const Sheet& sheet) { return {sheet.picture.shown(), sheet.doing.shown(), sheet.trouble.shown(), sheet.ask.shown()}; }

struct Shown {
  Preparation p;
  SheetText first;                  // what the form holds before somebody types
};

Result<Shown> load(programme::Ctx& ctx, AgendaItemId id) {
  return ctx.read("item.preparation", [&](db::ReadTx& tx, access::Gate& gate) -> Result<Shown> {
    auto p = preparation(tx, gate, settings_of(ctx), id);
    if (!p) return tl::unexpected(p.error());
    Shown shown{*std::move(p), {}};
    if (shown.p.sheet) shown.first = stored(*shown.p.sheet);
    else if (shown.p.may_write) shown.first = prefilled(tx, gate, settings_of(ctx), shown.p.item);
    return shown;
  });
}

struct Typed {
  std::string form;
  Again again;
};

Html write_part(programme::Ctx& ctx, const Shown& s, const Typed& typed) {
  const AgendaItemId id = s.p.item.head.id;
  html::FormFrame frame = ctx.frame(sheet_path(id), "preparation-" + id_text(id));
  frame.version = std::to_string(s.p.sheet ? s.p.sheet->version : 0);
  form::Answers first = answers_of(s.first);
  const bool again = typed.form == "preparation";
  Html before, from_draft;
  if (!again)
    if (const auto draft = ctx.draft("preparation-" + id_text(id))) {
      first = form::parse(sheet_form(), *draft).answers;
      from_draft = programme::draft_note(ctx, "preparation-" + id_text(id));
    }
  if (s.p.held_back)
    before.add(html::banner(Tone::warning, "呼ぶ機関が変わりました",
                            html::prose("あとから加わった人が読んでよい内容か、確かめてください。もう一度保存するまで、このシートはほかの機関には見えません。")));
  if (!s.p.sheet) before.add(html::muted("記録から入れた下書きです。保存すると、呼ばれた機関が読めるようになります。"));
  return html::group({from_draft, html::form_page(sheet_form(), again ? typed.again.answers : first, again ? typed.again.errors : std::vector<FieldError>(),
                                                  {std::move(frame), "準備シートを保存する", ctx.url(item_path(id)), before, {}})});
}

Html answer_part(programme::Ctx& ctx, const Shown& s, const Typed& typed) {
  const bool again = typed.form == "preparation_answer";
  return html::form_page(answer_form(), again ? typed.again.answers : form::Answers(), again ? typed.again.errors : std::vector<FieldError>(),
                         {ctx.frame(sheet_path(s.p.item.head.id) + "/answer"), "ひとことを加える", {}, {}, {}});
}

web::Reply show(programme::Ctx& ctx, AgendaItemId id, const Typed& typed) {
  if (auto asked = ask_secrecy(ctx, id)) return *std::move(asked);
  auto s = load(ctx, id);
  if (!s) return ctx.error(s.error());
  const ItemView& item = s->p.item;
  html::Page page;
  page.title = "準備シート";
  if (!item.label.shown().empty()) page.heading = html::group({page.title, "　", item.label});
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {bodies_text(ctx, item.session), ctx.url(session_path(item.session.id))}, {"議題" + std::to_string(item.head.number), ctx.url(item_path(id))}, {page.title, ""}};
  page.lead = html::group({when_text(item.session), "　書く機関：", ctx.dir().name(s->p.owner)});
  if (typed.again.stale) page.flash = html::Flash{Tone::warning, "ほかの人が先に保存しました", html::prose("いま保存されている内容を下に出しました。見くらべて、よければもう一度保存してください。")};
  if (typed.again.stale && s->p.sheet) page.main.add(html::section("いま保存されている内容", sheet_html(*s->p.sheet), "stored"));
  if (s->p.may_write) page.main.add(html::section("四つの問い", write_part(ctx, *s, typed), "write"));
  else if (s->p.sheet) page.main.add(html::section("四つの問い", sheet_html(*s->p.sheet), "sheet"));
  else page.main.add(html::empty_state("準備シートはまだ書かれていません。なくても会議は開けます。"));
  const Html answers = lines_before_html(ctx, s->p.answers);
  if (!answers.empty()) page.main.add(html::section("ほかの機関からのひとこと", answers, "answers"));
  if (s->p.may_answer) page.main.add(html::section("ひとことを加える", answer_part(ctx, *s, typed), "answer"));
  page.main.add(html::link("資料といっしょに印刷する", ctx.url(item_path(id) + "/sheet")));
  return ctx.show(std::move(page), typed.again.status);
}

web::Reply sheet_page(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  return id ? show(ctx, *id, {}) : ctx.error(id.error());
}

web::Reply after(programme::Ctx& ctx, AgendaItemId id, const Result<std::string>& done, std::string form_key, form::Answers typed) {
  if (done) return ctx.go(*done);
  if (!parts::belongs_on_form(done.error())) return ctx.error(done.error());
  return show(ctx, id, {std::move(form_key), {std::move(typed), parts::faults_of(done.error()), parts::status_of(done.error()), done.error().code == ErrorCode::stale}});
}

web::Reply write(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  if (auto known = load(ctx, *id); !known) return ctx.error(known.error());
  auto parsed = form::parse(sheet_form(), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, {"preparation", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const form::Answers& a = parsed.answers;
  const SheetText text{a.text("picture"), a.text("doing"), a.text("trouble"), a.text("ask")};
  auto done = ctx.command("item.preparation", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto kept = write_sheet(tx, gate, actor, settings_of(ctx), *id, parts::posted_version(ctx), text); !kept) return tl::unexpected(kept.error());
    return ctx.url(sheet_path(*id));
  });
  return after(ctx, *id, done, "preparation", std::move(parsed.answers));
}

web::Reply answer(programme::Ctx& ctx) {
  const auto id = ctx.id<AgendaItemTag>();
  if (!id) return ctx.error(id.error());
  if (auto known = load(ctx, *id); !known) return ctx.error(known.error());
  auto parsed = form::parse(answer_form(), ctx.req.posted);
  if (!parsed.ok()) return show(ctx, *id, {"preparation_answer", {std::move(parsed.answers), std::move(parsed.errors), 422, false}});
  const NewNote note{NoteKind::answer, parsed.answers.text("text"), {}, {}};
  auto done = ctx.command("item.answer", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    if (auto added = add_note(tx, gate, actor, settings_of(ctx), *id, note); !added) return tl::unexpected(added.error());
    return ctx.url(sheet_path(*id) + "#answers");
  });
  return after(ctx, *id, done, "preparation_answer", std::move(parsed.answers));
}

}  // namespace

void add_preparation_routes(programme::Router& router) {
  const auto need = web::Need::of(kItemReaders);
  router.get("/items/{id}/preparation", web::Need::of(kItemReaders), sheet_page);
  router.post("/items/{id}/preparation", need, write);
  router.post("/items/{id}/preparation/answer", need, answer);
}

}  // namespace kasane::meeting
