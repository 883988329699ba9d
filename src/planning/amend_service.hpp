// What a meeting changes in a submitted plan: goals and roles get other words, are added or dropped, before it has found on
// it. Each change is kept with what stood there before; the plan goes on to the 支援決定 as it then is. A decided plan is never touched.
#pragma once
#include <optional>
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
  bool dropped = false;             // goes; its words are not read then
};
enum class AmendKind : std::uint8_t { worded, added, dropped };
struct Amendment {
  bool role = false;
  AmendKind kind = AmendKind::worded;
  PersonalText before, after;       // empty where there was nothing before, or is nothing after
  std::string how_before, how_after;
  std::optional<AgencyId> agency;   // added or dropped roles: who
  std::string who;
  std::optional<Date> by_on;        // added or dropped: by when
  UtcMs made_at = 0;
};

/// Changes or drops rows that the viewer sees; rows that stand as they are count as no change. The author gets the task to go
/// through the change with the 本人, once for an item. Errors: those of the gate; stale; conflict (not submitted, or the meeting
/// has found already); invalid (goal_<id>_text, role_<id>_what: empty; goal_<id>_drop, role_<id>_drop: none would be left).
Result<> amend_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, PlanId id, std::int64_t version, AgendaItemId item,
                    const std::vector<RowChange>& changes);

struct RowsToAdd {
  std::vector<NewGoal> goals;
  std::vector<NewRole> roles;
};
/// Rows more, at the end. Asks for no version: of two who add at once neither takes anything from the other. Errors: those of the
/// gate; conflict as amend_plan; invalid (goal_1_text …, as faults_of_content; role_1_who: no agency of the city). A role of a guarded
/// agency takes the topic of abuse.
Result<> add_to_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, PlanId id, AgendaItemId item,
                     const RowsToAdd& rows);
/// Oldest first, at most 500, of the topics that the viewer sees. Errors: those of the gate.
Result<std::vector<Amendment>> amendments(db::ReadTx& tx, access::Gate& gate, PlanId id);

}  // namespace kasane::planning
