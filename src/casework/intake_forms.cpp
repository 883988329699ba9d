#include "casework/intake_forms.hpp"

#include "casework/intake_rules.hpp"
#include "form/json.hpp"

namespace kasane::casework::intake_forms {

namespace {

using form::Field;
using parts::in_group;
using parts::with_hint;

constexpr const char* kPerson = "本人について";
constexpr const char* kHow = "受付の経路";
constexpr const char* kHousehold = "世帯の状況";
constexpr const char* kHealth = "健康・障がい";
constexpr const char* kMoney = "収入・債務";
constexpr const char* kWork = "仕事・教育";
constexpr const char* kHome = "住まい";
constexpr const char* kIssues = "課題と特性";
constexpr const char* kWish = "本人の希望";
constexpr const char* kPaper = "紙の様式";

/// Asked for the report to the state (国報告).
Field reported(Field field) {
  field.report_to_state = true;
  return field;
}

Field yes_no(std::string key, std::string label) {
  Field f = parts::text_field(std::move(key), std::move(label));
  f.kind = form::Kind::yes_no;
  return f;
}

Field partial_date(std::string key, std::string label) {
  Field f = parts::text_field(std::move(key), std::move(label));
  f.kind = form::Kind::partial_date;
  return f;
}

class Sheet {
 public:
  explicit Sheet(const programme::Ctx& ctx) : ctx_(ctx) {}
  form::Form done() && { return {kSheetKey, kSheetVersion, std::move(fields_)}; }

  void person() {
    add(kPerson, parts::text_field("person_name", "氏名"));
    add(kPerson, parts::text_field("person_kana", "ふりがな"));
    add(kPerson, reported(parts::choice_field("person_sex", "性別", table("sexes"))));
    add(kPerson, reported(partial_date("person_birth", "生年月日")));
    add(kPerson, parts::text_field("person_address", "住所"));
    add(kPerson, parts::text_field("person_phone", "電話"));
    add(kPerson, with_hint(parts::text_field("person_safe", "安全に連絡できる方法"), "例：平日の昼、本人の携帯だけ"));
  }
  void how() {
    add(kHow, reported(parts::choice_field("channel", "受付の方法", table("intake_channel"))));
    add(kHow, reported(parts::choice_field("route", "相談の経路", table("intake_route"))));
    add(kHow, parts::text_field("route_text", "紹介元など"));
  }
  void household() {
    add(kHousehold, yes_no("cohabitants", "同居者"));
    add(kHousehold, parts::number_field("household_count", "世帯の人数", 0, 30, "人"));
    add(kHousehold, with_hint(parts::long_field("household_text", "家族の構成"), "続柄、年齢、仕事、健康など"));
    add(kHousehold, parts::choice_field("marital", "婚姻", table("marital")));
    add(kHousehold, parts::text_field("children", "子ども（扶養）"));
  }
  void health() {
    add(kHealth, reported(parts::choice_field("health", "健康状態", table("health"))));
    add(kHealth, parts::choices_field("handbook", "手帳", table("handbook")));
    add(kHealth, parts::choice_field("diagnosis", "診断・受診の状態", table("diagnosis_state")));
    add(kHealth, parts::text_field("care_level", "要介護度・障害支援区分"));
    add(kHealth, parts::text_field("clinic", "医療機関・服薬"));
    add(kHealth, parts::long_field("health_text", "健康のことで気になること"));
  }
  void money() {
    add(kMoney, parts::choices_field("income_kinds", "収入", table("income_kinds")));
    add(kMoney, parts::text_field("income_text", "世帯の収入・生計の中心の人"));
    add(kMoney, parts::choices_field("arrears", "滞納", table("arrears")));
    add(kMoney, yes_no("debt", "債務"));
    add(kMoney, parts::shown_when(parts::text_field("debt_text", "債務の額・件数"), "debt", std::string(form::kYes)));
    add(kMoney, parts::long_field("money_text", "暮らし向きで気になること"));
  }
  void work() {
    add(kWork, reported(parts::choice_field("employment", "就労状況", table("employment"))));
    add(kWork, parts::choice_field("job_type", "仕事", table("job_type")));
    add(kWork, parts::text_field("job_text", "職歴・資格"));
    add(kWork, parts::text_field("school_text", "学校・学歴"));
  }
  void home() {
    add(kHome, reported(parts::choice_field("housing", "住居", table("housing"))));
    add(kHome, yes_no("lifeline_stopped", "電気・ガス・水道などの停止"));
    add(kHome, parts::text_field("housing_text", "住まいで気になること"));
  }
  void issues() { add(kIssues, reported(parts::choices_field("issues", "課題と特性（あてはまるものすべて）", table("issues")))); }
  void wish() { add(kWish, parts::long_field("wish", "本人・世帯の希望")); }
  void paper() {
    add(kPaper, with_hint(parts::tick_field("external_form", "ほかの様式", "自分の機関の様式を使い、この画面の残りの欄は書かない"),
                          "国に報告する項目がそろっていれば、機関の様式でかまいません。"));
    add(kPaper, parts::text_field("external_form_name", "様式の名前・保管場所"));
  }

 private:
  parts::Table table(std::string_view key) const { return parts::city_table(ctx_, key); }
  void add(const char* group, Field field) { fields_.push_back(in_group(std::move(field), group)); }

  const programme::Ctx& ctx_;
  std::vector<Field> fields_;
};

parts::Table receiver_table(const std::vector<Colleague>& receivers) {
  form::CodeTable table{"receivers", 1, {}};
  for (const Colleague& c : receivers) {
    const std::string code = id_text(c.id);
    if (table.find(code) == nullptr) table.codes.push_back({code, c.title.empty() ? c.name : c.name + "（" + c.title + "）"});
  }
  return std::make_shared<const form::CodeTable>(std::move(table));
}

}  // namespace

form::Form sheet(const programme::Ctx& ctx) {
  Sheet sheet(ctx);
  sheet.person();
  sheet.how();
  sheet.household();
  sheet.health();
  sheet.money();
  sheet.work();
  sheet.home();
  sheet.issues();
  sheet.wish();
  sheet.paper();
  return std::move(sheet).done();
}

form::Form whole(const programme::Ctx& ctx, const std::vector<Colleague>& receivers) {
  const auto topics = parts::city_table(ctx, "consultation_topics");
  form::Form f{"intake", kSheetVersion, {}};
  f.fields.push_back(parts::date_field("taken_on", "受付日", true));
  f.fields.push_back(parts::choice_field("receiver", "受付者", receiver_table(receivers), true));
  f.fields.push_back(parts::acting_field(ctx, SubjectKind::intake, "窓口"));
  f.fields.push_back(with_hint(parts::long_field("summary", "相談の内容"), "文か、下の選択肢の、どちらかだけでかまいません。"));
  f.fields.push_back(reported(parts::choices_field("about", "何についての相談か", topics)));
  f.fields.push_back(parts::choice_field("most_serious", "いちばん重いもの", topics));
  f.fields.push_back(parts::with_hint(parts::tick_field("abuse", "急ぐこと", "虐待・暴力や命の危険のおそれがある"), "一度保存すると、外しても残ります。まちがいだったときは、外して、下にわけを書きます。"));
  f.fields.push_back(in_group(with_hint(parts::text_field("not_abuse_because", "「急ぐこと」を外すわけ"),
                                        "まちがって付けたときだけ書きます。わけは受付に残ります。外しても、ほかの機関に見えるようにはなりません。"),
                              "「急ぐこと」を付けまちがえたとき"));
  f.fields.push_back(in_group(with_hint(parts::choice_field("consulter_relation", "来た人・電話した人", parts::city_table(ctx, "consulter_relation")),
                                        "本人なら、選ばずにおきます。"), "本人以外の人が相談に来たとき"));
  f.fields.push_back(in_group(parts::text_field("consulter", "その人の氏名"), "本人以外の人が相談に来たとき"));
  for (Field& field : sheet(ctx).fields) f.fields.push_back(std::move(field));
  return f;
}

form::Form screening(const programme::Ctx& ctx) {
  // Where the national table knows a result, its (or the city's) words are shown.
  const auto national = parts::city_table(ctx, "screening_result");
  form::CodeTable table{"screening", 1, {}};
  for (ScreeningResult r : kScreeningResults) {
    const std::string code(code_of(r));
    table.codes.push_back({code, national->find(code) != nullptr ? national->label(code) : std::string(label_of(r))});
  }
  form::Form f{"screening", 1, {}};
  f.fields.push_back(parts::choice_field("result", "これからどうするか", std::make_shared<const form::CodeTable>(std::move(table)), true));
  f.fields.push_back(parts::date_field("screened_on", "判断した日", true));
  f.fields.push_back(parts::shown_when(parts::date_field("next_on", "次に同意をたずねる日", true), "result",
                                       std::string(code_of(ScreeningResult::no_consent_yet))));
  f.fields.push_back(with_hint(parts::shown_when(parts::date_field("contact_on", "次に連絡する日"), "result", std::string(code_of(ScreeningResult::own_support))),
                               "入れると、その日に「今日」に出ます。"));
  f.fields.push_back(parts::long_field("note", "判断のわけ"));
  return f;
}

IntakeContent content_of(const programme::Ctx& ctx, const form::Form&, const form::Answers& a, const web::Pairs& posted, const form::Answers* before) {
  IntakeContent c;
  c.taken_on = a.date("taken_on").value_or(ctx.today());
  c.receiver = parts::chosen_id<AccountTag>(a, "receiver").value_or(AccountId());
  c.about = most_serious_first(a.codes("about"), a.text("most_serious"));
  c.summary = a.text("summary");
  c.consulter = a.text("consulter");
  c.consulter_relation = a.text("consulter_relation");
  const form::Form folded = sheet(ctx);
  const form::Parsed answers = form::parse(folded, posted, {.only = {}, .before = before});
  c.form_key = folded.key;
  c.form_version = folded.version;
  c.answers = form::to_json(folded, answers.answers);
  c.abuse_named = parts::is_ticked(a, "abuse") || names_abuse(c.about) || names_abuse(a.codes("issues"));
  c.not_abuse_because = a.text("not_abuse_because");
  return c;
}

Screening screening_of(const programme::Ctx& ctx, const form::Form& f, const form::Answers& a) {
  Screening s;
  s.result = parse_code<ScreeningResult>(a.text("result")).value_or(ScreeningResult::own_support);
  s.on = a.date("screened_on").value_or(ctx.today());
  s.note = a.text("note");
  for (const char* key : {"next_on", "contact_on"})
    if (form::shown(f, *f.find(key), a)) s.next_on = a.date(key);
  return s;
}

form::Answers sheet_answers(const Intake& intake) {
  if (intake.answers.empty()) return {};
  auto stored = form::from_json(intake.answers.shown());
  return stored ? std::move(stored->answers) : form::Answers();
}

form::Answers answers_of(const Intake& intake) {
  form::Answers a = sheet_answers(intake);
  a.set("taken_on", intake.taken_on);
  a.set("receiver", id_text(intake.receiver));
  a.set("agency", id_text(intake.agency));
  parts::set_text(a, "summary", intake.summary.shown());
  if (!intake.about.empty()) {
    a.set("about", intake.about);
    a.set("most_serious", intake.about.front());
  }
  parts::set_tick(a, "abuse", intake.abuse_named);
  parts::set_text(a, "consulter", intake.consulter.shown());
  parts::set_text(a, "consulter_relation", intake.consulter_relation);
  return a;
}

form::Answers answers_of_screening(const Intake& intake) {
  form::Answers a;
  if (intake.screening) a.set("result", std::string(code_of(*intake.screening)));
  parts::set_some(a, "screened_on", intake.screened_on);
  parts::set_some(a, intake.screening == ScreeningResult::own_support ? "contact_on" : "next_on", intake.next_on);
  parts::set_text(a, "note", intake.screening_note.shown());
  return a;
}

std::vector<std::string> names_in(const Intake& intake) {
  std::vector<std::string> names;
  const form::Answers a = sheet_answers(intake);
  for (const std::string& name : {a.text("person_name"), a.text("person_kana"), intake.consulter.shown()})
    if (!name.empty()) names.push_back(name);
  return names;
}

}  // namespace kasane::casework::intake_forms
