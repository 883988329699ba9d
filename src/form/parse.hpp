// From what a page posted to answers: every fault is collected, named in plain Japanese, and what was typed is kept.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "form/answers.hpp"
#include "form/field.hpp"

namespace kasane::form {

using Posted = std::vector<std::pair<std::string, std::string>>;

struct ParseOptions {
  /// Keys that the page showed; empty: all. A form writes back only what it showed: other answers stay as before, and
  /// posted values for them count as unknown keys.
  std::vector<std::string_view> only = {};
  /// The answers that were stored until now. A retired code is refused unless it stood there already.
  const Answers* before = nullptr;
};

struct Parsed {
  Answers answers;                 // what could be read, and for every asked field what was typed
  std::vector<FieldError> errors;  // in the order of the fields
  std::vector<std::string>
      unknown_keys;  // posted, but not asked; their values were left unread. Each once, valid UTF-8

  bool ok() const { return errors.empty(); }
};

/// Reads what was posted. Faults: missing (only while the field is shown), too long, not UTF-8, control characters,
/// impossible dates and times, no whole number or out of its bounds, unknown or retired codes, a value sent twice.
/// A value that is sent for a field that is not shown is read and kept like any other: nothing typed is lost, and
/// whoever counts answers asks shown().
Parsed parse(const Form& form, const Posted& posted, const ParseOptions& options = {});

}  // namespace kasane::form
