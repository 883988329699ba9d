// A light request for progress: one agency of the team asks another, which answers in one line (K-48).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "casework/naming.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct Progress {
  std::int64_t id = 0;
  CaseId case_id;
  AgencyId to_agency;
  AgencyId asked_by;
  Date asked_on;
  Date due_on;
  std::optional<Date> answered_on;
  Personal<std::string> answer;
};
/// Whether the viewer, who sees the case, may know that the one agency asked the other.
bool knows_question(const access::Gate& gate, Naming& naming, HouseholdId household, AgencyId asked_by, AgencyId asked);
/// Newest first, at most 50. Errors: those of the gate (case).
Result<std::vector<Progress>> progress_of(db::ReadTx& tx, access::Gate& gate, CaseId id);

/// Asks several agencies at once. Only those can be asked who may see the case today; the others are named in an
/// invalid field error of "agencies". Due item progress.reply, act progress.asked each.
Result<> ask_progress(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, const std::vector<AgencyId>& agencies, Date due_on);
/// By the agency asked. Errors: those of the gate; not_found when it asks another agency or case; conflict when
/// answered; invalid (answer empty or longer than 400 characters). Act progress.answered.
Result<> answer_progress(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, CaseId id, std::int64_t request, const std::string& answer);

}  // namespace kasane::casework
