// fails with: plain SQL names a personal column
#include "db/database.hpp"

using namespace kasane;

void wrong(db::WriteTx& tx) { tx.run("UPDATE person SET PII_NAME = ''"); }
