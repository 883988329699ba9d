// Two columns of which the second is what one wants to know first.
#pragma once
#include "html/html.hpp"

namespace kasane::html {

/// As two_columns() on wide screens; on a narrow one what stands beside the work comes before it.
Html side_first_columns(const Html& main, const Html& side);

}  // namespace kasane::html
