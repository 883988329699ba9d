// SQL of due items; use due/service.hpp.
#pragma once
#include <unordered_map>

#include "due/service.hpp"

namespace kasane::due::store {

/// False when there is no open item of this kind, party and subject.
bool move_open(db::WriteTx& tx, const NewDue& item);
void add(db::WriteTx& tx, const NewDue& item, UtcMs now);
std::int64_t settle(db::WriteTx& tx, SubjectRef subject, std::string_view kind, Date on, AccountId by);
/// Of one party alone.
std::int64_t settle_for(db::WriteTx& tx, SubjectRef subject, std::string_view kind, std::int64_t party, Date on, AccountId by);
void set_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root);
std::vector<DueLine> open_for(db::ReadTx& tx, const std::vector<std::int64_t>& parties, AccountId account, Date today, int limit);
std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root);
std::vector<DueLine> open_about(db::ReadTx& tx, std::int64_t root, const std::vector<std::int64_t>& parties, AccountId account, Date today);
/// First day per household that the scope knows; keyset after `from`.
std::vector<Wait> household_waits(const access::Scope<HouseholdTag>& scope, const WaitQuery& query, const WaitCursor& from, int limit);
/// First day per root that is no household.
std::vector<Wait> record_waits(db::ReadTx& tx, const WaitQuery& query, const WaitCursor& from, int limit);
/// The day of the first act of each of these records; records without an act are not in it.
std::unordered_map<std::int64_t, Date> begun_on(db::ReadTx& tx, const std::vector<std::int64_t>& records);
/// Open items of these roots for these parties, soonest first.
std::vector<DueLine> items_of(db::ReadTx& tx, const WaitQuery& query, const std::vector<std::int64_t>& roots);
bool anything_waits(db::ReadTx& tx, const WaitQuery& query, std::int64_t root);
void snooze(db::WriteTx& tx, AccountId account, std::int64_t root, Date until);

}  // namespace kasane::due::store
