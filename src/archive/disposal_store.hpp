// SQL of retention: what is due, legal holds, disposals, and the removal itself.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "archive/retention_rules.hpp"
#include "db/database.hpp"

namespace kasane::archive::store {

using DisposalPermit = access::Permit<DisposalTag>;

/// A root whose work has ended.
struct Ended {
  std::int64_t root = 0;
  std::string label;   // number of case or household, or what kind of record it was; no name
  Date on;
  bool had_case = false;
};
/// Roots that ended on or before `until`, oldest first: closed cases, households that never had one, consultations,
/// notices and advice without a household. A root ended with the last that was done there, whatever it was (but for what
/// the archive itself did). Without those under legal hold, with a 開示請求 not handed out, with something open (referral,
/// notice, due item), and without homes where protection stands: of a person who is protected by a measure of this
/// household, hangs here or lives here on `today`.
std::vector<Ended> ended(db::ReadTx& tx, Date until, Date today, int limit);
/// Which of the roots still are records, with their kinds.
std::vector<SubjectRef> roots_of(db::ReadTx& tx, const std::vector<HouseholdId>& roots);
/// The day when the last 開示請求 of a root was handed out; nothing while one is open or there is none.
struct RootDay {
  std::int64_t root = 0;
  Date on;
};
std::vector<RootDay> handed(db::ReadTx& tx, const std::vector<HouseholdId>& roots);
struct KindCount {
  std::int64_t root = 0;
  SubjectKind kind{};
  std::int64_t records = 0;
};
std::vector<KindCount> kinds(db::ReadTx& tx, const std::vector<HouseholdId>& roots);

struct Line {
  std::int64_t root = 0;
  RetentionClass what = RetentionClass::case_file;
  std::string label;
  Date ended_on;
  Date keep_until;
  std::string basis;
  std::int64_t records = 0;
  std::string state;  // listed | left_out | done
};
struct Disposal {
  DisposalId id;
  std::string number;
  AgencyId agency;
  std::string state;  // proposed | done | withdrawn
  AccountId proposed_by;
  Date proposed_on;
  std::optional<AccountId> approved_by;
  std::optional<UtcMs> done_at;
  std::optional<UtcMs> swept_at;
  std::int64_t version = 0;
};
std::int64_t next_disposal_serial(db::WriteTx& tx, FiscalYear year);
void add(db::WriteTx& tx, const Disposal& d);
void add_line(db::WriteTx& tx, DisposalId id, const Line& line);
std::optional<Disposal> load(const DisposalPermit& permit);
std::vector<Line> lines(db::ReadTx& tx, DisposalId id);
std::vector<Disposal> disposals(access::Gate& gate, int limit);
bool set_done(db::WriteTx& tx, DisposalId id, std::int64_t version, AccountId by, UtcMs at);
bool set_withdrawn(db::WriteTx& tx, DisposalId id, std::int64_t version);
void set_line(db::WriteTx& tx, DisposalId id, const Line& line, std::string_view state);
void set_swept(db::WriteTx& tx, DisposalId id, UtcMs at);
/// Roots that stand on a list that waits for approval.
std::set<std::pair<std::int64_t, std::string>> waiting(db::ReadTx& tx);

/// Removes what is of this class at the root, and with the last of its records the household itself, its persons, search
/// keys, grounds and drafts. Ids removed are noted under the disposal.
void remove(db::WriteTx& tx, const DisposalPermit& permit, std::int64_t root, RetentionClass what, bool had_case);
/// After removals: the index of search holds no remains.
void renew_search(db::WriteTx& tx, const DisposalPermit& permit);
/// Ids noted under a disposal; and forgetting them.
std::set<std::int64_t> removed(db::ReadTx& tx, DisposalId id);
void forget_removed(db::WriteTx& tx, DisposalId id);
/// When the city's first act was recorded; nothing for a city without any.
std::optional<UtcMs> first_act(db::ReadTx& tx);
/// In a file of the audit: searches with words, also those that found nothing and so are about nobody. Rising.
std::vector<std::int64_t> all_searches(db::Database& audit);
/// In a file of the audit: searches with words that found one of these. Rising.
std::vector<std::int64_t> searches_about(db::Database& audit, const std::set<std::int64_t>& ids);
/// In a file of the audit: forgets the words of these searches.
void forget_words(db::Database& audit, const std::vector<std::int64_t>& searches);

struct Hold {
  LegalHoldId id;
  std::int64_t root = 0;
  std::string number;  // of the household
  Personal<std::string> reason;
  Date from_on;
  std::optional<Date> ended_on;
  std::int64_t version = 0;
};
void add_hold(db::WriteTx& tx, const access::Permit<LegalHoldTag>& permit, HouseholdId root, const std::string& reason, Date from, AccountId by);
std::vector<Hold> holds(access::Gate& gate, int limit);
bool end_hold(db::WriteTx& tx, LegalHoldId id, std::int64_t version, Date on, AccountId by);

}  // namespace kasane::archive::store
