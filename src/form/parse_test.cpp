#include "form/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/japanese.hpp"
#include "form/forms_for_test.hpp"

namespace kasane::form {
namespace {

using ::testing::ElementsAre;
using testing::every_kind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Form kForm = every_kind();

/// The fewest values that make the form complete, and `more`.
Posted complete(Posted more = {}) {
  Posted posted{{"name", "阿曽"}, {"received", "令和8年11月22日"}};
  for (auto& pair : more) {
    std::erase_if(posted, [&](const auto& there) { return there.first == pair.first; });
  }
  posted.insert(posted.end(), more.begin(), more.end());
  return posted;
}

Parsed with(const std::string& key, const std::string& value) { return parse(kForm, complete({{key, value}})); }

std::string fault(const Parsed& parsed, std::string_view key) {
  for (const FieldError& error : parsed.errors) {
    if (error.field == key) return error.message;
  }
  return {};
}

std::string fault_with(const std::string& key, const std::string& value) { return fault(with(key, value), key); }

TEST(Parse, reads_an_answer_of_every_kind) {
  Parsed parsed = parse(kForm, complete({{"note", "一行目\r\n  二行目"},
                                         {"birth", "昭和25年4月"},
                                         {"count", "１２回"},
                                         {"agreed", "yes"},
                                         {"agreed_on", "R8.11.1"},
                                         {"reason", "work"},
                                         {"themes", "health"},
                                         {"themes", "money"},
                                         {"theme_note", "腰痛"},
                                         {"at", "９：０５"},
                                         {"token", "abc"}}));
  EXPECT_THAT(parsed.errors, IsEmpty());
  const Answers& answers = parsed.answers;
  EXPECT_EQ(answers.text("name"), "阿曽");
  EXPECT_EQ(answers.text("note"), "一行目\n  二行目");
  EXPECT_EQ(answers.date("received"), Date::from_iso("2026-11-22"));
  EXPECT_EQ(answers.partial_date("birth"), PartialDate::from_text("1950-04"));
  EXPECT_EQ(answers.number("count"), 12);
  EXPECT_EQ(answers.yes("agreed"), true);
  EXPECT_EQ(answers.text("reason"), "work");
  EXPECT_THAT(answers.codes("themes"), ElementsAre("money", "health"));
  EXPECT_EQ(answers.text("at"), "09:05");
  EXPECT_EQ(answers.text("token"), "abc");
}

TEST(Parse, collects_every_fault_in_the_order_of_the_fields) {
  Parsed parsed = parse(kForm, {{"at", "25:00"}, {"count", "多数"}, {"birth", "1950-13"}, {"reason", "nonsense"}});
  std::vector<std::string> keys;
  for (const FieldError& error : parsed.errors) keys.push_back(error.field);
  EXPECT_THAT(keys, ElementsAre("name", "received", "birth", "count", "reason", "at"));
  EXPECT_FALSE(parsed.ok());
}

TEST(Parse, keeps_what_was_typed_beside_the_fault) {
  Parsed parsed = with("received", "きのう");
  EXPECT_EQ(parsed.answers.typed("received"), "きのう");
  EXPECT_FALSE(parsed.answers.has("received"));
  EXPECT_EQ(parsed.answers.typed("name"), "阿曽");
  EXPECT_EQ(with("received", "R8/11/22").answers.typed("received"), "R8/11/22");
}

TEST(Parse, names_the_field_in_plain_words) {
  EXPECT_EQ(fault_with("name", ""), "「名前」を入力してください。");
  EXPECT_EQ(fault_with("name", " 　 "), "「名前」を入力してください。");
  EXPECT_EQ(fault_with("name", "あいうえおかきくけこさ"), "「名前」は10文字以内で入力してください（いま11文字）。");
  EXPECT_THAT(fault_with("received", "平成31年5月1日"), HasSubstr("令和元年5月1日"));
  EXPECT_THAT(fault_with("received", "2026-02-30"), HasSubstr("「受付日」"));
  EXPECT_EQ(fault_with("count", "0"), "「回数」は1から100までの数で入力してください。");
  EXPECT_EQ(fault_with("agreed", "maybe"), "「同意」の選択が正しくありません。選び直してください。");
}

TEST(Parse, takes_ten_characters_of_any_kind_as_ten) {
  EXPECT_TRUE(with("name", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷").ok());
  EXPECT_TRUE(with("name", "  あいうえおかきくけこ　").ok());
}

TEST(Parse, refuses_broken_and_disguised_text) {
  Parsed broken = with("name", "a\xff");
  EXPECT_THAT(fault(broken, "name"), HasSubstr("壊れています"));
  EXPECT_EQ(broken.answers.typed("name"), "a\uFFFD");
  EXPECT_THAT(fault_with("name", std::string("a\0b", 3)), HasSubstr("制御文字"));
  EXPECT_THAT(fault_with("name", "一行\n二行"), HasSubstr("改行"));
  EXPECT_THAT(fault_with("note", "a\x1b[31m"), HasSubstr("制御文字"));
  EXPECT_THAT(fault_with("note", "山\u202E田"), HasSubstr("制御文字"));
  EXPECT_EQ(fault_with("note", "一行\n二行\tx"), "");
}

TEST(Parse, refuses_codes_that_the_table_does_not_have) {
  EXPECT_NE(fault_with("reason", "家計"), "");
  EXPECT_NE(fault_with("themes", "nonsense"), "");
  EXPECT_NE(fault(parse(kForm, complete({{"themes", "money"}, {"themes", "x"}})), "themes"), "");
}

TEST(Parse, takes_a_retired_code_only_where_it_stood_before) {
  EXPECT_THAT(fault_with("reason", "old"), HasSubstr("使われていない"));
  EXPECT_THAT(fault_with("themes", "old"), HasSubstr("使われていない"));
  Answers before;
  before.set("reason", std::string("old"));
  EXPECT_TRUE(parse(kForm, complete({{"reason", "old"}}), {.before = &before}).ok());
  EXPECT_FALSE(parse(kForm, complete({{"themes", "old"}}), {.before = &before}).ok());
}

TEST(Parse, requires_a_field_only_while_it_is_shown) {
  EXPECT_TRUE(with("agreed", "no").ok());
  EXPECT_EQ(fault(with("agreed", "yes"), "agreed_on"), "「同意日」を入力してください。");
  EXPECT_NE(fault(with("themes", "health"), "theme_note"), "");
  EXPECT_TRUE(with("themes", "money").ok());
}

TEST(Parse, loses_nothing_that_was_typed_into_a_field_that_is_not_shown) {
  Parsed parsed = parse(kForm, complete({{"agreed", "no"}, {"agreed_on", "R8.11.1"}}));
  EXPECT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed.answers.date("agreed_on"));
  EXPECT_FALSE(shown(kForm, *kForm.find("agreed_on"), parsed.answers));
}

TEST(Parse, tells_unknown_keys_apart_from_faults) {
  Parsed parsed = parse(kForm, complete({{"csrf", "x"}, {"csrf", "y"}, {"k\xff", "z"}}));
  EXPECT_TRUE(parsed.ok());
  EXPECT_THAT(parsed.unknown_keys, ElementsAre("csrf", "k\uFFFD"));
  EXPECT_FALSE(parsed.answers.has("csrf"));
}

TEST(Parse, refuses_a_value_that_was_sent_twice) {
  Parsed parsed = parse(kForm, {{"name", "a"}, {"name", "b"}, {"received", "2026-11-22"}});
  EXPECT_THAT(fault(parsed, "name"), HasSubstr("二重"));
}

TEST(Parse, writes_back_only_what_the_page_showed) {
  Answers before;
  before.set("name", std::string("阿曽"));
  before.set("note", std::string("見えない内容"));
  before.set("from_an_older_form", std::string("x"));
  Parsed parsed =
      parse(kForm, {{"count", "3"}, {"note", "書き換え"}}, {.only = {"count", "reason"}, .before = &before});
  EXPECT_TRUE(parsed.ok());
  EXPECT_EQ(parsed.answers.text("note"), "見えない内容");
  EXPECT_EQ(parsed.answers.text("name"), "阿曽");
  EXPECT_EQ(parsed.answers.text("from_an_older_form"), "x");
  EXPECT_EQ(parsed.answers.number("count"), 3);
  EXPECT_THAT(parsed.unknown_keys, ElementsAre("note"));
}

TEST(Parse, a_cleared_answer_is_no_longer_there) {
  Answers before;
  before.set("note", std::string("前の内容"));
  EXPECT_FALSE(parse(kForm, complete({{"note", ""}}), {.before = &before}).answers.has("note"));
}

TEST(Parse, reads_whole_numbers_as_people_type_them) {
  Form form{"n", 1, {{.key = "n", .label = "金額", .kind = Kind::number, .min = -1'000'000, .unit = "円"}}};
  auto number = [&](const char* typed) { return parse(form, {{"n", typed}}).answers.number("n"); };
  EXPECT_EQ(number("1,200"), 1200);
  EXPECT_EQ(number("１，２００円"), 1200);
  EXPECT_EQ(number("-5"), -5);
  EXPECT_EQ(number("−5"), -5);
  EXPECT_EQ(number(" 12 345 "), 12345);
  EXPECT_EQ(number("0"), 0);
  for (const char* typed : {"1,2", "1.5", "12,34,567", ",100", "1,", "--1", "9223372036854775808", "五", "円", "-"}) {
    EXPECT_EQ(number(typed), std::nullopt) << typed;
    EXPECT_EQ(parse(form, {{"n", typed}}).errors.size(), 1u) << typed;
  }
}

TEST(Parse, reads_times_as_people_type_them) {
  auto time = [](const char* typed) { return with("at", typed).answers.text("at"); };
  EXPECT_EQ(time("14:05"), "14:05");
  EXPECT_EQ(time("9時"), "09:00");
  EXPECT_EQ(time("9時5分"), "09:05");
  for (const char* typed : {"24:00", "12:60", "9", "9:", "9:5:1", "9時5", "abc", "-1:00", "123:00"})
    EXPECT_EQ(time(typed), "") << typed;
}

TEST(Parse, a_choice_without_a_code_table_takes_nothing) {
  Form form{
      "n",
      1,
      {{.key = "c", .label = "区分", .kind = Kind::choice}, {.key = "m", .label = "複数", .kind = Kind::choices}}};
  EXPECT_EQ(parse(form, {{"c", "x"}, {"m", "x"}}).errors.size(), 2u);
  EXPECT_TRUE(parse(form, {{"c", ""}, {"m", ""}}).ok());
}

rc::Gen<std::string> some_key() {
  return rc::gen::oneOf(rc::gen::arbitrary<std::string>(),
                        rc::gen::element<std::string>("name", "note", "received", "birth", "count", "agreed",
                                                      "agreed_on", "reason", "themes", "theme_note", "at", "token"));
}

rc::Gen<std::string> some_value() {
  return rc::gen::oneOf(rc::gen::arbitrary<std::string>(),
                        rc::gen::element<std::string>("", "yes", "no", "money", "old", "health", "12", "1,200", "9:05",
                                                      "R8.11.22", "昭和25年", "2026-02-30", "\xff", "　", "阿曽"));
}

RC_GTEST_PROP(Parse, survives_any_pairs_and_says_something_true, ()) {
  auto posted = *rc::gen::container<Posted>(rc::gen::pair(some_key(), some_value()));
  Parsed parsed = parse(kForm, posted);
  for (const FieldError& error : parsed.errors) {
    RC_ASSERT(kForm.find(error.field) != nullptr);
    RC_ASSERT(is_valid_utf8(error.message));
  }
  for (const auto& [key, value] : parsed.answers.values()) {
    if (const auto* text = std::get_if<std::string>(&value)) RC_ASSERT(is_valid_utf8(*text));
  }
  for (const Field& field : kForm.fields) {
    bool needed = field.required && shown(kForm, field, parsed.answers);
    if (parsed.ok() && needed) RC_ASSERT(parsed.answers.has(field.key));
    RC_ASSERT(is_valid_utf8(parsed.answers.typed(field.key)));
  }
}

// What a page shows again reads as the same answers, so that saving twice changes nothing.
RC_GTEST_PROP(Parse, reads_its_own_answers_back, ()) {
  auto posted = *rc::gen::container<Posted>(rc::gen::pair(some_key(), some_value()));
  Answers once = parse(kForm, posted).answers;
  Answers stored;
  for (const auto& [key, value] : once.values()) stored.set(key, value);
  Posted again;
  for (const Field& field : kForm.fields) {
    if (field.kind != Kind::choices)
      again.emplace_back(field.key, stored.typed(field.key));
    else
      for (const std::string& code : stored.typed_all(field.key)) again.emplace_back(field.key, code);
  }
  RC_ASSERT(parse(kForm, again, {.before = &stored}).answers == stored);
}

}  // namespace
}  // namespace kasane::form
