// Every command that a person sends carries an id made with its form, so that a repeat (a double click, a retry
// after a lost reply) does nothing and answers as the first time.
//
//   if (auto earlier = db::earlier_result(tx, command)) return parse(*earlier);
//   ... do the work ...
//   db::remember(tx, command, account, clock.now(), id_text(made));
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "db/tx.hpp"

namespace kasane::db {

/// What the command answered, if this account already sent it. Another account's id counts as unknown; remember()
/// then breaks the constraint command_once.
std::optional<std::string> earlier_result(ReadTx& tx, std::string_view command_id, AccountId account);
/// `result` is short text of the caller's making (an id), without personal data.
void remember(WriteTx& tx, std::string_view command_id, AccountId account, UtcMs at, std::string_view result);

}  // namespace kasane::db
