// Events about accounts in words: which role was given to whom, so that the auditor reads what an administrator did.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "access/audit.hpp"

namespace kasane::programme {

/// Names of the audit's actions, for Trail::action: "post.given.auditor", "post.taken.auditor".
const char* action_of_giving(Role role);
const char* action_of_taking(Role role);

/// A role as an event of its own, where the command's event says something else (an account was made).
void note_role_given(db::WriteTx& tx, AccountId by, AccountId to, Role role, UtcMs now);

/// "鳥海 晴に「監査責任者」の役割を渡した"; nothing for events that are not about an account.
std::optional<std::string> account_words(const access::AuditEvent& event, const std::function<std::string(std::int64_t)>& name_of);

}  // namespace kasane::programme
