#include "cli/app.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>
#include <toml++/toml.h>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "access/audit_scan.hpp"
#include "cli/audit_keys.hpp"
#include "cli/routes.hpp"
#include "consent/emergency_service.hpp"
#include "programme/account_store.hpp"
#include "programme/settings_seen.hpp"

namespace kasane::cli {

namespace {

constexpr std::size_t kKeySize = 32;

std::string fault(const std::filesystem::path& file, unsigned line, std::string_view what, std::string_view mend) {
  return file.string() + " " + std::to_string(line) + "行目: " + std::string(what) + " → " + std::string(mend);
}

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
  std::ifstream in(file);
  std::string text;
  in >> text;
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != kKeySize) throw std::runtime_error("the key file is damaged; restore it from the backup");
  return std::string(bytes->begin(), bytes->end());
}

AppSettings default_settings(const std::filesystem::path& municipalities, const std::filesystem::path& data) {
  AppSettings s;
  s.data = data;
  s.national = municipalities / "national";
  s.checkpoints = data / "audit-checkpoints.txt";
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(municipalities))
    if (std::filesystem::exists(entry.path() / "municipality.toml")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const auto& folder : folders) {
    const std::string slug = folder.filename().string();
    s.cities.push_back({slug, folder, (data / slug / "city.db").string(), data / slug / "audit"});
  }
  return s;
}

tl::expected<AppSettings, std::vector<std::string>> load_settings(const std::filesystem::path& file) {
  std::vector<std::string> faults;
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    return tl::unexpected(std::vector<std::string>{fault(file, e.source().begin.line, "TOMLとして読めません。", "かっこや引用符の閉じ忘れがないか見てください。")});
  }
  AppSettings s;
  const auto unknown = [&](const toml::table& in, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : in)
      if (std::find(known.begin(), known.end(), key.str()) == known.end())
        faults.push_back(fault(file, value.source().begin.line, "知らない項目「" + std::string(key.str()) + "」があります。", "docs/operators/settings.md にある名前に直してください。"));
  };
  unknown(table, {"data", "national", "checkpoints", "server", "city"});
  s.data = table["data"].value_or(std::string("/var/lib/kasane"));
  s.national = table["national"].value_or(std::string());
  s.checkpoints = table["checkpoints"].value_or((s.data / "audit-checkpoints.txt").string());
  if (const toml::table* server = table["server"].as_table()) {
    unknown(*server, {"address", "port", "workers", "queue", "max_connections", "max_streams", "streams_of_one", "tls_certificate", "tls_key", "trusted_proxy"});
    s.http.address = (*server)["address"].value_or(std::string("127.0.0.1"));
    const std::int64_t port = (*server)["port"].value_or(std::int64_t{8080});
    if (port < 0 || port > 65535) faults.push_back(fault(file, server->source().begin.line, "port が範囲の外です。", "0から65535の数にしてください。"));
    else s.http.port = static_cast<std::uint16_t>(port);
    s.http.workers = static_cast<std::size_t>((*server)["workers"].value_or(std::int64_t{4}));
    s.http.queue = static_cast<std::size_t>((*server)["queue"].value_or(std::int64_t{256}));
    s.http.max_connections = static_cast<std::size_t>((*server)["max_connections"].value_or(std::int64_t{2000}));
    s.http.max_streams = static_cast<std::size_t>((*server)["max_streams"].value_or(std::int64_t{1000}));
    s.http.streams_of_one = static_cast<std::size_t>((*server)["streams_of_one"].value_or(std::int64_t{10}));
    s.http.tls_certificate = (*server)["tls_certificate"].value_or(std::string());
    s.http.tls_key = (*server)["tls_key"].value_or(std::string());
    s.http.trusted_proxy = (*server)["trusted_proxy"].value_or(std::string());
    if (s.http.tls_certificate.empty() != s.http.tls_key.empty())
      faults.push_back(fault(file, server->source().begin.line, "tls_certificate と tls_key の片方だけが書かれています。", "両方を書くか、両方を消してください。"));
  }
  const toml::array* cities = table["city"].as_array();
  if (cities == nullptr || cities->empty()) {
    faults.push_back(fault(file, 1, "[[city]] がありません。", "市ごとに [[city]] を書き、folder に設定フォルダーを指定してください。"));
  } else {
    for (const auto& node : *cities) {
      const toml::table* city = node.as_table();
      if (city == nullptr) continue;
      unknown(*city, {"slug", "folder", "database", "audit"});
      const std::string folder = (*city)["folder"].value_or(std::string());
      if (folder.empty()) {
        faults.push_back(fault(file, city->source().begin.line, "[[city]] に folder がありません。", "市の設定フォルダーの場所を書いてください。"));
        continue;
      }
      const std::string slug = (*city)["slug"].value_or(std::filesystem::path(folder).filename().string());
      s.cities.push_back({slug, folder, (*city)["database"].value_or((s.data / slug / "city.db").string()),
                          (*city)["audit"].value_or((s.data / slug / "audit").string())});
    }
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return s;
}

tl::expected<std::shared_ptr<programme::City>, std::vector<std::string>> open_city(const AppSettings& app, const CitySettings& city, const Clock& clock) {
  auto municipality = app.national.empty() ? programme::load_municipality(city.folder) : programme::load_municipality(city.folder, app.national);
  if (!municipality) {
    std::vector<std::string> lines;
    for (const auto& f : municipality.error()) lines.push_back(f.text());
    return tl::unexpected(std::move(lines));
  }
  db::Settings settings = db::settings_for(city.database);
  settings.connections = static_cast<int>(app.http.workers) + 2;
  if (settings.engine == db::Engine::sqlite) std::filesystem::create_directories(std::filesystem::path(settings.location).parent_path());
  auto database = db::Database::open(settings);
  programme::note_settings(*database, programme::fingerprint_of({city.folder, app.national}), clock.now());
  return std::make_shared<programme::City>(city.slug, std::move(*municipality), std::move(database), city.audit, clock, load_or_make_key(app.data));
}

namespace {

std::vector<std::int64_t> agencies_of(db::ReadTx& tx, std::int64_t account, Date day) {
  std::vector<std::int64_t> out;
  for (const programme::PostRow& post : programme::posts_on(tx, AccountId(account), day)) out.push_back(post.agency.value);
  return out;
}

}  // namespace

struct Sealer::Impl {
  std::vector<std::shared_ptr<programme::City>> cities;
  Signer signer;
  std::filesystem::path checkpoints;
  std::vector<std::string> unkept;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  std::thread thread;
  std::chrono::steady_clock::time_point next_checkpoint = std::chrono::steady_clock::now();

  void seal_all(bool nobody_writes = false) {
    for (const auto& city : cities) {
      try {
        city->audit.seal_writes(city->db(), nobody_writes);
        consent::end_run_out_emergencies(city->db(), city->clock.now());
        // Two years: the last looks of a fiscal year lie in its own file, and may wait there over the turn.
        const auto years = city->audit.years();
        for (std::size_t i = years.size() > 2 ? years.size() - 2 : 0; i < years.size(); ++i)
          access::scan_reads(city->audit.file_for(start_of(*Date::from_ymd(years[i], 4, 1))), city->db(), agencies_of);
      } catch (const db::Failure&) {
        log::error("audit.seal_failed");
      }
    }
  }

  void checkpoint_all() {
    for (const auto& city : cities) {
      try {
        const auto made = city->audit.checkpoint(city->slug, signer);
        if (made) unkept.push_back(access::checkpoint_line(*made));
      } catch (const db::Failure&) {
        log::error("audit.checkpoint_failed");
      }
    }
    // What could not be kept outside is tried again, in order.
    while (!unkept.empty() && keep_outside(checkpoints, unkept.front())) unkept.erase(unkept.begin());
    if (!unkept.empty()) log::error("audit.checkpoint_not_kept", {{"lines", unkept.size()}});
  }
};

Sealer::Sealer(std::vector<std::shared_ptr<programme::City>> cities, std::chrono::milliseconds every, Signer signer, std::filesystem::path checkpoints)
    : impl_(new Impl{std::move(cities), signer, std::move(checkpoints), {}, {}, {}, false, {}, std::chrono::steady_clock::now()}) {
  impl_->thread = std::thread([this, every] {
    std::unique_lock lock(impl_->mutex);
    while (!impl_->wake.wait_for(lock, every, [&] { return impl_->stopping; })) {
      lock.unlock();
      impl_->seal_all();
      if (std::chrono::steady_clock::now() >= impl_->next_checkpoint) {
        impl_->checkpoint_all();
        impl_->next_checkpoint = std::chrono::steady_clock::now() + std::chrono::minutes(1);
      }
      lock.lock();
    }
  });
}

Sealer::~Sealer() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  impl_->thread.join();
  impl_->seal_all(true);
  impl_->checkpoint_all();
}

struct App::Impl {
  AppSettings settings;
  std::unique_ptr<programme::Dispatcher> dispatcher;
  std::unique_ptr<Sealer> sealer;
  std::unique_ptr<http::Server> server;
};

App::App(AppSettings settings, const Clock& clock) : impl_(std::make_unique<Impl>()) {
  init_crypto();
  impl_->settings = std::move(settings);
  impl_->dispatcher = std::make_unique<programme::Dispatcher>(all_routes());
  for (const CitySettings& city : impl_->settings.cities) {
    auto opened = open_city(impl_->settings, city, clock);
    if (!opened) {
      std::string all = "市の設定フォルダーに誤りがあるため、始められません。";
      for (const std::string& line : opened.error()) all += "\n" + line;
      throw std::runtime_error(all);
    }
    impl_->dispatcher->add_city(std::move(*opened));
  }
}

App::~App() { stop(std::chrono::seconds(0)); }

void App::start() {
  impl_->sealer = std::make_unique<Sealer>(impl_->dispatcher->cities(), std::chrono::seconds(2), load_or_make_signer(impl_->settings.data), impl_->settings.checkpoints);
  const programme::Dispatcher& dispatcher = *impl_->dispatcher;
  impl_->server = std::make_unique<http::Server>(
      impl_->settings.http, [&dispatcher](web::Request request, std::function<void(web::Reply)> done) { done(dispatcher.answer(std::move(request))); },
      programme::Dispatcher::body_limit, [](std::uint64_t request_id, std::exception_ptr) { log::error("http.fault", {{"request", request_id}}); });
}

std::uint16_t App::port() const { return impl_->server->port(); }
programme::Dispatcher& App::dispatcher() { return *impl_->dispatcher; }

void App::stop(std::chrono::milliseconds deadline) {
  if (impl_->server) impl_->server->stop(deadline);
  impl_->server.reset();
  impl_->sealer.reset();
}

}  // namespace kasane::cli
