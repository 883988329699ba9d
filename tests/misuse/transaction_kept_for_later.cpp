// fails with: use of deleted function
#include "db/database.hpp"

using namespace kasane;

void wrong(db::WriteTx& tx) {
  db::WriteTx kept = tx;
  kept.run("DELETE FROM shelf");
}
