// Preparation sheets: who writes one, what it is prefilled with, and what waits for it. It never blocks anything.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/note_service.hpp"
#include "meeting/preparation_model.hpp"

namespace kasane::meeting {

/// Who writes: the owner of the case where it is asked to the item (and its being involved is no secret), else the host.
AgencyId sheet_owner(db::ReadTx& tx, const ItemHead& item, const std::vector<Attendee>& attendees);

struct Preparation {
  ItemView item;
  std::optional<Sheet> sheet;       // as stored; nothing while nobody wrote one that the viewer may read
  bool held_back = false;           // somebody was asked since: read by its owner alone until it is saved again
  AgencyId owner;
  bool may_write = false;           // the viewer belongs to the owner, and the sitting was not held
  bool may_answer = false;          // the viewer may add a line
  std::vector<Note> answers;        // of the others, before the sitting
};
/// For whoever may open the item. Errors: those of the gate.
Result<Preparation> preparation(db::ReadTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id);
/// What the sheet is prefilled with, for who writes it: of the record nothing that the least entitled attendee may not read.
SheetText prefilled(db::ReadTx& tx, access::Gate& gate, const Settings& city, const ItemView& item);

/// `version` 0: nobody has written it yet. Whoever lacks a topic that the draft or the text takes from the record does not see
/// the sheet. Settles 「会議の準備シートを書く」. Errors: those of the gate; not_permitted (another
/// agency writes); conflict (the sitting was held, the item was taken off); stale; invalid (picture, doing, trouble, ask: too
/// long; all empty).
Result<> write_sheet(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                     const SheetText& text);

/// Lets the owner know until the day of the sitting, unless it was written; called when the item, its attendees or the day
/// changes.
void await_sheet(db::WriteTx& tx, const access::Actor& actor, const ItemHead& item, const std::vector<Attendee>& attendees, Date held_on);
/// The attendees have changed. Who was asked since the sheet was written, or now gets less of the household, was not thought of
/// in it: unless nothing of the household is kept from that attendee, the sheet goes back to who wrote it and is hidden from
/// everybody else until it is saved again. Lets the owner know.
void follow_attendees(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item,
                      const std::vector<Attendee>& before, const std::vector<Attendee>& after, Date held_on);
/// Nobody is waited for any more: the sitting was held.
void rest_sheet(db::WriteTx& tx, const access::Actor& actor, AgendaItemId id);

}  // namespace kasane::meeting
