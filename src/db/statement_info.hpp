// What preparing a statement tells; for tests and checks.
#pragma once
#include <string>
#include <vector>

namespace kasane::db {

struct StatementInfo {
  int parameters = 0;
  std::vector<std::string> columns;
  /// SQLite only: "table.column" of everything it reads, each once, sorted.
  std::vector<std::string> reads;
};

}  // namespace kasane::db
