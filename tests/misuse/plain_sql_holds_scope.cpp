// fails with: plain SQL holds {scope:...}
#include "db/database.hpp"

using namespace kasane;

void wrong(db::ReadTx& tx) { tx.number("SELECT count(*) FROM person p WHERE {scope:p.id}"); }
