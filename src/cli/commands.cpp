#include "cli/commands.hpp"

#include <csignal>
#include <iostream>

#include "base/log.hpp"
#include "programme/account_service.hpp"
#include "programme/sign_in_events.hpp"

namespace kasane::cli {

int serve(AppSettings settings) {
  // Signals are taken by sigwait below; every thread made after this inherits the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const SystemClock clock;
  const bool tls = !settings.http.tls_certificate.empty();
  const std::string address = settings.http.address;
  App app(std::move(settings), clock);
  app.start();
  log::info("http.started", {{"port", app.port()}, {"tls", tls}});
  std::cout << (tls ? "https" : "http") << "://" << address << ":" << app.port() << "/" << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  log::info("http.stopping");
  app.stop(std::chrono::seconds(10));
  log::info("http.stopped");
  return 0;
}

int check_municipality(const std::filesystem::path& folder, const std::filesystem::path& national) {
  const auto loaded = national.empty() ? programme::load_municipality(folder) : programme::load_municipality(folder, national);
  if (!loaded) {
    for (const auto& f : loaded.error()) std::cout << f.text() << "\n";
    std::cout << "誤りが" << loaded.error().size() << "件あります。この設定は読み込まれません。\n";
    return 1;
  }
  std::cout << loaded->name << "「" << loaded->programme_name << "」: 誤りはありません。機関 " << loaded->agencies.size() << "、会議体 " << loaded->bodies.size()
            << "、指標 " << loaded->indicators.size() << "\n";
  if (auto warning = loaded->plan_warning(SystemClock().today())) std::cout << "注意: " << *warning << "\n";
  return 0;
}

int backup(const AppSettings& settings, const std::filesystem::path& target) {
  if (std::filesystem::exists(target)) {
    std::cout << "控えの置き場所がすでにあります。新しい名前を指定してください。\n";
    return 1;
  }
  std::filesystem::create_directories(target);
  std::filesystem::permissions(target, std::filesystem::perms::owner_all);
  // What vouches first, then what it vouches for, last the city: the copy then holds all that its own proof names.
  if (std::filesystem::exists(settings.checkpoints)) std::filesystem::copy_file(settings.checkpoints, target / "audit-checkpoints.txt");
  for (const CitySettings& city : settings.cities) {
    const db::Settings database = db::settings_for(city.database);
    if (database.engine != db::Engine::sqlite) {
      std::cout << city.slug << ": PostgreSQLのデータベースは pg_dump で控えを取ってください（docs/operators/backup.md）。\n";
    } else {
      const auto folder = target / city.slug;
      std::filesystem::create_directories(folder / "audit");
      if (std::filesystem::exists(city.audit))
        for (const auto& file : std::filesystem::directory_iterator(city.audit)) {
          if (file.path().extension() != ".db") continue;
          db::Settings audit;
          audit.location = file.path().string();
          audit.migrations = db::kAuditMigrations;
          db::Database::open(audit)->backup_to(folder / "audit" / file.path().filename());
        }
      db::Database::open(database)->backup_to(folder / "city.db");
    }
  }
  std::filesystem::copy_file(settings.data / "key", target / "key");
  for (const char* name : {"audit-key", "audit-key.pub", "audit-keys.txt"})
    if (std::filesystem::exists(settings.data / name)) std::filesystem::copy_file(settings.data / name, target / name);
  std::cout << "控えを取りました。鍵（key）は別の場所にも保管してください。\n";
  return 0;
}

int add_administrator(const AppSettings& settings, const std::string& slug, const std::string& login, const std::string& name) {
  const SystemClock clock;
  for (const CitySettings& city : settings.cities) {
    if (city.slug != slug) continue;
    auto opened = open_city(settings, city, clock);
    if (!opened) {
      for (const std::string& line : opened.error()) std::cout << line << "\n";
      return 1;
    }
    programme::City& c = **opened;
    if (c.municipality.owner_sections.empty()) {
      std::cout << "この市の設定には所管課がありません。\n";
      return 1;
    }
    std::string password;
    std::cout << "パスワード（10文字以上）: " << std::flush;
    std::getline(std::cin, password);
    programme::NewAccount account{login, name, password, {{c.directory.id(c.municipality.owner_sections.front()), Role::administrator, "", "", clock.today()}}};
    const auto made = c.db().write([&](db::WriteTx& tx) {
      auto added = programme::add_account(tx, account, clock.now());
      if (added) programme::note_account_made(tx, *added, clock.now());
      return added;
    });
    if (!made) {
      for (const FieldError& f : made.error().fields) std::cout << f.message << "\n";
      return 1;
    }
    std::cout << "管理者を作りました。\n";
    return 0;
  }
  std::cout << "その名前の市はありません。\n";
  return 2;
}

}  // namespace kasane::cli
