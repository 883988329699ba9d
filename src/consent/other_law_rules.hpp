// Pure decisions about items that rest on a meeting under another law: whom the law is about, and what its slice shows.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "access/model.hpp"
#include "base/date.hpp"
#include "programme/statutes.hpp"

namespace kasane::consent {

/// The article of this key where a meeting may rest on it on that day; nullptr else.
const programme::Statute* meeting_law(const programme::Municipality& m, std::string_view key, Date on);

/// Whole years on that day by a birth as stored ("1950", "1950-04", "1950-04-02"), the least that it can be; nothing where it
/// is not known.
std::optional<int> least_age(std::string_view birth, Date on);
/// What of somebody and the home counts for whether a law is about that person.
struct OfHome {
  std::optional<int> age;
  bool child_at_home = false;      // a child lives there, the person or another
  bool expectant = false;          // noted as 特定妊婦
};
/// Whole years below which somebody is a child (児童福祉法4条).
inline constexpr int kGrownUp = 18;
/// Is the law about somebody? Where it is about an age and none is known, it is not: nothing is opened on a guess. One that is
/// about homes with a child (児童福祉法25条の2: the child, who brings it up, 特定妊婦) is about everybody there.
bool is_about(const programme::Statute& law, const OfHome& who);

/// What of an attendee's topics the law's slice shows: who it is about and what is asked, and of the rest what the law is
/// about.
access::Topics topics_under(access::Topics law, access::Topics attendee);

}  // namespace kasane::consent
