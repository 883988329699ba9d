// Each check looks at one field and gives at most one fault.
#include "form/check.hpp"

#include <algorithm>
#include <optional>

namespace kasane::form {
namespace {

using Fault = std::optional<std::string>;

Fault key_fault(const Form& form, const Field& field) {
  bool plain =
      !field.key.empty() && field.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  if (!plain) return "キーは英小文字、数字、下線だけで書きます。";
  if (std::ranges::count(form.fields, field.key, &Field::key) > 1) return "同じキーの項目が二つあります。";
  return std::nullopt;
}

Fault label_fault(const Form&, const Field& field) {
  if (field.label.empty() && field.kind != Kind::hidden) return "項目名がありません。";
  return std::nullopt;
}

bool has_codes(const Field& field) { return field.kind == Kind::choice || field.kind == Kind::choices; }

Fault codes_fault(const Form&, const Field& field) {
  if (has_codes(field) && (!field.codes || field.codes->codes.empty())) return "選択肢がありません。";
  if (!has_codes(field) && field.codes) return "選択肢を使わない種類の項目に選択肢があります。";
  return std::nullopt;
}

Fault bounds_fault(const Form&, const Field& field) {
  if (field.max < 0 && field.kind != Kind::number) return "長さの上限が負の数です。";
  if (field.kind == Kind::number && field.max > 0 && field.min > field.max) return "下限が上限より大きくなっています。";
  return std::nullopt;
}

bool can_be_answered(const Field& field, const std::string& code) {
  if (field.kind == Kind::yes_no) return code == kYes || code == kNo;
  if (has_codes(field)) return field.codes && field.codes->find(code);
  return field.kind == Kind::hidden;
}

Fault condition_fault(const Form& form, const Field& field) {
  if (!field.shown_when) return std::nullopt;
  const Field* other = form.find(field.shown_when->key);
  if (!other) return "表示の条件にある項目がありません。";
  if (!can_be_answered(*other, field.shown_when->code)) return "表示の条件にある答えは選べません。";
  for (std::size_t steps = 0; other && other->shown_when; ++steps) {
    if (steps > form.fields.size()) return "表示の条件が堂々巡りになっています。";
    other = form.find(other->shown_when->key);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> faults_of(const Form& form) {
  std::vector<std::string> faults;
  for (const Field& field : form.fields) {
    for (auto* check : {key_fault, label_fault, codes_fault, bounds_fault, condition_fault}) {
      if (Fault fault = check(form, field)) faults.push_back(field.key + "：" + *fault);
    }
  }
  return faults;
}

}  // namespace kasane::form
