// ./do bench: a generated city, the real server, sixteen connections. For each page: CPU of the server per request,
// latency, requests per second, and the CPU of the bare SQL in the same run; then what the audit of reads adds, here and
// on a disk that syncs slowly.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

#include "bare.hpp"
#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "city.hpp"
#include "cli/commands.hpp"
#include "client.hpp"
#include "live.hpp"
#include "server.hpp"
#include "slow_parts.hpp"
#include "web/percent.hpp"

namespace kasane::bench {

namespace {

constexpr const char* kSlug = "tsuruoka";
constexpr std::size_t kConnections = 16;
constexpr double kMostSeconds = 20;
constexpr double kMostCpuMs = 1.0, kMostP99Ms = 25.0, kMostMemoryMb = 150.0, kMostRatio = 3.0, kMostColdKb = 40.0, kMostAuditPercent = 15.0;

struct Options {
  std::string json;
  std::string municipalities = "municipalities";
  std::string keep;   // folder to keep the city in; empty: a temporary one
  std::string from;   // folder of a city kept earlier; empty: make one
  std::string only;   // name of one page
  CitySize size;
  std::size_t requests = 2'000;
  bool profile = false;
};

struct Result {
  std::string name;
  double cpu_ms = 0, p50_ms = 0, p99_ms = 0, rps = 0, bare_sql_ms = 0, ratio = 0, rss_mb = 0, kb = 0;
  std::string missing;  // why it was not measured
};

double percentile(std::vector<double> sorted, double share) {
  if (sorted.empty()) return 0;
  std::sort(sorted.begin(), sorted.end());
  const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
  return sorted[std::min(at, sorted.size() - 1)];
}

/// A worker who has signed in.
struct Session {
  const Worker* worker = nullptr;
  std::string cookie;
  std::string csrf;
  std::size_t turn = 0;
};

std::string get(const std::string& path, const std::string& cookie, const std::string& more = "") {
  std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br\r\n";
  if (!cookie.empty()) request += "Cookie: " + cookie + "\r\n";
  return request + more + "\r\n";
}

std::string post(const std::string& path, const std::string& cookie, const web::Pairs& fields) {
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + web::percent_encode(name) + "=" + web::percent_encode(value);
  std::string request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nAccept-Encoding: gzip, br\r\n";
  if (!cookie.empty()) request += "Cookie: " + cookie + "\r\n";
  return request + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t at = text.find(before);
  if (at == std::string::npos) return {};
  const std::size_t start = at + before.size();
  return text.substr(start, text.find(after, start) - start);
}

std::string url(const std::string& path) { return std::string("/") + kSlug + path; }

Session sign_in(std::uint16_t port, const Worker& worker) {
  const Answer in = fetch(port, post(url("/signin"), "", {{"login", worker.login}, {"password", worker.password}}));
  const std::string cookie = in.header("set-cookie");
  if (in.status != 303 || cookie.empty()) throw std::runtime_error("signing in was answered " + std::to_string(in.status));
  Session session{&worker, cookie.substr(0, cookie.find(';')), {}, 0};
  // The page with the token must come uncompressed.
  const Answer me = fetch(port, "GET " + url("/me") + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + session.cookie + "\r\n\r\n");
  session.csrf = between(me.body, "name=\"csrf\" value=\"", "\"");
  if (session.csrf.empty()) throw std::runtime_error("no token on the page");
  return session;
}

std::int64_t next_of(const std::vector<std::int64_t>& ids, Session& session) { return ids[(++session.turn * 7919) % ids.size()]; }

/// The pages that show personal data without changing any.
struct ReadPage {
  const char* name;
  std::string (*request)(Session&);
};
constexpr ReadPage kReadPages[] = {
    {"household", [](Session& s) { return get(url("/households/" + id_text(next_of(s.worker->households, s))), s.cookie); }},
    {"case", [](Session& s) { return get(url("/cases/" + id_text(next_of(s.worker->cases, s))), s.cookie); }},
    {"records", [](Session& s) { return get(url("/households/" + id_text(next_of(s.worker->households, s)) + "/records"), s.cookie); }},
    {"case_list", [](Session& s) { return get(url("/cases"), s.cookie); }},
    {"today", [](Session& s) { return get(url("/today"), s.cookie); }},
};

/// What the audit of reads adds to a page: medians over the rounds, and of the shares within each round.
struct AuditCost {
  std::string page;
  int sync_ms = 0;        // that the disk is slower
  double per_second = 0;  // requests; 0: as many as sixteen connections get answered
  double cpu_ms = 0, unaudited_cpu_ms = 0, parked_cpu_ms = 0;
  double p50_ms = 0, unaudited_p50_ms = 0;
  double more_percent = 0;         // than without audit
  double than_parked_percent = 0;  // than with replies that wait as long but are not kept
};

double median(std::vector<double> values) { return percentile(std::move(values), 0.5); }

std::filesystem::path parts_file(const std::filesystem::path& settings) { return settings.parent_path() / "slow-parts"; }

class Bench {
 public:
  Bench(const Options& options, const Generated& city, const std::filesystem::path& database, const std::filesystem::path& settings)
      : options_(options), city_(city), bare_(database, city), parts_(map_slow_parts(parts_file(settings))), server_(std::make_unique<ServerProcess>(settings, parts_file(settings))) {
    for (const Worker& worker : city_.workers) sessions_.push_back(sign_in(server_->port(), worker));
  }

  std::vector<Result> run() {
    const int runs = options_.profile ? 10 : 300;
    const std::string today = SystemClock().today().iso();
    const double bare[] = {bare_.household(runs), bare_.the_case(runs), bare_.records(runs), bare_.case_list(runs), bare_.today(runs)};
    for (std::size_t i = 0; i < std::size(kReadPages); ++i) page(kReadPages[i].name, bare[i], kReadPages[i].request);
    // A search is two requests: the words are posted and kept under a key, and the page of the key shows what is found.
    const auto ask = [this](Session& s) {
      return post(url("/households/search"), s.cookie, {{"csrf", s.csrf}, {"command_id", random_token(12)}, {"q", city_.names[(++s.turn * 31) % city_.names.size()]}});
    };
    page("search", 0, ask, 303);
    std::map<const Session*, std::string> found;
    for (Session& s : sessions_) found[&s] = fetch(server_->port(), ask(s)).header("location");
    page("search_found", bare_.search(runs), [&found](Session& s) { return get(found[&s], s.cookie); });
    page("save_record", bare_.save_record(runs), [today](Session& s) {
      return post(url("/households/" + id_text(next_of(s.worker->households, s)) + "/records"), s.cookie,
                  {{"csrf", s.csrf}, {"command_id", random_token(12)}, {"text", "電話で様子を聞いた。\n\n【本人】変わりないとのこと。"}, {"method", "phone"}, {"outcome", "met"},
                   {"on_day", today}, {"at_time", "10:00"}, {"sharing", "team"}});
    }, 303);
    page("help", 0, [](Session& s) { return get(url("/help"), s.cookie); });
    const std::string css = between(fetch(server_->port(), "GET " + url("/signin") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").body, "rel=\"stylesheet\" href=\"", "\"");
    page("asset", 0, [css](Session&) { return get(css, ""); });
    return results_;
  }

  /// HTML, styles and scripts of the household page as a browser without a cache fetches them, in KiB.
  double cold_page_kb() {
    Session& s = sessions_.front();
    const std::string target = url("/households/" + id_text(s.worker->households.front()));
    Answer plain = fetch(server_->port(), "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + s.cookie + "\r\n\r\n");
    std::string from = target;
    if (plain.status != 200) {
      from = url("/help");
      plain = fetch(server_->port(), "GET " + from + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + s.cookie + "\r\n\r\n");
    }
    const Answer page = fetch(server_->port(), get(from, s.cookie));
    std::size_t bytes = page.head.size() + page.body.size();
    std::vector<std::string> seen;
    for (std::size_t at = plain.body.find("\"/assets/"); at != std::string::npos; at = plain.body.find("\"/assets/", at + 1)) {
      const std::string asset = plain.body.substr(at + 1, plain.body.find('"', at + 1) - at - 1);
      if (std::find(seen.begin(), seen.end(), asset) != seen.end()) continue;
      seen.push_back(asset);
      const Answer file = fetch(server_->port(), get(asset, ""));
      bytes += file.head.size() + file.body.size();
    }
    return static_cast<double>(bytes) / 1024.0;
  }
  double peak_mb() const { return server_->peak_mb(); }

  /// 500 readers of a sitting that the first worker runs, on all accounts.
  LiveFigures live() {
    constexpr std::size_t kReaders = 500, kChanges = 40;
    Session& host = sessions_.front();
    const auto send = [&](const std::string& path, web::Pairs fields) {
      fields.insert(fields.end(), {{"csrf", host.csrf}, {"command_id", random_token(12)}});
      return fetch(server_->port(), post(url(path), host.cookie, fields));
    };
    const Answer called = send("/meetings", {{"bodies", "juso_kaigi"}, {"held_on", SystemClock().today().iso()}, {"at_time", "10:00"}});
    const std::string sitting = called.header("location").substr(url("").size());
    if (called.status != 303) throw std::runtime_error("no sitting was called: " + std::to_string(called.status));
    const std::string own = id_text(host.worker->agency);
    if (const Answer begun = send(sitting + "/live/start", {{"manner", "sitting"}, {"present_juso_kaigi", own}, {"version", "1"}}); begun.status != 303)
      throw std::runtime_error("the sitting did not begin: " + std::to_string(begun.status));
    // Colleagues of the host may follow.
    std::vector<const Session*> followers;
    for (const Session& s : sessions_)
      if (s.worker->agency == host.worker->agency) followers.push_back(&s);
    std::int64_t version = 0;
    return measure_live(
        *server_, kReaders, kChanges, [&](std::size_t i) { return get(url(sitting + "/live/events?since=999999"), followers[i % followers.size()]->cookie); },
        [&] {
          return post(url(sitting + "/live/turn"), host.cookie, {{"csrf", host.csrf}, {"command_id", random_token(12)}, {"item", ""}, {"version", std::to_string(++version)}});
        });
  }

  /// Each page with audit, without, and without but parked for the length of a sync; on this disk and on one that takes 5 ms
  /// longer to sync. The same server in turn, a few hundred requests each, so that what a machine does meanwhile meets all alike.
  std::vector<AuditCost> audit_costs() {
    constexpr int kSlowMs = 5;
    std::vector<AuditCost> costs;
    for (const int sync_ms : {0, kSlowMs})
      for (const ReadPage& page : kReadPages) costs.push_back(audit_cost(page, sync_ms, 0));
    // A server that waits for its disk sleeps between requests, and waking costs; without audit it does not wait. At the
    // same number of requests per second both sleep.
    for (std::size_t i = std::size(kReadPages); i < 2 * std::size(kReadPages); ++i) {
      const double answered = static_cast<double>(kConnections) / costs[i].p50_ms * 1000;
      costs.push_back(audit_cost(kReadPages[i - std::size(kReadPages)], kSlowMs, answered / 2));
    }
    parts_.reads = Reads::audited;
    parts_.sync_ms = 0;
    return costs;
  }

 private:
  AuditCost audit_cost(const ReadPage& page, int sync_ms, double per_second) {
    constexpr std::size_t kRounds = 9;
    parts_.sync_ms = sync_ms;
    std::vector<double> cpu[3], p50[3], more, than_parked;
    for (std::size_t round = 0; round < kRounds; ++round) {
      double now[3];
      for (std::size_t k = 0; k < std::size(now); ++k) {
        const std::size_t way = (k + round) % std::size(now);
        parts_.reads = static_cast<Reads>(way);
        const auto [cpu_ms, p50_ms] = cost_of(page, per_second);
        cpu[way].push_back(now[way] = cpu_ms);
        p50[way].push_back(p50_ms);
      }
      more.push_back((now[0] / now[1] - 1) * 100);
      than_parked.push_back((now[0] / now[2] - 1) * 100);
    }
    return {page.name, sync_ms, per_second, median(cpu[0]), median(cpu[1]), median(cpu[2]), median(p50[0]), median(p50[1]), median(more), median(than_parked)};
  }

  /// CPU of the server per request and the median of the latencies.
  std::pair<double, double> cost_of(const ReadPage& page, double per_second) {
    const auto next = [&](std::size_t connection) { return page.request(sessions_[connection % sessions_.size()]); };
    const std::size_t requests = std::max<std::size_t>(4 * kConnections, options_.requests / 3);
    run_load(server_->port(), kConnections, requests / 8, next);
    const double before = server_->cpu_ms();
    const Load load = run_load(server_->port(), kConnections, requests, next, per_second);
    return {(server_->cpu_ms() - before) / static_cast<double>(load.latencies_ms.size()), percentile(load.latencies_ms, 0.50)};
  }

  void page(const std::string& name, double bare_ms, const std::function<std::string(Session&)>& make, int expected = 200) {
    if (!options_.only.empty() && options_.only != name) return;
    Result r;
    r.name = name;
    r.bare_sql_ms = bare_ms;
    const auto next = [&](std::size_t connection) { return make(sessions_[connection % sessions_.size()]); };
    const Load warm = run_load(server_->port(), kConnections, std::max<std::size_t>(kConnections, options_.requests / 40), next);
    if (warm.statuses.size() != 1 || !warm.statuses.contains(expected)) {
      for (const auto& [status, count] : warm.statuses) r.missing += std::to_string(count) + "x " + std::to_string(status) + " ";
      results_.push_back(r);
      return;
    }
    // A page that is far too slow still ends: about twenty seconds of it tell enough.
    const double each = warm.seconds / static_cast<double>(warm.latencies_ms.size());
    const auto affordable = static_cast<std::size_t>(kMostSeconds / std::max(each, 1e-6));
    const double before = server_->cpu_ms();
    const Load load = run_load(server_->port(), kConnections, std::clamp(affordable, kConnections, options_.requests), next);
    const auto count = static_cast<double>(load.latencies_ms.size());
    r.cpu_ms = (server_->cpu_ms() - before) / count;
    r.p50_ms = percentile(load.latencies_ms, 0.50);
    r.p99_ms = percentile(load.latencies_ms, 0.99);
    r.rps = count / load.seconds;
    r.ratio = bare_ms > 0 ? r.cpu_ms / bare_ms : 0;
    r.rss_mb = server_->memory_mb();
    r.kb = static_cast<double>(load.bytes) / count / 1024.0;
    if (load.statuses.size() != 1) r.missing = "mixed answers";
    results_.push_back(r);
  }

  Options options_;
  const Generated& city_;
  Bare bare_;
  SlowParts& parts_;
  std::unique_ptr<ServerProcess> server_;
  std::vector<Session> sessions_;
  std::vector<Result> results_;
};

void print(const std::vector<Result>& results, double peak_mb, double cold_kb) {
  std::printf("%-12s %9s %9s %9s %9s %9s %7s %8s %7s\n", "page", "cpu_ms", "p50_ms", "p99_ms", "req/s", "bare_ms", "ratio", "rss_mb", "KiB");
  for (const Result& r : results) {
    if (!r.missing.empty()) {
      std::printf("%-12s not measured: %s\n", r.name.c_str(), r.missing.c_str());
      continue;
    }
    std::printf("%-12s %9.3f %9.2f %9.2f %9.0f %9.3f %7.1f %8.1f %7.1f%s\n", r.name.c_str(), r.cpu_ms, r.p50_ms, r.p99_ms, r.rps, r.bare_sql_ms, r.ratio, r.rss_mb, r.kb,
                r.cpu_ms > kMostCpuMs || r.p99_ms > kMostP99Ms || r.ratio > kMostRatio ? "  over its aim" : "");
  }
  std::printf("most memory %.1f MB (aim %.0f), cold page %.1f KiB (aim %.0f)\n", peak_mb, kMostMemoryMb, cold_kb, kMostColdKb);
}

void print(const std::vector<AuditCost>& costs) {
  if (costs.empty()) return;
  std::printf("\naudit of reads %8s %7s %9s %9s %9s %7s %9s %9s %9s\n", "sync ms", "req/s", "cpu_ms", "without", "parked", "more %", "to parked", "p50_ms", "without");
  for (const AuditCost& c : costs)
    std::printf("%-14s %8d %7s %9.3f %9.3f %9.3f %7.1f %9.1f %9.2f %9.2f%s\n", c.page.c_str(), c.sync_ms, c.per_second > 0 ? std::to_string(std::lround(c.per_second)).c_str() : "most", c.cpu_ms,
                c.unaudited_cpu_ms, c.parked_cpu_ms, c.more_percent, c.than_parked_percent, c.p50_ms, c.unaudited_p50_ms, c.more_percent > kMostAuditPercent ? "  over its aim" : "");
}

void write_json(const std::string& file, const Options& options, const std::vector<Result>& results, const std::vector<AuditCost>& costs, double peak_mb, double cold_kb) {
  std::ofstream out(file);
  char line[512];
  out << "{\n  \"people\": " << options.size.people << ",\n  \"cases\": " << options.size.cases << ",\n  \"connections\": " << kConnections
      << ",\n  \"requests\": " << options.requests << ",\n";
  std::snprintf(line, sizeof line, "  \"peak_mb\": %.1f,\n  \"cold_page_kb\": %.1f,\n  \"pages\": [\n", peak_mb, cold_kb);
  out << line;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Result& r = results[i];
    std::snprintf(line, sizeof line,
                  "    {\"name\": \"%s\", \"measured\": %s, \"cpu_ms\": %.4f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"rps\": %.1f, \"bare_sql_ms\": %.4f, \"ratio\": %.2f, \"rss_mb\": %.1f, \"kb\": %.2f}%s\n",
                  r.name.c_str(), r.missing.empty() ? "true" : "false", r.cpu_ms, r.p50_ms, r.p99_ms, r.rps, r.bare_sql_ms, r.ratio, r.rss_mb, r.kb, i + 1 < results.size() ? "," : "");
    out << line;
  }
  out << "  ],\n  \"audit_of_reads\": [\n";
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const AuditCost& c = costs[i];
    std::snprintf(line, sizeof line,
                  "    {\"name\": \"%s\", \"slower_sync_ms\": %d, \"per_second\": %.0f, \"cpu_ms\": %.4f, \"unaudited_cpu_ms\": %.4f, \"parked_cpu_ms\": %.4f, \"more_percent\": %.1f, \"than_parked_percent\": %.1f, \"p50_ms\": %.3f, \"unaudited_p50_ms\": %.3f}%s\n",
                  c.page.c_str(), c.sync_ms, c.per_second, c.cpu_ms, c.unaudited_cpu_ms, c.parked_cpu_ms, c.more_percent, c.than_parked_percent, c.p50_ms, c.unaudited_p50_ms, i + 1 < costs.size() ? "," : "");
    out << line;
  }
  out << "  ]\n}\n";
}

std::filesystem::path write_settings(const std::filesystem::path& folder, const Options& options) {
  const std::filesystem::path file = folder / "bench.toml";
  const auto municipalities = std::filesystem::absolute(options.municipalities);
  std::ofstream out(file);
  out << "data = \"" << folder.string() << "\"\nnational = \"" << (municipalities / "national").string() << "\"\n\n[server]\nport = 0\nstreams_of_one = 100\n\n[[city]]\nfolder = \""
      << (municipalities / kSlug).string() << "\"\n";
  return file;
}

cli::AppSettings settings_from(const std::filesystem::path& file) {
  auto loaded = cli::load_settings(file);
  if (!loaded) throw std::runtime_error(loaded.error().front());
  return std::move(*loaded);
}

int run(const Options& options) {
  init_crypto();
  const bool keep = !options.keep.empty() || !options.from.empty();
  const std::filesystem::path folder = keep ? std::filesystem::path(options.from.empty() ? options.keep : options.from) : std::filesystem::temp_directory_path() / ("kasane-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto settings_file = write_settings(folder, options);
  const cli::AppSettings settings = settings_from(settings_file);
  const auto begin = SystemClock().now();
  const auto members = folder / "bench-city.txt";
  const Generated city = options.from.empty() ? generate(settings, settings.cities.front(), options.size, kConnections) : recall(members);
  if (keep && options.from.empty()) remember(city, members);
  const std::filesystem::path database = settings.cities.front().database;
  std::printf("%lld people, %lld households in support: %lld rows, %.0f MB, ready in %.1f s\n", static_cast<long long>(options.size.people), static_cast<long long>(options.size.cases),
              static_cast<long long>(city.rows), static_cast<double>(std::filesystem::file_size(database)) / 1e6, static_cast<double>(SystemClock().now() - begin) / 1e3);
  {
    Bench bench(options, city, database, settings_file);
    if (options.only == "live") {
      const LiveFigures f = bench.live();
      std::printf("live: %zu readers, %.1f KiB each, idle %.2f%% of a core; %zu changes: %.1f ms CPU each, heard %zu times, %zu cut, p50 %.1f ms, p99 %.1f ms\n", f.readers, f.kb_each,
                  f.idle_cpu_percent, f.changes, f.cpu_ms_per_change, f.heard, f.cut, f.p50_ms, f.p99_ms);
      return 0;
    }
    if (options.only == "audit") {
      print(bench.audit_costs());
      return 0;
    }
    const auto results = bench.run();
    const double cold_kb = bench.cold_page_kb();
    const double peak_mb = bench.peak_mb();
    print(results, peak_mb, cold_kb);
    std::vector<AuditCost> costs;
    if (options.only.empty() && !options.profile) costs = bench.audit_costs();
    print(costs);
    if (!options.json.empty()) write_json(options.json, options, results, costs, peak_mb, cold_kb);
  }
  if (!keep) std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace

}  // namespace kasane::bench

int main(int argc, char** argv) {
  using namespace kasane::bench;
  CLI::App app("speed and memory on a generated city", "kasane_bench");
  Options options;
  std::string serve;
  std::string parts;
  app.add_option("--json", options.json, "write the figures to this file");
  app.add_option("--people", options.size.people, "people of the city; a fifth as many households are in support")->check(CLI::Range(50, 2'000'000));
  app.add_option("--requests", options.requests, "requests for each page")->check(CLI::Range(16, 1'000'000));
  app.add_option("--municipalities", options.municipalities, "folder of the cities' settings");
  app.add_option("--keep", options.keep, "keep the generated city in this new folder");
  app.add_option("--from", options.from, "measure a city kept earlier in this folder");
  app.add_option("--only", options.only, "measure this page alone; live: 500 readers of a sitting; audit: what the audit of reads costs");
  app.add_flag("--profile", options.profile, "few runs of the bare SQL, for a profiler on the server");
  app.add_option("--serve", serve, "(for the bench itself) serve with this settings file");
  app.add_option("--parts", parts, "(with --serve) file with the conditions that the server is put under");
  CLI11_PARSE(app, argc, argv);
  try {
    if (!parts.empty()) obey(map_slow_parts(parts));
    if (!serve.empty()) return kasane::cli::serve(settings_from(serve));
    options.size.cases = options.size.people / 5;
    return run(options);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
