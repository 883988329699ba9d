#include "meeting/order_service.hpp"

#include <algorithm>

#include "meeting/item_steps.hpp"
#include "meeting/order_store.hpp"
#include "meeting/session_service.hpp"
#include "meeting/session_store.hpp"
#include "meeting/shown_presence.hpp"

namespace kasane::meeting {

namespace {

void keep_numbers(db::WriteTx& tx, const std::vector<Place>& before, const std::vector<Place>& after) {
  for (const Place& place : after) {
    const auto was = std::find_if(before.begin(), before.end(), [&](const Place& p) { return p.item == place.item; });
    if (was == before.end() || was->number != place.number) store::set_number(tx, place.item, place.number);
  }
}

/// A waiting item of a sitting to come whose body the viewer runs.
Result<Running> to_come(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id) {
  auto r = running(tx, gate, city, id);
  if (r && r->session.state != SessionState::planned) return fail(ErrorCode::conflict, "会議はもう開かれています。");
  return r;
}

/// Who was there in a part is kept; who is not invited any more loses the invitation only.
void keep_presence(std::vector<Slice>& parts, const std::vector<Slice>& before) {
  for (const Slice& old : before) {
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Slice& s) { return s.body == old.body; });
    if (part == parts.end()) continue;
    for (const Slice::Seat& seat : old.seats) {
      if (!seat.present) continue;
      const auto same = std::find_if(part->seats.begin(), part->seats.end(), [&](const Slice::Seat& s) { return s.agency == seat.agency; });
      if (same == part->seats.end()) part->seats.push_back({seat.agency, false, true});
      else same->present = true;
    }
  }
}

}  // namespace

std::vector<Place> places(db::ReadTx& tx, SessionId id) { return store::places(tx, id); }

Result<> move_item(db::WriteTx& tx, access::Gate& gate, const Settings& city, AgendaItemId id, int number, int by) {
  const auto r = to_come(tx, gate, city, id);
  if (!r) return tl::unexpected(r.error());
  if (r->head.number != number) return tl::unexpected(saved_by_other());
  const auto before = store::places(tx, r->head.session);
  keep_numbers(tx, before, moved(before, id, by, !store::slices(tx, r->head.session).empty()));
  return {};
}

Result<> set_minutes(db::WriteTx& tx, access::Gate& gate, const Settings& city, const std::vector<MinutesChange>& changes) {
  for (const MinutesChange& change : changes) {
    if (change.minutes == change.before) continue;
    if (change.minutes < 0 || change.minutes > kMostMinutes)
      return invalid("minutes_" + id_text(change.item), "時間は、1から" + std::to_string(kMostMinutes) + "までの分で入力してください。");
    const auto r = to_come(tx, gate, city, change.item);
    if (!r) return tl::unexpected(r.error());
    if (!store::set_minutes(tx, r->permit, change.before, change.minutes)) return tl::unexpected(saved_by_other());
  }
  return {};
}

Result<> plan_slices(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t version, std::vector<Slice> parts) {
  const auto found = session(tx, gate, id);
  if (!found) return tl::unexpected(found.error());
  if (!may_arrange(gate, city, *found)) return tl::unexpected(not_for_you());
  if (found->state != SessionState::planned) return fail(ErrorCode::conflict, "この会議は、もう予定の状態ではありません。");
  if (auto faults = faults_of(parts, *found); !faults.empty()) return invalid(std::move(faults));
  fill_times(parts, found->at_time);
  if (auto faults = faults_of(parts, *found); !faults.empty()) return invalid(std::move(faults));
  if (!store::set_session(tx, *found, version)) return tl::unexpected(saved_by_other());
  const auto before = store::slices(tx, id);
  SeatNames names(tx, gate, city, *found);
  keep_hidden_invitations(names, before, parts);
  keep_presence(parts, before);
  store::set_slices(tx, id, parts);
  follow_slices(tx, id);
  return {};
}

void follow_slices(db::WriteTx& tx, SessionId id) {
  const auto parts = store::slices(tx, id);
  if (parts.empty()) return;
  const auto before = store::places(tx, id);
  keep_numbers(tx, before, in_order(before, parts));
}

}  // namespace kasane::meeting
