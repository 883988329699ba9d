// Every SQL statement of the program is prepared on every engine against the migrated tables: a typing mistake, a
// column that a migration renamed or a word that only one engine knows is found here and not by staff.
#include <algorithm>
#include <cstdio>

#include "db/testing.hpp"

namespace kasane::db {
namespace {

struct Statement {
  std::string place;   // file:line
  std::string engine;  // "sqlite", "postgres" or "both"
  std::string sql;
};

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (!pipe) return output;
  char buffer[4096];
  while (const auto count = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return output;
}

std::vector<Statement> all_statements() {
  std::vector<Statement> all;
  const std::string output = output_of("python3 " KASANE_SOURCE_DIR "/tools/lint/sql_literals.py " KASANE_SOURCE_DIR);
  std::string_view rest = output;
  for (auto end = rest.find("\x1e\n"); end != std::string_view::npos; end = rest.find("\x1e\n")) {
    const auto record = rest.substr(0, end);
    const auto tab = record.find('\t');
    const auto line = record.find('\n');
    all.push_back({std::string(record.substr(0, tab)), std::string(record.substr(tab + 1, line - tab - 1)),
                   std::string(record.substr(line + 1))});
    rest.remove_prefix(end + 2);
  }
  return all;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// What the access door puts in, as simple as it can be.
std::string expanded(std::string sql) {
  replace_all(sql, "$permit", "1");
  for (auto open = sql.find("{scope:"); open != std::string::npos; open = sql.find("{scope:")) {
    const auto close = sql.find('}', open);
    if (close == std::string::npos) break;
    sql.replace(open, close - open + 1, "(1=1)");
  }
  return sql;
}

/// Empty when it prepares on one of the databases, else why not.
std::string complaint(const std::vector<Database*>& databases, const std::string& sql) {
  std::string why;
  for (auto* database : databases) {
    try {
      database->describe(sql);
      return {};
    } catch (const Failure& failure) {
      if (why != failure.what()) why += std::string(why.empty() ? "" : "\n  or: ") + failure.what();
    }
  }
  return why;
}

class EveryStatement : public ::testing::TestWithParam<Engine> {};
KASANE_EVERY_ENGINE(EveryStatement);

TEST_P(EveryStatement, of_every_store_prepares) {
  TestDatabase city(GetParam());
  TestDatabase audit(GetParam(), kAuditMigrations);
  const std::string other = GetParam() == Engine::sqlite ? "postgres" : "sqlite";
  const auto statements = all_statements();
  EXPECT_GT(statements.size(), 5U) << "this room alone has some";
  for (const auto& statement : statements) {
    if (statement.engine == other) continue;
    const auto why = complaint({&*city, &*audit}, expanded(statement.sql));
    if (!why.empty()) ADD_FAILURE() << statement.place << "\n      " << why;
  }
}

TEST_P(EveryStatement, that_is_wrong_is_found) {
  TestDatabase city(GetParam());
  for (const char* wrong : {"SELECT no_such_column FROM outbox", "SELEC id FROM outbox", "SELECT id FROM outbox WHERE id = $2",
                            "SELECT id FROM outbox; SELECT 1", "SELECT id FROM outbox WHERE topic = \"mail\""}) {
    EXPECT_NE(complaint({&*city}, wrong), "") << wrong;
  }
}

TEST(SqlLiterals, are_listed_with_place_and_engine) {
  const auto statements = all_statements();
  const auto outbox = std::find_if(statements.begin(), statements.end(), [](const Statement& s) {
    return s.place.starts_with("src/db/tx.cpp:") && s.sql == "INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)";
  });
  ASSERT_NE(outbox, statements.end());
  EXPECT_EQ(outbox->engine, "both");
}

}  // namespace
}  // namespace kasane::db
