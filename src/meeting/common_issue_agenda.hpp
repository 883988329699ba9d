// Common issues on the agendas of the plenary and of those who carry them, and what such an item decides.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/common_issue_model.hpp"

namespace kasane::meeting {

/// Issues that wait for this body and stand on no agenda: for a plenary those that were raised, that it has not finished
/// with, or that are to be looked at again; for a body that may carry issues those that it carries. Nothing for others and
/// for viewers without a meeting role. The oldest first.
std::vector<CommonIssue> common_issues_waiting(db::ReadTx& tx, access::Gate& gate, const programme::Body& body);

/// An item about the system, without a household, that asks the body about this issue; before a plenary the issue stands
/// there from then on. Errors: those of add_item; not_found; conflict (on an agenda already; nothing that this body treats).
Result<AgendaItemId> put_issue_on_agenda(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId session,
                                   const std::string& body, CommonIssueId issue);

/// The issue that the item treats, for those who may open the item; nothing for others.
std::optional<CommonIssue> issue_treated_by(db::ReadTx& tx, access::Gate& gate, AgendaItemId item);

/// What the sitting decided about the issue: outcome of the item and step of the issue in one. A step `kept` puts the item
/// off to the next sitting. `item_version`, `issue_version`: as shown. Errors: those of record_outcome and take_step.
Result<> decide_issue(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId item, std::int64_t item_version,
                      std::int64_t issue_version, NewStep step);

}  // namespace kasane::meeting
