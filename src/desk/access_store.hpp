// SQL of the pages that explain access: staff by name and agency, a record by its printed number.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/tx.hpp"

namespace kasane::desk::store {

struct Staff {
  std::string name;
  std::vector<AgencyId> agencies;  // of all posts that it ever had
};
std::map<std::int64_t, Staff> staff(db::ReadTx& tx, const std::vector<AccountId>& accounts);

/// Household or case with this printed number (世R08-00012, R08-0001).
std::optional<std::int64_t> record_by_number(db::ReadTx& tx, const std::string& number);

}  // namespace kasane::desk::store
