// The walker that renders a form::Form: every control by its kind, groups folded into <details>, faults beside their
// fields and listed at the head. What was typed is shown again as it was.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "form/answers.hpp"
#include "form/field.hpp"
#include "html/controls.hpp"
#include "html/html.hpp"

namespace kasane::html {

/// What a form posts to and says around its fields.
struct FormPage {
  FormFrame frame;
  std::string submit = "保存する";
  std::string cancel_href = {};
  Html before = {};  // over the fields, below the fault list
  Html after = {};   // between the fields and the buttons
};

/// The whole form: fault list, fields in order, buttons. `errors` are those of parsing or of the rules; faults of
/// fields that the form does not know are listed too.
Html form_page(const form::Form& form, const form::Answers& answers, const std::vector<FieldError>& errors,
               const FormPage& page);
/// The fields alone, for pages that put several things into one frame. `only`: keys to render; empty: all.
Html form_fields(const form::Form& form, const form::Answers& answers, const std::vector<FieldError>& errors,
                 const std::vector<std::string_view>& only = {});
/// The answers for reading: label and value, unanswered fields left out.
Html form_facts(const form::Form& form, const form::Answers& answers);

}  // namespace kasane::html
