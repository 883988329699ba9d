// Guests, from the host's side and from their own. A link is made for one named person and one item; the address holds
// nothing but a random token, the code is told by telephone. Each look is audited under the link's id.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/guest_rules.hpp"

namespace kasane::meeting {

// --- the host ---

/// Shown once, kept nowhere.
struct Handed {
  GuestLinkId id;
  std::string token;
  std::string code;  // six digits
  std::string body;  // that the item is before: its secrecy stands on the paper
};
/// `key`: the city's key, with which codes are hashed. Act guest.invited(kind). Errors: those of the gate; not_permitted
/// (the viewer does not run the body); conflict (no ground for such a guest, packet closed, item over); invalid (name, office,
/// apart, appointed_on, until). Who guards somebody of the household against this person, or against the agency he is of, is told.
Result<Handed> invite_guest(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const std::string& key, AgendaItemId item,
                            const NewGuest& guest);
/// Agencies that get nothing of this item on consent, by the will of the 本人.
std::vector<AgencyId> kept_from_guests(db::ReadTx& tx, access::Gate& gate, const ItemHead& item);
/// A new address and code; the old ones open nothing any more. Errors: those of the gate; stale; conflict (revoked).
Result<Handed> hand_anew(db::WriteTx& tx, access::Gate& gate, const std::string& key, GuestLinkId id, std::int64_t version);
/// Errors: those of the gate; stale (also when it was taken back already).
Result<> revoke_guest(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, GuestLinkId id, std::int64_t version);
/// What came back on paper, typed by the host. `version`: of the link as the host saw it, so that an answer which came
/// meanwhile is read before another takes its place. Errors: those of the gate; invalid (answer); stale.
Result<> type_answer(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id, std::string_view answer,
                     std::optional<std::int64_t> version = {});
/// The host has read the answer; reading twice is reading once. Errors: those of the gate.
Result<> read_answer(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, GuestLinkId id);
/// Errors: not_found.
Result<GuestLink> guest_link(db::ReadTx& tx, access::Gate& gate, GuestLinkId id);
std::vector<GuestLink> guests_of(db::ReadTx& tx, access::Gate& gate, AgendaItemId item);

// --- the guest ---

inline constexpr UtcMs kGuestIdle = 30 * 60'000;      // 30 minutes
inline constexpr UtcMs kGuestLongest = 4 * 3'600'000;  // four hours

/// Who a guest is to the decision: a party of its own, which the grounds of its link name.
access::Viewer guest_viewer(GuestLinkId id);
/// The link of this token while it opens: not taken back, locked, over or closed. Nothing otherwise, alike.
std::optional<GuestFacts> open_link(db::ReadTx& tx, std::string_view token, UtcMs now);
/// The sitting to which the guest is asked, for a calendar: body, day, time and place. Also when it was cancelled, or its item
/// taken off, while the link itself would still open: then it is one that does not take place for the guest. Nothing otherwise.
struct GuestSitting {
  GuestLinkId link;
  Session session;
  int minutes = 0;
  bool asking = false;              // its day is still being asked about
};
/// The sitting as far as the guest is asked to it: the body of the item and, in a joint sitting, the time of its part.
Session part_of_guest(db::ReadTx& tx, const ItemHead& head, Session session);
/// With the session so cut.
std::optional<GuestSitting> sitting_of_guest(db::ReadTx& tx, std::string_view token, UtcMs now);
/// What the calendar's address bears beside the token: shown to who has entered the code, good as long as the link.
std::string calendar_key(const std::string& city_key, GuestLinkId link);
/// Lets the guest in with the code: the secret of a short session. Each call spends a try. Nothing for a wrong code.
std::optional<std::string> enter(db::WriteTx& tx, const std::string& key, const GuestFacts& link, std::string_view code, UtcMs now);
/// Whether this secret is an open session of this link; keeps it awake.
bool is_inside(db::WriteTx& tx, GuestLinkId link, std::string_view session, UtcMs now);
void acknowledge_as_guest(db::WriteTx& tx, const GuestFacts& link, Date on);
/// One line, kept with the item; a later one takes the place of the earlier. Tells the host (due guest.answered).
/// Errors: invalid (answer: empty, or longer than kLongestAnswer).
inline constexpr std::size_t kLongestAnswer = 500;  // characters
Result<> answer_as_guest(db::WriteTx& tx, access::Trail& trail, const GuestFacts& link, std::string_view answer, UtcMs now);

}  // namespace kasane::meeting
