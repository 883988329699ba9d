// Two agencies by telephone, noted in a minute: where the city's rules count it as a 支援会議 of 106条の6, one form makes the
// sitting, its item, who was there and what was agreed.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

struct PhoneTalk {
  std::string body;               // of 106条の6
  HouseholdId household;
  std::vector<AgencyId> with;     // besides the viewer's own
  Date on;
  std::string at_time;            // "13:30"; ''
  std::string ground_code;        // of the body
  std::string reason;             // why it could not wait for a consent
  std::string agreed;             // what was agreed: the policy and the minute
};
/// Bodies of 106条の6 for which the city counts talks by telephone.
std::vector<const programme::Body*> phone_bodies(const programme::Municipality& m);
/// The item, treated, in a sitting that was held by telephone; only those who talked are its attendees. Errors: those of the
/// gate; not_permitted (the viewer does not run the body); conflict (the city does not count it); invalid (body, with, held_on,
/// ground_code, reason, agreed).
Result<AgendaItemId> record_phone_talk(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const PhoneTalk& talk);

}  // namespace kasane::meeting
