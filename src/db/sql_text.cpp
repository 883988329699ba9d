// Text work on statements, without any knowledge of connections.
#include "db/sql_text.hpp"

namespace kasane::db::detail {

namespace {
std::string id_list_select(std::string_view parameter, Engine engine) {
  const std::string p(parameter);
  switch (engine) {
    case Engine::sqlite: return "(SELECT value FROM json_each(" + p + "))";
    case Engine::postgres:
      return "(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(" + p + " AS json)))";
  }
  throw Misuse("unknown engine");
}
}  // namespace

std::string expand_id_lists(std::string_view sql, Engine engine) {
  constexpr std::string_view kOpen = "{ids:";
  std::string out;
  for (;;) {
    const auto open = sql.find(kOpen);
    if (open == std::string_view::npos) return out.append(sql);
    const auto close = sql.find('}', open);
    const auto parameter = close == std::string_view::npos ? std::string_view{}
                                                           : sql.substr(open + kOpen.size(), close - open - kOpen.size());
    if (parameter.size() < 2 || parameter[0] != '$') throw QueryError("{ids:...} wants a parameter: " + shortened(sql));
    out.append(sql.substr(0, open)).append(id_list_select(parameter, engine));
    sql.remove_prefix(close + 1);
  }
}

std::string shortened(std::string_view sql) {
  constexpr std::size_t kMost = 160;
  std::string words;
  for (char c : sql) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (space && (words.empty() || words.back() == ' ')) continue;
    if (words.size() == kMost) return words + "...";
    words += space ? ' ' : c;
  }
  return words;
}

void require_storable(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) throw Misuse("a text with a NUL byte cannot be stored");
}

}  // namespace kasane::db::detail
