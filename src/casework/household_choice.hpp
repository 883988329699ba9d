// Choosing a household among those that the viewer knows: by search, or one of the last. Search words are posted, never
// part of an address.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "html/kit.hpp"
#include "people/search.hpp"
#include "programme/context.hpp"

namespace kasane::casework {

struct HouseholdChoice {
  std::string path;                             // of this page, within the city; the search is posted there as step=search
  std::string query;
  std::optional<people::SearchResult> hits;     // nothing: the last households are offered
  std::string none_found;                       // what to do when nothing was found
  /// What stands beside a household, and the person where one was found; `number` tells it from the others.
  std::function<html::Html(HouseholdId, const std::optional<PersonId>&, const std::string& number)> action;
};
/// The box to search with, and below it what was found.
html::Html household_choice(programme::Ctx& ctx, const HouseholdChoice& choice);

}  // namespace kasane::casework
