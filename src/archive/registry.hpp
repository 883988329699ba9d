// The one table of all tables with personal data: whose facts control their rows, how they are found from a root
// (household, or a record without one), after which class of retention they go, and the statement that removes them.
// Gathering for a 開示請求, retention, disposal and the documents on data protection rest on it; a test holds it
// against the migrations. Who holds a row is what access_subject says of the record in `subject`.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/ids.hpp"
#include "db/sql.hpp"

namespace kasane::archive {

/// What is kept for how long. The code (code_of) is the row of the city's table retention_set.
enum class RetentionClass : std::uint8_t {
  case_file,   // case, records, plans, consents, referrals, assessments, consultations that led to a case
  intake,      // consultations and notices that led to no case
  meeting,     // agenda items, findings and results
  disclosure,  // 開示請求
  provision,   // 目的外利用・提供: whom a line was about; the line itself stays in the list
  base,        // household, persons, search, grounds: with the last record that hangs on them
};
std::string_view code_of(RetentionClass c);
std::optional<RetentionClass> parse_retention_class(std::string_view code);
/// Classes that a city sets years for.
inline constexpr RetentionClass kSetClasses[] = {RetentionClass::case_file, RetentionClass::intake, RetentionClass::meeting, RetentionClass::disclosure,
                                                 RetentionClass::provision};

struct PersonalTable {
  std::string_view name;
  SubjectKind subject;       // kind of the record that it belongs to
  std::string_view key;      // column that names that record, household or person
  RetentionClass retention;
  db::PlainSql dispose;      // removes the rows of the root $1
};

/// Rows that hang on others come before them: in this order everything can be removed.
std::span<const PersonalTable> personal_tables();

/// The class that a record of this kind goes with, where it does not go with its household.
RetentionClass retention_of(SubjectKind kind);

/// Tables that name records or persons and hold nothing about them: they stay (counts, audit, disposal itself).
std::span<const std::string_view> kept_tables();

}  // namespace kasane::archive
