#include "form/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "form/check.hpp"
#include "form/forms_for_test.hpp"

namespace kasane::form {
namespace {

using ::testing::ElementsAre;
using testing::every_kind;
using ::testing::IsEmpty;
using testing::reasons;
using ::testing::SizeIs;

TEST(Answers, give_nothing_for_what_was_not_answered) {
  Answers answers;
  EXPECT_FALSE(answers.has("x"));
  EXPECT_EQ(answers.text("x"), "");
  EXPECT_EQ(answers.number("x"), std::nullopt);
  EXPECT_EQ(answers.yes("x"), std::nullopt);
  EXPECT_EQ(answers.date("x"), std::nullopt);
  EXPECT_EQ(answers.partial_date("x"), std::nullopt);
  EXPECT_THAT(answers.codes("x"), IsEmpty());
  EXPECT_FALSE(answers.chose("x", ""));
  EXPECT_EQ(answers.typed("x"), "");
}

TEST(Answers, of_another_kind_are_not_mistaken) {
  Answers answers;
  answers.set("n", std::int64_t{1});
  EXPECT_EQ(answers.text("n"), "");
  EXPECT_EQ(answers.yes("n"), std::nullopt);
  EXPECT_EQ(answers.number("n"), 1);
}

TEST(Answers, an_empty_answer_is_no_answer) {
  Answers answers;
  answers.set("a", std::string("x"));
  answers.set("a", std::string());
  answers.set("b", std::vector<std::string>{});
  answers.set("c", Value());
  EXPECT_THAT(answers.values(), IsEmpty());
  answers.set("no", false);
  answers.set("zero", std::int64_t{0});
  EXPECT_THAT(answers.values(), SizeIs(2));
}

TEST(Answers, stand_in_the_box_as_one_would_type_them) {
  Answers answers;
  answers.set("d", *Date::from_iso("2026-11-22"));
  answers.set("p", *PartialDate::from_text("1950-04"));
  answers.set("n", std::int64_t{12});
  answers.set("y", true);
  answers.set("c", std::vector<std::string>{"a", "b"});
  EXPECT_EQ(answers.typed("d"), "令和8年11月22日");
  EXPECT_EQ(answers.typed("p"), "昭和25年4月");
  EXPECT_EQ(answers.typed("n"), "12");
  EXPECT_EQ(answers.typed("y"), "yes");
  EXPECT_THAT(answers.typed_all("c"), ElementsAre("a", "b"));
  answers.set_typed("d", {"きのう"});
  EXPECT_EQ(answers.typed("d"), "きのう");
  EXPECT_EQ(answers.date("d"), Date::from_iso("2026-11-22"));
}

TEST(Answers, what_was_typed_does_not_make_them_differ) {
  Answers a;
  Answers b;
  a.set("x", true);
  b.set("x", true);
  b.set_typed("x", {"yes"});
  EXPECT_TRUE(a == b);
}

TEST(CodeTable, an_unknown_code_shows_as_itself) {
  EXPECT_EQ(reasons()->label("work"), "仕事");
  EXPECT_EQ(reasons()->label("old"), "旧区分");
  EXPECT_EQ(reasons()->label("gone"), "gone");
}

TEST(Shown, follows_the_chain_of_conditions) {
  Form form = every_kind();
  form.fields.push_back({.key = "third", .label = "三", .shown_when = ShownWhen{"second", "yes"}});
  form.fields.push_back(
      {.key = "second", .label = "二", .kind = Kind::yes_no, .shown_when = ShownWhen{"agreed", "yes"}});
  Answers answers;
  answers.set("second", true);
  EXPECT_FALSE(shown(form, *form.find("third"), answers));
  answers.set("agreed", true);
  EXPECT_TRUE(shown(form, *form.find("third"), answers));
}

TEST(Shown, never_holds_in_a_circle_or_on_nothing) {
  Form form{"f",
            1,
            {{.key = "a", .label = "a", .kind = Kind::yes_no, .shown_when = ShownWhen{"b", "yes"}},
             {.key = "b", .label = "b", .kind = Kind::yes_no, .shown_when = ShownWhen{"a", "yes"}},
             {.key = "c", .label = "c", .shown_when = ShownWhen{"nothing", "yes"}}}};
  Answers answers;
  answers.set("a", true);
  answers.set("b", true);
  answers.set("nothing", true);
  EXPECT_FALSE(shown(form, *form.find("a"), answers));
  EXPECT_FALSE(shown(form, *form.find("c"), answers));
}

TEST(CheckForm, finds_nothing_in_a_good_form) { EXPECT_THAT(faults_of(every_kind()), IsEmpty()); }

TEST(CheckForm, names_every_field_that_cannot_work) {
  Form form{"bad",
            1,
            {{.key = "Name", .label = "x"},
             {.key = "twice", .label = "x"},
             {.key = "twice", .label = "x"},
             {.key = "nolabel"},
             {.key = "nocodes", .label = "x", .kind = Kind::choice},
             {.key = "codes", .label = "x", .kind = Kind::text, .codes = reasons()},
             {.key = "bounds", .label = "x", .kind = Kind::number, .max = 1, .min = 2},
             {.key = "dangling", .label = "x", .shown_when = ShownWhen{"none", "yes"}},
             {.key = "impossible", .label = "x", .shown_when = ShownWhen{"yes_no", "maybe"}},
             {.key = "yes_no", .label = "x", .kind = Kind::yes_no},
             {.key = "self", .label = "x", .kind = Kind::yes_no, .shown_when = ShownWhen{"self", "yes"}}}};
  EXPECT_THAT(faults_of(form), SizeIs(10));
}

}  // namespace
}  // namespace kasane::form
