// Makers of the two kinds of database; for database.cpp and as_it_is.cpp only.
#pragma once
#include <memory>
#include <vector>

#include "db/database.hpp"

namespace kasane::db::detail {

std::unique_ptr<Database> open_sqlite(const Settings& settings, const std::vector<Migration>& migrations);
std::unique_ptr<Database> open_postgres(const Settings& settings, const std::vector<Migration>& migrations);

// See as_it_is.hpp.
std::unique_ptr<Database> open_sqlite_as_it_is(const Settings& settings);
std::unique_ptr<Database> open_postgres_as_it_is(const Settings& settings);
void require_openable_sqlite(const Settings& settings, const std::vector<Migration>& migrations);
void require_openable_postgres(const Settings& settings, const std::vector<Migration>& migrations);

}  // namespace kasane::db::detail
