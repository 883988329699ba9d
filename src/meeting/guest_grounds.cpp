#include "meeting/guest_grounds.hpp"

#include <algorithm>

#include "meeting/guest_rules.hpp"
#include "meeting/guest_store.hpp"

namespace kasane::meeting {

using access::Ground;
using access::GroundKind;
using access::Topic;

namespace {

Ground ground_of(const GuestFacts& link, std::int64_t root, std::string basis, Date today) {
  Ground g;
  g.kind = GroundKind::guest;
  g.root = root;
  g.named = {link.id.value};
  g.topics = link.topics;
  g.from = today;
  g.until = link.until;
  g.basis = std::move(basis);
  g.source = link.id.value;
  return g;
}

/// One ground for each consent, carried by the consent: a withdrawal shuts the guest out with everybody else. An item about
/// several opens on all of them together.
void give_by_consent(db::WriteTx& tx, const access::Actor& actor, const GuestFacts& link, const ItemHead& item, const std::vector<Support>& supports, Date today) {
  for (const Support& support : supports) {
    if (link.kind == GuestKind::host_company && !support.topics.has_all(Topic::participation | Topic::plan)) continue;
    Ground g = ground_of(link, item.id.value, "情報共有同意", today);
    g.person = support.person;
    g.topics = (link.topics & support.topics) | Topic::basic | Topic::meeting;
    g.until = std::min(link.until, support.until);
    g.source = support.consent.value;
    access::add_ground(tx, g, actor);
  }
}

}  // namespace

void give_to_guests(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const ItemHead& item, const PacketState& packet) {
  const Date today = gate.today();
  access::end_grounds(tx, item.id.value, GroundKind::guest, today);
  if (packet.closed_at || item.state == ItemState::withdrawn) return;
  const auto links = store::guests_of(tx, item.id);
  if (links.empty()) return;
  const auto supports = supports_of(tx, gate, item, today);
  const auto* body = city.m.body(item.body);
  const std::string basis = body == nullptr || body->legal_basis.empty() ? item.ground_text : body->legal_basis;
  for (const GuestFacts& link : links) {
    if (link.until < today) continue;
    if (guest_needs_consent(link.kind, item)) give_by_consent(tx, actor, link, item, supports, today);
    else access::add_ground(tx, ground_of(link, item.id.value, basis, today), actor);
  }
}

}  // namespace kasane::meeting
