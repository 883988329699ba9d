// What the meeting said: findings on plans (never the 支援決定), results of a 支援会議, and what follows from them in the
// same transaction.
#pragma once
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

struct PlanFinding {
  PlanId plan;
  planning::Finding result = planning::Finding::adequate;
  std::string text;
  std::optional<Date> next_review;  // plans in force that were reviewed: asked for unless deferred
};
/// Somebody does something: watches, answers an emergency, takes the next step toward consent.
struct Undertaking {
  ResultKind kind = ResultKind::watch;
  std::optional<AgencyId> agency;   // with an agency it becomes that agency's task
  std::string text;
  std::optional<Date> due_on;
};
enum class Connect : std::uint8_t { unsaid, needed, not_needed };
struct Outcome {
  std::int64_t version = 0;
  bool deferred = false;            // 次回へ: the item is proposed again, nothing else happens
  std::string note;                 // 要点
  std::vector<PlanFinding> findings;
  bool agree = true;                // closure: close; start before the decision: ratify
  std::string policy;               // 支援方針
  std::vector<Undertaking> undertakings;
  Connect connect = Connect::unsaid;
  std::string below_threshold;      // code of the body's below_threshold, where not needed (K-77)
  std::vector<PersonId> subjects;   // 本人, where connecting opens a case
  std::optional<Date> next_look;    // when the team looks at it next
  std::string advice;
};
/// The item is treated or deferred: findings in the city's words and planning::apply_finding or reviewed; ratification;
/// closure; results, tasks for those who undertook something, the case that connecting opens; the ground request is
/// marked. Acts item.treated(function), finding.made(result). Errors: those of the gate and of the rooms below;
/// not_permitted; stale; conflict (the session was not held, minutes confirmed, not waiting); invalid (findings, policy,
/// watch_1_text …, subjects, below_threshold).
Result<> record_outcome(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, const Outcome& in);

}  // namespace kasane::meeting
