#include "due/service.hpp"

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

void snooze(db::WriteTx& tx, AccountId account, std::int64_t root, Date until) { store::snooze(tx, account, root, until); }

}  // namespace kasane::due
