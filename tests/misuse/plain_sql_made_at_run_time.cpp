// fails with: (could not convert|no matching function|cannot convert|is not a constant expression|no known conversion)
#include <string>

#include "db/database.hpp"

using namespace kasane;

void wrong(db::ReadTx& tx, const std::string& typed) { tx.exists(("SELECT 1 FROM person WHERE name = '" + typed + "'").c_str()); }
