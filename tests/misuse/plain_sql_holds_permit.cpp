// fails with: plain SQL holds $permit
#include "db/database.hpp"

using namespace kasane;

void wrong(db::ReadTx& tx) { tx.exists("SELECT 1 FROM person WHERE id = $permit"); }
