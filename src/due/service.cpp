#include "due/service.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "due/store.hpp"

namespace kasane::due {

void await(db::WriteTx& tx, const NewDue& item, UtcMs now) {
  if (!store::move_open(tx, item)) store::add(tx, item, now);
}

std::int64_t settle(db::WriteTx& tx, SubjectRef subject, std::string_view kind, const access::Actor& actor) {
  return store::settle(tx, subject, kind, office_day(actor.now), actor.account);
}

void move_to_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root) { store::set_root(tx, subject, root); }

std::vector<DueLine> open_for(db::ReadTx& tx, const std::vector<std::int64_t>& parties, AccountId account, Date today, int limit) {
  return store::open_for(tx, parties, account, today, limit);
}

std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root) { return store::open_about(tx, root); }

namespace {
std::vector<std::int64_t> own_parties(const access::Gate& gate) {
  std::vector<std::int64_t> parties{gate.viewer().account.value};
  for (const access::Post& post : gate.viewer().posts) parties.push_back(post.agency.value);
  return parties;
}
}  // namespace

std::vector<DueLine> open_about(db::ReadTx& tx, const access::Gate& gate, std::int64_t root) {
  return store::open_about(tx, root, own_parties(gate), gate.viewer().account, gate.today());
}

namespace {
// What any agency of the viewer is kept from, the viewer is kept from, also where its post there reads nothing.
WaitQuery with_own(const access::Gate& gate, WaitQuery query) {
  query.own = own_parties(gate);
  return query;
}
/// What stands without a household is told apart by the day on which it began.
void add_days(db::ReadTx& tx, std::vector<Wait>& all) {
  std::vector<std::int64_t> alone;
  for (const Wait& w : all)
    if (!w.household) alone.push_back(w.root);
  if (alone.empty()) return;
  const auto days = store::begun_on(tx, alone);
  for (Wait& w : all)
    if (const auto day = days.find(w.root); day != days.end() && !w.household) w.begun_on = day->second;
}
WaitCursor before_all() { return {Date::from_days(-1'000'000), 0}; }
}  // namespace

std::vector<Wait> waits(db::ReadTx& tx, access::Gate& gate, const WaitQuery& asked, const std::optional<WaitCursor>& from, int limit) {
  const WaitQuery query = with_own(gate, asked);
  const WaitCursor after = from.value_or(before_all());
  std::vector<Wait> households;
  if (!query.parties.empty()) households = store::household_waits(gate.scope<HouseholdTag>(), query, after, limit);
  const std::vector<Wait> records = store::record_waits(tx, query, after, limit);
  std::vector<Wait> all;
  std::ranges::merge(households, records, std::back_inserter(all),
                     [](const Wait& a, const Wait& b) { return std::tie(a.first_on, a.root) < std::tie(b.first_on, b.root); });
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  std::vector<std::int64_t> roots;
  for (const Wait& w : all) roots.push_back(w.root);
  if (roots.empty()) return all;
  for (DueLine& item : store::items_of(tx, query, roots)) {
    const auto line = std::ranges::find(all, item.root, &Wait::root);
    if (line != all.end()) line->items.push_back(std::move(item));
  }
  add_days(tx, all);
  return all;
}

bool anything_waits(db::ReadTx& tx, const access::Gate& gate, const WaitQuery& query, std::int64_t root) {
  return store::anything_waits(tx, with_own(gate, query), root);
}

void snooze(db::WriteTx& tx, AccountId account, std::int64_t root, Date until) { store::snooze(tx, account, root, until); }

}  // namespace kasane::due
