#include "meeting/common_issue_view.hpp"

#include "meeting/common_issue_rules.hpp"
#include "meeting/rules.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

parts::Table table_of(std::string key, std::vector<form::Code> codes) {
  return std::make_shared<const form::CodeTable>(form::CodeTable{std::move(key), 1, std::move(codes)});
}

parts::Table steps_table(IssueState state, bool in_sitting) {
  std::vector<form::Code> codes;
  for (const StepKind kind : steps_from(state)) {
    if (in_sitting && kind == StepKind::withdrawn) continue;
    codes.push_back({std::string(code_of(kind)), std::string(label_of(kind)) + (in_sitting && kind == StepKind::kept ? "（次回へ）" : "")});
  }
  return table_of("issue_steps", std::move(codes));
}

template <class F>
parts::Table bodies_table(const programme::Ctx& ctx, F&& wanted) {
  std::vector<form::Code> codes;
  for (const auto& body : ctx.m().bodies)
    if (wanted(body)) codes.push_back({body.code, body.name});
  return table_of("issue_bodies", std::move(codes));
}

form::Field only_when(form::Field field, std::string_view key, std::string_view code) {
  field.shown_when = form::ShownWhen{std::string(key), std::string(code)};
  return field;
}

void add_answer_fields(form::Form& f) {
  const auto kind_codes = table_of("answer_kinds", {{std::string(code_of(AnswerKind::resource)), std::string(label_of(AnswerKind::resource))},
                                                    {std::string(code_of(AnswerKind::rule)), std::string(label_of(AnswerKind::rule))},
                                                    {std::string(code_of(AnswerKind::policy)), std::string(label_of(AnswerKind::policy))}});
  const std::string answered(code_of(StepKind::answered));
  f.fields.push_back(only_when(parts::choice_field("answer_kind", "どんなこたえか", kind_codes, true), "step", answered));
  form::Field name = only_when(parts::text_field("answer_name", "資源や決まりの名前"), "step", answered);
  name.hint = "例：相談支援のルールブック。計画・施策のときは空けておきます。";
  f.fields.push_back(std::move(name));
  form::Field text = only_when(parts::long_field("answer_text", "何をしてくれるものか、何を決めたか"), "step", answered);
  text.hint = "計画・施策のときは、計画に書く文をここに入れます。";
  f.fields.push_back(std::move(text));
  f.fields.push_back(only_when(parts::text_field("answer_run_by", "だれが行うか（資源のとき）"), "step", answered));
  form::Field link = only_when(parts::text_field("answer_link", "文書の置き場所（決まりのとき）"), "step", answered);
  link.hint = "https:// から始まるアドレス。なければ空けておきます。";
  f.fields.push_back(std::move(link));
  f.fields.push_back(only_when(parts::date_field("answer_since", "いつから"), "step", answered));
}

std::string step_words(const programme::Ctx& ctx, const IssueStep& step) {
  std::string words(label_of(step.kind));
  if (!step.to_body.empty()) words += "：" + body_name(ctx, step.to_body);
  if (step.to_agency) words += "：" + ctx.dir().name(*step.to_agency);
  return words;
}

}  // namespace

std::string area_name(const programme::Ctx& ctx, std::string_view code) {
  const auto* area = ctx.m().area(code);
  return area == nullptr ? std::string("市全体") : area->name;
}

std::string carrier_name(const programme::Ctx& ctx, const CommonIssue& issue) {
  if (!issue.carrier_body.empty()) return body_name(ctx, issue.carrier_body);
  return issue.carrier ? ctx.dir().name(*issue.carrier) : std::string();
}

parts::Table issue_fields_table(const programme::Ctx& ctx) {
  std::vector<form::Code> codes;
  for (const IssueField field : kIssueFields) codes.push_back({std::string(code_of(field)), field_name(ctx, field)});
  return table_of("issue_fields", std::move(codes));
}

parts::Table issue_kinds_table() {
  std::vector<form::Code> codes;
  for (const IssueKind kind : kIssueKinds) codes.push_back({std::string(code_of(kind)), std::string(label_of(kind))});
  return table_of("issue_kinds", std::move(codes));
}

parts::Table areas_table(const programme::Ctx& ctx) {
  std::vector<form::Code> codes;
  for (const auto& area : ctx.m().areas)
    if (area.kind != programme::AreaKind::whole_city) codes.push_back({area.code, area.name});
  return table_of("issue_areas", std::move(codes));
}

void add_issue_fields(form::Form& f, const programme::Ctx& ctx, const std::string& suffix, const std::string& group, bool required) {
  const auto add = [&](form::Field field) {
    field.group = group;
    f.fields.push_back(std::move(field));
  };
  form::Field title = parts::text_field("title" + suffix, "課題を短く", required);
  title.hint = "例：夜に電話で相談できるところがない。名前、住所、年齢は書きません。";
  title.max = kLongestIssueTitle;
  add(std::move(title));
  form::Field text = parts::long_field("text" + suffix, "どんなことが起きているか");
  text.hint = "だれのことかが分からない書き方で。年齢は「80歳代」のように書きます。";
  text.max = kLongestIssueText;
  add(std::move(text));
  add(parts::choice_field("field" + suffix, "分野", issue_fields_table(ctx), required));
  add(parts::choice_field("kind" + suffix, "何が問題か", issue_kinds_table(), required));
  if (const auto areas = areas_table(ctx); !areas->codes.empty()) {
    form::Field area = parts::choice_field("area" + suffix, "地区", areas);
    area.hint = "市全体のことや、地区を書くとだれのことか分かるときは、選びません。";
    add(std::move(area));
  }
}

IssueText read_issue(const form::Answers& a, const std::string& suffix) {
  return {a.text("title" + suffix), a.text("text" + suffix), parse_code<IssueField>(a.text("field" + suffix)).value_or(IssueField::other),
          parse_code<IssueKind>(a.text("kind" + suffix)).value_or(IssueKind::other), a.text("area" + suffix)};
}

form::Answers answers_of(const IssueText& issue) {
  form::Answers a;
  parts::set_text(a, "title", issue.title);
  parts::set_text(a, "text", issue.text);
  a.set("field", std::string(code_of(issue.field)));
  a.set("kind", std::string(code_of(issue.kind)));
  parts::set_text(a, "area", issue.area);
  return a;
}

form::Form step_form(const programme::Ctx& ctx, const CommonIssue& issue, bool in_sitting) {
  form::Form f{in_sitting ? "issue_decision" : "issue_step", 1, {}};
  f.fields.push_back(parts::choice_field("step", "この課題をどうするか", steps_table(issue.state, in_sitting), true));
  if (!in_sitting) {
    f.fields.push_back(parts::date_field("on", "決めた日", true));
    f.fields.push_back(parts::choice_field("body", "決めた会議", bodies_table(ctx, [](const auto& b) { return can_sit(b); })));
  }
  const std::string carried(code_of(StepKind::carried));
  if (const auto carriers = bodies_table(ctx, [](const auto& b) { return may_carry(b.function); }); !carriers->codes.empty())
    f.fields.push_back(only_when(parts::choice_field("to_body", "受け持つ会議・ワーキング", carriers), "step", carried));
  f.fields.push_back(only_when(parts::choice_field("to_agency", "受け持つ課・機関（会議が受け持たないとき）", parts::agencies(ctx)), "step", carried));
  add_answer_fields(f);
  form::Field text = parts::long_field("said", in_sitting ? "話し合いの要点、理由" : "要点、理由");
  text.hint = "だれのことかが分かることは書きません。";
  text.max = kLongestIssueText;
  f.fields.push_back(std::move(text));
  form::Field look = parts::date_field("look_on", "次に見直す日");
  look.hint = "その日に「今日」に出ます。";
  f.fields.push_back(std::move(look));
  return f;
}

NewStep read_step(const form::Answers& a) {
  NewStep step;
  step.kind = parse_code<StepKind>(a.text("step")).value_or(StepKind::kept);
  step.on = a.date("on").value_or(Date());
  step.body = a.text("body");
  step.to_body = a.text("to_body");
  step.to_agency = parts::chosen_id<AgencyTag>(a, "to_agency");
  step.text = a.text("said");
  step.answer = {parse_code<AnswerKind>(a.text("answer_kind")).value_or(AnswerKind::resource), a.text("answer_name"), a.text("answer_text"), a.text("answer_run_by"),
                 a.text("answer_link"), a.date("answer_since").value_or(Date())};
  step.look_on = a.date("look_on");
  return step;
}

Html issues_table(const programme::Ctx& ctx, std::string_view caption, const std::vector<CommonIssue>& issues) {
  html::Table table(caption, {{"課題"}, {"分野"}, {"何が問題か"}, {"地区"}, {"いまの状態"}, {"出された日"}});
  for (const CommonIssue& i : issues) {
    const std::string carrier = carrier_name(ctx, i);
    table.row().cell(html::link(i.title, ctx.url(issue_path(i.id)))).cell(field_name(ctx, i.field)).cell(label_of(i.kind)).cell(area_name(ctx, i.area));
    table.cell(carrier.empty() || !i.open() ? std::string(label_of(i.state)) : std::string(label_of(i.state)) + "（" + carrier + "）").cell(wareki_short(i.raised_on));
  }
  return table.done();
}

Html steps_html(const programme::Ctx& ctx, const std::vector<IssueStep>& steps) {
  std::vector<html::TimelineItem> items;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    html::TimelineItem item;
    item.when = wareki_short(step->on);
    item.when_iso = step->on.iso();
    item.title = html::text(step_words(ctx, *step));
    std::string by = step->body.empty() ? "" : body_name(ctx, step->body);
    if (const std::string agency = ctx.dir().name(step->agency); !agency.empty()) by += (by.empty() ? "" : "・") + std::string("記入 ") + agency;
    item.body = html::group({step->text.empty() ? Html() : html::prose(step->text), html::muted(by)});
    items.push_back(std::move(item));
  }
  return html::timeline(items);
}

Html answer_html(const IssueAnswer& a) {
  html::Facts facts;
  facts.add("種類", label_of(a.kind));
  if (!a.name.empty()) facts.add("名前", a.name);
  if (!a.text.empty()) facts.add(a.kind == AnswerKind::policy ? "計画に書く文" : "内容", html::prose(a.text));
  if (!a.run_by.empty()) facts.add("行うところ", a.run_by);
  if (!a.link.empty()) facts.add("文書", html::link(a.link, a.link));
  facts.add("いつから", wareki(a.since));
  return facts.done();
}

Html answers_html(const std::vector<IssueAnswer>& answers) {
  Html out;
  for (const IssueAnswer& a : answers) out.add(html::panel(answer_html(a)));
  return out;
}

}  // namespace kasane::meeting
