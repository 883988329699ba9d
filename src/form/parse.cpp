// Two passes: first every value that was sent, then what is missing, since whether a field is asked hangs on the
// answers to others.
#include "form/parse.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/japanese.hpp"
#include "form/read_value.hpp"

namespace kasane::form {
namespace {

using Sent = std::map<std::string_view, std::vector<std::string>>;

class Parse {
 public:
  Parse(const Form& form, const ParseOptions& options) : form_(form), options_(options) {}

  Parsed run(const Posted& posted) {
    Sent sent = sort_out(posted);
    start_from_before();
    faults_.resize(form_.fields.size());
    for (std::size_t at = 0; at < form_.fields.size(); ++at) {
      const Field& field = form_.fields[at];
      if (asked(field.key)) faults_[at] = read(field, sent[field.key]);
    }
    for (std::size_t at = 0; at < form_.fields.size(); ++at) note_error(form_.fields[at], faults_[at]);
    return std::move(parsed_);
  }

 private:
  bool asked(std::string_view key) const {
    return options_.only.empty() || std::ranges::find(options_.only, key) != options_.only.end();
  }

  Sent sort_out(const Posted& posted) {
    Sent sent;
    for (const auto& [key, value] : posted) {
      const Field* field = asked(key) ? form_.find(key) : nullptr;
      if (field)
        sent[field->key].push_back(value);
      else
        note_unknown(key);
    }
    return sent;
  }

  void note_unknown(std::string_view key) {
    std::string name = repair_utf8(key);
    auto& unknown = parsed_.unknown_keys;
    if (std::ranges::find(unknown, name) == unknown.end()) unknown.push_back(std::move(name));
  }

  void start_from_before() {
    if (!options_.before) return;
    for (const auto& [key, value] : options_.before->values()) {
      if (!asked(key) || !form_.find(key)) parsed_.answers.set(key, value);
    }
  }

  /// Sets the answer and what was typed; gives the fault, if there is one.
  std::optional<std::string> read(const Field& field, const std::vector<std::string>& typed) {
    std::vector<std::string> shown_again;
    for (const std::string& text : typed) shown_again.push_back(repair_utf8(text));
    parsed_.answers.set_typed(field.key, std::move(shown_again));
    if (field.kind != Kind::choices && typed.size() > 1) return sent_twice_message(field);
    auto value = field.kind == Kind::choices ? read_choices(field, typed)
                                             : read_value(field, typed.empty() ? std::string() : typed.front());
    if (!value) return value.error().message;
    Answers one;
    one.set(field.key, *value);
    if (newly_retired(field, one)) return retired_message(field);
    parsed_.answers.set(field.key, *std::move(value));
    return std::nullopt;
  }

  bool newly_retired(const Field& field, const Answers& answer) const {
    if (!field.codes || (field.kind != Kind::choice && field.kind != Kind::choices)) return false;
    return std::ranges::any_of(answer.codes(field.key), [&](const std::string& chosen) {
      const Code* code = field.codes->find(chosen);
      bool stood_before = options_.before && options_.before->chose(field.key, chosen);
      return code && code->retired && !stood_before;
    });
  }

  void note_error(const Field& field, const std::optional<std::string>& fault) {
    if (fault) {
      parsed_.errors.push_back({field.key, *fault});
      return;
    }
    bool missing = field.required && asked(field.key) && !parsed_.answers.has(field.key);
    if (missing && shown(form_, field, parsed_.answers)) parsed_.errors.push_back({field.key, missing_message(field)});
  }

  const Form& form_;
  const ParseOptions& options_;
  Parsed parsed_;
  std::vector<std::optional<std::string>> faults_;
};

}  // namespace

Parsed parse(const Form& form, const Posted& posted, const ParseOptions& options) {
  return Parse(form, options).run(posted);
}

}  // namespace kasane::form
