#include "cli/settings.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <toml++/toml.h>

#include "base/slug.hpp"
#include "db/database.hpp"

namespace kasane::cli {

namespace {

constexpr std::uint16_t kPort = 8080;

/// First parts of addresses and names in the data folder and in copies that are not a city's.
constexpr std::array<std::string_view, 7> kReserved{"health", "assets", "national", "municipalities", "key", "audit-key", "lock"};

bool may_be_city(std::string_view slug) { return is_slug(slug) && std::find(kReserved.begin(), kReserved.end(), slug) == kReserved.end(); }

constexpr const char* kSlugRule = "小文字の英字・数字・ハイフンで24文字まで、英字か数字で始めてください（health、assets、national、municipalities、key、audit-key、lock は使えません）。";

/// The one form of an address in which the network names its clients; nothing when it is none.
std::optional<std::string> plain_ip(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> plain{};
  for (const int family : {AF_INET, AF_INET6})
    if (::inet_pton(family, text.c_str(), bytes.data()) == 1 && ::inet_ntop(family, bytes.data(), plain.data(), plain.size()) != nullptr) return plain.data();
  return std::nullopt;
}

/// "https://name" or "http://name:port", nothing behind it.
bool is_origin(std::string_view text) {
  std::string_view host = text;
  for (const std::string_view scheme : {"https://", "http://"})
    if (text.starts_with(scheme)) host = text.substr(scheme.size());
  const bool plain = std::all_of(host.begin(), host.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; });
  return host.size() < text.size() && !host.empty() && host.front() != ':' && plain;
}

/// Reads one table and notes every fault with its line; what is faulty reads as if it were not there.
class Reader {
 public:
  Reader(const std::filesystem::path& file, const toml::table& table, std::vector<std::string>& faults) : file_(file), table_(table), faults_(faults) {}

  void fault(const toml::node& at, std::string_view what, std::string_view mend) {
    faults_.push_back(file_.string() + " " + std::to_string(at.source().begin.line) + "行目: " + std::string(what) + " → " + std::string(mend));
  }
  void fault(std::string_view what, std::string_view mend) { fault(table_, what, mend); }
  void fault_of(std::string_view key, std::string_view what, std::string_view mend) {
    const toml::node* node = table_.get(key);
    fault(node != nullptr ? *node : table_, what, mend);
  }

  void only(std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : table_)
      if (std::find(known.begin(), known.end(), key.str()) == known.end())
        fault(value, "知らない項目「" + std::string(key.str()) + "」があります。", "docs/operators/settings.md にある名前に直してください。");
  }
  std::string text(std::string_view key, std::string fallback) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return fallback;
    if (const auto* found = node->as_string()) return found->get();
    fault(*node, std::string(key) + " は文字で書く項目です。", std::string(key) + " = \"…\" のように引用符で囲んでください。");
    return fallback;
  }
  std::int64_t number(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return fallback;
    const std::string range = std::to_string(least) + "から" + std::to_string(most) + "の";
    const auto* found = node->as_integer();
    if (found == nullptr) fault(*node, std::string(key) + " は数で書く項目です。", range + "数を、引用符なしで書いてください。");
    else if (found->get() < least || found->get() > most) fault(*node, std::string(key) + " が範囲の外です。", range + "数にしてください。");
    else return found->get();
    return fallback;
  }
  std::string ip(std::string_view key, std::string fallback) {
    const std::string found = text(key, std::move(fallback));
    if (found.empty()) return found;
    const auto plain = plain_ip(found);
    if (!plain) fault_of(key, std::string(key) + " がIPアドレスではありません。", "名前や範囲ではなく、127.0.0.1 や ::1 のように一つ書いてください。");
    return plain.value_or(found);
  }

 private:
  const std::filesystem::path& file_;
  const toml::table& table_;
  std::vector<std::string>& faults_;
};

void read_server(Reader server, http::Settings& http) {
  server.only({"address", "port", "workers", "queue", "max_connections", "max_streams", "streams_of_one", "tls_certificate", "tls_key", "trusted_proxy", "public_url"});
  const auto count = [&](std::string_view key, std::size_t usual, std::int64_t least, std::int64_t most) {
    return static_cast<std::size_t>(server.number(key, static_cast<std::int64_t>(usual), least, most));
  };
  http.address = server.ip("address", "127.0.0.1");
  if (http.address.empty()) server.fault_of("address", "address が空です。", "待ち受けるIPアドレスを書くか、行を消してください。");
  http.port = static_cast<std::uint16_t>(server.number("port", kPort, 0, 65'535));
  http.workers = count("workers", http.workers, 1, 256);
  http.queue = count("queue", http.queue, 0, 100'000);
  http.max_connections = count("max_connections", http.max_connections, 1, 100'000);
  http.max_streams = count("max_streams", http.max_streams, 0, 100'000);
  http.streams_of_one = count("streams_of_one", http.streams_of_one, 0, 1'000);
  http.tls_certificate = server.text("tls_certificate", "");
  http.tls_key = server.text("tls_key", "");
  if (http.tls_certificate.empty() != http.tls_key.empty())
    server.fault("tls_certificate と tls_key の片方だけが書かれています。", "両方を書くか、両方を消してください。");
  http.trusted_proxy = server.ip("trusted_proxy", "");
  http.public_url = server.text("public_url", "");
  if (http.public_url.ends_with('/')) http.public_url.pop_back();
  if (!http.public_url.empty() && !is_origin(http.public_url))
    server.fault_of("public_url", "public_url が読み取れません。", "https://kasane.city.example.jp のように、後ろに道順を付けずに書いてください。");
}

/// How long a sign-in lasts. A desk is left for a meeting, not for a day: bounds keep both ends sensible.
void read_sessions(Reader sessions, programme::SessionLimits& limits) {
  constexpr UtcMs kMinute = 60'000;
  sessions.only({"idle_minutes", "longest_minutes"});
  limits.idle = sessions.number("idle_minutes", limits.idle / kMinute, 10, 720) * kMinute;
  limits.longest = sessions.number("longest_minutes", limits.longest / kMinute, 60, 1440) * kMinute;
}

std::filesystem::path tidy(const std::filesystem::path& place) {
  const auto normal = std::filesystem::absolute(place).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

/// Reads the cities one after the other and keeps them apart: in addresses, databases and audit files.
class Cities {
 public:
  Cities(AppSettings& settings) : settings_(settings) {}

  void read(Reader city) {
    city.only({"slug", "folder", "database", "audit"});
    const std::string folder = city.text("folder", "");
    if (folder.empty()) return city.fault("[[city]] に folder がありません。", "市の設定フォルダーの場所を書いてください。");
    const std::string slug = city.text("slug", tidy(folder).filename().string());
    if (!may_be_city(slug)) return city.fault_of("slug", "slug（なければフォルダーの名前）「" + slug + "」は使えません。", kSlugRule);
    CitySettings found{slug, folder, city.text("database", (settings_.data / slug / "city.db").string()), city.text("audit", (settings_.data / slug / "audit").string())};
    once(city, slugs_, slug, "slug", "市の名前「" + slug + "」が二度あります。");
    try {
      const db::Settings database = db::settings_for(found.database);
      once(city, databases_, database.engine == db::Engine::sqlite ? tidy(database.location).string() : database.location, "database", "ほかの市と同じ database です。");
    } catch (const db::OpenError& e) {
      city.fault_of("database", "database: ", e.what());
    }
    once(city, audits_, tidy(found.audit).string(), "audit", "ほかの市と同じ audit です。");
    settings_.cities.push_back(std::move(found));
  }

 private:
  void once(Reader& city, std::vector<std::string>& seen, const std::string& value, std::string_view key, const std::string& what) {
    if (std::find(seen.begin(), seen.end(), value) != seen.end()) city.fault_of(key, what, "市ごとに別のものにしてください。");
    else seen.push_back(value);
  }

  AppSettings& settings_;
  std::vector<std::string> slugs_, databases_, audits_;
};

void read_cities(Reader& top, const toml::table& table, const std::filesystem::path& file, AppSettings& s, std::vector<std::string>& faults) {
  const toml::node* node = table.get("city");
  const toml::array* cities = node != nullptr ? node->as_array() : nullptr;
  if (cities == nullptr || cities->empty()) return top.fault_of("city", "[[city]] がありません。", "市ごとに [[city]] を書き、folder に設定フォルダーを指定してください。");
  Cities all(s);
  for (const auto& each : *cities) {
    if (const toml::table* city = each.as_table()) all.read(Reader(file, *city, faults));
    else top.fault(each, "city は見出しで書く項目です。", "市ごとに [[city]] という行を書いてください。");
  }
}

}  // namespace

AppSettings default_settings(const std::filesystem::path& municipalities, const std::filesystem::path& data) {
  AppSettings s;
  s.http.port = kPort;
  s.data = data;
  s.national = municipalities / "national";
  s.checkpoints = data / "audit-checkpoints.txt";
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(municipalities))
    if (std::filesystem::exists(entry.path() / "municipality.toml")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const auto& folder : folders) {
    const std::string slug = folder.filename().string();
    if (!may_be_city(slug)) throw std::runtime_error("市の設定フォルダーの名前「" + slug + "」は使えません。" + kSlugRule);
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
    return tl::unexpected(std::vector<std::string>{file.string() + " " + std::to_string(e.source().begin.line) + "行目: TOMLとして読めません。 → かっこや引用符の閉じ忘れがないか見てください。"});
  }
  AppSettings s;
  s.file = file;
  s.http.port = kPort;
  Reader top(file, table, faults);
  top.only({"data", "national", "checkpoints", "server", "sessions", "city"});
  s.data = top.text("data", "/var/lib/kasane");
  s.national = top.text("national", "");
  s.checkpoints = top.text("checkpoints", (s.data / "audit-checkpoints.txt").string());
  if (const toml::node* server = table.get("server")) {
    if (const toml::table* found = server->as_table()) read_server(Reader(file, *found, faults), s.http);
    else top.fault(*server, "server は見出しで書く項目です。", "[server] という行の下に項目を書いてください。");
  }
  if (const toml::node* sessions = table.get("sessions")) {
    if (const toml::table* found = sessions->as_table()) read_sessions(Reader(file, *found, faults), s.sessions);
    else top.fault(*sessions, "sessions は見出しで書く項目です。", "[sessions] という行の下に項目を書いてください。");
  }
  read_cities(top, table, file, s, faults);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return s;
}

}  // namespace kasane::cli
