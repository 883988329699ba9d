// SQLite's C interface behind Connection: parameters are bound by name, and the authorizer keeps plain statements
// away from personal columns even where the text does not name them (SELECT *).
#include "db/sqlite_connection.hpp"

#include "db/lack.hpp"
#include "db/sql_text.hpp"
#include "db/sqlite_constraint.hpp"

namespace kasane::db::detail {

namespace {
class SqliteRow final : public RowSource {
 public:
  explicit SqliteRow(const SqliteStatement& statement) : statement_(statement) {}
  bool is_null(int col) const override { return sqlite3_column_type(statement_.get(), col) == SQLITE_NULL; }
  std::int64_t i64(int col) const override {
    require(col, SQLITE_INTEGER, "a whole number");
    return sqlite3_column_int64(statement_.get(), col);
  }
  std::string_view text(int col) const override {
    require(col, SQLITE_TEXT, "text");
    const auto* chars = sqlite3_column_text(statement_.get(), col);
    return {reinterpret_cast<const char*>(chars), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), col))};
  }
  Blob blob(int col) const override {
    require(col, SQLITE_BLOB, "bytes");
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), col));
    return bytes ? Blob(bytes, bytes + sqlite3_column_bytes(statement_.get(), col)) : Blob{};
  }

 private:
  void require(int col, int type, const char* what) const {
    if (sqlite3_column_type(statement_.get(), col) == type) return;
    throw Misuse("column " + statement_.columns().names[static_cast<std::size_t>(col)] + " is not " + what);
  }
  const SqliteStatement& statement_;
};

/// SQLite counts what it allocates, under one lock for all connections. Nothing here asks for the numbers.
void count_no_memory() {
  static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // too late when SQLite runs already: then it counts
  (void)code;
}

bool only_space(const char* text) {
  return std::string_view(text).find_first_not_of(" \t\r\n;") == std::string_view::npos;
}
}  // namespace

/// A statement while it runs; afterwards it is reset and goes back to the cache.
class SqliteConnection::Running {
 public:
  Running(SqliteConnection& connection, std::string_view sql, Text kind, const Params& params)
      : connection_(connection), kind_(kind), sql_(sql),
        lease_(connection.cache(kind).take(sql, [&](std::string_view text) { return connection.prepare(text, kind); })) {
    statement().bind(params, sql);
  }
  ~Running() {
    sqlite3_reset(statement().get());
    sqlite3_clear_bindings(statement().get());
    connection_.cache(kind_).give_back(std::move(lease_));
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  SqliteStatement& statement() { return *lease_.front().statement; }
  bool step() {
    connection_.preparing_ = kind_;  // SQLite prepares again by itself when the schema has changed
    const int code = sqlite3_step(statement().get());
    connection_.preparing_ = Text::personal;
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    connection_.throw_error(code, sql_);
  }

 private:
  SqliteConnection& connection_;
  Text kind_;
  std::string_view sql_;
  Lease lease_;
};

SqliteConnection::SqliteConnection(SqliteOptions options) : on_log_pages_(std::move(options.on_log_pages)) {
  count_no_memory();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(options.path.c_str(), &db_, flags, nullptr);
  try {
    if (code != SQLITE_OK) throw_error(code, "open");
    set_up(options);
  } catch (...) {
    plain_.clear();
    personal_.clear();
    sqlite3_close(db_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  plain_.clear();
  personal_.clear();
  sqlite3_close(db_);
}

void SqliteConnection::set_up(const SqliteOptions& options) {
  sqlite3_busy_timeout(db_, static_cast<int>(options.busy_timeout.count()));
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_set_authorizer(db_, &SqliteConnection::authorize, this);
  // WAL: readers and the writer do not wait for each other. FULL: a commit is on disk when it returns.
  std::string mode;
  query("PRAGMA journal_mode=WAL", Text::personal, {}, [&](const Row& row) { mode = row.text(0); });
  if (mode != "wal") throw Lacking(Lack::unreachable, "SQLite cannot keep a write-ahead log beside this file (network drive?)");
  control("PRAGMA synchronous=FULL");
  control("PRAGMA foreign_keys=ON");
  // 12 MB of pages instead of 2: the upper pages of the indexes of a city of 100,000 stay at hand. Taken as it fills.
  control("PRAGMA cache_size=-12000");
  control("PRAGMA case_sensitive_like=ON");  // as PostgreSQL
  control("PRAGMA secure_delete=ON");        // disposed records are overwritten, not only forgotten
  sqlite3_wal_hook(db_, &SqliteConnection::on_commit, this);
  if (options.read_only) control("PRAGMA query_only=ON");
  if (options.max_bytes > 0) {
    std::int64_t page_size = 0;
    query("PRAGMA page_size", Text::personal, {}, [&](const Row& row) { page_size = row.i64(0); });
    control(("PRAGMA max_page_count=" + std::to_string(options.max_bytes / page_size)).c_str());
  }
}

int SqliteConnection::authorize(void* self, int action, const char* table, const char* column, const char*,
                                const char* inside) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  if (action != SQLITE_READ || !column || !*column) return SQLITE_OK;
  if (connection.reads_) connection.reads_->insert(std::string(table) + "." + column);
  // Views and triggers are written in migrations and answer for themselves; what they hand out is checked by name.
  const bool personal = !inside && holds(column, "pii_");
  return personal && connection.preparing_ == Text::plain ? SQLITE_DENY : SQLITE_OK;
}

int SqliteConnection::on_commit(void* self, sqlite3*, const char*, int pages) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  if (connection.on_log_pages_) connection.on_log_pages_(pages);
  return SQLITE_OK;
}

std::unique_ptr<SqliteStatement> SqliteConnection::prepare(std::string_view sql, Text kind) {
  const std::string text = expand_id_lists(sql, Engine::sqlite);
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  preparing_ = kind;
  const int code = sqlite3_prepare_v3(db_, text.c_str(), static_cast<int>(text.size() + 1), SQLITE_PREPARE_PERSISTENT,
                                      &raw, &rest);
  preparing_ = Text::personal;
  if (code != SQLITE_OK) throw_error(code, sql);
  if (!raw) throw QueryError("an empty statement");
  auto statement = std::make_unique<SqliteStatement>(raw);
  if (!only_space(rest)) throw QueryError("more than one statement: " + shortened(sql));
  statement->find_parameters(sql);
  return statement;
}

void SqliteConnection::query(std::string_view sql, Text kind, const Params& params, ReadTx::OnRow on_row) {
  Running running(*this, sql, kind, params);
  const SqliteRow source(running.statement());
  const Row row(source, running.statement().columns());
  while (running.step()) on_row(row);
}

std::int64_t SqliteConnection::change(std::string_view sql, Text kind, const Params& params) {
  Running running(*this, sql, kind, params);
  while (running.step()) {
  }
  return sqlite3_stmt_readonly(running.statement().get()) ? 0 : sqlite3_changes64(db_);
}

void SqliteConnection::control(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_error(code, sql);
}

StatementInfo SqliteConnection::describe(std::string_view sql) {
  std::set<std::string> reads;
  reads_ = &reads;
  std::unique_ptr<SqliteStatement> statement;
  try {
    statement = prepare(sql, Text::personal);
  } catch (...) {
    reads_ = nullptr;
    throw;
  }
  reads_ = nullptr;
  return {statement->parameters(), statement->columns().names, {reads.begin(), reads.end()}};
}

bool SqliteConnection::checkpoint(bool empty_log) {
  int in_log = 0;
  int moved = 0;
  const int mode = empty_log ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, &in_log, &moved);
  return code == SQLITE_OK && moved == in_log;
}

void SqliteConnection::copy_to(const std::string& path) {
  const Params target = params(path);
  Running running(*this, "VACUUM INTO $1", Text::personal, target);
  while (running.step()) {
  }
}

void SqliteConnection::prove_writable() {
  // The header's user_version is not used otherwise; writing it makes a page, so the commit has something to sync.
  begin_write();
  try {
    control("PRAGMA user_version=1");
    commit();
  } catch (...) {
    roll_back();
    throw;
  }
}

void SqliteConnection::throw_error(int code, std::string_view sql) {
  const std::string message = db_ ? sqlite3_errmsg(db_) : "out of memory";
  const std::string where = message + ": " + shortened(sql);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
          throw ConstraintViolation(ConstraintKind::unique, sqlite_constraint_name(db_, code, message));
        case SQLITE_CONSTRAINT_FOREIGNKEY: throw ConstraintViolation(ConstraintKind::foreign_key, "");
        case SQLITE_CONSTRAINT_NOTNULL:
          throw ConstraintViolation(ConstraintKind::not_null, sqlite_constraint_name(db_, code, message));
        case SQLITE_CONSTRAINT_CHECK:
        case SQLITE_CONSTRAINT_TRIGGER:
          throw ConstraintViolation(ConstraintKind::check, sqlite_constraint_name(db_, code, message));
        default: throw QueryError(where);  // a value of the wrong type for its column
      }
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: broken_ = true; throw Lacking(Lack::damaged, where);
    case SQLITE_NOMEM: broken_ = true; throw Unavailable(where);
    case SQLITE_FULL: throw Lacking(Lack::full, where);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT: throw Lacking(Lack::busy, where);
    case SQLITE_READONLY:
    case SQLITE_PERM: throw Lacking(Lack::read_only, where);
    case SQLITE_CANTOPEN: throw Lacking(Lack::unreachable, where);
    default: throw QueryError(where);
  }
}

}  // namespace kasane::db::detail
