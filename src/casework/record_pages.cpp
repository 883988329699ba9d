// Support records: written in half a minute on a phone as at a desk, read as a timeline, corrected as a new version.
#include <algorithm>

#include "casework/case_page_parts.hpp"
#include "casework/case_pages.hpp"
#include "casework/posted_form.hpp"
#include "casework/record_rules.hpp"
#include "casework/record_service.hpp"
#include "people/service.hpp"

namespace kasane::casework {

namespace {

using html::Html;
using parts::Again;

constexpr const char* kMore = "くわしく書く";
constexpr std::int64_t kMostMinutes = 24 * 60;

/// What the form needs to know about household and writer.
struct FormContext {
  people::HouseholdView household;
  std::vector<std::string> last_services;
  access::Sharing usual = access::Sharing::own;
};

Result<FormContext> form_context(db::ReadTx& tx, access::Gate& gate, HouseholdId id) {
  auto household = people::household_view(tx, gate, id);
  if (!household) return tl::unexpected(household.error());
  FormContext c;
  c.household = std::move(*household);
  c.last_services = last_services(tx, gate.viewer().account);
  c.usual = usual_sharing(tx, gate, id);
  return c;
}

parts::Table sharing_table() {
  return std::make_shared<const form::CodeTable>(
      form::CodeTable{"record_sharing", 1, {{"own", "自分の機関だけ"}, {"team", "支援チームと共有する"}}});
}

parts::Table service_table(const programme::Ctx& ctx) {
  form::CodeTable table{"services", 1, {}};
  for (const std::string& code : ctx.who().services) {
    const programme::Service* service = ctx.m().service(code);
    table.codes.push_back({code, service ? service->name : code});
  }
  return std::make_shared<const form::CodeTable>(std::move(table));
}

form::Field folded(form::Field field) {
  field.group = kMore;
  return field;
}

/// The text box is not among the rendered fields: it has a control of its own.
form::Form record_form(const programme::Ctx& ctx, const FormContext& c) {
  form::Form f{"support_record", 1, {}};
  form::Field text = parts::long_field("text", "記録");
  f.fields.push_back(std::move(text));
  f.fields.push_back(parts::choice_field("method", "方法", parts::city_table(ctx, "contact_method"), true));
  form::Field outcome = parts::choice_field("outcome", "結果", parts::city_table(ctx, "contact_outcome"));
  outcome.hint = "会えなかった、断られたなどは「試みた」として、連絡とは別に数えます。";
  f.fields.push_back(std::move(outcome));
  f.fields.push_back(parts::date_field("on_day", "いつ", true));
  form::Field time = parts::text_field("at_time", "時刻");
  time.kind = form::Kind::time;
  f.fields.push_back(std::move(time));
  if (must_ask_service(ctx.who().services)) {
    form::Field services = parts::choices_field("services", "どの事業として", service_table(ctx));
    services.hint = "一回の訪問が、いくつかの事業を兼ねてもかまいません。";
    services.required = true;
    f.fields.push_back(std::move(services));
  }
  f.fields.push_back(parts::date_field("next_on", "次の予定"));
  if (c.usual == access::Sharing::team) f.fields.push_back(parts::choice_field("sharing", "だれが読めるか", sharing_table(), true));
  f.fields.push_back(folded(parts::choice_field("person", "だれについて", parts::persons(c.household.members))));
  f.fields.push_back(folded(parts::choices_field("content", "支援の内容", parts::city_table(ctx, "support_content"))));
  f.fields.push_back(folded(parts::choice_field("stage", "関係づくりの段階", parts::city_table(ctx, "relationship_stage"))));
  f.fields.push_back(folded(parts::number_field("minutes", "かかった時間", 1, kMostMinutes, "分")));
  return f;
}

form::Answers presets(const programme::Ctx& ctx, const FormContext& c) {
  form::Answers a;
  a.set("on_day", ctx.today());
  if (must_ask_service(ctx.who().services)) {
    const auto services = attributed(ctx.who().services, c.last_services);
    if (!services.empty()) a.set("services", services);
  }
  if (c.usual == access::Sharing::team) a.set("sharing", std::string("team"));
  return a;
}

form::Answers answers_of(const RecordView& r) {
  form::Answers a;
  std::vector<Paragraph> paragraphs;
  for (const RecordPart& part : r.parts) paragraphs.push_back({part.kind, part.text.shown()});
  parts::set_text(a, "text", join_paragraphs(paragraphs));
  a.set("on_day", r.on_day);
  parts::set_text(a, "at_time", r.at_time);
  parts::set_text(a, "method", r.method);
  parts::set_text(a, "outcome", r.outcome);
  if (!r.services.empty()) a.set("services", r.services);
  a.set("sharing", std::string(r.sharing == access::Sharing::team ? "team" : "own"));
  if (r.person) a.set("person", id_text(*r.person));
  if (!r.content.empty()) a.set("content", r.content);
  parts::set_text(a, "stage", r.stage);
  parts::set_some(a, "minutes", r.minutes);
  parts::set_some(a, "next_on", r.next_on);
  return a;
}

bool is_attempt(const programme::Ctx& ctx, const std::string& outcome) {
  const auto list = ctx.m().code_lists.find("contact_outcome");
  if (list == ctx.m().code_lists.end()) return false;
  const auto group = list->second.groups.find(outcome);
  return group != list->second.groups.end() && group->second == "試みた";
}

NewRecord record_from(const programme::Ctx& ctx, HouseholdId household, const form::Answers& a, access::Sharing otherwise) {
  NewRecord in;
  in.household = household;
  in.person = parts::chosen_id<PersonTag>(a, "person");
  in.on_day = a.date("on_day").value_or(ctx.today());
  in.at_time = a.text("at_time");
  in.method = a.text("method");
  in.outcome = a.text("outcome");
  in.attempt = is_attempt(ctx, in.outcome);
  in.services = attributed(ctx.who().services, a.codes("services"));
  in.content = a.codes("content");
  in.stage = a.text("stage");
  in.minutes = a.number("minutes");
  in.text = a.text("text");
  in.next_on = a.date("next_on");
  in.sharing = otherwise;
  if (a.chose("sharing", "own")) in.sharing = access::Sharing::own;
  if (a.chose("sharing", "team")) in.sharing = access::Sharing::team;
  // Somebody who also works at a protected window: rather guarded than told.
  for (const access::Post& post : ctx.viewer().posts)
    if (const programme::Agency* agency = ctx.m().agency(ctx.dir().code(post.agency)); agency != nullptr && agency->sensitive) in.guarded = true;
  return in;
}

Html form_html(const form::Form& form, const Again& again, const html::FormFrame& frame, const std::string& submit, const std::string& cancel) {
  std::vector<std::string_view> others;
  for (const form::Field& field : form.fields)
    if (field.key != "text") others.push_back(field.key);
  Html body;
  body.add(html::record_textarea({.name = "text", .label = "記録", .error = html::error_of(again.errors, "text")}, again.answers.typed("text"), 10));
  body.add(html::form_fields(form, again.answers, again.errors, others));
  body.add(html::actions({html::button(submit), html::link_button("やめる", cancel, html::Look::plain)}));
  return html::group({html::error_summary(again.errors), html::form_frame(frame, body)});
}

std::string household_path(HouseholdId id) { return "/households/" + id_text(id); }
std::string list_path(HouseholdId id) { return household_path(id) + "/records"; }

// --- reading ---

Html part_html(const RecordPart& part) {
  const Html chip = part.kind == PartKind::unsorted ? Html() : html::chip(html::Tone::neutral, label_of(part.kind));
  return html::group({chip, html::prose(part.text)});
}

Html record_title(const programme::Ctx& ctx, const RecordView& r) {
  std::string words = ctx.dir().name(r.agency);
  if (!r.writer.empty()) words += " " + r.writer;
  words += "（" + parts::city_table(ctx, "contact_method")->label(r.method) + "）";
  return html::link(words, ctx.url("/records/" + id_text(r.id)));
}

Html outcome_chip(const programme::Ctx& ctx, const RecordView& r) {
  if (r.outcome.empty()) return r.attempt ? html::chip(html::Tone::warning, "試みた") : Html();
  const auto words = parts::city_table(ctx, "contact_outcome")->label(r.outcome);
  return html::chip(r.attempt ? html::Tone::warning : html::Tone::success, words);
}

html::TimelineItem timeline_item(const programme::Ctx& ctx, const RecordView& r) {
  html::TimelineItem item;
  item.when = wareki_short(r.on_day) + (r.at_time.empty() ? "" : " " + r.at_time);
  item.when_iso = r.on_day.iso();
  item.title = record_title(ctx, r);
  item.label = outcome_chip(ctx, r);
  for (const RecordPart& part : r.parts) item.body.add(part_html(part));
  if (r.next_on) item.body.add(html::el("p", html::muted("次の予定 " + wareki_short(*r.next_on))));
  return item;
}

web::Reply list_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  std::optional<RecordCursor> from;
  if (const auto cursor = parts::parse_cursor(ctx.req.query_value("from"))) from = RecordCursor{cursor->first, SupportRecordId(cursor->second)};
  struct View {
    people::HouseholdLabel label;
    RecordPage page;
  };
  auto view = ctx.read("record.list", [&](db::ReadTx& tx, access::Gate& gate) -> Result<View> {
    const auto permit = gate.read(*id);
    if (!permit) return tl::unexpected(permit.error());
    auto labels = people::household_labels(tx, gate, {*id});
    View v;
    if (auto found = labels.find(*id); found != labels.end()) v.label = std::move(found->second);
    v.page = records_of(tx, gate, *id, from);
    return v;
  });
  if (!view) return ctx.error(view.error());
  html::Page page;
  page.title = "支援記録";
  page.heading = parts::heading(view->label.label, "支援記録");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, *id, view->label.label, "支援記録");
  std::vector<html::TimelineItem> items;
  for (const RecordView& r : view->page.lines) items.push_back(timeline_item(ctx, r));
  const Html write = ctx.viewer().roles().meets({Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer})
                         ? html::link_button("記録を書く", ctx.url(list_path(*id) + "/new"), html::Look::primary)
                         : Html();
  page.main.add(html::actions({write}));
  page.main.add(items.empty() ? html::empty_state("記録はまだありません。") : html::timeline(items));
  html::Pager pager;
  pager.next_label = "前の記録";
  if (view->page.next)
    pager.next_href = parts::address(ctx.url(list_path(*id)), {{"from", parts::cursor_text(view->page.next->on_day, view->page.next->id.value)}});
  if (from) {
    pager.previous_label = "いちばん新しい記録";
    pager.previous_href = ctx.url(list_path(*id));
  }
  if (view->page.next || from) page.main.add(html::pagination(pager));
  return ctx.show(std::move(page));
}

std::string service_names(const programme::Ctx& ctx, const RecordView& r) {
  std::string names;
  for (const std::string& code : r.services) {
    const programme::Service* service = ctx.m().service(code);
    names += (names.empty() ? "" : "、") + (service ? service->name : code);
  }
  return names;
}

std::string labels_of(const parts::Table& table, const std::vector<std::string>& codes) {
  std::string labels;
  for (const std::string& code : codes) labels += (labels.empty() ? "" : "、") + table->label(code);
  return labels;
}

Html record_facts(const programme::Ctx& ctx, const RecordView& r, const Personal<std::string>& person) {
  html::Facts facts;
  facts.add("いつ", wareki(r.on_day) + (r.at_time.empty() ? "" : " " + r.at_time));
  facts.add("書いた人", ctx.dir().name(r.agency) + (r.writer.empty() ? "" : " " + r.writer));
  facts.add("方法", parts::city_table(ctx, "contact_method")->label(r.method));
  if (!r.outcome.empty()) facts.add("結果", outcome_chip(ctx, r));
  if (!person.shown().empty()) facts.add("だれについて", person);
  if (!r.services.empty()) facts.add("事業", service_names(ctx, r));
  if (!r.content.empty()) facts.add("支援の内容", labels_of(parts::city_table(ctx, "support_content"), r.content));
  if (!r.stage.empty()) facts.add("関係づくりの段階", parts::city_table(ctx, "relationship_stage")->label(r.stage));
  if (r.next_on) facts.add("次の予定", wareki(*r.next_on));
  if (r.minutes) facts.add("かかった時間", std::to_string(*r.minutes) + "分");
  facts.add("読める人", r.sharing == access::Sharing::team ? "支援チーム" : "自分の機関だけ");
  return facts.done();
}

struct OneRecord {
  RecordView record;
  people::HouseholdLabel label;
  people::PersonName person;
  bool may_change = false;
};

Result<OneRecord> one_record(db::ReadTx& tx, access::Gate& gate, SupportRecordId id) {
  auto found = record(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  OneRecord one;
  one.record = std::move(*found);
  auto labels = people::household_labels(tx, gate, {one.record.household});
  if (auto label = labels.find(one.record.household); label != labels.end()) one.label = std::move(label->second);
  if (one.record.person) {
    auto names = people::names_of(tx, gate, {*one.record.person});
    if (auto name = names.find(*one.record.person); name != names.end()) one.person = std::move(name->second);
  }
  one.may_change = !one.record.replaced && gate.may(id, access::Act::write);
  return one;
}

web::Reply record_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SupportRecordTag>();
  if (!id) return ctx.error(id.error());
  auto one = ctx.read("record.page", [&](db::ReadTx& tx, access::Gate& gate) { return one_record(tx, gate, *id); });
  if (!one) return ctx.error(one.error());
  html::Page page;
  page.title = "支援記録";
  page.heading = parts::heading(one->label.label, "支援記録");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, one->record.household, one->label.label, "支援記録");
  if (one->record.replaced) page.main.add(html::banner(html::Tone::info, "この記録は、あとで直されています。", html::text("もとの記録として残しています。")));
  page.main.add(record_facts(ctx, one->record, one->person.name));
  Html body;
  for (const RecordPart& part : one->record.parts) body.add(part_html(part));
  page.main.add(html::section("内容", body));
  Html links = html::link_button("この世帯の記録", ctx.url(list_path(one->record.household)));
  if (one->may_change) links.add(html::link_button("直す", ctx.url("/records/" + id_text(*id) + "/correct")));
  if (one->record.replaces) links.add(html::link_button("直す前の記録", ctx.url("/records/" + id_text(*one->record.replaces)), html::Look::plain));
  page.main.add(html::actions({links}));
  return ctx.show(std::move(page));
}

// --- writing ---

web::Reply show_new(programme::Ctx& ctx, HouseholdId id, std::optional<Again> again) {
  auto c = ctx.read("record.form", [&](db::ReadTx& tx, access::Gate& gate) { return form_context(tx, gate, id); });
  if (!c) return ctx.error(c.error());
  if (!again) again = Again{presets(ctx, *c), {}, 200, false};
  html::Page page;
  page.title = "記録を書く";
  page.heading = parts::heading(c->household.label, "記録を書く");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, id, c->household.label, "記録を書く");
  page.main = form_html(record_form(ctx, *c), *again, ctx.frame(list_path(id), "record-" + id_text(id)), "保存する", ctx.url(household_path(id)));
  return ctx.show(std::move(page), again->status);
}

web::Reply new_page(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  return id ? show_new(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply create(programme::Ctx& ctx) {
  const auto id = ctx.id<HouseholdTag>();
  if (!id) return ctx.error(id.error());
  auto c = ctx.read("record.form", [&](db::ReadTx& tx, access::Gate& gate) { return form_context(tx, gate, *id); });
  if (!c) return ctx.error(c.error());
  auto parsed = parts::posted(ctx, record_form(ctx, *c));
  if (!parsed.ok()) return show_new(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const NewRecord in = record_from(ctx, *id, parsed.answers, c->usual);
  auto done = ctx.command("record.write", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto written = write_record(tx, gate, actor, in);
    if (!written) return tl::unexpected(written.error());
    return ctx.url(list_path(*id));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_new(ctx, *id, std::move(again)); });
}

struct Correction {
  OneRecord one;
  FormContext form;
};

Result<Correction> correction(db::ReadTx& tx, access::Gate& gate, SupportRecordId id) {
  auto one = one_record(tx, gate, id);
  if (!one) return tl::unexpected(one.error());
  if (!one->may_change && !one->record.replaced) return fail(ErrorCode::not_permitted, "記録は、書いた機関が直せます。");
  auto context = form_context(tx, gate, one->record.household);
  if (!context) return tl::unexpected(context.error());
  return Correction{std::move(*one), std::move(*context)};
}

web::Reply show_correction(programme::Ctx& ctx, SupportRecordId id, std::optional<Again> again) {
  auto c = ctx.read("record.correct_form", [&](db::ReadTx& tx, access::Gate& gate) { return correction(tx, gate, id); });
  if (!c) return ctx.error(c.error());
  if (!again) again = Again{answers_of(c->one.record), {}, 200, false};
  html::Page page;
  page.title = "記録を直す";
  page.heading = parts::heading(c->one.label.label, "記録を直す");
  page.current = "households";
  page.crumbs = parts::way_from_household(ctx, c->one.record.household, c->one.label.label, "記録を直す");
  if (c->one.record.replaced)
    page.main.add(html::banner(html::Tone::warning, "この記録は、ほかの人が先に直しました。",
                               html::group({"入力した内容は下に残っています。", html::link("新しい記録を見る", ctx.url(list_path(c->one.record.household)))})));
  else
    page.main.add(html::muted("直す前の記録も残ります。"));
  page.main.add(form_html(record_form(ctx, c->form), *again, ctx.frame("/records/" + id_text(id) + "/correct", "record-correct-" + id_text(id)),
                          "直して保存する", ctx.url("/records/" + id_text(id))));
  return ctx.show(std::move(page), again->status);
}

web::Reply correct_page(programme::Ctx& ctx) {
  const auto id = ctx.id<SupportRecordTag>();
  return id ? show_correction(ctx, *id, std::nullopt) : ctx.error(id.error());
}

web::Reply correct(programme::Ctx& ctx) {
  const auto id = ctx.id<SupportRecordTag>();
  if (!id) return ctx.error(id.error());
  auto c = ctx.read("record.correct_form", [&](db::ReadTx& tx, access::Gate& gate) { return correction(tx, gate, *id); });
  if (!c) return ctx.error(c.error());
  const auto before = answers_of(c->one.record);
  auto parsed = parts::posted(ctx, record_form(ctx, c->form), {.only = {}, .before = &before});
  if (!parsed.ok()) return show_correction(ctx, *id, Again{std::move(parsed.answers), std::move(parsed.errors), 422, false});
  const NewRecord in = record_from(ctx, c->one.record.household, parsed.answers, c->one.record.sharing);
  auto done = ctx.command("record.correct", [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<std::string> {
    const auto written = correct_record(tx, gate, actor, *id, in);
    if (!written) return tl::unexpected(written.error());
    return ctx.url("/records/" + id_text(*written));
  });
  return parts::after_form(ctx, done, std::move(parsed.answers), [&](Again again) { return show_correction(ctx, *id, std::move(again)); });
}

}  // namespace

void add_record_routes(programme::Router& router) {
  const auto need = web::Need::of(kCaseRoles);
  router.get("/households/{id}/records", need, list_page);
  const auto writing = web::Need::of(access::roles_for(SubjectKind::support_record, access::Act::create));
  router.get("/households/{id}/records/new", writing, new_page);
  router.post("/households/{id}/records", writing, create);
  router.get("/records/{id}", need, record_page);
  router.get("/records/{id}/correct", writing, correct_page);
  router.post("/records/{id}/correct", writing, correct);
}

}  // namespace kasane::casework
