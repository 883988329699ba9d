// The answers to a form: parsed values by key, and beside them what was typed, so that a page shown again after an
// error holds exactly what the person wrote.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/field.hpp"

namespace kasane::form {

class Answers {
 public:
  using Values = std::map<std::string, Value, std::less<>>;

  /// Sets or, with an unanswered value, removes the answer.
  void set(std::string_view key, Value value);
  /// What was typed (one entry per posted value), kept also where it could not be read as an answer.
  void set_typed(std::string_view key, std::vector<std::string> typed);

  bool has(std::string_view key) const { return values_.find(key) != values_.end(); }
  /// monostate when not answered.
  const Value& value(std::string_view key) const;
  /// The answers in order of their keys; unanswered fields are absent.
  const Values& values() const { return values_; }

  // Each gives nothing (or an empty text/list) when the field is unanswered or of another kind.
  const std::string& text(std::string_view key) const;  // text, long_text, time, hidden, and the code of a choice
  std::optional<std::int64_t> number(std::string_view key) const;
  std::optional<bool> yes(std::string_view key) const;
  std::optional<Date> date(std::string_view key) const;
  std::optional<PartialDate> partial_date(std::string_view key) const;
  /// Codes of choices; for a choice its one code.
  std::vector<std::string> codes(std::string_view key) const;
  /// Whether `code` was chosen (choice, choices), or a yes_no answered with kYes or kNo.
  bool chose(std::string_view key, std::string_view code) const;

  /// What stands in the box: what was typed, else the answer as one would type it (dates in 和暦).
  std::string typed(std::string_view key) const;
  /// For choices: the ticked codes, as typed or else as answered.
  std::vector<std::string> typed_all(std::string_view key) const;

  /// Only the answers count; what was typed does not.
  friend bool operator==(const Answers& a, const Answers& b) { return a.values_ == b.values_; }

 private:
  Values values_;
  std::map<std::string, std::vector<std::string>, std::less<>> typed_;
};

/// Whether the field is asked, given the answers so far: its shown_when holds, and that of the field it hangs on.
/// A shown_when that names no field of the form, or runs in a circle, never holds.
bool shown(const Form& form, const Field& field, const Answers& answers);

}  // namespace kasane::form
