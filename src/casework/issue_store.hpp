// SQL of issues.
#pragma once
#include <optional>
#include <vector>

#include "access/permit.hpp"
#include "casework/issue_service.hpp"
#include "db/tx.hpp"

namespace kasane::casework::store {

void add_issue(const access::Permit<IssueTag>& permit, db::WriteTx& tx, const NewIssue& in);
std::vector<Issue> issues(const access::Scope<IssueTag>& scope, HouseholdId household);
std::optional<Issue> issue(const access::Permit<IssueTag>& permit);
/// False when `version` is no longer the stored one.
bool set_issue(const access::Permit<IssueTag>& permit, db::WriteTx& tx, const IssueChange& in, std::int64_t version);

}  // namespace kasane::casework::store
