// What both engines offer to the transactions above them. One connection is used by one thread at a time.
#pragma once
#include <string_view>

#include "db/function_ref.hpp"
#include "db/statement_info.hpp"
#include "db/tx.hpp"

namespace kasane::db::detail {

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  virtual void query(std::string_view sql, Text kind, const Params& params, ReadTx::OnRow on_row) = 0;
  virtual std::int64_t change(std::string_view sql, Text kind, const Params& params) = 0;
  /// One or several statements without parameters: transactions, settings, migrations.
  virtual void control(const char* sql) = 0;
  virtual StatementInfo describe(std::string_view sql) = 0;

  virtual void begin_read() = 0;
  virtual void begin_write() = 0;
  /// Throws when the transaction is not kept (then it is undone, or its fate is unknown if broken()).
  virtual void commit() = 0;
  /// False when the engine has ended the transaction by itself.
  virtual bool in_transaction() const = 0;
  /// The connection has lost its file or its server and must not be used again.
  virtual bool broken() const = 0;
  /// Before using it again after a pause: false also when the other side has gone meanwhile.
  virtual bool still_there() { return !broken(); }

  /// Undoes whatever is open. Never throws: what cannot be undone is on a broken connection, which undoes it too.
  void roll_back() noexcept;
};

/// The statement lost a race (or met the result of one) and the whole transaction is to be run again.
/// After the last attempt `instead` is thrown.
class Retry : public Failure {
 public:
  explicit Retry(std::exception_ptr instead_) : Failure("the transaction lost a race"), instead(std::move(instead_)) {}
  std::exception_ptr instead;
};

/// Runs the closure in a transaction of its own; what it throws comes out after everything is undone.
void run_transaction(Connection& connection, function_ref<bool(WriteTx&)> job);

/// Calls `attempt` again, at most five times and after a short random pause, when it throws Retry.
void with_retries(function_ref<void()> attempt);

}  // namespace kasane::db::detail
