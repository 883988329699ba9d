// For tests: what a search shows, by the address to which the posted words lead.
#pragma once
#include <string>
#include <string_view>

#include "programme/testing.hpp"

namespace kasane::people::testing {

/// The page, or the refusal of the words themselves.
inline web::Reply searched(programme::testing::TestCity& city, const programme::testing::Login& who, std::string_view words) {
  const web::Reply sent = city.post(who, "/households/search", {{"q", std::string(words)}});
  if (sent.status != 303) return sent;
  const std::string to(sent.header_value("Location"));
  return city.get(who, to.substr(to.find("/household-search")));
}

}  // namespace kasane::people::testing
