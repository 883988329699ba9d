// libpq behind Connection. Values travel as text (bytes as they are) and the server infers the parameters' types, so
// that a statement that prepares in a test also runs with any values.
#include "db/postgres_connection.hpp"

#include <charconv>
#include <cstring>

#include "db/lack.hpp"
#include "db/sql_text.hpp"

namespace kasane::db::detail {

namespace {
// Object ids of built-in types, fixed in PostgreSQL's catalogue.
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kJson = 114,
              kBpchar = 1042, kVarchar = 1043, kNumeric = 1700;

class PostgresRow final : public RowSource {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  void move_to(int row) { row_ = row; }
  bool is_null(int col) const override { return PQgetisnull(result_, row_, col) == 1; }

  std::int64_t i64(int col) const override {
    const Oid type = PQftype(result_, col);
    const auto chars = value(col);
    if (type == kBool) return chars == "t" ? 1 : 0;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(chars.data(), chars.data() + chars.size(), number);
    // numeric is what sum() over 64-bit numbers gives
    const bool whole = type == kInt8 || type == kInt4 || type == kInt2 || type == kNumeric;
    if (!whole || error != std::errc{} || end != chars.data() + chars.size()) wrong(col, "a whole number");
    return number;
  }
  std::string_view text(int col) const override {
    const Oid type = PQftype(result_, col);
    const bool texts = type == kText || type == kVarchar || type == kBpchar || type == kName || type == kJson;
    if (!texts) wrong(col, "text");
    return value(col);
  }
  Blob blob(int col) const override {
    if (PQftype(result_, col) != kBytea) wrong(col, "bytes");
    std::size_t size = 0;
    auto* bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, col)), &size);
    if (!bytes) throw std::bad_alloc();
    Blob blob(bytes, bytes + size);
    PQfreemem(bytes);
    return blob;
  }

 private:
  std::string_view value(int col) const {
    return {PQgetvalue(result_, row_, col), static_cast<std::size_t>(PQgetlength(result_, row_, col))};
  }
  [[noreturn]] void wrong(int col, const char* what) const {
    throw Misuse(std::string("column ") + PQfname(result_, col) + " is not " + what);
  }
  const PGresult* result_;
  int row_ = 0;
};

/// The arrays that libpq wants, pointing into the values and into texts made here.
class Values {
 public:
  explicit Values(const Params& params) {
    const auto count = params.size();
    made_.reserve(count);  // so that pointers into it stay good
    for (const auto& param : params.values()) std::visit([this](const auto& value) { add(value); }, param);
  }
  const char* const* texts() const { return texts_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(std::monostate) { push(nullptr, 0, 0); }
  void add(bool value) { push(value ? "t" : "f", 1, 0); }
  void add(std::int64_t value) {
    made_.push_back(std::to_string(value));
    push(made_.back().c_str(), made_.back().size(), 0);
  }
  void add(const std::string& value) {
    require_storable(value);
    push(value.c_str(), value.size(), 0);
  }
  void add(const Blob& value) {
    push(value.empty() ? "" : reinterpret_cast<const char*>(value.data()), value.size(), 1);
  }
  void push(const char* text, std::size_t length, int format) {
    texts_.push_back(text);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
  }
  std::vector<std::string> made_;
  std::vector<const char*> texts_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

std::string field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text ? text : "";
}

void ignore_notice(void*, const PGresult*) {}
}  // namespace

/// A statement out of the cache while it runs.
class PostgresConnection::Running {
 public:
  Running(PostgresConnection& connection, std::string_view sql, const Params& params)
      : connection_(connection),
        lease_(connection.cache_.take(sql, [&](std::string_view text) { return connection.prepare(text); })) {
    if (static_cast<int>(params.size()) == statement().parameters) return;
    throw QueryError("wants " + std::to_string(statement().parameters) + " parameters, not " +
                     std::to_string(params.size()) + ": " + shortened(sql));
  }
  ~Running() { connection_.cache_.give_back(std::move(lease_)); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  const PostgresStatement& statement() const { return *lease_.front().statement; }
  PgResult run(std::string_view sql, const Params& params) {
    const Values values(params);
    return connection_.checked(PQexecPrepared(connection_.connection_, statement().name.c_str(), statement().parameters,
                                              values.texts(), values.lengths(), values.formats(), /*text results*/ 0),
                               sql);
  }

 private:
  PostgresConnection& connection_;
  Lease lease_;
};

PostgresConnection::PostgresConnection(const PostgresOptions& options) {
  const char* keys[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
  const char* values[] = {options.conninfo.c_str(), "UTF8", "kasane", nullptr};
  connection_ = PQconnectdbParams(keys, values, /*expand_dbname=*/1);
  try {
    if (!connection_ || broken()) {
      throw Lacking(Lack::unreachable, connection_ ? PQerrorMessage(connection_) : "out of memory");
    }
    PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
    set_up(options);
  } catch (...) {
    PQfinish(connection_);
    throw;
  }
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

void PostgresConnection::set_up(const PostgresOptions& options) {
  const std::string settings =
      "SET statement_timeout=" + std::to_string(options.statement_timeout.count()) +
      "; SET lock_timeout=" + std::to_string(options.lock_timeout.count()) +
      "; SET idle_in_transaction_session_timeout=60000; SET TimeZone='UTC'; SET bytea_output='hex'"
      "; SET standard_conforming_strings=on"
      // A commit is on disk when it returns, whatever the server's default.
      "; SELECT set_config('synchronous_commit','on',false) WHERE current_setting('synchronous_commit')='off'";
  control(settings.c_str());
}

std::unique_ptr<PostgresStatement> PostgresConnection::prepare(std::string_view sql) {
  const std::string text = expand_id_lists(sql, Engine::postgres);
  auto statement = std::make_unique<PostgresStatement>();
  statement->name = "k" + std::to_string(++prepared_);
  checked(PQprepare(connection_, statement->name.c_str(), text.c_str(), 0, nullptr), sql);
  statement->dropped = &dropped_;
  const auto described = checked(PQdescribePrepared(connection_, statement->name.c_str()), sql);
  statement->parameters = PQnparams(described.get());
  std::vector<std::string> names;
  for (int col = 0; col < PQnfields(described.get()); ++col) names.emplace_back(PQfname(described.get(), col));
  statement->columns = Columns::of(std::move(names));
  return statement;
}

void PostgresConnection::query(std::string_view sql, Text, const Params& params, ReadTx::OnRow on_row) {
  Running running(*this, sql, params);
  const auto result = running.run(sql, params);
  PostgresRow source(result.get());
  const Row row(source, running.statement().columns);
  for (int n = 0; n < PQntuples(result.get()); ++n) {
    source.move_to(n);
    on_row(row);
  }
}

std::int64_t PostgresConnection::change(std::string_view sql, Text, const Params& params) {
  Running running(*this, sql, params);
  const auto result = running.run(sql, params);
  const std::string_view status = PQcmdStatus(result.get());
  if (status.starts_with("SELECT")) return 0;
  const std::string_view count = PQcmdTuples(result.get());
  std::int64_t changed = 0;
  std::from_chars(count.data(), count.data() + count.size(), changed);
  return changed;
}

void PostgresConnection::control(const char* sql) { checked(PQexec(connection_, sql), sql); }

StatementInfo PostgresConnection::describe(std::string_view sql) {
  const auto statement = prepare(sql);
  return {statement->parameters, statement->columns.names, {}};
}

void PostgresConnection::begin_read() { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

void PostgresConnection::begin_write() { begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"); }

void PostgresConnection::begin(const char* sql) {
  try {
    drop_unused_statements();
    control(sql);
  } catch (const Unavailable&) {
    // The server has gone since this connection was last used. Nothing has been done yet, so another one may try.
    if (broken()) throw Retry(std::current_exception());
    throw;
  }
}

void PostgresConnection::commit() {
  const auto result = checked(PQexec(connection_, "COMMIT"), "COMMIT");
  // COMMIT of a failed transaction is answered with ROLLBACK and no error.
  if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) throw QueryError("a failed transaction was to be kept");
}

bool PostgresConnection::in_transaction() const {
  const auto status = PQtransactionStatus(connection_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PostgresConnection::still_there() {
  // A server that stopped has left a farewell and an end of file in the socket: one look for each.
  return PQconsumeInput(connection_) == 1 && PQconsumeInput(connection_) == 1 && !broken();
}

void PostgresConnection::drop_unused_statements() {
  for (const auto& name : dropped_) control(("DEALLOCATE " + name).c_str());
  dropped_.clear();
}

PgResult PostgresConnection::checked(PGresult* raw, std::string_view sql) {
  PgResult result(raw);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw_error(result.get(), sql);
  return result;
}

namespace {
Lack lack_of_state(std::string_view state) {
  if (state == "25006") return Lack::read_only;
  if (state == "53100") return Lack::full;
  if (state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03") return Lack::unreachable;
  if (state.starts_with("58")) return Lack::damaged;
  return Lack::busy;
}
}  // namespace

void PostgresConnection::throw_error(const PGresult* result, std::string_view sql) {
  const std::string state = field_of(result, PG_DIAG_SQLSTATE);
  const std::string_view group = std::string_view(state).substr(0, 2);
  const std::string where = "SQLSTATE " + state + ": " + shortened(sql);
  const auto constraint = [&](ConstraintKind kind) {
    return ConstraintViolation(kind, field_of(result, PG_DIAG_CONSTRAINT_NAME));
  };
  if (state.empty() || broken()) throw Lacking(Lack::unreachable, "the connection to PostgreSQL is lost");
  if (state == "40001" || state == "40P01") {
    throw Retry(std::make_exception_ptr(Lacking(Lack::busy, "the transaction kept losing races: " + where)));
  }
  if (state == "23505" || state == "23P01") {
    auto broken_key = constraint(ConstraintKind::unique);
    // The same command sent twice at once: the second attempt finds the first one's answer.
    if (broken_key.name() == "command_once") throw Retry(std::make_exception_ptr(broken_key));
    throw broken_key;
  }
  if (state == "23503" || state == "23001") throw constraint(ConstraintKind::foreign_key);
  if (state == "23514") throw constraint(ConstraintKind::check);
  if (state == "23502") {
    throw ConstraintViolation(ConstraintKind::not_null,
                              field_of(result, PG_DIAG_TABLE_NAME) + "." + field_of(result, PG_DIAG_COLUMN_NAME));
  }
  // RAISE in a trigger; the message is the name, as with RAISE(ABORT, 'name') on SQLite.
  if (state == "P0001") throw ConstraintViolation(ConstraintKind::check, field_of(result, PG_DIAG_MESSAGE_PRIMARY));
  // 08 connection, 53 resources (full disk, memory), 55 locks, 57 stopped or too slow, 58 disk, 25006 standby.
  if (group == "08" || group == "53" || group == "55" || group == "57" || group == "58" || state == "25006") {
    throw Lacking(lack_of_state(state), where);
  }
  // 42: the statement itself is wrong, and the message names what; others may quote values.
  throw QueryError(group == "42" ? field_of(result, PG_DIAG_MESSAGE_PRIMARY) + ": " + where : where);
}

}  // namespace kasane::db::detail
