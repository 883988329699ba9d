// Migrations are SQL files compiled into the program: migrations/NNN_name.sql for a city's database,
// migrations/audit/NNN_name.sql for a file of read events. NNN_name.sqlite.sql and NNN_name.postgres.sql are for what
// truly differs and run only on that engine, after NNN_name.sql where there is one with the same number.
// Tokens: {{i64}} {{text}} {{blob}} {{bool}} {{strict}}; a table reads
//   CREATE TABLE t (id {{i64}} PRIMARY KEY, name {{text}} NOT NULL, done {{bool}} NOT NULL DEFAULT FALSE) {{strict}};
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "db/tx.hpp"

namespace kasane::db {

inline constexpr std::string_view kCityMigrations = "migrations/";
inline constexpr std::string_view kAuditMigrations = "migrations/audit/";

struct Migration {
  int version = 0;
  std::string name;  // file name without folder
  std::string sql;   // with tokens, as in the file
};

/// The embedded files directly in the folder `prefix` that concern the engine, by version and name.
/// OpenError for a file name without a number.
std::vector<Migration> migrations_for(std::string_view prefix, Engine engine);

/// Replaces the tokens. OpenError for an unknown one.
std::string expand_tokens(std::string_view sql, Engine engine);

/// 64 hexadecimal signs (SHA-256) of a migration's text.
std::string migration_checksum(std::string_view sql);

}  // namespace kasane::db
