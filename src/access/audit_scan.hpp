// What is gathered from the reads after they were kept: who has seen what of a household, and unusual reading. Behind
// the reading itself, so that no page waits for it; made anew from the events when lost.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "access/unusual_rules.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/database.hpp"

namespace kasane::access {

/// The agencies of an account's posts on that day (posts are rows of a room above).
using AgenciesOf = std::function<std::vector<std::int64_t>(db::ReadTx&, std::int64_t account, Date day)>;

/// Takes in the events of `audit` (one year's file) since the last call, at most `most`. Number taken in.
std::int64_t scan_reads(db::Database& audit, db::Database& city, const AgenciesOf& agencies_of, const UnusualLimits& limits = {}, std::int64_t most = 2'000);

/// After the account has declared a relation, which shields it (by `source`) from its relatives: the days before, on
/// which it had opened one of their homes, become lines for the auditor. Number of days.
int look_back(db::Database& audit, db::Database& city, std::int64_t account, std::int64_t source, Date declared);

/// One account's looks at one household on one day.
struct SeenLine {
  std::int64_t account = 0;
  Date day;
  std::int64_t opened = 0;
  std::int64_t listed = 0;   // its name stood in a list or a result
  std::int64_t printed = 0;
  UtcMs last_at = 0;
};
struct SeenCursor {
  UtcMs last_at = 0;  // 0: from the newest
  std::int64_t account = 0;
};
/// Whoever holds the household and is kept from nobody in it may know who has looked.
inline constexpr Roles kSeenRoles{Role::coordinator, Role::city_officer, Role::head};
bool may_know_readers(Gate& gate, std::int64_t root, const Verdict& verdict);
/// Newest first, at most `limit`, older than the cursor.
std::vector<SeenLine> seen_of(db::ReadTx& audit, std::int64_t root, const SeenCursor& before, int limit);

struct UnusualLine {
  std::int64_t account = 0;
  Date day;
  std::string rule;
  std::int64_t events = 0;
  std::int64_t roots = 0;   // households concerned
  UtcMs last_at = 0;
  std::optional<UtcMs> settled_at;
  std::string outcome;      // code: explained | followed; '' open
};
/// Open ones first, then by day, newest first; at most `limit`.
std::vector<UnusualLine> unusual_lines(db::ReadTx& audit, bool open_only, int limit);
bool is_unsettled(db::ReadTx& audit, std::int64_t account, Date day, const std::string& rule);
/// False when there is no such open line.
bool settle_unusual(db::WriteTx& audit, std::int64_t account, Date day, const std::string& rule, const std::string& outcome, std::int64_t by, UtcMs at);

}  // namespace kasane::access
