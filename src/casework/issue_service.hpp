// What is difficult, for the household and for each person apart (W-70), with its certainty and whether it is being
// treated (W-71). The code's topic decides who may know that the issue is there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/personal.hpp"
#include "casework/model.hpp"
#include "db/tx.hpp"

namespace kasane::casework {

struct Issue {
  IssueId id;
  HouseholdId household;
  std::optional<PersonId> person;         // nothing: of the household
  std::string code;                       // code table issues
  Certainty certainty = Certainty::confirmed;
  Treatment treatment = Treatment::unsaid;
  Personal<std::string> note;
  Date since_on;
  std::optional<Date> ended_on;
  AgencyId holder;                        // who noted it; 0 in lists
  std::int64_t version = 1;
};
/// Issues that the viewer may know, those of the household first, then by person; ended ones last; at most 200.
std::vector<Issue> issues_of(db::ReadTx& tx, access::Gate& gate, HouseholdId household);
Result<Issue> issue(db::ReadTx& tx, access::Gate& gate, IssueId id);

struct NewIssue {
  HouseholdId household;
  std::optional<PersonId> person;
  std::string code;
  Certainty certainty = Certainty::confirmed;
  Treatment treatment = Treatment::unsaid;
  std::string note;
  Date since_on;
};
/// Held by the acting agency, shared with the team. Errors: those of the gate (household); invalid (code, since_on);
/// conflict when the same issue of the same person is noted and stands.
Result<IssueId> add_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const NewIssue& in);

struct IssueChange {
  Certainty certainty = Certainty::confirmed;
  Treatment treatment = Treatment::unsaid;
  std::string note;
  std::optional<Date> ended_on;
};
/// By the holder. Errors: those of the gate; stale; invalid (ended_on before since_on or in the future).
Result<> change_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, IssueId id, std::int64_t version, const IssueChange& in);

}  // namespace kasane::casework
