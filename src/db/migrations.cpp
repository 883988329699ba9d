// The embedded migration files: which ones, in which order, in which dialect.
#include "db/migrations.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/embedded.hpp"

namespace kasane::db {

namespace {
struct Token {
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
};
constexpr Token kTokens[] = {
    {"i64", "INTEGER", "BIGINT"}, {"text", "TEXT", "TEXT"}, {"blob", "BLOB", "BYTEA"},
    {"bool", "INTEGER", "BOOLEAN"}, {"strict", "STRICT", ""},
};

std::string_view token_text(std::string_view name, Engine engine) {
  const auto* found = std::find_if(std::begin(kTokens), std::end(kTokens), [&](const Token& t) { return t.name == name; });
  if (found == std::end(kTokens)) throw OpenError("移行ファイルに知らない記号があります: {{" + std::string(name) + "}}");
  return engine == Engine::sqlite ? found->sqlite : found->postgres;
}

constexpr std::string_view kSqliteEnd = ".sqlite.sql";
constexpr std::string_view kPostgresEnd = ".postgres.sql";

bool concerns(std::string_view file, Engine engine) {
  if (!file.ends_with(".sql")) return false;
  return engine == Engine::sqlite ? !file.ends_with(kPostgresEnd) : !file.ends_with(kSqliteEnd);
}

/// "020_people" of "020_people.sqlite.sql".
std::string_view stem(std::string_view file) { return file.substr(0, file.find('.')); }

int version_of(std::string_view file) {
  int version = -1;
  const auto [end, error] = std::from_chars(file.data(), file.data() + file.size(), version);
  if (error != std::errc{} || end != file.data() + 3 || *end != '_') {
    throw OpenError("移行ファイルの名前は 3桁の番号と _ で始めてください: " + std::string(file));
  }
  return version;
}

void require_one_subject_per_number(const std::vector<Migration>& all) {
  std::map<int, std::string_view> subjects;
  for (const auto& migration : all) {
    const auto [at, fresh] = subjects.emplace(migration.version, stem(migration.name));
    if (!fresh && at->second != stem(migration.name)) {
      throw OpenError("移行ファイルの番号が重なっています: " + migration.name);
    }
  }
}
}  // namespace

std::vector<Migration> migrations_for(std::string_view prefix, Engine engine) {
  std::vector<Migration> all;
  for (const auto& file : embedded_files()) {
    if (!file.name.starts_with(prefix)) continue;
    const auto name = file.name.substr(prefix.size());
    if (name.find('/') != std::string_view::npos || !concerns(name, engine)) continue;
    all.push_back({version_of(name), std::string(name), std::string(file.content)});
  }
  // "020_people.sql" before "020_people.sqlite.sql": by number, then shorter name first.
  std::sort(all.begin(), all.end(), [](const Migration& a, const Migration& b) {
    return std::tuple(a.version, a.name.size(), a.name) < std::tuple(b.version, b.name.size(), b.name);
  });
  require_one_subject_per_number(all);
  return all;
}

std::string expand_tokens(std::string_view sql, Engine engine) {
  std::string out;
  for (;;) {
    const auto open = sql.find("{{");
    if (open == std::string_view::npos) return out.append(sql);
    const auto close = sql.find("}}", open);
    if (close == std::string_view::npos) throw OpenError("移行ファイルの {{ が閉じていません。");
    out.append(sql.substr(0, open)).append(token_text(sql.substr(open + 2, close - open - 2), engine));
    sql.remove_prefix(close + 2);
  }
}

std::string migration_checksum(std::string_view sql) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(sql.data()), sql.size());
  char hex[2 * sizeof hash + 1];
  return sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
}

}  // namespace kasane::db
