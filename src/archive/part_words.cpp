#include "archive/part_words.hpp"

#include <algorithm>

#include "form/json.hpp"
#include "html/answer_text.hpp"

namespace kasane::archive {

namespace {

bool is_sheet(std::string_view source) { return source == "intake.answers" || source == "plan.extra" || source == "referral.passing"; }

std::string sheet_words(const std::vector<form::Form>& forms, const std::string& text) {
  const auto stored = form::from_json(text);
  if (!stored) return text;
  const auto form = std::ranges::find(forms, stored->form, &form::Form::key);
  std::string lines;
  for (const auto& [key, value] : stored->answers.values()) {
    const form::Field* field = form == forms.end() ? nullptr : form->find(key);
    std::string answer = field == nullptr ? std::string() : html::answer_text(*field, stored->answers);
    if (answer.empty()) answer = stored->answers.typed(key);
    if (answer.empty())
      for (const std::string& code : stored->answers.codes(key)) answer += (answer.empty() ? "" : "、") + code;
    if (answer.empty()) continue;
    lines += (lines.empty() ? "" : "\n") + (field == nullptr ? key : field->label) + "：" + answer;
  }
  return lines;
}

std::string code_words(const programme::Municipality& m, std::string_view codes) {
  const auto table = m.code_table("safety_note");
  std::string words;
  while (!codes.empty()) {
    const auto end = std::min(codes.find(','), codes.size());
    const std::string code(codes.substr(0, end));
    words += (words.empty() ? "" : "、") + (table ? table->label(code) : code);
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  return words;
}

}  // namespace

std::string part_words(const programme::Municipality& m, const std::vector<form::Form>& forms, std::string_view source, const std::string& text) {
  if (is_sheet(source)) return sheet_words(forms, text);
  if (source == "household.safety_codes") return code_words(m, text);
  return text;
}

}  // namespace kasane::archive
