#include "cli/app.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "cli/audit_keys.hpp"
#include "cli/health.hpp"
#include "cli/routes.hpp"
#include "cli/start_checks.hpp"
#include "db/as_it_is.hpp"
#include "db/fault_word.hpp"
#include "programme/settings_seen.hpp"
#include "web/error_page.hpp"

namespace kasane::cli {

namespace {

constexpr std::size_t kKeySize = 32;

}  // namespace

std::string load_or_make_key(const std::filesystem::path& data) {
  std::filesystem::create_directories(data);
  const std::filesystem::path file = data / "key";
  if (!std::filesystem::exists(file)) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (fd >= 0) {
      const std::string text = to_hex(random_bytes(kKeySize));
      const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
      ::close(fd);
      if (!written) throw std::runtime_error("the key file cannot be written");
    }
  }
  require_secret(file);
  std::ifstream in(file);
  std::string text;
  in >> text;
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != kKeySize) throw std::runtime_error("the key file is damaged; restore it from the backup");
  return std::string(bytes->begin(), bytes->end());
}

namespace {

using Faults = std::vector<std::string>;

tl::expected<programme::Municipality, Faults> load_folder(const AppSettings& app, const CitySettings& city) {
  auto municipality = app.national.empty() ? programme::load_municipality(city.folder) : programme::load_municipality(city.folder, app.national);
  if (municipality) return std::move(*municipality);
  Faults lines;
  for (const auto& f : municipality.error()) lines.push_back(f.text());
  return tl::unexpected(std::move(lines));
}

std::shared_ptr<programme::City> open_loaded(const AppSettings& app, const CitySettings& city, programme::Municipality municipality, const Clock& clock) {
  db::Settings settings = db::settings_for(city.database);
  settings.connections = static_cast<int>(app.http.workers) + 2;
  const auto parent = std::filesystem::path(settings.location).parent_path();
  if (settings.engine == db::Engine::sqlite && !parent.empty()) std::filesystem::create_directories(parent);
  auto database = db::Database::open(settings);
  programme::note_settings(*database, programme::fingerprint_of({city.folder, app.national}), clock.now());
  return std::make_shared<programme::City>(city.slug, std::move(municipality), std::move(database), city.audit, clock, load_or_make_key(app.data));
}

/// The database and every audit file of a city, each as it would be opened.
void require_openable(const CitySettings& city) {
  try {
    db::require_openable(db::settings_for(city.database));
    for (const int year : access::years_in(city.audit)) {
      db::Settings audit;
      audit.location = (city.audit / ("audit-" + std::to_string(year) + ".db")).string();
      audit.migrations = db::kAuditMigrations;
      db::require_openable(audit);
    }
  } catch (const db::OpenError& e) {
    throw std::runtime_error(city.slug + ": " + e.what() + "\n始めていません。どの市のデータベースも変えていません。");
  }
}

}  // namespace

tl::expected<std::shared_ptr<programme::City>, std::vector<std::string>> open_city(const AppSettings& app, const CitySettings& city, const Clock& clock) {
  auto municipality = load_folder(app, city);
  if (!municipality) return tl::unexpected(std::move(municipality.error()));
  return open_loaded(app, city, std::move(*municipality), clock);
}

struct App::Impl {
  AppSettings settings;
  std::unique_ptr<programme::Dispatcher> dispatcher;
  std::unique_ptr<Sealer> sealer;
  std::unique_ptr<Health> health;
  std::unique_ptr<http::Server> server;
};

namespace {

std::vector<std::string> faults_of(const Sealer& sealer) {
  std::vector<std::string> faults;
  if (!sealer.sealed()) faults.push_back("audit not sealed");
  if (!sealer.kept_outside()) faults.push_back("checkpoints not kept");
  return faults;
}

}  // namespace

App::App(AppSettings settings, const Clock& clock) : impl_(std::make_unique<Impl>()) {
  init_crypto();
  impl_->settings = std::move(settings);
  impl_->dispatcher = std::make_unique<programme::Dispatcher>(all_routes());
  impl_->dispatcher->end_sessions_after(impl_->settings.sessions);
  std::vector<programme::Municipality> municipalities;
  std::string faults;
  for (const CitySettings& city : impl_->settings.cities) {
    auto loaded = load_folder(impl_->settings, city);
    if (loaded) municipalities.push_back(std::move(*loaded));
    else
      for (const std::string& line : loaded.error()) faults += "\n" + line;
  }
  if (!faults.empty()) throw std::runtime_error("市の設定フォルダーに誤りがあるため、始められません。" + faults);
  for (const CitySettings& city : impl_->settings.cities) require_openable(city);
  for (std::size_t i = 0; i < municipalities.size(); ++i)
    impl_->dispatcher->add_city(open_loaded(impl_->settings, impl_->settings.cities[i], std::move(municipalities[i]), clock));
}

App::~App() { stop(std::chrono::seconds(0)); }

void App::start() {
  impl_->sealer = std::make_unique<Sealer>(impl_->dispatcher->cities(), std::chrono::seconds(2), load_or_make_signer(impl_->settings.data), impl_->settings.checkpoints);
  impl_->health = std::make_unique<Health>(impl_->dispatcher->cities(), [sealer = impl_->sealer.get()] { return faults_of(*sealer); });
  const programme::Dispatcher& dispatcher = *impl_->dispatcher;
  Health& health = *impl_->health;
  impl_->server = std::make_unique<http::Server>(
      impl_->settings.http,
      [&dispatcher, &health](web::Request request, std::function<void(web::Reply)> done) {
        done(Health::asked_for(request) ? health.answer() : dispatcher.answer(std::move(request)));
      },
      programme::Dispatcher::body_limit, [](std::uint64_t request_id, std::exception_ptr fault) {
        log::error("http.fault", {{"request", web::logged_number(request_id)}, {"fault", db::fault_word(fault)}});
      });
}

std::uint16_t App::port() const { return impl_->server->port(); }
programme::Dispatcher& App::dispatcher() { return *impl_->dispatcher; }

void App::stop(std::chrono::milliseconds deadline) {
  if (impl_->server) impl_->server->stop(deadline);
  impl_->server.reset();
  impl_->health.reset();
  impl_->sealer.reset();
}

}  // namespace kasane::cli
