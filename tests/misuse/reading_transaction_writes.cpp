// fails with: class kasane::db::ReadTx’ has no member named ‘run’
#include "db/database.hpp"

using namespace kasane;

void wrong(db::Database& database) {
  database.read([](db::ReadTx& tx) { tx.run("DELETE FROM shelf"); });
}
