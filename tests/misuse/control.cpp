// compiles: the right use of everything that the misuses beside it get wrong
#include "db/database.hpp"

using namespace kasane;

void right(db::Database& database) {
  database.write([](db::WriteTx& tx) { tx.run("UPDATE shelf SET label = $1", db::params("a")); });
  database.read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM shelf"); });
  [[maybe_unused]] const db::PermitSql one = "SELECT pii_name FROM person WHERE id = $permit";
  [[maybe_unused]] const db::ScopeSql many = "SELECT p.id, p.pii_name FROM person p WHERE {scope:p.id}";
}
