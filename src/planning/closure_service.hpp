// Evaluation of a plan and closure of a case. The meeting judges both: a closure is proposed here and closed by it.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

/// A dimension before and now, 1 (hard) to 5 (well). Nothing: not said.
struct Dimension {
  std::string code;                 // of rules.evaluation_dimensions
  std::optional<int> before, after;
};
struct NewEvaluation {
  PlanId plan;
  std::int64_t plan_version = 0;    // shown with the form
  Date made_on;
  Verdict verdict = Verdict::carry_on;
  std::string change;               // what has changed
  std::string person_view;          // how the person takes it
  std::string left;                 // what is left
  std::vector<std::pair<std::int64_t, std::string>> goals;  // id of the goal, code of goal_result
  std::vector<Dimension> dimensions;  // only where the city turns them on
};
/// Of a plan in force, which is then under_review until the meeting has looked at it. Act evaluation.made(verdict).
/// Errors: those of the gate; stale; conflict (not in force); invalid (made_on, change, goal_<n>, dim_<code>_before …).
Result<EvaluationId> evaluate(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewEvaluation& in);

struct Evaluation {
  EvaluationId id;
  PlanId plan;
  CaseId case_id;
  Date made_on;
  AgencyId agency;
  Verdict verdict = Verdict::carry_on;
  PersonalText change, person_view, left;
  std::vector<std::pair<std::int64_t, std::string>> goals;
  std::vector<Dimension> dimensions;
};
/// Of one plan, newest first, that the viewer may know; at most 50.
std::vector<Evaluation> evaluations_of(db::ReadTx& tx, access::Gate& gate, PlanId plan);

struct NewClosure {
  CaseId case_id;
  Date proposed_on;
  std::string reason;               // code table closure_reason
  AgencyId main_contact;            // stays the contact
  std::optional<AgencyId> watcher;  // an agency that stays to watch
  std::string watch_channel;        // how one hears of a change: 民生委員の見守り, 月1回の電話 …; no person's name
  Date access_until;                // time-boxed reading while dormant, inclusive
  std::string note;
};
/// Proposes to close; the meeting pulls it. Nothing ends yet. Errors: those of the gate; conflict when closed or
/// proposed already; invalid (reason, main_contact, watch_channel, access_until).
Result<ClosureId> propose_closure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewClosure& in);
/// The agency that proposed it takes it back. Errors: those of the gate; conflict when closed.
Result<> withdraw_closure(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ClosureId id);

struct Closure {
  ClosureId id;
  CaseId case_id;
  HouseholdId household;
  int episode = 1;
  Date proposed_on;
  std::string reason;
  AgencyId main_contact;            // none where it may not be named to the viewer; the watcher likewise
  std::optional<AgencyId> watcher;
  std::string watch_channel;
  Date access_until;
  PersonalText note;
  std::optional<Date> closed_on;
  std::int64_t version = 1;
};
struct ClosureLine {
  Closure closure;
  PersonalText label;               // household
  std::string case_number;
};
/// Proposals that no meeting has treated, that the viewer may know; oldest first, at most 200.
std::vector<ClosureLine> closures_waiting(db::ReadTx& tx, access::Gate& gate);
/// Of one case, newest first.
std::vector<Closure> closures_of(db::ReadTx& tx, access::Gate& gate, CaseId case_id);

/// The meeting closed the case: plans end (act plan.closed(kind)), consents lapse with access_until, team access ends as
/// casework::close_case says. Errors: those of the gate and of casework::close_case; conflict when closed already.
Result<> close_by_meeting(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, ClosureId id, AgendaItemId item, Date on);

}  // namespace kasane::planning
