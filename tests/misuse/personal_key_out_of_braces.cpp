// fails with: (is private|private within this context|no matching function)
#include "db/row.hpp"

std::string_view wrong(const kasane::db::Row& row) { return row.raw_text(0, {}); }
