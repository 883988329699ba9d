// What signing in leaves in the audit of writes: ids only, never the name that was typed.
#pragma once
#include <optional>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "db/tx.hpp"

namespace kasane::programme {

void note_signed_in(db::WriteTx& tx, AccountId account, UtcMs now);
/// A try that failed; `tried` where the typed name is that of an account. `locked`: it was the last for some time.
void note_sign_in_refused(db::WriteTx& tx, std::optional<AccountId> tried, bool locked, UtcMs now);
/// `everywhere`: all sessions of the account.
void note_signed_out(db::WriteTx& tx, AccountId account, bool everywhere, UtcMs now);
/// An account made from the shell of the machine, by nobody who is signed in.
void note_account_made(db::WriteTx& tx, AccountId account, UtcMs now);

}  // namespace kasane::programme
