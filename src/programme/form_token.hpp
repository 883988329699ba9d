// The token of forms. Each page carries the session's secret under a fresh mask, so that compressed pages do not leak
// it piece by piece to somebody who can make them longer and shorter (BREACH).
#pragma once
#include <string>
#include <string_view>

namespace kasane::programme {

/// A masked token for one page.
std::string mask_form_token(std::string_view secret);
/// Whether a posted token is a mask of this secret.
bool is_form_token(std::string_view posted, std::string_view secret);

}  // namespace kasane::programme
