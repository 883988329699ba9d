// One answer of a form in words.
#pragma once
#include <string>

#include "form/answers.hpp"
#include "form/field.hpp"

namespace kasane::html {

/// As form_facts shows it; empty where there is no answer.
std::string answer_text(const form::Field& field, const form::Answers& answers);

}  // namespace kasane::html
