// The grounds of an item's guests: given anew together with those of its attendees, so that closing a packet, changing an
// item and withdrawing a consent reach guests as they reach everybody else.
#pragma once
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "db/tx.hpp"
#include "meeting/guest_model.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/packet_model.hpp"

namespace kasane::meeting {

/// Ends what guests had of this item and gives it to those whose links stand; to nobody while its packet is closed.
void give_to_guests(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item, const PacketState& packet);

}  // namespace kasane::meeting
