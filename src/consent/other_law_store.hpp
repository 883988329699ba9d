// SQL of items that rest on a meeting under another law.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/model.hpp"
#include "db/tx.hpp"

namespace kasane::consent::store {

struct OtherLawRow {
  std::string basis;
  access::Topics topics;
  std::vector<PersonId> persons;
  std::vector<PersonId> expectant;  // of these
};
void put_other_law(db::WriteTx& tx, AgendaItemId item, const OtherLawRow& row);
std::optional<OtherLawRow> load_other_law(db::ReadTx& tx, AgendaItemId item);

}  // namespace kasane::consent::store
