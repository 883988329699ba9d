// The slice of a joint sitting that rests on another law's meeting: its attendees see that item and, of the household, the
// persons whom the law is about within its matters. Nobody sees it for running a body of the programme, and nobody of it
// sees the other slices.
#pragma once
#include <string_view>

#include "access/facts.hpp"
#include "consent/other_law_service.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

/// Whether the item rests on another law and not on consent or 106条の6.
bool rests_on_other_law(const ItemHead& item);
/// Puts the article under a new item; nothing for a body of the programme without a key. Errors: invalid (law: none for a
/// household before a body under another law, no such article, or the body is no meeting under another law; household).
Result<> take_other_law(const Settings& city, const programme::Body& body, std::string_view key, Date today, ItemHead& head);
/// What an attendee gets, until its packet closes.
void give_by_other_law(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const ItemHead& item, const consent::OtherLaw& law, const Attendee& attendee,
                       Date today);

struct LawChange {
  std::int64_t version = 0;
  std::string key;
  std::vector<PersonId> persons;
  std::vector<PersonId> expectant = {};  // noted as 特定妊婦
};
/// Another article, or other persons, for a waiting item that rests on another law. Errors: those of the gate;
/// not_permitted; stale; conflict; invalid (law, law_persons).
Result<> change_law(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const LawChange& in);

}  // namespace kasane::meeting
