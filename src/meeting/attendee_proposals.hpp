// Who is asked to an item: proposed from who works with the household, whom the plan names, whom the goals of the plan are
// open to anyway, the area, the body's members and whom the city's plan requires. A proposal says nothing but in which of these
// ways somebody came to be proposed, not about which goal: what the household suffers from is never read for it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// The best reason first: an agency that comes by several is named with the first.
enum class AskedFor : std::uint8_t { required, involved, asked, plan_role, plan_goal, member, area };
std::string_view label_of(AskedFor why);

struct ProposedAttendee {
  AgencyId agency;
  AskedFor why = AskedFor::involved;
  bool sure = false;                // asked unless somebody takes it away; the others are offered
};

// --- pure ---

/// What proposals are made of.
struct AttendeeFacts {
  std::vector<AgencyId> required;   // 市, 多機関協働事業者: without them it cannot be held
  std::vector<AgencyId> team;       // work with the household today
  std::vector<AgencyId> asked;      // asked for the 支援会議
  std::vector<AgencyId> roles;      // have a role in the plan that the item is about
  std::vector<AgencyId> in_force;   // have one in a plan in force of its case
  std::vector<AgencyId> goals;      // see, on a consent, what a goal of these plans is about
  std::vector<AgencyId> excepted;   // left out by a 本人 of the household, whatever the item rests on: never by way of a plan
  std::vector<AgencyId> members;    // of the body
  std::vector<AgencyId> area;       // serve the area
  std::vector<AgencyId> left_out;   // whom a 本人 has left out, and whose involvement is itself a secret
  bool members_vary = false;        // the members are called per case: then they are offered only
};
std::vector<ProposedAttendee> propose(const AttendeeFacts& facts);

/// Agencies without whom the body cannot be held: of several that count, its hosts.
std::vector<std::string> required_agencies(const programme::Municipality& m, const programme::Body& body);
/// The body's members as the city's plan writes them: those that are agencies of the directory (by name or alias, with
/// 長 for the head of a section), and the others, who are invited by hand.
struct Members {
  std::vector<std::string> agencies;
  std::vector<std::string> by_hand;
};
Members members_of(const programme::Municipality& m, const programme::Body& body);

// --- from the record ---

/// For items of any number of households in the same few statements. The caller runs their bodies.
std::unordered_map<AgendaItemId, AttendeeFacts> attendee_facts(db::ReadTx& tx, access::Gate& gate, const Settings& city, const std::vector<ItemHead>& items,
                                                               Date on);
/// What the item gives to this agency as long as nobody says otherwise.
Attendee attendee_for(const Settings& city, const ItemHead& item, const AttendeeFacts& facts, AgencyId agency, Date held_on);
/// The sure ones, as attendees of a new item. Nobody for a plan whose consent was withdrawn.
std::vector<Attendee> first_attendees(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemHead& item, Date held_on);

/// These and nobody else, as attendees of a new item.
std::vector<Attendee> seats_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemHead& item, const std::vector<AgencyId>& agencies, Date held_on);

}  // namespace kasane::meeting
