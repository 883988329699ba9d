// Reading answers by kind, and turning them back into what one would type.
#include "form/answers.hpp"

#include <algorithm>
#include <utility>

namespace kasane::form {
namespace {

template <class T>
const T* get(const Value& value) {
  return std::get_if<T>(&value);
}

template <class T>
std::optional<T> copy(const Value& value) {
  const T* found = get<T>(value);
  return found ? std::optional<T>(*found) : std::nullopt;
}

struct AsTyped {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(bool yes) const { return std::string(yes ? kYes : kNo); }
  std::string operator()(const Date& date) const { return wareki(date); }
  std::string operator()(const PartialDate& date) const { return date.wareki(); }
  std::string operator()(const std::vector<std::string>& codes) const { return codes.empty() ? "" : codes.front(); }
};

bool unanswered(const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  if (const auto* text = get<std::string>(value)) return text->empty();
  if (const auto* codes = get<std::vector<std::string>>(value)) return codes->empty();
  return false;
}

}  // namespace

void Answers::set(std::string_view key, Value value) {
  if (unanswered(value)) {
    if (auto it = values_.find(key); it != values_.end()) values_.erase(it);
    return;
  }
  values_.insert_or_assign(std::string(key), std::move(value));
}

void Answers::set_typed(std::string_view key, std::vector<std::string> typed) {
  typed_.insert_or_assign(std::string(key), std::move(typed));
}

const Value& Answers::value(std::string_view key) const {
  static const Value nothing;
  auto it = values_.find(key);
  return it == values_.end() ? nothing : it->second;
}

const std::string& Answers::text(std::string_view key) const {
  static const std::string nothing;
  const auto* found = get<std::string>(value(key));
  return found ? *found : nothing;
}

std::optional<std::int64_t> Answers::number(std::string_view key) const { return copy<std::int64_t>(value(key)); }
std::optional<bool> Answers::yes(std::string_view key) const { return copy<bool>(value(key)); }
std::optional<Date> Answers::date(std::string_view key) const { return copy<Date>(value(key)); }
std::optional<PartialDate> Answers::partial_date(std::string_view key) const { return copy<PartialDate>(value(key)); }

std::vector<std::string> Answers::codes(std::string_view key) const {
  const Value& found = value(key);
  if (const auto* many = get<std::vector<std::string>>(found)) return *many;
  if (const auto* one = get<std::string>(found)) return {*one};
  return {};
}

bool Answers::chose(std::string_view key, std::string_view code) const {
  const Value& found = value(key);
  if (const bool* answer = get<bool>(found)) return code == (*answer ? kYes : kNo);
  if (const auto* one = get<std::string>(found)) return *one == code;
  if (const auto* many = get<std::vector<std::string>>(found)) return std::ranges::find(*many, code) != many->end();
  return false;
}

std::string Answers::typed(std::string_view key) const {
  if (auto it = typed_.find(key); it != typed_.end()) return it->second.empty() ? std::string() : it->second.front();
  return std::visit(AsTyped{}, value(key));
}

std::vector<std::string> Answers::typed_all(std::string_view key) const {
  if (auto it = typed_.find(key); it != typed_.end()) return it->second;
  return codes(key);
}

bool shown(const Form& form, const Field& field, const Answers& answers) {
  const Field* at = &field;
  for (std::size_t steps = 0; steps <= form.fields.size(); ++steps) {
    if (!at->shown_when) return true;
    if (!answers.chose(at->shown_when->key, at->shown_when->code)) return false;
    at = form.find(at->shown_when->key);
    if (at == nullptr) return false;
  }
  return false;
}

}  // namespace kasane::form
