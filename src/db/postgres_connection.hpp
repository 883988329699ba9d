// One connection to a PostgreSQL database.
#pragma once
#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/statement_cache.hpp"

namespace kasane::db::detail {

struct PostgresOptions {
  std::string conninfo;
  std::chrono::milliseconds statement_timeout{30'000};
  std::chrono::milliseconds lock_timeout{5'000};
};

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ClearResult>;

/// A statement prepared on the server under `name`.
struct PostgresStatement {
  std::string name;
  Columns columns;
  int parameters = 0;
  std::vector<std::string>* dropped = nullptr;  // where the name goes when the statement goes
  ~PostgresStatement() {
    if (dropped) dropped->push_back(name);
  }
};

class PostgresConnection final : public Connection {
 public:
  /// Unavailable when the server cannot be reached.
  explicit PostgresConnection(const PostgresOptions& options);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  Engine engine() const override { return Engine::postgres; }
  void query(std::string_view sql, Text kind, const Params& params, ReadTx::OnRow on_row) override;
  std::int64_t change(std::string_view sql, Text kind, const Params& params) override;
  void control(const char* sql) override;
  StatementInfo describe(std::string_view sql) override;
  void begin_read() override;
  void begin_write() override;
  void commit() override;
  bool in_transaction() const override;
  bool broken() const override { return PQstatus(connection_) == CONNECTION_BAD; }
  bool still_there() override;

 private:
  using Lease = StatementCache<PostgresStatement>::Lease;
  class Running;

  void begin(const char* sql);
  void set_up(const PostgresOptions& options);
  std::unique_ptr<PostgresStatement> prepare(std::string_view sql);
  /// The result if it is a good one; else throws what it means.
  PgResult checked(PGresult* raw, std::string_view sql);
  [[noreturn]] void throw_error(const PGresult* result, std::string_view sql);
  void drop_unused_statements();

  PGconn* connection_;
  std::vector<std::string> dropped_;  // before the cache, which drops into it when it goes
  StatementCache<PostgresStatement> cache_{512};
  std::int64_t prepared_ = 0;
};

}  // namespace kasane::db::detail
