#include "cli/commands.hpp"

#include <csignal>
#include <iostream>

#include "base/log.hpp"
#include "cli/start_checks.hpp"
#include "programme/clock_check.hpp"

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
  const DataLock lock(settings.data);
  raise_descriptors(descriptors_needed(settings));
  require_secret(settings.data / "key");
  require_secret(settings.data / "audit-key");
  require_kept_outside(settings.checkpoints);
  for (const std::string& warning : warnings_of(settings)) std::cerr << "注意: " << warning << "\n";
  App app(std::move(settings), clock);
  for (const auto& city : app.dispatcher().cities())
    if (const auto newest = programme::event_from_the_future(*city)) {
      log::warn("clock.behind", {{"minutes", (*newest - clock.now()) / 60'000}});
      std::cerr << "注意: " << city->slug << ": いちばん新しい記録（" << wareki_short(office_day(*newest)) << " " << office_time(*newest)
                << "）が、この機械のいまの時刻より後です。時計を確かめてください（docs/operators/README.md）。\n";
    }
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

}  // namespace kasane::cli
