// fails with: must hold $permit
#include "db/sql.hpp"

constexpr kasane::db::PermitSql kWrong = "SELECT pii_name FROM person WHERE id = 1";
