// Reading one typed text as the answer to one field.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "form/field.hpp"

namespace kasane::form {

/// The answer to a field of any kind but choices; an unanswered Value for an empty or blank text. The error's message
/// names the field by its label.
Result<Value> read_value(const Field& field, std::string_view typed);
/// The codes that were ticked, each once, in the order of the table.
Result<Value> read_choices(const Field& field, const std::vector<std::string>& typed);

/// 「…」を入力してください。 or 選んでください。
std::string missing_message(const Field& field);
std::string retired_message(const Field& field);
std::string sent_twice_message(const Field& field);

}  // namespace kasane::form
