// Answers as one JSON text for a database column. The text says of itself which form and which version of every code
// table it was made with and of what kind every value is, so that it can be read when the form has long changed.
//
//   {"form":"intake","version":3,"codes":{"reason":2},"answers":{"received":{"date":"2026-11-22"},"reason":["a"]}}
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "form/answers.hpp"
#include "form/field.hpp"

namespace kasane::form {

struct StoredAnswers {
  std::string form;
  int version = 0;
  std::map<std::string, int, std::less<>> code_versions;  // by key of the table; only tables of answered fields
  Answers answers;
};

/// Canonical: keys in order, no spaces; equal answers to one form give equal bytes. What was typed is not in it.
/// The texts must be valid UTF-8, as those from parse() are.
std::string to_json(const Form& form, const Answers& answers);

/// Errors: ErrorCode::invalid where the text is no JSON of this shape; the key of a faulty answer is the field.
Result<StoredAnswers> from_json(std::string_view json);

}  // namespace kasane::form
