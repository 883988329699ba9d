// Look-ups in forms and code tables.
#include "form/field.hpp"

#include <algorithm>

namespace kasane::form {

const Code* CodeTable::find(std::string_view code) const {
  auto it = std::ranges::find(codes, code, &Code::code);
  return it == codes.end() ? nullptr : &*it;
}

std::string CodeTable::label(std::string_view code) const {
  const Code* found = find(code);
  return found ? found->label : std::string(code);
}

std::int64_t Field::longest() const {
  if (kind != Kind::number && max > 0) return max;
  return kind == Kind::long_text ? kMaxLongText : kMaxText;
}

const Field* Form::find(std::string_view wanted) const {
  auto it = std::ranges::find(fields, wanted, &Field::key);
  return it == fields.end() ? nullptr : &*it;
}

}  // namespace kasane::form
