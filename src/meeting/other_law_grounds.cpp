#include "meeting/other_law_grounds.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "consent/other_law_rules.hpp"
#include "meeting/item_grounds.hpp"
#include "meeting/item_steps.hpp"
#include "meeting/item_store.hpp"
#include "programme/statutes.hpp"

namespace kasane::meeting {

using access::Ground;
using access::GroundKind;

namespace {

/// Codes of grounds are the body's own; those of articles are told apart by this.
constexpr std::string_view kLawCode = "law:";

std::string law_text(const programme::Municipality& m, const std::string& versioned_key) {
  const programme::Statute* law = programme::statute_as_stored(m, versioned_key);
  return (law == nullptr ? std::string() : law->name()) + "（" + versioned_key + "）";
}

}  // namespace

bool rests_on_other_law(const ItemHead& item) {
  return item.function == programme::BodyFunction::other_law && item.household && item.ground_code.starts_with(kLawCode);
}

Result<> take_other_law(const Settings& city, const programme::Body& body, std::string_view key, Date today, ItemHead& head) {
  const bool about_household = body.function == programme::BodyFunction::other_law && head.household;
  if (key.empty()) return about_household ? invalid("law", body.name + "で世帯のことを扱うには、根拠となる会議を選んでください。") : Result<>();
  const programme::Statute* law = consent::meeting_law(city.m, key, today);
  if (law == nullptr || body.function != programme::BodyFunction::other_law) return invalid("law", body.name + "では、その法律を根拠にできません。");
  if (!head.household) return invalid("household_number", "どの世帯のことかを入力してください。");
  head.needs_consent = false;
  head.ground_code = std::string(kLawCode) + law->versioned_key();
  head.ground_text = law->name();
  return {};
}

void give_by_other_law(db::WriteTx& tx, const access::Actor& actor, const Settings& city, const ItemHead& item, const consent::OtherLaw& law, const Attendee& a,
                       Date today) {
  Ground g;
  g.kind = a.appointed_on ? GroundKind::appointment : GroundKind::other_law_meeting;
  g.root = item.id.value;
  g.named = {a.party};
  g.topics = consent::topics_under(law.topics, a.topics);
  g.from = a.appointed_on ? std::max(*a.appointed_on, today) : today;
  g.until = a.until;
  g.basis = law_text(city.m, law.basis);
  g.source = item.id.value;
  access::add_ground(tx, g, actor);
  if (a.scope != Scope::household) return;
  g.root = item.household->value;
  for (const PersonId person : law.persons) {
    g.person = person;
    access::add_ground(tx, g, actor);
  }
}

Result<> change_law(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const LawChange& in) {
  auto r = running(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (!rests_on_other_law(r->head)) return fail(ErrorCode::conflict, "この議題は、ほかの法律の会議によるものではありません。");
  if (r->head.version != in.version) return tl::unexpected(saved_by_other());
  if (auto taken = take_other_law(city, *r->body, in.key, gate.today(), r->head); !taken) return taken;
  if (auto kept = consent::rest_on_other_law(tx, gate, {city.m, city.dir}, {id, *r->head.household, in.key, in.persons, in.expectant}); !kept) return kept;
  access::set_persons(tx, {SubjectKind::agenda_item, id.value}, in.persons);
  if (!store::set_ground(tx, id, in.version, r->head.ground_code, r->head.ground_text)) return tl::unexpected(saved_by_other());
  give_grounds(tx, gate, actor, city, r->head, store::attendees_of(tx, id));
  return {};
}

}  // namespace kasane::meeting
