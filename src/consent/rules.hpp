// Pure decisions about consents: how a fact stands on a day, which one counts, what may be recorded.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "consent/model.hpp"
#include "programme/municipality.hpp"

namespace kasane::consent {

/// The dates of one recorded fact.
struct FactDates {
  Date given_on;
  bool refused = false;
  std::optional<Date> withdrawn_on;
  Date valid_until;  // inclusive
};

/// How this fact alone stands on that day; `none` before it was given.
Validity validity_on(const FactDates& fact, Date on);

/// A whole number that the folder gives as a word, of 1 to `most`; `usual` where it is none or out of bounds.
int number_word(const programme::Municipality& m, std::string_view key, int usual, int most);

/// What is wrong with a fact to record; empty when nothing is.
std::vector<FieldError> faults_of(const NewConsent& what, Date today);

/// The last day of a fact: as agreed, and no longer than somebody may answer for the person.
std::optional<Date> last_day_of(const NewConsent& what);

/// From which day on the end of a consent is shown: a month before, not before it was given.
Date renew_from(Date given_on, Date last_day);

/// What a sharing consent opens: the standard scope, or the chosen topics with basic, never without it.
access::Topics scope_of(const NewConsent& what);

/// "image/jpeg", "image/png", "application/pdf" by the first bytes; nothing for anything else.
std::optional<std::string> sheet_type(std::string_view bytes);

/// May a request go from one state to the other?
bool may_follow(RequestState from, RequestState to);
std::optional<RequestState> request_state(std::string_view code);

/// Why the body or the ground does not fit; empty when they do.
std::vector<FieldError> faults_of_ground(const programme::Body* body, std::string_view ground_code);

}  // namespace kasane::consent
