// What is replaced in a statement just before an engine prepares it.
#pragma once
#include <string>
#include <string_view>

#include "db/tx.hpp"

namespace kasane::db::detail {

/// {ids:$1} becomes a sub-select over the JSON list that id_list() makes. QueryError when it is written wrongly.
std::string expand_id_lists(std::string_view sql, Engine engine);

/// The first words of a statement, for error messages.
std::string shortened(std::string_view sql);

/// Misuse for a text that PostgreSQL would cut off (a NUL byte).
void require_storable(std::string_view text);

}  // namespace kasane::db::detail
