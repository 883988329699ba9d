// Forms of the item page: question and attendees, outcome.
#pragma once
#include <vector>

#include "base/result.hpp"
#include "form/parse.hpp"
#include "meeting/item_service.hpp"
#include "meeting/outcome_service.hpp"
#include "meeting/page_parts.hpp"
#include "people/service.hpp"

namespace kasane::meeting {

/// Name of an attendee: agency, or the account's (looked up with the item).
struct AttendeeName {
  Attendee attendee;
  std::string name;
};

form::Form change_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<AttendeeName>& attendees);
form::Answers change_answers(const ItemView& item, const std::vector<AttendeeName>& attendees);
/// Reads the posted form. `adviser`: the account that the typed login names. Errors: invalid (adviser_login).
Result<ItemChange> read_change(const form::Answers& answers, const std::vector<AttendeeName>& attendees, const ItemView& item,
                               std::optional<AccountId> adviser);

form::Form outcome_form(const programme::Ctx& ctx, const ItemView& item, const std::vector<people::Member>& members);
Outcome read_outcome(const form::Answers& answers, const ItemView& item);

}  // namespace kasane::meeting
