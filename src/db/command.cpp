// The table of commands that were carried out.
#include "db/command.hpp"

namespace kasane::db {

std::optional<std::string> earlier_result(ReadTx& tx, std::string_view command_id, AccountId account) {
  return tx.one(R"sql(SELECT result FROM command WHERE command_id = $1 AND account_id = $2)sql",
                params(command_id, account), [](const Row& row) { return row.text(0); });
}

void remember(WriteTx& tx, std::string_view command_id, AccountId account, UtcMs at, std::string_view result) {
  tx.run(R"sql(INSERT INTO command (command_id, account_id, at, result) VALUES ($1, $2, $3, $4))sql",
         params(command_id, account, at, result));
}

}  // namespace kasane::db
