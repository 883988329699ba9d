#include "programme/agency_store.hpp"

namespace kasane::programme {

namespace {
AgencyRow map(const db::Row& r) { return {r.id<AgencyTag>(0), r.text(1), r.text(2), r.i64(3) != 0}; }
}  // namespace

std::vector<AgencyRow> agency_rows(db::ReadTx& tx) {
  return tx.list<AgencyRow>(R"sql(SELECT id, code, name, active FROM agency ORDER BY id)sql", {}, map);
}

std::optional<AgencyRow> agency_row(db::ReadTx& tx, std::string_view code) {
  return tx.one<AgencyRow>(R"sql(SELECT id, code, name, active FROM agency WHERE code = $1)sql", db::params(code), map);
}

void add_agency(db::WriteTx& tx, const AgencyRow& row) {
  tx.run(R"sql(INSERT INTO agency (id, code, name, active) VALUES ($1, $2, $3, $4))sql",
         db::params(row.id, row.code, row.name, std::int64_t{row.active ? 1 : 0}));
}

void set_agency(db::WriteTx& tx, const AgencyRow& row) {
  tx.run(R"sql(UPDATE agency SET name = $2, active = $3 WHERE id = $1)sql",
         db::params(row.id, row.name, std::int64_t{row.active ? 1 : 0}));
}

}  // namespace kasane::programme
