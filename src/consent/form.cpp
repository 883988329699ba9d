#include "consent/form.hpp"

#include <algorithm>

#include <memory>

#include "base/crypto.hpp"
#include "consent/rules.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

using access::Topic;
using access::Topics;
using form::Code;
using form::CodeTable;
using form::Field;
using form::ShownWhen;

namespace {

constexpr int kOtherExceptions = 3;
constexpr const char* kFold = "範囲、伝えない機関、期限、代わりの人";

std::shared_ptr<const CodeTable> table(std::string key, std::vector<Code> codes) {
  return std::make_shared<const CodeTable>(CodeTable{std::move(key), 1, std::move(codes)});
}

std::shared_ptr<const CodeTable> answers_table() {
  return table("consent_answer", {{"agree", "同意した"}, {"refuse", "断った"}, {"not_asked", "今回はたずねていない"}});
}

std::string topic_code(Topic topic) { return std::to_string(Topics(topic).bits()); }

std::shared_ptr<const CodeTable> topics_table() {
  std::vector<Code> codes;
  for (const Topic topic : topics_to_choose()) codes.push_back({topic_code(topic), topic_label(topic)});
  return table("consent_topics", std::move(codes));
}

template <class Tag>
std::shared_ptr<const CodeTable> id_table(std::string key, const std::vector<std::pair<Id<Tag>, std::string>>& choices) {
  std::vector<Code> codes;
  for (const auto& [id, label] : choices) codes.push_back({id_text(id), label});
  return table(std::move(key), std::move(codes));
}

/// Which text was read out or signed: the first signs of its digest, so that a later change of the sheet shows.
std::string sheet_version(const programme::Municipality& m) {
  return m.slug + " " + to_hex(sha256(m.wording("consent_standard_text", ""))).substr(0, 12);
}

NewConsent common_part(const form::Answers& a, HouseholdId household, const programme::Municipality& m) {
  NewConsent c;
  c.household = household;
  if (const auto person = parse_id<PersonTag>(a.text("person"))) c.person = *person;
  c.given_on = a.date("given_on").value_or(Date());
  c.how = a.chose("how", "spoken") ? How::spoken : How::paper;
  if (c.how == How::spoken) c.witness = a.text("witness");
  c.given_by = a.chose("given_by", "representative") ? GivenBy::representative : GivenBy::self;
  if (c.given_by == GivenBy::representative) {
    c.representative = a.text("representative");
    if (const auto capacity = capacity_of(a.text("capacity"))) c.representation = Representation{*capacity, a.text("representation"), a.date("represented_until")};
  }
  c.valid_until = a.date("valid_until");
  c.form_version = sheet_version(m);
  c.basis = programme::basis_text(m, programme::kConsent, c.given_on);
  return c;
}

void add_scope(NewConsent& c, const form::Answers& a) {
  c.standard = a.chose("scope", "standard");
  Topics topics;
  for (const std::string& code : a.codes("topics"))
    for (const Topic topic : topics_to_choose())
      if (code == topic_code(topic)) topics = topics | topic;
  c.topics = topics;
  for (const std::string& code : a.codes("exceptions"))
    if (const auto agency = parse_id<AgencyTag>(code)) c.exceptions.push_back(*agency);
  for (int n = 1; n <= kOtherExceptions; ++n)
    if (const auto agency = parse_id<AgencyTag>(a.text("exception_" + std::to_string(n))); agency && std::ranges::find(c.exceptions, *agency) == c.exceptions.end())
      c.exceptions.push_back(*agency);
}

bool asked(const form::Answers& a, std::string_view key) { return a.chose(key, "agree") || a.chose(key, "refuse"); }

}  // namespace

const std::vector<Topic>& topics_to_choose() {
  static const std::vector<Topic> topics{Topic::contact, Topic::health, Topic::economy, Topic::work,   Topic::family,        Topic::child,
                                         Topic::housing, Topic::plan,   Topic::record,  Topic::meeting, Topic::participation};
  return topics;
}

const char* topic_label(Topic topic) {
  switch (topic) {
    case Topic::basic: return "世帯の構成";
    case Topic::contact: return "住所、連絡先";
    case Topic::health: return "健康、障がい、介護";
    case Topic::economy: return "収入、借金、家計";
    case Topic::work: return "仕事、学校";
    case Topic::family: return "家族の関係";
    case Topic::child: return "子育て、子どものこと";
    case Topic::abuse: return "虐待に関すること";
    case Topic::safety: return "訪問時の注意";
    case Topic::housing: return "住まい";
    case Topic::plan: return "支援の計画";
    case Topic::record: return "支援の記録";
    case Topic::meeting: return "会議で話したこと";
    case Topic::tax: return "税や料金";
    case Topic::reporter: return "知らせてくれた人";
    case Topic::participation: return "参加支援";
  }
  return "";
}

form::Form recording_form(const programme::Municipality& m, const FormChoices& choices) {
  const ShownWhen sharing_agreed{"sharing", "agree"};
  form::Form f{"consent_recording", 1, {}};
  f.fields.push_back({.key = "person", .label = m.wording("person", "本人"), .kind = form::Kind::choice,
                      .codes = id_table("consent_person", choices.persons), .required = true});
  f.fields.push_back({.key = "given_on", .label = "聞いた日", .kind = form::Kind::date, .required = true});
  f.fields.push_back({.key = "application", .label = m.wording("application", "利用申込み"), .kind = form::Kind::choice, .codes = answers_table()});
  f.fields.push_back({.key = "sharing", .label = m.wording("consent", "情報共有同意"), .hint = m.wording("consent_standard_text", ""),
                      .kind = form::Kind::choice, .codes = answers_table()});
  f.fields.push_back({.key = "scope", .label = "共有してよい範囲", .kind = form::Kind::choices,
                      .codes = table("consent_scope", {{"standard", m.wording("consent_standard_scope", "標準の範囲")}}), .shown_when = sharing_agreed});
  if (!choices.agencies.empty())
    f.fields.push_back({.key = "exceptions", .label = "共有しない機関", .hint = "本人が伝えたくない機関があれば選びます。",
                        .kind = form::Kind::choices, .codes = id_table("consent_agency", choices.agencies), .shown_when = sharing_agreed});
  f.fields.push_back({.key = "how", .label = "確かめ方", .kind = form::Kind::choice,
                      .codes = table("consent_how", {{"paper", "書面（署名）"}, {"spoken", "口頭"}}), .required = true});
  f.fields.push_back({.key = "witness", .label = "聞いた人", .hint = "口頭の場合に、答えを聞いた職員の名前", .shown_when = ShownWhen{"how", "spoken"}});
  f.fields.push_back({.key = "topics", .label = "共有してよい内容", .hint = "標準の範囲にしない場合だけ選びます。世帯の構成はいつも含みます。",
                      .kind = form::Kind::choices, .codes = topics_table(), .shown_when = sharing_agreed, .group = kFold});
  if (!choices.others.empty()) {
    const auto others = id_table("consent_other_agency", choices.others);
    for (int n = 1; n <= kOtherExceptions; ++n)
      f.fields.push_back({.key = "exception_" + std::to_string(n), .label = "ほかに共有しない機関" + std::to_string(n),
                          .hint = n == 1 ? "いまはチームにいない機関を選びます。選んだ機関には、あとからも共有しません。" : "", .kind = form::Kind::choice, .codes = others,
                          .shown_when = sharing_agreed, .group = kFold});
  }
  f.fields.push_back({.key = "valid_until", .label = "いつまで", .hint = "空欄なら、取り消すまで", .kind = form::Kind::date, .group = kFold});
  f.fields.push_back({.key = "given_by", .label = "答えた人", .kind = form::Kind::choice,
                      .codes = table("consent_given_by", {{"self", "本人"}, {"representative", "代わりの人"}}), .group = kFold});
  const ShownWhen represented{"given_by", "representative"};
  f.fields.push_back({.key = "representative", .label = "代わりの人の名前と関係", .shown_when = represented, .group = kFold});
  std::vector<Code> capacities, assents;
  for (const Capacity c : {Capacity::parent, Capacity::guardian, Capacity::agent}) capacities.push_back({code_of(c), label_of(c)});
  for (const Assent own : {Assent::agrees, Assent::disagrees, Assent::unclear}) assents.push_back({code_of(own), label_of(own)});
  f.fields.push_back({.key = "capacity", .label = "代わりの人の立場", .kind = form::Kind::choice, .codes = table("consent_capacity", std::move(capacities)),
                      .shown_when = represented, .group = kFold});
  f.fields.push_back({.key = "representation", .label = "立場を確かめたもの", .hint = "戸籍、登記事項証明書、委任状など", .shown_when = represented, .group = kFold});
  f.fields.push_back({.key = "represented_until", .label = "代わりに答えられる期限", .hint = "わかれば。同意もこの日までになります。", .kind = form::Kind::date,
                      .shown_when = represented, .group = kFold});
  f.fields.push_back({.key = "assent", .label = "子ども本人の気持ち", .hint = "親権者が答えたとき、本人に聞けたら選びます。", .kind = form::Kind::choice,
                      .codes = table("consent_assent", std::move(assents)), .shown_when = represented, .group = kFold});
  f.fields.push_back({.key = "assent_on", .label = "本人に聞いた日", .kind = form::Kind::date, .shown_when = represented, .group = kFold});
  return f;
}

form::Answers first_answers(Date today, const FormChoices& choices) {
  form::Answers a;
  if (choices.persons.size() == 1) a.set("person", id_text(choices.persons.front().first));
  a.set("given_on", today);
  a.set("scope", std::vector<std::string>{"standard"});
  return a;
}

Result<std::vector<NewConsent>> read_recording(const form::Answers& a, HouseholdId household, const web::Upload* upload,
                                               const programme::Municipality& m) {
  if (!asked(a, "application") && !asked(a, "sharing"))
    return invalid("application", "利用申込みと情報共有同意の、少なくとも一つの答えを選んでください。");
  std::vector<NewConsent> facts;
  for (const Kind kind : {Kind::application, Kind::sharing}) {
    if (!asked(a, code_of(kind))) continue;
    NewConsent fact = common_part(a, household, m);
    fact.kind = kind;
    fact.refused = a.chose(code_of(kind), "refuse");
    if (kind == Kind::sharing && !fact.refused) add_scope(fact, a);
    if (upload != nullptr && !upload->bytes.empty() && facts.empty()) fact.sheet = Sheet{upload->bytes};
    // The child's own word is asked once, whatever the sheet holds.
    if (const auto own = assent_of(a.text("assent")); own && facts.empty()) fact.assent = HeardAssent{*own, a.date("assent_on").value_or(fact.given_on)};
    facts.push_back(std::move(fact));
  }
  return facts;
}

html::Html sheet_control(const std::vector<FieldError>& errors) {
  using html::el;
  const std::string error = html::error_of(errors, kSheetField);
  html::Html body;
  body.add(el("label", {{"for", html::control_id(kSheetField)}}, "署名した紙の写真"));
  body.add(el("p", {{"class", "hint"}, {"id", "sheet-hint"}}, "JPEG、PNG、PDF。8MBまで。あとから紙を見られるように残します。なくても記録できます。"));
  if (!error.empty()) body.add(el("p", {{"class", "error"}, {"id", "sheet-error"}}, html::only_read_out("エラー："), error));
  body.add(el("input", {{"type", "file"}, {"id", html::control_id(kSheetField)}, {"name", kSheetField},
                        {"accept", "image/jpeg,image/png,application/pdf"}, {"aria-describedby", error.empty() ? "sheet-hint" : "sheet-error sheet-hint"},
                        html::Attr::when(!error.empty(), "aria-invalid", "true")}));
  const std::string_view look = error.empty() ? "field" : "field field-wrong";
  return el("div", {{"class", look}}, body);
}

}  // namespace kasane::consent
