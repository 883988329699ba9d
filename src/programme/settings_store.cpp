#include <algorithm>
#include <fstream>
#include <iterator>

#include "access/audit.hpp"
#include "base/crypto.hpp"
#include "programme/settings_seen.hpp"

namespace kasane::programme {

std::string fingerprint_of(const std::vector<std::filesystem::path>& folders) {
  std::string all;
  for (const auto& folder : folders) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      std::ifstream in(file, std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      all += file.lexically_relative(folder).string() + "\n" + to_hex(sha256(bytes)) + "\n";
    }
    all += "\n";
  }
  return to_hex(sha256(all));
}

bool note_settings(db::Database& db, const std::string& fingerprint, UtcMs now) {
  return db.write([&](db::WriteTx& tx) {
    const auto last = tx.one<std::string>(R"sql(SELECT fingerprint FROM settings_seen ORDER BY seen_at DESC LIMIT 1)sql", {}, [](const db::Row& r) { return r.text(0); });
    if (last == fingerprint) return false;
    tx.run(R"sql(INSERT INTO settings_seen (fingerprint, seen_at) VALUES ($1, $2) ON CONFLICT (seen_at) DO UPDATE SET fingerprint = excluded.fingerprint)sql",
           db::params(fingerprint, now));
    access::Trail trail;
    trail.action("settings.changed", access::Act::write);
    access::audit_write(tx, AccountId(0), trail, now);
    return true;
  });
}

}  // namespace kasane::programme
