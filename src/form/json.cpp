// Boost.JSON keeps the order in which keys are put in, so that sorted keys in give canonical bytes out.
#include "form/json.hpp"

#include <boost/json.hpp>
#include <limits>
#include <utility>

namespace kasane::form {
namespace {

namespace json = boost::json;

constexpr const char* kDate = "date";
constexpr const char* kPartialDate = "partial_date";

struct ToJson {
  json::value operator()(std::monostate) const { return nullptr; }
  json::value operator()(const std::string& text) const { return json::string(text); }
  json::value operator()(std::int64_t number) const { return number; }
  json::value operator()(bool yes) const { return yes; }
  json::value operator()(const Date& date) const { return json::object{{kDate, date.iso()}}; }
  json::value operator()(const PartialDate& date) const { return json::object{{kPartialDate, date.text()}}; }
  json::value operator()(const std::vector<std::string>& codes) const {
    return json::array(codes.begin(), codes.end());
  }
};

tl::unexpected<Error> unreadable() { return fail(ErrorCode::invalid, "保存された回答を読み取れません。"); }
tl::unexpected<Error> unreadable(std::string_view key) {
  return invalid(std::string(key), "保存された回答を読み取れません。");
}

template <class Int>
std::optional<Int> whole(const json::value* value) {
  if (!value || !value->is_int64()) return std::nullopt;
  std::int64_t number = value->get_int64();
  if (number < std::numeric_limits<Int>::min() || number > std::numeric_limits<Int>::max()) return std::nullopt;
  return static_cast<Int>(number);
}

std::string_view text_of(const json::string& text) { return {text.data(), text.size()}; }
std::string_view key_of(const json::key_value_pair& pair) { return {pair.key().data(), pair.key().size()}; }

std::optional<Value> dated(const json::object& object) {
  if (object.size() != 1 || !object.begin()->value().is_string()) return std::nullopt;
  std::string_view kind = key_of(*object.begin());
  std::string_view text = text_of(object.begin()->value().get_string());
  if (kind == kDate) {
    if (auto date = Date::from_iso(text)) return Value(*date);
  } else if (kind == kPartialDate) {
    if (auto date = PartialDate::from_text(text)) return Value(*date);
  }
  return std::nullopt;
}

std::optional<Value> code_list(const json::array& array) {
  std::vector<std::string> codes;
  for (const json::value& code : array) {
    if (!code.is_string()) return std::nullopt;
    codes.emplace_back(text_of(code.get_string()));
  }
  return Value(std::move(codes));
}

/// Nothing for a value of no kind that an answer can have.
std::optional<Value> answer(const json::value& value) {
  if (value.is_string()) return Value(std::string(text_of(value.get_string())));
  if (value.is_bool()) return Value(value.get_bool());
  if (value.is_int64()) return Value(value.get_int64());
  if (value.is_object()) return dated(value.get_object());
  if (value.is_array()) return code_list(value.get_array());
  return std::nullopt;
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found ? found->if_object() : nullptr;
}

json::object versions_of_codes(const Form& form, const Answers& answers) {
  std::map<std::string_view, int> versions;
  for (const Field& field : form.fields) {
    if (field.codes && answers.has(field.key)) versions[field.codes->key] = field.codes->version;
  }
  json::object object;
  for (auto [key, version] : versions) object.emplace(key, version);
  return object;
}

}  // namespace

std::string to_json(const Form& form, const Answers& answers) {
  json::object values;
  for (const auto& [key, value] : answers.values()) values.emplace(key, std::visit(ToJson{}, value));
  json::object whole_text;
  whole_text.emplace("form", form.key);
  whole_text.emplace("version", form.version);
  whole_text.emplace("codes", versions_of_codes(form, answers));
  whole_text.emplace("answers", std::move(values));
  return json::serialize(whole_text);
}

Result<StoredAnswers> from_json(std::string_view text) {
  boost::system::error_code failed;
  json::value parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) return unreadable();
  const json::object& root = parsed.get_object();
  const json::value* key = root.if_contains("form");
  auto version = whole<int>(root.if_contains("version"));
  const json::object* codes = object_at(root, "codes");
  const json::object* values = object_at(root, "answers");
  if (!key || !key->is_string() || !version || !codes || !values) return unreadable();

  StoredAnswers stored{std::string(text_of(key->get_string())), *version, {}, {}};
  for (const auto& pair : *codes) {
    auto number = whole<int>(&pair.value());
    if (!number) return unreadable(key_of(pair));
    stored.code_versions.emplace(key_of(pair), *number);
  }
  for (const auto& pair : *values) {
    auto value = answer(pair.value());
    if (!value) return unreadable(key_of(pair));
    stored.answers.set(key_of(pair), *std::move(value));
  }
  return stored;
}

}  // namespace kasane::form
