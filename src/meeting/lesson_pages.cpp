#include "meeting/lesson_pages.hpp"

#include "casework/pages_parts.hpp"
#include "form/parse.hpp"
#include "meeting/common_issue_view.hpp"
#include "meeting/lesson_service.hpp"
#include "meeting/page_parts.hpp"
#include "web/percent.hpp"

namespace kasane::meeting {

using html::Html;
using parts::Again;

namespace {

std::string lesson_path(LessonId id) { return "/lessons/" + id_text(id); }
parts::Table topics_of(const programme::Ctx& ctx) { return parts::city_table(ctx, "consultation_topics"); }

form::Field with_hint(form::Field field, std::string hint) {
  field.hint = std::move(hint);
  return field;
}

/// `asks`: a new one, which by hand is compared with nobody's words.
form::Form lesson_form(const programme::Ctx& ctx, const LessonFrom& from = {}, bool asks = false) {
  form::Form f{"lesson", 1, {}};
  f.fields.push_back(with_hint(parts::text_field("title", "分かったこと", true), "例：訪ねる曜日を決めると、会える回数がふえた。"));
  f.fields.push_back(with_hint(parts::long_field("trouble", "むずかしかったこと", true), "名前・住所・年齢・勤め先を書かずに、一般の言い方で書きます。"));
  f.fields.push_back(parts::long_field("did", "役に立った進め方", true));
  f.fields.push_back(parts::choice_field("field", "分野", issue_fields_table(ctx), true));
  f.fields.push_back(parts::choice_field("topic", "相談の種類", topics_of(ctx)));
  if (asks && from.by_hand()) f.fields.push_back(parts::tick_field("unnamed", "書き方の確かめ", "だれのことか分からないように書きました"));
  // Ids say nothing about a household; the door is asked again when it is posted.
  const auto carry = [&](const char* key) {
    form::Field field;
    field.key = key;
    field.kind = form::Kind::hidden;
    f.fields.push_back(std::move(field));
  };
  if (from.of_case) carry("case");
  if (from.item) carry("item");
  return f;
}

LessonText read_lesson(const form::Answers& a) {
  return {a.text("title"), a.text("trouble"), a.text("did"), parse_code<IssueField>(a.text("field")).value_or(IssueField::other), a.text("topic")};
}

form::Answers answers_of(const LessonText& t) {
  form::Answers a;
  a.set("title", t.title);
  a.set("trouble", t.trouble);
  a.set("did", t.did);
  a.set("field", std::string(code_of(t.field)));
  a.set("topic", t.topic);
  return a;
}

/// Where it was learnt, from the address or the posted form. Nothing when an id is none.
std::optional<LessonFrom> from_of(std::string_view of_case, std::string_view item) {
  LessonFrom from;
  if (!of_case.empty()) {
    const auto id = parse_id<CaseTag>(of_case);
    if (!id) return std::nullopt;
    from.of_case = *id;
  } else if (!item.empty()) {
    const auto id = parse_id<AgendaItemTag>(item);
    if (!id) return std::nullopt;
    from.item = *id;
  }
  return from;
}

Error unknown() { return {ErrorCode::not_found, "見つかりません。", {}}; }

std::vector<html::Option> options_of(const parts::Table& table) {
  std::vector<html::Option> options;
  for (const auto& code : table->codes) options.push_back({code.code, code.label, {}});
  return options;
}

Html filter_form(const programme::Ctx& ctx, const LessonFilter& f) {
  Html body = html::select({.name = "field", .label = "分野"}, options_of(issue_fields_table(ctx)), f.field ? std::string(code_of(*f.field)) : std::string(), "すべて");
  body.add(html::select({.name = "topic", .label = "相談の種類"}, options_of(topics_of(ctx)), f.topic, "すべて"));
  body.add(html::text_input({.name = "words", .label = "言葉"}, f.words));
  body.add(html::actions({html::button("さがす", html::Look::secondary)}));
  return html::search_frame(ctx.url("/lessons"), "支援の知見をさがす", body);
}

std::string topic_name(const programme::Ctx& ctx, const std::string& code) { return code.empty() ? std::string() : topics_of(ctx)->label(code); }

/// The next part of the same search.
std::string part_after(const programme::Ctx& ctx, const LessonFilter& f, LessonId after) {
  std::string href = ctx.url("/lessons") + "?after=" + id_text(after);
  if (f.field) href += "&field=" + std::string(code_of(*f.field));
  if (!f.topic.empty()) href += "&topic=" + web::percent_encode(f.topic);
  if (!f.words.empty()) href += "&words=" + web::percent_encode(f.words);
  return href;
}

web::Reply list_page(programme::Ctx& ctx) {
  const LessonFilter filter{std::string(ctx.req.query_value("words")), std::string(ctx.req.query_value("topic")), parse_code<IssueField>(ctx.req.query_value("field")), parse_id<LessonTag>(ctx.req.query_value("after"))};
  const auto found = ctx.read("lessons.list", [&](db::ReadTx& tx, access::Gate& gate) { return lessons_like(tx, gate, filter); });
  html::Page page;
  page.title = "支援の知見";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {page.title, ""}};
  page.lead = html::muted("終わった支援や見直しから分かった、進め方の工夫です。だれのことかは書かれていません。");
  page.main.add(filter_form(ctx, filter));
  Html list = html::empty_state("当てはまる知見はありません。");
  if (!found.lessons.empty()) {
    html::Table table("支援の知見", {{"分かったこと"}, {"分野"}, {"相談の種類"}, {"年度"}});
    for (const Lesson& l : found.lessons)
      table.row().cell(html::link(l.text.title, ctx.url(lesson_path(l.id)))).cell(field_name(ctx, l.text.field)).cell(topic_name(ctx, l.text.topic)).cell(l.year.text());
    list = table.done();
    if (found.next) list.add(html::pagination({.summary = {}, .next_href = part_after(ctx, filter, *found.next)}));
  }
  Html tools;
  if (ctx.viewer().roles().meets(kIssueRaisers)) tools = html::link_button("知見を書く", ctx.url("/lessons/new"), html::Look::primary);
  page.main.add(html::section("知見の一覧", list, "list", tools));
  return ctx.show(std::move(page));
}

web::Reply show_new(programme::Ctx& ctx, const LessonFrom& from, Again again) {
  const auto may = ctx.read("lesson.new", [&](db::ReadTx& tx, access::Gate& gate) { return may_learn(tx, gate, from); });
  if (!may) return ctx.error(may.error());
  if (from.of_case) again.answers.set("case", id_text(*from.of_case));
  if (from.item) again.answers.set("item", id_text(*from.item));
  html::Page page;
  page.title = "支援の知見を書く";
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"支援の知見", ctx.url("/lessons")}, {page.title, ""}};
  page.lead = html::muted(from.by_hand() ? "市内のすべての機関が読みます。世帯を選ばずに書くので、名前が入っていても、ここでは気づけません。"
                                         : "市内のすべての機関が読みます。この世帯だと分かる言葉は保存できません。");
  // Not kept as a draft: it would belong to no record and outlive the household's disposal.
  page.main.add(html::form_page(lesson_form(ctx, from, true), again.answers, again.errors, {ctx.frame("/lessons"), "保存する", ctx.url("/lessons"), {}, {}}));
  return ctx.show(std::move(page), again.status);
}

web::Reply new_page(programme::Ctx& ctx) {
  const auto from = from_of(ctx.req.query_value("case"), ctx.req.query_value("item"));
  return from ? show_new(ctx, *from, {}) : ctx.error(unknown());
}

web::Reply create(programme::Ctx& ctx) {
  auto from = from_of(ctx.req.posted_value("case").value_or(""), ctx.req.posted_value("item").value_or(""));
  if (!from) return ctx.error(unknown());
  auto parsed = form::parse(lesson_form(ctx, *from, true), ctx.req.posted);
  from->unnamed = parts::is_ticked(parsed.answers, "unnamed");
  if (!parsed.ok()) return show_new(ctx, *from, {std::move(parsed.answers), std::move(parsed.errors), 422, false});
  auto done = ctx.command("lesson.write", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto id = write_lesson(tx, gate, actor, settings_of(ctx), read_lesson(parsed.answers), *from);
    if (!id) return tl::unexpected(id.error());
    return ctx.url(lesson_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, *from, std::move(again)); });
}

Html change_html(programme::Ctx& ctx, const Lesson& l, const Again& again, bool typed) {
  html::FormFrame frame = ctx.frame(lesson_path(l.id));
  frame.version = std::to_string(l.version);
  const Html words = !l.may_reword ? Html() : html::form_page(lesson_form(ctx), typed ? again.answers : answers_of(l.text), again.errors, {std::move(frame), "直す", {}, {}, {}});
  return html::group({l.may_reword ? html::folding("言い方を直す", words, typed, "reword") : Html(),
                      html::folding("取り下げる",
                                    html::group({html::muted("一覧から消えます。元には戻せません。"),
                                                 html::post_button(ctx.post(lesson_path(l.id) + "/withdraw", {.label = "取り下げる", .about = l.text.title},
                                                                            {{"version", std::to_string(l.version)}}))}),
                                    false, "withdraw")});
}

web::Reply show_lesson(programme::Ctx& ctx, LessonId id, const Again& again, bool typed) {
  const auto l = ctx.read("lesson.page", [&](db::ReadTx& tx, access::Gate& gate) { return lesson_view(tx, gate, id); });
  if (!l) return ctx.error(l.error());
  html::Page page;
  page.title = "支援の知見";
  page.heading = html::text(l->text.title);
  page.current = "meetings";
  page.crumbs = {{"会議", ctx.url("/meetings")}, {"支援の知見", ctx.url("/lessons")}, {l->text.title, ""}};
  if (again.stale) page.flash = html::Flash{html::Tone::warning, "ほかの人が先に保存しました", html::prose("下が、いま保存されている内容です。見くらべて、よければもう一度保存してください。")};
  html::Facts facts;
  facts.add("むずかしかったこと", html::prose(l->text.trouble)).add("役に立った進め方", html::prose(l->text.did)).add("分野", field_name(ctx, l->text.field));
  if (!l->text.topic.empty()) facts.add("相談の種類", topic_name(ctx, l->text.topic));
  facts.add("年度", l->year.text());
  page.main.add(html::section("知見", facts.done(), "lesson"));
  if (ctx.viewer().roles().meets(kIssueStewards)) page.main.add(change_html(ctx, *l, again, typed));
  return ctx.show(std::move(page), again.status);
}

web::Reply lesson_page(programme::Ctx& ctx) {
  const auto id = ctx.id<LessonTag>();
  return id ? show_lesson(ctx, *id, {}, false) : ctx.error(id.error());
}

web::Reply reword(programme::Ctx& ctx) {
  const auto id = ctx.id<LessonTag>();
  if (!id) return ctx.error(id.error());
  auto parsed = form::parse(lesson_form(ctx), ctx.req.posted);
  if (!parsed.ok()) return show_lesson(ctx, *id, {std::move(parsed.answers), std::move(parsed.errors), 422, false}, true);
  auto done = ctx.command("lesson.reword", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto kept = reword_lesson(tx, gate, settings_of(ctx), *id, parts::posted_version(ctx), read_lesson(parsed.answers)); !kept) return tl::unexpected(kept.error());
    return ctx.url(lesson_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_lesson(ctx, *id, again, true); });
}

web::Reply withdraw(programme::Ctx& ctx) {
  const auto id = ctx.id<LessonTag>();
  if (!id) return ctx.error(id.error());
  const auto done = ctx.command("lesson.withdraw", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor&) -> Result<std::string> {
    if (auto gone = withdraw_lesson(tx, gate, *id, parts::posted_version(ctx)); !gone) return tl::unexpected(gone.error());
    return ctx.url("/lessons");
  });
  return done ? ctx.go(*done) : ctx.error(done.error());
}

}  // namespace

void add_lesson_routes(programme::Router& router) {
  const auto read = web::Need::of(kSessionReaders);
  router.get("/lessons", read, list_page);
  router.get("/lessons/new", web::Need::of(kIssueRaisers), new_page);
  router.post("/lessons", web::Need::of(kIssueRaisers), create);
  router.get("/lessons/{id}", read, lesson_page);
  router.post("/lessons/{id}", web::Need::of(kIssueStewards), reword);
  router.post("/lessons/{id}/withdraw", web::Need::of(kIssueStewards), withdraw);
}

}  // namespace kasane::meeting
