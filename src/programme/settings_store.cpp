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
    // The event itself is what was seen last: whoever changes the folder can change a row beside it, but no sealed event.
    // The action stands in the text: only so does its index serve.
    const auto last = tx.one<std::string>(R"sql(SELECT detail FROM audit_write WHERE action = 'settings.changed' ORDER BY seq DESC LIMIT 1)sql", {},
                                          [](const db::Row& r) {
                                            const db::Blob bytes = r.opt_blob(0).value_or(db::Blob());  // nothing in events of form 1
                                            return std::string(bytes.begin(), bytes.end());
                                          });
    if (last == fingerprint) return false;
    access::Trail trail;
    trail.action("settings.changed", access::Act::write);
    trail.detail(fingerprint);
    access::audit_write(tx, AccountId(0), trail, now);
    return true;
  });
}

}  // namespace kasane::programme
