// fails with: plain SQL names a personal column
#include "db/database.hpp"

using namespace kasane;

void wrong(db::ReadTx& tx) {
  tx.each("SELECT pii_name FROM person", {}, [](const db::Row&) {});
}
