// Makers of the two kinds of database; for database.cpp only.
#pragma once
#include <memory>
#include <vector>

#include "db/database.hpp"

namespace kasane::db::detail {

std::unique_ptr<Database> open_sqlite(const Settings& settings, const std::vector<Migration>& migrations);
std::unique_ptr<Database> open_postgres(const Settings& settings, const std::vector<Migration>& migrations);

}  // namespace kasane::db::detail
