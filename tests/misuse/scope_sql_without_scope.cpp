// fails with: must hold {scope:...}
#include "db/sql.hpp"

constexpr kasane::db::ScopeSql kWrong = "SELECT p.id, p.pii_name FROM person p";
