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
/// Is the law about somebody of this age? Where it is about an age and none is known, it is not: nothing is opened on a
/// guess.
bool is_about(const programme::Statute& law, std::optional<int> age);

/// What of an attendee's topics the law's slice shows: who it is about and what is asked, and of the rest what the law is
/// about.
access::Topics topics_under(access::Topics law, access::Topics attendee);

}  // namespace kasane::consent
