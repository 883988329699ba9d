// Places for tests on a PostgreSQL server. Making a database takes a fifth of a second, so each process makes one and
// every test gets a schema in it; a schema that a test leaves is emptied and used again.
#pragma once
#include <string>
#include <string_view>

namespace kasane::db::detail {

/// Whether the environment's KASANE_TEST_PG names a server.
bool have_test_server();

/// Runs a statement as the server's owner.
void on_test_server(const std::string& sql);

/// The conninfo of a new schema without tables.
std::string empty_test_schema();
void drop_test_schema(const std::string& conninfo) noexcept;

/// The conninfo of a schema with these migrations applied and only their rows in it.
std::string migrated_test_schema(std::string_view migrations);
/// For the next test; dropped instead when it cannot be brought back to what it was.
void recycle_test_schema(const std::string& conninfo, std::string_view migrations) noexcept;

}  // namespace kasane::db::detail
