// What awaits whom by when. Rooms above write their items here in their own transaction; Today and the work lists
// read them. An item names records by id only.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::due {

struct NewDue {
  const char* kind = "";     // e.g. "referral.reply"; the list is in docs/due.md
  std::int64_t party = 0;    // agency or account that is awaited
  std::int64_t root = 0;     // household, or the record itself before one is known
  SubjectRef subject;
  Date due_on;
};

/// Adds an item; an open one of the same kind, party and subject is moved to the new date instead.
void await(db::WriteTx& tx, const NewDue& item, UtcMs now);
/// Settles open items of a subject; `kind` empty: all kinds. For all parties: a joint inbox's clock stops once.
/// Number settled.
std::int64_t settle(db::WriteTx& tx, SubjectRef subject, std::string_view kind, const access::Actor& actor);
/// When a household becomes known for a record, its items follow.
void move_to_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root);

struct DueLine {
  std::int64_t id = 0;
  std::string kind;
  std::int64_t party = 0;
  std::int64_t root = 0;
  SubjectRef subject{};
  Date due_on;
};
/// Open items of these parties, soonest first, without roots that this account put off until after `today`.
/// At most `limit`.
std::vector<DueLine> open_for(db::ReadTx& tx, const std::vector<std::int64_t>& parties, AccountId account, Date today, int limit);
/// Open items about one root, for services; nothing of it is shown.
std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root);
/// The same for a page: without what hangs on a record that a shield keeps from this viewer.
std::vector<DueLine> open_about(db::ReadTx& tx, const access::Gate& gate, std::int64_t root);

/// One line of Today: everything that awaits these parties about one household, or about one record that no household is
/// known for yet.
struct Wait {
  std::int64_t root = 0;
  bool household = false;        // root is a household that the viewer may know
  Date first_on;                 // the soonest day
  std::vector<DueLine> items;    // soonest first; at least one
  std::optional<Date> begun_on = {};  // of a record that stands alone: the day of its first act
};
struct WaitCursor {
  Date on;
  std::int64_t root = 0;
};
/// Whose waits are asked for. Parties are agencies or accounts.
struct WaitQuery {
  std::vector<std::int64_t> parties;           // for everything about households and persons
  std::vector<std::int64_t> meeting_parties;   // besides, only for session.prepare
  AccountId account;                           // whose snoozes count
  Date today;
  std::vector<std::int64_t> own = {};          // filled in here: the account and all its agencies, whatever its posts there
};
/// Soonest first, at most `limit`. A line whose household the viewer may not know does not come at all.
std::vector<Wait> waits(db::ReadTx& tx, access::Gate& gate, const WaitQuery& query, const std::optional<WaitCursor>& from, int limit);
/// Whether anything about this root awaits these parties.
bool anything_waits(db::ReadTx& tx, const access::Gate& gate, const WaitQuery& query, std::int64_t root);
/// Puts everything about a root off Today for this account until that day.
void snooze(db::WriteTx& tx, AccountId account, std::int64_t root, Date until);

}  // namespace kasane::due
