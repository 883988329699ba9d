// SQL of agencies. The pages ask programme/directory.hpp instead.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::programme {

struct AgencyRow {
  AgencyId id;
  std::string code;
  std::string name;
  bool active = true;
};

std::vector<AgencyRow> agency_rows(db::ReadTx& tx);
std::optional<AgencyRow> agency_row(db::ReadTx& tx, std::string_view code);
void add_agency(db::WriteTx& tx, const AgencyRow& row);
void set_agency(db::WriteTx& tx, const AgencyRow& row);

}  // namespace kasane::programme
