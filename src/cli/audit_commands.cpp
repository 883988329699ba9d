#include "cli/audit_commands.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "access/audit_store.hpp"
#include "access/audit_verify.hpp"
#include "access/key_handover.hpp"
#include "cli/audit_keys.hpp"
#include "db/as_it_is.hpp"
#include "meeting/guest_store.hpp"
#include "programme/account_store.hpp"

namespace kasane::cli {

namespace {

std::string report_line(const access::AuditReport& r) {
  return "記録 " + std::to_string(r.events) + "件、まとまり " + std::to_string(r.batches) + "、確認点 " + std::to_string(r.checkpoints) +
         "、外に置いた写し " + std::to_string(r.outside) + "行" + (r.unsealed > 0 ? "、まだ封じていない変更 " + std::to_string(r.unsealed) + "件" : "");
}

/// Lines that were kept, with where they stand: for what cannot be read.
struct KeptLines {
  std::vector<std::string> lines;
  bool unreadable_file = false;
  bool unreadable_line = false;
};

void read_lines(KeptLines& kept, const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) kept.unreadable_file = true;
  std::string bad;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line == "\r") continue;
    if (access::parse_checkpoint_line(line) || access::parse_handover_line(line)) kept.lines.push_back(line);
    else bad += (bad.empty() ? "" : "、") + std::to_string(number);
  }
  if (bad.empty()) return;
  kept.unreadable_line = true;
  std::cout << "確認点の写し " << file.filename().string() << " の " << bad << "行目が読めません。その行は比べていません。\n";
}

/// Why nothing, or not all, was compared; empty when all was.
std::string not_compared(const access::AuditReport& r, bool own_lines) {
  if (r.batches == 0) return "記録がひとつもありません。確かめたものはありません。";
  if (r.checkpoints == 0 && r.outside == 0) return "署名された確認点がありません。記録が丸ごと作り直されていても分かりません。";
  if (r.outside == 0)
    return own_lines ? "確認点の写しに、この市の行がありません。末尾が切られていても分かりません。" : "外に置いた写しに、この市の行がありません。外の写しとは比べていません。";
  return {};
}

std::string notes_of(const access::AuditReport& r) {
  std::string out;
  if (r.words_forgotten > 0) out += "  廃棄により、さがした言葉を消した検索 " + std::to_string(r.words_forgotten) + "件\n";
  if (r.words_unproven > 0) out += "  書きかえられていないか確かめられない、さがした言葉 " + std::to_string(r.words_unproven) + "件（前の版で残したもの）\n";
  for (const access::AuditReport::Restored& one : r.restored) {
    out += "  控えから戻した記録: " + wareki_short(office_day(one.at)) + " " + office_time(one.at);
    if (one.lost.first <= one.lost.last)
      out += "。確認点 " + std::to_string(one.lost.first) + "番から" + std::to_string(one.lost.last) + "番までの記録は、戻したときに失われました";
    out += "。戻した覚えがなければ、異常です。\n";
  }
  return out;
}

enum class Outcome : std::uint8_t { whole, altered, not_compared };

Outcome verify_city(const CitySettings& city, const std::vector<std::string>& lines, const std::vector<PublicKey>& trusted, bool own_lines) {
  const db::Settings database = db::settings_for(city.database);
  if (database.engine == db::Engine::sqlite && !std::filesystem::exists(database.location)) {
    const bool begun = !access::years_in(city.audit).empty();
    std::cout << city.slug << (begun ? ": 異常があります。閲覧の記録はありますが、市のデータベースがありません。\n" : ": 市のデータベースも閲覧の記録もありません。確かめたものはありません。\n");
    return begun ? Outcome::altered : Outcome::not_compared;
  }
  access::AuditReport report;
  try {
    report = access::verify_audit(city.audit, *db::open_as_it_is(database), city.slug, lines, trusted);
  } catch (const db::Failure& e) {
    std::cout << city.slug << ": 読めませんでした。前の版の形のままなら、新しい版で一度始めてから確かめてください（" << e.what() << "）。\n";
    return Outcome::not_compared;
  }
  const std::string missing = not_compared(report, own_lines);
  std::cout << city.slug << ": " << (!report.whole() ? "異常があります。" : missing.empty() ? "異常はありません。" : "確かめられませんでした。") << report_line(report) << "\n";
  for (const access::AuditFinding& f : report.findings) std::cout << "  " << access::words_of(f) << "\n";
  if (!missing.empty()) std::cout << "  " << missing << "\n";
  std::cout << notes_of(report);
  if (report.batches > 0) std::cout << "  いまの確認番号 " << access::short_code(report.chain) << "\n";
  if (!report.whole()) return Outcome::altered;
  return missing.empty() ? Outcome::whole : Outcome::not_compared;
}

}  // namespace

int audit_verify(const AppSettings& settings, const std::string& slug, const std::vector<std::string>& outside, const std::vector<std::string>& keys) {
  init_crypto();
  const bool own_lines = outside.empty();
  KeptLines kept;
  for (const std::string& file : outside) read_lines(kept, file);
  if (kept.unreadable_file) {
    std::cout << "確認点の写しが読めません。場所を確かめてください。\n";
    return 2;
  }
  if (own_lines) read_lines(kept, settings.checkpoints);
  if (std::filesystem::exists(handovers_file(settings.data))) read_lines(kept, handovers_file(settings.data));
  std::vector<PublicKey> trusted;
  for (const std::string& hex : keys.empty() ? std::vector<std::string>{first_line(settings.data / "audit-key.pub")} : keys) {
    const auto key = parse_public_key(hex);
    if (key) trusted.push_back(*key);
    else if (!keys.empty()) {
      std::cout << "公開鍵は64桁の16進数で指定してください。\n";
      return 2;
    }
  }
  bool known = false, altered = false, compared = !trusted.empty() && !kept.unreadable_line;
  if (trusted.empty()) std::cout << "公開鍵（audit-key.pub）がないため、確認点の中の鍵を信じて確かめます。控えた公開鍵を --key で指定してください。\n";
  for (const CitySettings& city : settings.cities) {
    if (!slug.empty() && city.slug != slug) continue;
    known = true;
    const Outcome outcome = verify_city(city, kept.lines, trusted, own_lines);
    altered = altered || outcome == Outcome::altered;
    compared = compared && outcome != Outcome::not_compared;
  }
  if (!known) {
    std::cout << "その名前の市はありません。\n";
    return 2;
  }
  if (own_lines) std::cout << "この機械の中の写しと比べました。外に置いた写しと比べるには --outside ファイル を付けてください。\n";
  if (altered) return 1;
  if (!compared) std::cout << "比べられなかったものがあります。上に書いたとおりです。\n";
  return compared ? 0 : 2;
}

namespace {

/// The highest number that a rightly signed line outside gives for this city; nothing when there is no such line.
std::optional<std::int64_t> newest_outside(const std::string& slug, const std::vector<std::string>& lines, const access::KeyLine& keys) {
  std::optional<std::int64_t> newest;
  for (const std::string& line : lines) {
    const auto c = access::parse_checkpoint_line(line);
    if (c && c->city == slug && keys.knows(c->key) && access::signature_holds(*c)) newest = std::max(newest.value_or(0), c->number);
  }
  return newest;
}

std::int64_t newest_inside(access::AuditLog& log) {
  std::int64_t newest = 0;
  for (const int year : log.years())
    if (const auto last = log.file_for(start_of(FiscalYear{year}.first())).read([](db::ReadTx& tx) { return access::audit_store::last_checkpoint(tx); }))
      newest = std::max(newest, last->number);
  return newest;
}

void go_on_after_restore(const CitySettings& city, std::int64_t outside, const Signer& signer, const std::filesystem::path& checkpoints) {
  const SystemClock clock;
  const auto database = db::Database::open(db::settings_for(city.database));
  access::AuditLog log(city.audit, clock);
  const std::int64_t inside = newest_inside(log);
  const access::LostCheckpoints lost{inside + 1, std::max(inside, outside)};
  const std::int64_t ended = database->write([&](db::WriteTx& tx) {
    access::Trail trail;
    trail.action(access::kRestored, access::Act::write);
    trail.detail(access::detail_of(lost));
    access::audit_write(tx, AccountId(0), trail, clock.now());
    meeting::store::end_all_guest_sessions(tx);
    return programme::end_all_sessions(tx, clock.now());
  });
  while (log.seal_writes(*database, true) > 0) {
  }
  const auto made = log.checkpoint(city.slug, signer, lost.last + 1);
  std::cout << city.slug << ": 戻したことを記録しました。サインイン " << ended << "件を終わらせました。";
  if (lost.first <= lost.last) std::cout << "確認点 " << lost.first << "番から" << lost.last << "番までの記録は失われています。";
  std::cout << "\n";
  if (made && !keep_outside(checkpoints, access::checkpoint_line(*made))) std::cout << "  確認点の写しに書けません。場所を確かめてください。\n";
}

}  // namespace

int restored(const AppSettings& settings, const std::vector<std::string>& outside) {
  init_crypto();
  KeptLines kept;
  for (const std::string& file : outside) read_lines(kept, file);
  if (kept.unreadable_file) {
    std::cout << "確認点の写しが読めません。場所を確かめてください。\n";
    return 2;
  }
  if (std::filesystem::exists(settings.checkpoints)) read_lines(kept, settings.checkpoints);
  if (std::filesystem::exists(handovers_file(settings.data))) read_lines(kept, handovers_file(settings.data));
  const Signer signer = load_or_make_signer(settings.data);
  std::vector<access::KeyHandover> handovers;
  for (const std::string& line : kept.lines)
    if (const auto h = access::parse_handover_line(line)) handovers.push_back(*h);
  const access::KeyLine keys({signer.public_key()}, handovers);
  // All cities first, so that nothing is done by halves.
  std::vector<std::pair<const CitySettings*, std::int64_t>> found;
  for (const CitySettings& city : settings.cities) {
    const db::Settings database = db::settings_for(city.database);
    if (access::years_in(city.audit).empty() || (database.engine == db::Engine::sqlite && !std::filesystem::exists(database.location))) {
      std::cout << city.slug << ": データベースか閲覧の記録がありません。両方を戻してから、もう一度動かしてください。\n";
      return 2;
    }
    const auto newest = newest_outside(city.slug, kept.lines, keys);
    if (!newest) {
      std::cout << city.slug << ": 外に置いた確認点の写しに、この市の行がありません。--outside ファイル で示してください。示さないと、新しい確認点の番号が外の写しとぶつかります。\n";
      return 2;
    }
    found.emplace_back(&city, *newest);
  }
  for (const auto& [city, newest] : found) go_on_after_restore(*city, newest, signer, settings.checkpoints);
  std::cout << "次に、廃棄したものをもう一度廃棄し（docs/operators/retention.md）、kasane audit verify で確かめてから始めてください。\n";
  return 0;
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
