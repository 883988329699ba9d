// 決定前開始: a service starts before the 支援決定, with a reason; the next meeting ratifies it. An overdue ratification
// is shown and never blocks. It starts a service; it is never a ground to share anything.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"
#include "planning/sitting_leave.hpp"

namespace kasane::planning {

struct NewEarlyStart {
  CaseId case_id;
  std::optional<PlanId> plan;
  std::string service;              // statutory service code
  AgencyId agency;                  // who starts
  Date started_on;
  std::string reason;               // one of the city's; '' where it lists none
  std::string free_reason;          // required where the city lists none, or besides
};
/// Ratification is awaited of the acting agency `ratify_days` after the start (due early.ratify on the case). Act
/// early.started(reason, service). Errors: those of the gate; conflict when the case is closed; invalid (service,
/// agency, started_on, reason, free_reason, plan).
Result<std::int64_t> start_early(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city,
                                 const NewEarlyStart& in);

struct EarlyStart {
  std::int64_t id = 0;
  CaseId case_id;
  HouseholdId household;
  std::optional<PlanId> plan;
  std::string service;
  AgencyId agency;
  Date started_on;
  std::string reason;
  PersonalText free_reason;
  Date ratify_by;
  std::optional<Date> ratified_on;
  std::optional<AgendaItemId> item;
  bool overdue(Date today) const { return !ratified_on && ratify_by < today; }
};
struct EarlyStartLine {
  EarlyStart start;
  PersonalText label;               // household
  std::string case_number;
};
/// Of one case, newest first. Errors: those of the gate.
Result<std::vector<EarlyStart>> early_starts_of(db::ReadTx& tx, access::Gate& gate, CaseId case_id);
/// Not ratified yet, of cases that the viewer may know; soonest first, at most 200.
std::vector<EarlyStartLine> early_starts_to_ratify(db::ReadTx& tx, access::Gate& gate);
/// The meeting ratified it on `on`. Act early.ratified. Errors: those of may_state_on; not_found; conflict when
/// ratified already; invalid (on in the future).
Result<> ratify(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const ItemLeave& item, std::int64_t early, Date on);

}  // namespace kasane::planning
