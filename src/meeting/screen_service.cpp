#include "meeting/screen_service.hpp"

#include <algorithm>
#include <set>

#include "meeting/guest_service.hpp"
#include "meeting/guest_store.hpp"
#include "meeting/item_service.hpp"
#include "meeting/live_service.hpp"
#include "meeting/live_store.hpp"
#include "meeting/note_service.hpp"
#include "meeting/packet_rules.hpp"
#include "meeting/packet_service.hpp"
#include "meeting/poll_store.hpp"
#include "programme/account_store.hpp"

namespace kasane::meeting {

namespace {

struct Looking {
  db::ReadTx& tx;
  access::Gate& gate;  // of the host
  const Settings& city;
  AgendaItemId item;
};

/// Who sits there for an agency: its staff, or somebody of it who was appointed for the item by name.
std::vector<access::Viewer> sitting_for(const Looking& look, AgencyId agency) {
  std::vector<access::Viewer> viewers{viewer_of(look.tx, look.city, agency.value, look.gate.today())};
  for (const Attendee& a : store::attendees_of(look.tx, look.item)) {
    if (!look.city.dir.code(AgencyId(a.party)).empty()) continue;
    access::Viewer person = viewer_of(look.tx, look.city, a.party, look.gate.today());
    if (person.in_agency(agency)) viewers.push_back(std::move(person));
  }
  return viewers;
}

/// Notes of `all` that are also among `theirs`; who took something is named only where both may know.
void keep_common(std::vector<Note>& all, const std::vector<Note>& theirs) {
  std::erase_if(all, [&](Note& mine) {
    const auto same = std::find_if(theirs.begin(), theirs.end(), [&](const Note& n) { return n.id == mine.id; });
    if (same == theirs.end() || same->text.shown().empty()) return true;
    if (!same->taker) mine.taker = {};
    return false;
  });
}

/// Whoever sits there and is no agency's: adviser, appointed expert, guest of a link that was not taken back.
std::vector<RoomPerson> persons_of(const Looking& look, SessionId session, const std::vector<AgencyId>& there, const std::set<std::int64_t>& away) {
  std::vector<RoomPerson> all;
  for (const Attendee& a : store::attendees_of(look.tx, look.item)) {
    if (!look.city.dir.code(AgencyId(a.party)).empty()) continue;
    const access::Viewer person = viewer_of(look.tx, look.city, a.party, look.gate.today());
    if (std::any_of(there.begin(), there.end(), [&](AgencyId agency) { return person.in_agency(agency); })) continue;
    all.push_back({a.party, store::account_name(look.tx, AccountId(a.party)).value_or(std::string()), away.contains(a.party)});
  }
  const auto known = guests_of(look.tx, look.gate, look.item);
  for (const GuestFacts& link : store::guests_of(look.tx, look.item)) {
    if (link.until < look.gate.today()) continue;
    const auto named = std::find_if(known.begin(), known.end(), [&](const GuestLink& g) { return g.facts.id == link.id; });
    const std::string name = named == known.end() ? std::string() : named->name.shown();
    all.push_back({link.id.value, name.empty() ? std::string("リンクで招いた人") : name, away.contains(link.id.value)});
  }
  // Invited by name, without an account, and without a link to this item: nothing is known of its right, so it has none.
  for (const Invitee& i : store::invitees(look.tx, session))
    if (!i.agency && std::none_of(known.begin(), known.end(), [&](const GuestLink& g) { return g.facts.usable_on(look.gate.today()) && g.office.shown() == i.office; }))
      all.push_back({i.id, i.office, away.contains(i.id), false, true});
  return all;
}

/// What a person sees by its own posts, or by its link. A 受入先 is shown parts of the packet only: never the screen.
std::optional<access::Viewer> person_viewer(const Looking& look, const RoomPerson& person) {
  if (person.office) return std::nullopt;
  const auto link = store::guest(look.tx, GuestLinkId(person.party));
  if (!link) return viewer_of(look.tx, look.city, person.party, look.gate.today());
  if (link->kind == GuestKind::host_company) return std::nullopt;
  return guest_viewer(link->id);
}

/// Cuts the screen to what this reader may see; false where it may not see the item.
bool cut_to(const Looking& look, const access::Viewer& viewer, Screen& screen, ScreenReader& reader) {
  access::Trail trail;
  trail.action("meeting.screen");
  access::Gate gate(look.tx, viewer, look.gate.now(), trail);
  if (!gate.may(look.item, access::Act::read)) return false;
  auto view = item(look.tx, gate, look.city, look.item);
  if (!view) return false;
  screen.item = narrowed(std::move(*view), screen.item);
  keep_common(screen.notes, notes_of(look.tx, gate, look.item));
  reader.opens = true;
  reader.trail = std::move(trail);
  return true;
}

void fill(const Looking& look, Screen& screen) {
  auto own = item(look.tx, look.gate, look.city, look.item);
  if (!own) return;
  screen.item = std::move(*own);
  screen.notes = notes_of(look.tx, look.gate, look.item);
  screen.open = true;
  const auto there = there_for(look.tx, screen.session.id, screen.body);
  for (const AgencyId agency : there) {
    ScreenReader reader{agency.value};
    for (const access::Viewer& viewer : sitting_for(look, agency))
      if (cut_to(look, viewer, screen, reader)) break;
    screen.open = screen.open && reader.opens;
    screen.readers.push_back(std::move(reader));
  }
  screen.persons = persons_of(look, screen.session.id, there, store::away(look.tx, screen.session.id));
  for (RoomPerson& person : screen.persons) {
    if (person.away) continue;
    ScreenReader reader{person.party, true};
    if (const auto viewer = person_viewer(look, person)) person.opens = cut_to(look, *viewer, screen, reader);
    screen.open = screen.open && reader.opens;
    screen.readers.push_back(std::move(reader));
  }
  if (screen.open) return;
  // Nothing of it is shown to anybody: nobody has read it.
  screen.item = {};
  screen.notes.clear();
  for (ScreenReader& reader : screen.readers) reader.trail.clear();
}

}  // namespace

Result<Screen> screen(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id) {
  auto session = followed(tx, gate, city, id);
  if (!session) return tl::unexpected(session.error());
  if (!may_manage(gate, city, *session)) return fail(ErrorCode::not_permitted, "画面を映すのは、会議を開く機関の担当の役割の方です。");
  Screen out;
  out.session = std::move(*session);
  out.live = store::live(tx, id);
  if (!out.live || !out.live->item || out.live->ended_at) return out;
  const auto head = store::head(tx, *out.live->item);
  if (!head || head->state == ItemState::withdrawn) return out;
  out.number = head->number;
  out.body = head->body;
  fill({tx, gate, city, head->id}, out);
  return out;
}

Result<> say_away(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t party, bool away) {
  const auto now = screen(tx, gate, city, id);
  if (!now) return tl::unexpected(now.error());
  if (std::none_of(now->persons.begin(), now->persons.end(), [&](const RoomPerson& p) { return p.party == party; })) return fail(ErrorCode::not_found, "見つかりません。");
  store::set_away(tx, id, party, away);
  store::touch_live(tx, id);
  return {};
}

std::vector<AgencyId> without_right(const Screen& screen) {
  std::vector<AgencyId> all;
  for (const ScreenReader& reader : screen.readers)
    if (!reader.opens && !reader.person) all.push_back(AgencyId(reader.party));
  return all;
}

}  // namespace kasane::meeting
