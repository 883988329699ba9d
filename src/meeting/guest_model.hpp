// Guests: one named outside person and the packet of one item, by a link with a second factor, without an account.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "access/model.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace kasane::meeting {

/// A school, a doctor, a commissioner; or a 受入先, which gets participation content on consent only.
enum class GuestKind : std::uint8_t { outside, host_company };
std::string_view code_of(GuestKind kind);
std::string_view label_of(GuestKind kind);
std::optional<GuestKind> parse_guest_kind(std::string_view code);

/// Wrong codes after which a link opens no more; a new address and code start anew.
inline constexpr int kMostTries = 5;

/// A link as stored, without who it is for and what was answered. Plain facts.
struct GuestFacts {
  GuestLinkId id;
  AgendaItemId item;
  GuestKind kind = GuestKind::outside;
  std::optional<Date> appointed_on;
  Date until;
  access::Topics topics;
  int tries = 0;
  Date made_on;
  std::optional<Date> secrecy_on;
  std::optional<Date> revoked_on;
  std::optional<UtcMs> answered_at;
  std::optional<AccountId> answered_by;  // who typed it from paper; nothing: the guest
  std::optional<Date> read_on;
  std::int64_t version = 1;
  std::optional<AgencyId> agency;        // whose name was given as office
  std::optional<Date> apart_on;          // confirmed to be of no agency that the 本人 keeps out

  bool locked() const { return tries >= kMostTries; }
  /// Whether the link itself still opens; the ground of its item decides besides.
  bool usable_on(Date day) const { return !revoked_on && !locked() && day <= until; }
};
struct GuestLink {
  GuestFacts facts;
  Personal<std::string> name;
  Personal<std::string> office;
  Personal<std::string> answer;
};

}  // namespace kasane::meeting
