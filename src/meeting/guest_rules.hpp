// Rules of guests, pure: who may be let in on what, and what a guest is shown.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "meeting/guest_model.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

struct NewGuest {
  GuestKind kind = GuestKind::outside;
  std::string name;
  std::string office;
  std::optional<Date> appointed_on;
  Date until;
  bool apart = false;               // is of no agency that the 本人 keeps out, as the inviter confirms
};

/// What keeps this guest out. On 106条の6 an outside person is appointed (委嘱), with its day; a 受入先 needs consent.
std::vector<FieldError> faults_of(const NewGuest& guest, const ItemHead& item, Date held_on, Date today);
/// Why no guest of this kind can be let in on an item with this consent; '' when nothing is in the way.
std::string why_no_guest(GuestKind kind, const ItemHead& item, const std::vector<Support>& supports);

/// What a guest of this kind is shown at most.
access::Topics guest_topics(GuestKind kind);
/// Whether the guest's ground is the consent of the 本人 (otherwise 106条の6).
bool guest_needs_consent(GuestKind kind, const ItemHead& item);
/// What of the item a guest sees: a 受入先 just the plans of participation, without question, findings and household.
ItemView for_guest(GuestKind kind, ItemView item);

/// Six digits out of random bytes, each number alike; nothing when these bytes would favour some.
std::optional<std::string> six_digits(std::uint32_t random);
/// As typed, without blanks and in ASCII digits.
std::string plain_code(std::string_view typed);

}  // namespace kasane::meeting
