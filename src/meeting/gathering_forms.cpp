#include "meeting/gathering_forms.hpp"

#include "meeting/common_issue_view.hpp"
#include "meeting/gathering_rules.hpp"
#include "meeting/rules.hpp"
#include "meeting/small_number_rules.hpp"

namespace kasane::meeting {

using html::Html;

namespace {

parts::Table table_of(std::string key, std::vector<form::Code> codes) {
  return std::make_shared<const form::CodeTable>(form::CodeTable{std::move(key), 1, std::move(codes)});
}

parts::Table kinds_table() {
  std::vector<form::Code> codes;
  for (const GatheringKind kind : kGatheringKinds) codes.push_back({std::string(code_of(kind)), std::string(label_of(kind))});
  return table_of("gathering_kinds", std::move(codes));
}

parts::Table issues_table_of(const std::vector<CommonIssue>& issues) {
  std::vector<form::Code> codes;
  for (const CommonIssue& i : issues) codes.push_back({id_text(i.id), i.title});
  return table_of("gathering_issues", std::move(codes));
}

parts::Table bodies_table(const programme::Ctx& ctx) {
  std::vector<form::Code> codes;
  for (const auto& body : ctx.m().bodies)
    if (can_sit(body) && !takes_households(body.function)) codes.push_back({body.code, body.name});
  return table_of("gathering_bodies", std::move(codes));
}

form::Field with_hint(form::Field field, std::string hint) {
  field.hint = std::move(hint);
  return field;
}

}  // namespace

form::Form gathering_form(const programme::Ctx& ctx, const std::vector<CommonIssue>& issues) {
  form::Form f{"gathering", 1, {}};
  f.fields.push_back(parts::choice_field("kind", "種類", kinds_table(), true));
  f.fields.push_back(parts::text_field("title", "名前", true));
  f.fields.push_back(parts::text_field("theme", "テーマ"));
  if (!issues.empty()) f.fields.push_back(with_hint(parts::choice_field("issue", "もとになった共通の課題", issues_table_of(issues)), "共通の課題について学んだり話したりするときに選びます。"));
  f.fields.push_back(parts::date_field("held_on", "開く日", true));
  form::Field time = with_hint(parts::text_field("at_time", "時刻"), "13:30 のように");
  time.kind = form::Kind::time;
  f.fields.push_back(std::move(time));
  f.fields.push_back(parts::text_field("place", "場所"));
  if (const auto bodies = bodies_table(ctx); !bodies->codes.empty()) f.fields.push_back(parts::choice_field("body", "どの会議・事業として開くか", bodies));
  f.fields.push_back(parts::choices_field("fields", "呼びかける分野", issue_fields_table(ctx)));
  f.fields.push_back(with_hint(parts::text_field("for_whom", "呼びかける人"), "例：相談支援の職員、民生委員、地域の企業"));
  form::Field invitation = with_hint(parts::long_field("invitation", "案内の文"), "案内の紙にそのまま載ります。個人のことは書きません。");
  invitation.max = kLongestGatheringText;
  f.fields.push_back(std::move(invitation));
  return f;
}

GatheringText read_gathering(const form::Answers& a) {
  GatheringText t;
  t.kind = parse_code<GatheringKind>(a.text("kind")).value_or(GatheringKind::other);
  t.title = a.text("title");
  t.theme = a.text("theme");
  t.issue = parts::chosen_id<CommonIssueTag>(a, "issue");
  t.held_on = a.date("held_on").value_or(Date());
  t.at_time = a.text("at_time");
  t.place = a.text("place");
  t.body = a.text("body");
  for (const std::string& code : a.codes("fields"))
    if (const auto field = parse_code<IssueField>(code)) t.fields.push_back(*field);
  t.for_whom = a.text("for_whom");
  t.invitation = a.text("invitation");
  return t;
}

form::Answers answers_of(const GatheringText& t) {
  form::Answers a;
  a.set("kind", std::string(code_of(t.kind)));
  parts::set_text(a, "title", t.title);
  parts::set_text(a, "theme", t.theme);
  if (t.issue) a.set("issue", id_text(*t.issue));
  a.set("held_on", t.held_on);
  parts::set_text(a, "at_time", t.at_time);
  parts::set_text(a, "place", t.place);
  parts::set_text(a, "body", t.body);
  std::vector<std::string> codes;
  for (const IssueField field : t.fields) codes.emplace_back(code_of(field));
  if (!codes.empty()) a.set("fields", codes);
  parts::set_text(a, "for_whom", t.for_whom);
  parts::set_text(a, "invitation", t.invitation);
  return a;
}

form::Form attendance_form(const programme::Ctx& ctx) {
  constexpr int kOpenLines = 4;
  form::Form f{"attendance", 1, {}};
  for (int n = 1; n <= kAttendanceLines; ++n) {
    const std::string key = "_" + std::to_string(n), group = n <= kOpenLines ? "" : "もっと書く";
    const auto add = [&](form::Field field) {
      field.group = group;
      f.fields.push_back(std::move(field));
    };
    add(parts::number_field("people" + key, std::to_string(n) + "　来た人の数", 0, kMostPeople, "人"));
    add(parts::choice_field("field" + key, std::to_string(n) + "　分野", issue_fields_table(ctx)));
    add(with_hint(parts::choice_field("agency" + key, std::to_string(n) + "　機関", parts::agencies(ctx)), "地域の人や一覧にない団体は、選びません。"));
  }
  return f;
}

std::vector<AttendanceLine> read_attendance(const form::Answers& a) {
  std::vector<AttendanceLine> lines;
  for (int n = 1; n <= kAttendanceLines; ++n) {
    const std::string key = "_" + std::to_string(n);
    if (const auto people = a.number("people" + key))
      lines.push_back({parse_code<IssueField>(a.text("field" + key)).value_or(IssueField::other), parts::chosen_id<AgencyTag>(a, "agency" + key), *people});
  }
  return lines;
}

form::Answers answers_of(const std::vector<AttendanceLine>& lines) {
  form::Answers a;
  int n = 0;
  for (const AttendanceLine& line : lines) {
    const std::string key = "_" + std::to_string(++n);
    a.set("people" + key, line.people);
    a.set("field" + key, std::string(code_of(line.field)));
    if (line.agency) a.set("agency" + key, id_text(*line.agency));
  }
  return a;
}

form::Form gathering_outcome_form(const programme::Ctx& ctx, const std::vector<CommonIssue>& issues) {
  form::Form f{"gathering_outcome", 1, {}};
  form::Field outcome = parts::long_field("outcome", "集まりから生まれたこと", true);
  outcome.max = kLongestGatheringText;
  f.fields.push_back(std::move(outcome));
  f.fields.push_back(parts::long_field("next_step", "次にすること"));
  f.fields.back().max = kLongestGatheringText;
  if (!issues.empty()) f.fields.push_back(parts::choice_field("outcome_issue", "つながる共通の課題", issues_table_of(issues)));
  if (const auto bodies = bodies_table(ctx); !bodies->codes.empty()) f.fields.push_back(parts::choice_field("outcome_body", "引き継ぐ会議・ワーキング", bodies));
  return f;
}

GatheringOutcome read_gathering_outcome(const form::Answers& a) {
  return {a.text("outcome"), a.text("next_step"), parts::chosen_id<CommonIssueTag>(a, "outcome_issue"), a.text("outcome_body")};
}

form::Answers outcome_answers(const Gathering& g) {
  form::Answers a;
  parts::set_text(a, "outcome", g.outcome);
  parts::set_text(a, "next_step", g.next_step);
  if (g.outcome_issue) a.set("outcome_issue", id_text(*g.outcome_issue));
  parts::set_text(a, "outcome_body", g.outcome_body);
  return a;
}

form::Form material_form() {
  form::Form f{"material", 1, {}};
  form::Field title = parts::text_field("material_title", "資料の名前", true);  // the form beside it asks for a title too
  title.max = 100;
  f.fields.push_back(std::move(title));
  return f;
}

Html file_control(const std::vector<FieldError>& errors) {
  using html::el;
  const std::string error = html::error_of(errors, kMaterialField);
  Html body;
  body.add(el("label", {{"for", html::control_id(kMaterialField)}}, "ファイル"));
  body.add(el("p", {{"class", "hint"}, {"id", "file-hint"}}, "PDF、PNG、JPEG、Word・Excel・PowerPoint（マクロなし）。8MBまで。名簿など個人のことが入ったものは載せません。"));
  if (!error.empty()) body.add(el("p", {{"class", "error"}, {"id", "file-error"}}, html::only_read_out("エラー："), error));
  body.add(el("input", {{"type", "file"}, {"id", html::control_id(kMaterialField)}, {"name", kMaterialField}, {"accept", ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx"},
                        {"aria-describedby", error.empty() ? "file-hint" : "file-error file-hint"}, html::Attr::when(!error.empty(), "aria-invalid", "true")}));
  const std::string_view look = error.empty() ? "field" : "field field-wrong";
  return el("div", {{"class", look}}, body);
}

std::string fields_text(const programme::Ctx& ctx, const std::vector<IssueField>& fields) {
  std::string text;
  for (const IssueField field : fields) text += (text.empty() ? "" : "、") + field_name(ctx, field);
  return text;
}

Html gatherings_table(const programme::Ctx& ctx, std::string_view caption, const std::vector<Gathering>& gatherings) {
  html::Table table(caption, {{"名前"}, {"日付"}, {"種類"}, {"呼びかける分野"}, {"来た人", html::Column::Align::end}, {"状態"}});
  for (const Gathering& g : gatherings) {
    table.row().cell(html::link(g.text.title, ctx.url(gathering_path(g.id)))).cell(wareki_short(g.text.held_on)).cell(label_of(g.text.kind));
    table.cell(fields_text(ctx, g.text.fields)).cell(g.state == GatheringState::held ? std::to_string(g.people) + "人" : std::string()).cell(label_of(g.state));
  }
  return table.done();
}

Html survey_html(const SurveyResults& r, std::int64_t limit) {
  if (!r.enough) return html::prose("答えは" + r.answers + "です。" + std::to_string(limit) + "件以上集まると、まとめが出ます。");
  Html out = html::prose("答え " + r.answers);
  for (const SurveyResults::Question& q : r.questions) {
    html::Table table(q.text, {{"答え"}, {"数", html::Column::Align::end}, {"割合の棒"}}, html::Table::Caption::seen);
    for (const auto& bar : q.bars) {
      table.row().cell(bar.label).cell(bar.told);
      table.cell(bar.value > 0 ? html::el("progress", {{"max", q.most}, {"value", bar.value}, {"aria-hidden", "true"}}) : Html());
    }
    out.add(table.done());
  }
  if (r.any_untold) out.add(html::muted(untold_words(limit, "件")));
  std::vector<Html> texts;
  for (const std::string& text : r.texts) texts.push_back(html::lines(text));
  if (!texts.empty()) out.add(html::group({html::heading(3, "書かれたこと"), html::bullets(texts)}));
  return out;
}

Html gatherings_about_section(programme::Ctx& ctx, CommonIssueId issue) {
  const auto all = ctx.read("common_issue.gatherings", [&](db::ReadTx& tx, access::Gate& gate) {
    return gate.role_may(SubjectKind::meeting_session, access::Act::read) ? store::gatherings_about(tx, issue) : std::vector<Gathering>();
  });
  if (all.empty()) return {};
  return html::section("この課題についての研修・集まり", gatherings_table(ctx, "この課題についての研修・集まり", all), "gatherings");
}

}  // namespace kasane::meeting
