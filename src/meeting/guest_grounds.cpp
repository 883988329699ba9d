#include "meeting/guest_grounds.hpp"

#include <algorithm>

#include "meeting/guest_rules.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/kept_away.hpp"
#include "programme/statutes.hpp"

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

/// A consent that keeps agencies out opens to no guest of one of them, nor to one whom nobody has looked at with that in mind.
bool kept_out(const GuestFacts& link, const std::vector<Support>& supports) {
  const auto left_out = left_out_by(supports);
  if (left_out.empty()) return false;
  return !link.apart_on || (link.agency && std::find(left_out.begin(), left_out.end(), *link.agency) != left_out.end());
}

/// One ground for each consent, carried by the consent: a withdrawal shuts the guest out with everybody else. An item about
/// several opens on all of them together.
void give_by_consent(db::WriteTx& tx, const access::Actor& actor, const GuestFacts& link, const ItemHead& item, const std::vector<Support>& supports,
                     const std::string& basis, Date today) {
  for (const Support& support : supports) {
    if (link.kind == GuestKind::host_company && !support.topics.has_all(Topic::participation | Topic::plan)) continue;
    Ground g = ground_of(link, item.id.value, basis, today);
    g.person = support.person;
    g.topics = (link.topics & support.topics) | Topic::basic | Topic::meeting;
    g.until = std::min(link.until, support.until);
    g.source = support.consent.value;
    access::add_ground(tx, g, actor);
  }
}

/// The law on which an item of a meeting under another law rests, as the item wrote it down; the item's own words else.
std::string basis_without_conference(const Settings& city, const ItemHead& item) {
  constexpr std::string_view kLawCode = "law:";
  if (!item.ground_code.starts_with(kLawCode)) return item.ground_text;
  const std::string key = item.ground_code.substr(kLawCode.size());
  const programme::Statute* law = programme::statute_as_stored(city.m, key);
  return (law == nullptr ? item.ground_text : law->name()) + "（" + key + "）";
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
  // The article in the text version of the day; what the plan writes of the body stands beside it.
  const std::string plan = body == nullptr || body->legal_basis.empty() ? std::string() : "計画: " + body->legal_basis + "、";
  const std::string by_consent = "情報共有同意、" + programme::basis_text(city.m, programme::kConsent, today);
  const bool by_conference = item.function == programme::BodyFunction::support_conference_106_6;
  const std::string by_law = by_conference ? plan + programme::basis_text(city.m, programme::kSupportConference, today) : basis_without_conference(city, item);
  for (const GuestFacts& link : links) {
    if (link.until < today) continue;
    if (guest_needs_consent(link.kind, item) && kept_out(link, supports)) continue;
    if (guest_needs_consent(link.kind, item)) give_by_consent(tx, actor, link, item, supports, by_consent, today);
    else access::add_ground(tx, ground_of(link, item.id.value, by_law, today), actor);
  }
}

}  // namespace kasane::meeting
