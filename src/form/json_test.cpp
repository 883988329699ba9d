#include "form/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/japanese.hpp"
#include "form/forms_for_test.hpp"

namespace kasane::form {
namespace {

using testing::every_kind;

Answers some_answers() {
  auto text = rc::gen::map(
      rc::gen::oneOf(rc::gen::arbitrary<std::string>(), rc::gen::element<std::string>("髙橋", "\"\\\n", "\u2028")),
      [](const std::string& bytes) { return repair_utf8(bytes); });
  auto date = rc::gen::map(rc::gen::inRange<std::int64_t>(-719'162, 2'932'896),
                           [](std::int64_t days) { return Date::from_days(days); });
  auto partial = rc::gen::map(rc::gen::pair(rc::gen::inRange(1, 9999), rc::gen::inRange(0, 13)), [](const auto& parts) {
    return PartialDate{parts.first, parts.second, 0};
  });
  auto value = rc::gen::oneOf(rc::gen::map(text, [](std::string t) { return Value(std::move(t)); }),
                              rc::gen::map<std::int64_t>([](std::int64_t n) { return Value(n); }),
                              rc::gen::map<bool>([](bool b) { return Value(b); }),
                              rc::gen::map(date, [](Date d) { return Value(d); }),
                              rc::gen::map(partial, [](PartialDate d) { return Value(d); }),
                              rc::gen::map(rc::gen::container<std::vector<std::string>>(text),
                                           [](std::vector<std::string> codes) { return Value(std::move(codes)); }));
  Answers answers;
  for (const auto& [key, one] :
       *rc::gen::container<std::vector<std::pair<std::string, Value>>>(rc::gen::pair(text, value))) {
    answers.set(key, one);
  }
  return answers;
}

RC_GTEST_PROP(AnswersJson, to_json_and_back_is_the_identity, ()) {
  Answers answers = some_answers();
  std::string text = to_json(every_kind(), answers);
  auto stored = from_json(text);
  RC_ASSERT(stored.has_value());
  RC_ASSERT(stored->answers == answers);
  RC_ASSERT(to_json(every_kind(), stored->answers) == text);
}

RC_GTEST_PROP(AnswersJson, survives_any_bytes, (const std::string& bytes)) { (void)from_json(bytes); }

TEST(AnswersJson, says_with_which_form_and_codes_it_was_made) {
  Answers answers;
  answers.set("themes", std::vector<std::string>{"money", "health"});
  answers.set("received", *Date::from_iso("2026-11-22"));
  answers.set("birth", *PartialDate::from_text("1950-04"));
  answers.set("agreed", false);
  answers.set("count", std::int64_t{12});
  answers.set_typed("count", {"１２"});
  std::string text = to_json(every_kind(), answers);
  EXPECT_EQ(
      text,
      R"({"form":"every_kind","version":3,"codes":{"reason":2},"answers":{"agreed":false,"birth":{"partial_date":"1950-04"},)"
      R"("count":12,"received":{"date":"2026-11-22"},"themes":["money","health"]}})");
  auto stored = from_json(text);
  EXPECT_EQ(stored->form, "every_kind");
  EXPECT_EQ(stored->version, 3);
  EXPECT_EQ(stored->code_versions.at("reason"), 2);
}

TEST(AnswersJson, reads_answers_whose_field_the_form_no_longer_has) {
  auto stored = from_json(R"({"form":"every_kind","version":1,"codes":{},"answers":{"gone":"x"}})");
  EXPECT_EQ(stored->answers.text("gone"), "x");
}

TEST(AnswersJson, of_another_shape_is_refused_and_names_the_answer) {
  for (const char* text : {"", "{", "[]", "null", R"({"form":"x","version":1,"codes":{}})",
                           R"({"form":1,"version":1,"codes":{},"answers":{}})",
                           R"({"form":"x","version":99999999999,"codes":{},"answers":{}})",
                           R"({"form":"x","version":1,"codes":{"t":"1"},"answers":{}})"}) {
    EXPECT_FALSE(from_json(text)) << text;
  }
  for (const char* value : {"1.5", "null", R"({"date":"2026-02-30"})", R"({"date":1})", R"({"other":"x"})",
                            R"({"date":"2026-11-22","x":"y"})", "{}", "[1]", "18446744073709551615"}) {
    auto stored = from_json(R"({"form":"x","version":1,"codes":{},"answers":{"bad":)" + std::string(value) + "}}");
    ASSERT_FALSE(stored) << value;
    ASSERT_EQ(stored.error().fields.size(), 1u);
    EXPECT_EQ(stored.error().fields[0].field, "bad");
  }
}

}  // namespace
}  // namespace kasane::form
