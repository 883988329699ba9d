// What a meeting changes in a submitted plan: the wording of goals and roles, before it has found on it. Each change is kept
// with what stood there before; the plan goes on to the 支援決定 as it then is. A decided plan is never touched.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

struct RowChange {
  bool role = false;                // a role; else a goal
  std::int64_t row = 0;
  std::string text;                 // goal, or what the role does
  std::string how_often;            // roles only
};
struct Amendment {
  bool role = false;
  PersonalText before, after;
  std::string how_before, how_after;
  UtcMs made_at = 0;
};

/// Changes rows that the viewer sees; rows that stand as they are count as no change. The author gets the task to go through
/// the change with the 本人. Errors: those of the gate; stale; conflict (not submitted, or the meeting has found already);
/// invalid (goal_1_text …: empty; in the order given).
Result<> amend_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id, std::int64_t version, AgendaItemId item,
                    const std::vector<RowChange>& changes);
/// Oldest first, at most 500, of the topics that the viewer sees. Errors: those of the gate.
Result<std::vector<Amendment>> amendments(db::ReadTx& tx, access::Gate& gate, PlanId id);

}  // namespace kasane::planning
