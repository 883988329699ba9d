// fails with: PersonalKey::PersonalKey\(\)’? is private
#include "db/row.hpp"

std::string_view wrong(const kasane::db::Row& row) { return row.raw_text(0, kasane::db::PersonalKey{}); }
