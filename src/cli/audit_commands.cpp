#include "cli/audit_commands.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "access/audit_verify.hpp"
#include "db/as_it_is.hpp"

namespace kasane::cli {

namespace {

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text);
  return text;
}

bool write_new(const std::filesystem::path& file, const std::string& text, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, mode);
  if (fd < 0) return false;
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return written;
}

std::string report_line(const access::AuditReport& r) {
  return "記録 " + std::to_string(r.events) + "件、まとまり " + std::to_string(r.batches) + "、確認点 " + std::to_string(r.checkpoints) +
         "、外に置いた写し " + std::to_string(r.outside) + "行" + (r.unsealed > 0 ? "、まだ封じていない変更 " + std::to_string(r.unsealed) + "件" : "");
}

}  // namespace

Signer load_or_make_signer(const std::filesystem::path& data) {
  std::filesystem::create_directories(data);
  const std::filesystem::path file = data / "audit-key";
  if (!std::filesystem::exists(file) && !write_new(file, to_hex(random_bytes(32)), 0600)) throw std::runtime_error("the audit key cannot be written");
  const auto bytes = from_hex(first_line(file));
  std::array<std::uint8_t, 32> secret{};
  if (!bytes || bytes->size() != secret.size()) throw std::runtime_error("the audit key is damaged; restore it from the backup");
  std::copy(bytes->begin(), bytes->end(), secret.begin());
  Signer signer(secret);
  if (!std::filesystem::exists(data / "audit-key.pub")) write_new(data / "audit-key.pub", to_hex(std::span<const std::uint8_t>(signer.public_key())) + "\n", 0644);
  return signer;
}

bool keep_outside(const std::filesystem::path& file, const std::string& line) {
  std::error_code ignored;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0640);
  if (fd < 0) return false;
  const std::string text = line + "\n";
  const bool kept = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return kept;
}

int audit_verify(const AppSettings& settings, const std::string& slug, std::vector<std::string> outside, const std::string& key) {
  init_crypto();
  const bool own_lines = outside.empty();
  if (own_lines) outside.push_back(settings.checkpoints.string());
  std::vector<std::string> lines;
  for (const std::string& file : outside) {
    std::ifstream in(file);
    if (!in && !own_lines) {
      std::cout << "確認点の写しが読めません。場所を確かめてください。\n";
      return 2;
    }
    for (std::string line; std::getline(in, line);) lines.push_back(line);
  }
  const std::string hex = key.empty() ? first_line(settings.data / "audit-key.pub") : key;
  const auto trusted = parse_public_key(hex);
  if (!trusted && !key.empty()) {
    std::cout << "公開鍵は64桁の16進数で指定してください。\n";
    return 2;
  }
  bool known = false, whole = true;
  if (!trusted) std::cout << "公開鍵（audit-key.pub）がないため、確認点の中の鍵を信じて確かめます。控えた公開鍵があれば --key で指定してください。\n";
  if (own_lines && lines.empty()) std::cout << "確認点の写し（" << settings.checkpoints.filename().string() << "）がありません。末尾が切られていても分かりません。\n";
  for (const CitySettings& city : settings.cities) {
    if (!slug.empty() && city.slug != slug) continue;
    known = true;
    const db::Settings database = db::settings_for(city.database);
    if (database.engine == db::Engine::sqlite && !std::filesystem::exists(database.location)) {
      if (access::years_in(city.audit).empty()) continue;  // not begun yet
      std::cout << city.slug << ": 異常があります。閲覧の記録はありますが、市のデータベースがありません。\n";
      whole = false;
      continue;
    }
    const auto report = access::verify_audit(city.audit, *db::open_as_it_is(database), city.slug, lines, trusted);
    std::cout << city.slug << ": " << (report.whole() ? "異常はありません。" : "異常があります。") << report_line(report) << "\n";
    for (const access::AuditFinding& f : report.findings) std::cout << "  " << access::words_of(f) << "\n";
    if (report.batches > 0) std::cout << "  いまの確認番号 " << access::short_code(report.chain) << "\n";
    whole = whole && report.whole();
  }
  if (!known) {
    std::cout << "その名前の市はありません。\n";
    return 2;
  }
  if (own_lines) std::cout << "この機械の中の写しと比べました。外に置いた写しと比べるには --outside ファイル を付けてください。\n";
  return whole ? 0 : 1;
}

int audit_checkpoint(const AppSettings& settings) {
  init_crypto();
  std::ifstream in(settings.checkpoints);
  std::vector<access::Checkpoint> newest;
  for (std::string line; std::getline(in, line);) {
    const auto c = access::parse_checkpoint_line(line);
    if (!c) continue;
    const auto same = std::find_if(newest.begin(), newest.end(), [&](const access::Checkpoint& n) { return n.city == c->city; });
    if (same == newest.end()) newest.push_back(*c);
    else if (c->number > same->number) *same = *c;
  }
  for (const access::Checkpoint& c : newest)
    std::cout << c.city << ": " << c.number << "番、確認番号 " << access::short_code(c.chain) << "\n  " << access::checkpoint_line(c) << "\n";
  if (newest.empty()) std::cout << "確認点はまだありません。\n";
  return 0;
}

}  // namespace kasane::cli
