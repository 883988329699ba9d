// Names for constraints that SQLite reports only by their columns.
#pragma once
#include <sqlite3.h>

#include <string>

namespace kasane::db::detail {

/// The name of the broken constraint from SQLite's message (see ConstraintViolation).
std::string sqlite_constraint_name(sqlite3* db, int extended_code, std::string message);

}  // namespace kasane::db::detail
