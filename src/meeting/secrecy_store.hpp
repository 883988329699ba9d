// SQL of acknowledged secrecy: who, before which body, in which fiscal year. Nothing of any case.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::meeting::store {

std::optional<Date> acknowledged_on(db::ReadTx& tx, AccountId account, const std::string& body, FiscalYear year);
/// The first time counts.
void acknowledge(db::WriteTx& tx, AccountId account, const std::string& body, FiscalYear year, Date on, const std::string& wording);

struct Acknowledged {
  std::string body;
  std::string name;  // of the account, or of who got a packet on paper
  Date on;
};
/// With those who got papers of it. At most 500, by body and day.
std::vector<Acknowledged> acknowledged_in(db::ReadTx& tx, FiscalYear year);

}  // namespace kasane::meeting::store
