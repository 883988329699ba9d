// SQLite names a broken CHECK, but for keys it names only the columns: "UNIQUE constraint failed: t.a, t.b". The
// constraint's name is found in the schema, so that services map the same names on both engines.
#include "db/sqlite_constraint.hpp"

#include <regex>
#include <string_view>
#include <vector>

namespace kasane::db::detail {

namespace {
using Names = std::vector<std::string>;

/// First column of each row.
Names select(sqlite3* db, const char* sql, const std::string& argument) {
  Names found;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_text(statement, 1, argument.data(), static_cast<int>(argument.size()), SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      found.emplace_back(text ? text : "");
    }
  }
  sqlite3_finalize(statement);
  return found;
}

/// Identifiers out of "a, b" or "\"a\" , b DESC".
Names identifiers(const std::string& list) {
  static const std::regex kFirstWord(R"re((?:^|,)\s*["`\[]?(\w+))re");
  Names names;
  for (std::sregex_iterator at(list.begin(), list.end(), kFirstWord), end; at != end; ++at) names.push_back((*at)[1]);
  return names;
}

std::string index_with(sqlite3* db, const std::string& table, const Names& columns) {
  const auto indexes = select(db, "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND origin = 'c'", table);
  for (const auto& index : indexes) {
    if (select(db, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", index) == columns) return index;
  }
  return {};
}

std::string without_comments(const std::string& sql) {
  static const std::regex kComment(R"re(--[^\n]*)re");
  return std::regex_replace(sql, kComment, " ");
}

/// A name given with CONSTRAINT in the table's own definition.
std::string declared_with(sqlite3* db, const std::string& table, const Names& columns) {
  static const std::regex kOfTable(R"re(CONSTRAINT\s+(\w+)\s+(?:UNIQUE|PRIMARY\s+KEY)\s*\(([^)]*)\))re",
                                   std::regex::icase);
  static const std::regex kOfColumn(R"re([(,]\s*(\w+)\s+\w+[^,()]*?CONSTRAINT\s+(\w+)\s+(?:UNIQUE|PRIMARY\s+KEY))re",
                                    std::regex::icase);
  const auto tables = select(db, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1", table);
  if (tables.empty()) return {};
  const std::string sql = without_comments(tables.front());
  for (std::sregex_iterator at(sql.begin(), sql.end(), kOfTable), end; at != end; ++at) {
    if (identifiers((*at)[2]) == columns) return (*at)[1];
  }
  for (std::sregex_iterator at(sql.begin(), sql.end(), kOfColumn), end; at != end; ++at) {
    if (Names{(*at)[1]} == columns) return (*at)[2];
  }
  return {};
}

/// The name that PostgreSQL gives a key without one.
std::string usual_name(sqlite3* db, const std::string& table, const Names& columns) {
  auto key = select(db, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", table);
  if (key == columns) return table + "_pkey";
  std::string name = table;
  for (const auto& column : columns) name += "_" + column;
  return name + "_key";
}

std::string key_name(sqlite3* db, const std::string& failed) {
  static const std::regex kIndex(R"re(index '(.+)')re");
  static const std::regex kColumn(R"re((\w+)\.(\w+))re");
  std::smatch match;
  if (std::regex_match(failed, match, kIndex)) return match[1];
  std::string table;
  Names columns;
  for (std::sregex_iterator at(failed.begin(), failed.end(), kColumn), end; at != end; ++at) {
    table = (*at)[1];
    columns.push_back((*at)[2]);
  }
  if (auto name = index_with(db, table, columns); !name.empty()) return name;
  if (auto name = declared_with(db, table, columns); !name.empty()) return name;
  return usual_name(db, table, columns);
}
}  // namespace

std::string sqlite_constraint_name(sqlite3* db, int extended_code, std::string message) {
  constexpr std::string_view kFailed = "constraint failed: ";
  if (const auto at = message.find(kFailed); at != std::string::npos) message.erase(0, at + kFailed.size());
  const bool key = extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                   extended_code == SQLITE_CONSTRAINT_ROWID;
  return key ? key_name(db, message) : message;
}

}  // namespace kasane::db::detail
