// Looking at a database without bringing it to the form of this program: before an upgrade, for copies and checks.
#pragma once
#include <memory>

#include "db/database.hpp"

namespace kasane::db {

/// Opens what is there and applies no migration. OpenError: cannot be opened; a SQLite file that is not there is made.
std::unique_ptr<Database> open_as_it_is(const Settings& settings);

/// Whether open() would find a database that it can bring to its form, as far as that can be known beforehand; changes
/// nothing. OpenError: cannot be opened, is newer than this program, or holds a migration that was changed since.
void require_openable(const Settings& settings);
void require_openable(const Settings& settings, const std::vector<Migration>& migrations);

/// Reads from the database, and writes to its disk what nobody will find there. Throws as any read or write does.
void prove_serving(Database& database);

}  // namespace kasane::db
