// Where consent stands for many households at once: for lists of what waits, which never ask the database once per line.
#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "consent/model.hpp"
#include "db/tx.hpp"

namespace kasane::consent {

/// As states() for each of the households, in two statements; households without any fact are not in it. Plain facts: the
/// caller has passed a permit or a scope for what it shows of them.
std::unordered_map<HouseholdId, std::vector<PersonConsent>> states_of_households(db::ReadTx& tx, const std::vector<HouseholdId>& households, Date on);
/// What is missing, in words for staff; '' when sharing stands.
std::string_view why_sharing_does_not_stand(Validity validity);

}  // namespace kasane::consent
