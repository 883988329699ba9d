#include "people/forms.hpp"

#include <memory>

#include "base/japanese.hpp"

namespace kasane::people {

using form::Answers;
using form::Field;
using form::Form;
using form::Kind;
using programme::Municipality;

namespace {

std::shared_ptr<const form::CodeTable> areas_of(const Municipality& m) {
  auto table = std::make_shared<form::CodeTable>();
  table->key = "areas";
  for (const programme::Area& area : m.areas) table->codes.push_back({area.code, area.name});
  return table;
}

/// A choice; left out where the city has no such table.
void add_choice(Form& f, std::string key, std::string label, std::shared_ptr<const form::CodeTable> codes, std::string group) {
  if (!codes || codes->codes.empty()) return;
  f.fields.push_back({.key = std::move(key), .label = std::move(label), .kind = Kind::choice, .codes = std::move(codes), .group = std::move(group)});
}

void add_text(Form& f, std::string key, std::string label, std::string hint, std::string group, std::int64_t max = 100) {
  f.fields.push_back({.key = std::move(key), .label = std::move(label), .hint = std::move(hint), .max = max, .group = std::move(group)});
}

void add_day(Form& f, std::string key, std::string label, std::string hint, std::string group) {
  f.fields.push_back({.key = std::move(key), .label = std::move(label), .hint = std::move(hint), .kind = Kind::date, .group = std::move(group)});
}

void add_household(Form& f, const Municipality& m, bool contact, const std::string& group) {
  add_choice(f, "area", "地区", areas_of(m), group);
  if (!contact) return;
  add_text(f, "address", "住所", "", group, 200);
  add_text(f, "phone", "電話", "", group, 50);
}

void add_names(Form& f, const std::string& at, const std::string& group) {
  add_text(f, at + "family", "氏", "", group);
  add_text(f, at + "given", "名", "", group);
}

void add_about(Form& f, const Municipality& m, const std::string& at, const std::string& group) {
  add_text(f, at + "kana", "ふりがな", "", group);
  f.fields.push_back({.key = at + "birth", .label = "生年月日", .hint = "年だけ、年と月だけでもかまいません。", .kind = Kind::partial_date, .group = group});
  add_choice(f, at + "sex", "性別", m.code_table("sexes"), group);
}

void add_contact(Form& f, const std::string& at, const std::string& group) {
  add_text(f, at + "address", "本人の住所", "世帯の住所と違う場合", group, 200);
  add_text(f, at + "phone", "本人の電話", "", group, 50);
  add_text(f, at + "safe", "安全な連絡のしかた", "家族に知られずに連絡する必要がある場合など", group, 200);
}

void add_membership(Form& f, const Municipality& m, const std::string& at, const std::string& group) {
  add_choice(f, at + "relation", "続柄", m.code_table("relations"), group);
  f.fields.push_back({.key = at + "lives_in", .label = "いっしょに住んでいますか", .kind = Kind::yes_no, .group = group});
  add_day(f, at + "from", "いつから", "分からなければ空欄", group);
}

std::string nth(int n) {
  static constexpr const char* kWords[] = {"一人目", "二人目", "三人目", "四人目", "五人目", "六人目"};
  return kWords[n - 1];
}

std::string at(std::string_view prefix, std::string_view key) { return std::string(prefix).append(key); }

template <class T>
void set(Answers& a, std::string_view key, const std::optional<T>& value) {
  if (value) a.set(key, *value);
}
void set(Answers& a, std::string_view key, const std::string& text) {
  if (!text.empty()) a.set(key, text);
}

}  // namespace

Form registration_form(const Municipality& m) {
  Form f{"household_registration", 1, {}};
  add_text(f, "label", "世帯の呼び名", "空欄なら、一人目の氏から付けます（例: 佐藤家）。", "");
  add_names(f, "p1_", "");
  add_about(f, m, "p1_", "一人目のこと");
  add_membership(f, m, "p1_", "一人目のこと");
  add_contact(f, "p1_", "一人目のこと");
  add_household(f, m, true, "世帯の地区、住所、電話");
  for (int n = 2; n <= kPersonsAtOnce; ++n) {
    const std::string prefix = "p" + std::to_string(n) + "_";
    add_names(f, prefix, nth(n));
    add_about(f, m, prefix, nth(n));
    add_membership(f, m, prefix, nth(n));
    add_contact(f, prefix, nth(n));
  }
  return f;
}

NewHousehold read_registration(const Answers& a) {
  NewHousehold what;
  what.label = a.text("label");
  what.area = a.text("area");
  what.address = a.text("address");
  what.phone = a.text("phone");
  for (int n = 1; n <= kPersonsAtOnce; ++n) {
    const std::string prefix = "p" + std::to_string(n) + "_";
    // A part in which nothing was entered is nobody; one without a name is told as a fault.
    bool entered = false;
    for (const auto& [key, value] : a.values()) entered = entered || key.starts_with(prefix);
    if (entered) what.persons.push_back({read_person(a, prefix), read_contact(a, prefix), read_membership(a, prefix)});
  }
  return what;
}

Form person_form(const Municipality& m, PersonParts parts) {
  Form f{"person", 1, {}};
  add_names(f, "", "");
  add_about(f, m, "", "");
  if (parts.membership) add_membership(f, m, "", "");
  if (parts.contact) add_contact(f, "", "連絡先");
  if (!parts.membership) add_day(f, "deceased_on", "亡くなった日", "", "亡くなった場合");
  return f;
}

Form household_form(const Municipality& m, bool contact) {
  Form f{"household", 1, {}};
  f.fields.push_back({.key = "label", .label = "世帯の呼び名", .required = true, .max = 100});
  add_household(f, m, contact, "");
  return f;
}

Form membership_form(const Municipality& m) {
  Form f{"membership", 1, {}};
  add_membership(f, m, "", "");
  add_day(f, "until", "いつまで", "世帯を出た場合は、最後の日を入れます。", "");
  return f;
}

Form move_form(const Municipality& m) {
  Form f{"move", 1, {}};
  f.fields.push_back({.key = "number", .label = "移る先の世帯番号", .hint = "例: 世R08-00012", .required = true, .max = 40});
  f.fields.push_back({.key = "on", .label = "移る日", .kind = Kind::date, .required = true});
  add_choice(f, "relation", "続柄", m.code_table("relations"), "");
  f.fields.push_back({.key = "lives_in", .label = "いっしょに住んでいますか", .kind = Kind::yes_no});
  return f;
}

Form safety_form(const Municipality& m) {
  Form f{"visit_safety", 1, {}};
  if (auto codes = m.code_table("safety_note"))
    f.fields.push_back({.key = "codes", .label = "訪問する前に知っておくこと", .kind = Kind::choices, .codes = std::move(codes)});
  f.fields.push_back({.key = "note", .label = "くわしく", .hint = "訪問する職員だけに見えます。紙には印刷されません。", .kind = Kind::long_text, .max = 1000});
  return f;
}

PersonFields read_person(const Answers& a, std::string_view p) {
  return {a.text(at(p, "family")), a.text(at(p, "given")),  a.text(at(p, "kana")), a.partial_date(at(p, "birth")),
          a.text(at(p, "sex")),    a.date(at(p, "deceased_on"))};
}

ContactFields read_contact(const Answers& a, std::string_view p) {
  return {a.text(at(p, "address")), a.text(at(p, "phone")), a.text(at(p, "safe"))};
}

MembershipFields read_membership(const Answers& a, std::string_view p) {
  return {a.text(at(p, "relation")), a.yes(at(p, "lives_in")).value_or(true), a.date(at(p, "from")), a.date(at(p, "until"))};
}

Answers answers_of(const PersonView& v) {
  Answers a;
  set(a, "family", v.family.shown());
  set(a, "given", v.given.shown());
  set(a, "kana", v.kana.shown());
  set(a, "birth", PartialDate::from_text(v.birth.shown()));
  set(a, "sex", v.sex);
  set(a, "deceased_on", v.deceased_on);
  set(a, "address", v.contact.address.shown());
  set(a, "phone", v.contact.phone.shown());
  set(a, "safe", v.contact.safe.shown());
  return a;
}

Answers answers_of(const HouseholdView& v) {
  Answers a;
  set(a, "label", v.label.shown());
  set(a, "area", v.area);
  set(a, "address", v.address.shown());
  set(a, "phone", v.phone.shown());
  return a;
}

Answers answers_of(const MembershipFields& m) {
  Answers a;
  set(a, "relation", m.relation);
  a.set("lives_in", m.lives_in);
  set(a, "from", m.from);
  set(a, "until", m.until);
  return a;
}

Answers answers_of(const SafetyNote& n) {
  Answers a;
  if (!n.codes.empty()) a.set("codes", n.codes);
  set(a, "note", n.note.shown());
  return a;
}

}  // namespace kasane::people
