// The choice of another law's meeting on which an item rests.
#pragma once
#include "form/field.hpp"
#include "programme/context.hpp"

namespace kasane::meeting {

/// 「根拠となる会議」: articles of the folder on which such a meeting may rest.
form::Field law_field(const programme::Ctx& ctx, bool required);

}  // namespace kasane::meeting
