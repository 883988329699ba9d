// Who reaches an item: the agencies that run its body, and its attendees until their packets close. Used by sessions
// and items; callers have passed the door.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// A sharing consent on which an item rests.
struct Support {
  ConsentId consent;
  PersonId person;
  access::Topics topics;
  std::vector<AgencyId> exceptions;
  Date until = *Date::from_iso(access::kForever);  // inclusive: the consent's own last day
};
/// Consents that stand on that day of those whom the item is about; before it is made, of the 本人 of its case (or, without
/// a case, of the household).
std::vector<Support> supports_of(db::ReadTx& tx, access::Gate& gate, const ItemHead& item, Date on);
/// Whether each of those whom the item is about consents.
bool each_consents(db::ReadTx& tx, const ItemHead& item, const std::vector<Support>& supports);

/// Ends what the item gave until now and gives it to those who run the body and to these attendees; nothing once it was
/// withdrawn. What rests on consent ends by itself with the withdrawal of any of those whom the item is about.
void give_grounds(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item,
                  const std::vector<Attendee>& attendees);
/// Another day of the session: packets close as many days later.
void move_packets(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id,
                  const Session& session, int by_days);
/// Withdrawn from the agenda: attendees see it no more, its ground request waits again, due items are settled.
void take_off(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, AgendaItemId id);

}  // namespace kasane::meeting
