// The words by which a household would be known in a text that is meant to name nobody.
#pragma once
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/common_issue_rules.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// Those by which the agency that keeps its register knows the household. They are compared with what was typed and shown
/// to nobody, so nothing of it is noted as read.
std::vector<std::string> words_of_register(db::ReadTx& tx, const access::Gate& gate, const Settings& city, HouseholdId id);

/// Those that the viewer knows, and those of the register.
Telling telling_words_of_household(db::ReadTx& tx, access::Gate& gate, const Settings& city, HouseholdId id);

}  // namespace kasane::meeting
