// What a database can throw. Infrastructure that is lost or busy is Unavailable (callers answer 503); a broken
// constraint is ConstraintViolation (services that expect one turn it into an Error); the rest are bugs.
// No message holds a value from the database: all may be logged.
#pragma once
#include <stdexcept>
#include <string>

namespace kasane::db {

/// Everything that comes from running statements. After one, the transaction it came from is lost: a closure may
/// catch it to return an Error, and anything else it does with the transaction throws the same again.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Try again later: full disk, locked file, read-only file, lost connection, no free connection in time, full queue.
class Unavailable : public Failure {
 public:
  using Failure::Failure;
};

enum class ConstraintKind { unique, check, foreign_key, not_null };

/// `name` is the constraint's name, the same on both engines: as declared with CONSTRAINT, or else
/// table_pkey / table_column_key for unnamed keys, table.column for NOT NULL. SQLite does not tell which foreign key
/// was broken: there the name is empty.
class ConstraintViolation : public Failure {
 public:
  ConstraintViolation(ConstraintKind kind, std::string name)
      : Failure("constraint broken: " + name), kind_(kind), name_(std::move(name)) {}
  ConstraintKind kind() const { return kind_; }
  const std::string& name() const { return name_; }

 private:
  ConstraintKind kind_;
  std::string name_;
};

/// The engine rejects the statement (syntax, unknown column, wrong type): a bug in the statement.
class QueryError : public Failure {
 public:
  using Failure::Failure;
};

/// The database cannot be opened or migrated: start-up stops with this text (Japanese, for the operator).
class OpenError : public Failure {
 public:
  using Failure::Failure;
};

/// The API is used wrongly: personal column without a key, NULL where none is expected, nested transactions.
class Misuse : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace kasane::db
