// Brings an opened database to the form that this program expects.
#pragma once
#include <vector>

#include "db/connection.hpp"
#include "db/migrations.hpp"

namespace kasane::db::detail {

/// `connection` is for this only and is closed afterwards. Applies what is missing, each file in one transaction, with its checksum in schema_migration. Several programs may
/// start at once. OpenError: a file was changed after it had been applied; the database is newer than the program;
/// a file fails.
void migrate(Connection& connection, const std::vector<Migration>& migrations);

/// The same OpenError for what is already applied, and nothing is changed.
void require_migratable(Connection& connection, const std::vector<Migration>& migrations);

}  // namespace kasane::db::detail
