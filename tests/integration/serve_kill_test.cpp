// The served program is killed at random moments while clerks work through their browsers: what was answered is there
// after the restart, nothing is there by half, what went unanswered can be sent again without being stored twice, and
// every page that was shown stands in the audit, whose chain still closes.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <thread>

#include "access/audit_store.hpp"
#include "base/crypto.hpp"
#include "cli/app.hpp"
#include "http_client.hpp"
#include "programme/account_service.hpp"
#include "programme/account_store.hpp"
#include "programme/form_token.hpp"
#include "web/percent.hpp"

namespace kasane {
namespace {

constexpr const char* kCity = "tsuruoka";
constexpr const char* kAgency = "cgsc_fujishima";
constexpr int kRounds = 60;
constexpr int kClerks = 4;
constexpr int kMostAnswers = 40;  // before a kill

/// A form as it was sent: enough to send it again.
struct Sent {
  std::string path, body, command;
};
struct Answered {
  std::string command, location;
};

/// Somebody at a desk: takes households in, one after the other, until the program is gone.
class Clerk {
 public:
  Clerk(int number, AccountId who, AgencyId here, AgencyId other) : account(who), number_(number), here_(here), other_(other) {}

  AccountId account;
  std::string token() const { return "kill-token-" + std::to_string(number_); }
  std::string csrf() const { return "kill-csrf-" + std::to_string(number_); }

  /// Until the connection breaks; counts in `answers` what arrives. What was on its way then is sent first the next time.
  void work(std::uint16_t port, std::atomic<int>& answers) {
    try {
      http::Client browser(port);
      browser_ = &browser;
      answers_ = &answers;
      if (unanswered_) send(Sent(*unanswered_));
      if (!read_.empty()) look_at(read_.rbegin()->first, "/households/" + id_text(read_.rbegin()->first));
      for (;;) take_a_household_in();
    } catch (const std::runtime_error&) {
      // The program was killed: the connection broke off, or nobody listens any more.
    }
    browser_ = nullptr;
  }

  const std::vector<Answered>& answered() const { return answered_; }
  const std::map<std::int64_t, int>& read() const { return read_; }
  const std::vector<std::string>& surprises() const { return surprises_; }
  int sent_again() const { return sent_again_; }

 private:
  void take_a_household_in() {
    send("/notices", {{"text", "雨戸が閉まったまま。"}, {"about", "角の家"}, {"received_on", "R8.11.24"}, {"source", "commissioner"}, {"owner", id_text(here_)}});
    const std::string home = send("/households", {{"p1_family", family()}, {"p1_given", "忠"}, {"not_the_same", "yes"}});
    const auto household = parse_id_text(home.substr(home.find_last_of('/') + 1));
    if (!household) return;
    const std::string path = "/households/" + id_text(*household);
    send("/intakes", {{"taken_on", "R8.11.24"}, {"receiver", id_text(account)}, {"summary", "家賃が払えない。"}, {"household", id_text(*household)}});
    const std::string person = look_at(*household, path);
    send(path + "/records", {{"text", "電話で様子を聞いた。"}, {"method", "phone"}, {"on_day", "R8.11.24"}});
    send(path + "/consents", {{"person", person}, {"given_on", "R8.11.24"}, {"application", "agree"}, {"sharing", "agree"},
                              {"scope", "standard"}, {"how", "spoken"}, {"witness", "試験 職員"}});
    send("/referrals", {{"kind", "network"}, {"to", id_text(other_)}, {"passing", "spoken_consent"}, {"consent_basis", "heard"}, {"heard_on", "R8.11.24"}, {"heard_by", "試験 職員"},
                        {"household", id_text(*household)}, {"person", person}, {"text", "訪問をお願いします。"}});
    look_at(*household, path);
  }

  /// The page of a household; the id of its first person.
  std::string look_at(std::int64_t household, const std::string& path) {
    const http::Got got = browser_->ask(http::get(std::string("/") + kCity + path, cookie()));
    if (got.status != 200) {
      surprises_.push_back(path + ": " + std::to_string(got.status));
      return {};
    }
    ++read_[household];
    ++*answers_;
    constexpr std::string_view kPersons = "/persons/";
    constexpr std::size_t kIdSigns = 13;
    for (auto at = got.body.find(kPersons); at != std::string::npos; at = got.body.find(kPersons, at + 1)) {
      const std::string id = got.body.substr(at + kPersons.size(), kIdSigns);
      if (parse_id_text(id)) return id;
    }
    return {};
  }

  /// Where the answer leads.
  std::string send(const std::string& path, const web::Pairs& fields) {
    std::string body;
    for (const auto& [key, value] : fields) body += key + "=" + web::percent_encode(value) + "&";
    const std::string command = "kill-" + id_text(next_id());
    return send(Sent{path, body + "command_id=" + command, command});
  }
  std::string send(const Sent& what) {
    if (unanswered_) ++sent_again_;
    unanswered_ = what;
    const http::Got got = browser_->ask(http::post(std::string("/") + kCity + what.path, what.body + "&csrf=" + web::percent_encode(programme::mask_form_token(csrf())),
                                                   cookie() + "Origin: http://kasane.example\r\n"));
    unanswered_.reset();
    ++*answers_;
    const std::string location = got.header("location");
    if (got.status == 303) answered_.push_back({what.command, location});
    else surprises_.push_back(what.path + ": " + std::to_string(got.status) + " " + got.body.substr(0, 4'000));
    return location;
  }
  std::string cookie() const { return std::string("Cookie: kasane_") + kCity + "=" + token() + "\r\n"; }

  /// A name of its own for each.
  std::string family() {
    static constexpr const char* kSigns[] = {"山", "川", "田", "森", "石", "原", "池", "谷", "浜", "岡", "坂", "松", "杉"};
    static constexpr const char* kOwn[] = {"阿曽", "楠本", "佐瀬", "及川"};
    constexpr int kBase = 13;
    const int n = families_++;
    return std::string(kOwn[number_]) + kSigns[n / kBase / kBase % kBase] + kSigns[n / kBase % kBase] + kSigns[n % kBase];
  }

  int number_;
  AgencyId here_, other_;
  http::Client* browser_ = nullptr;
  std::atomic<int>* answers_ = nullptr;
  int families_ = 0;
  int sent_again_ = 0;
  std::optional<Sent> unanswered_;
  std::vector<Answered> answered_;
  std::map<std::int64_t, int> read_;  // household: pages of it that arrived
  std::vector<std::string> surprises_;
};

/// Each must count nothing; the words say what it would mean otherwise. Kinds of subject are numbers of base/ids.hpp.
struct Half {
  db::PlainSql count;
  const char* meaning;
};
constexpr Half kHalves[] = {
    {"SELECT count(*) FROM household r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 1)", "a household without its row of facts"},
    {"SELECT count(*) FROM person r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 2)", "a person without its row of facts"},
    {"SELECT count(*) FROM notice r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 3)", "a notice without its row of facts"},
    {"SELECT count(*) FROM intake r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 4)", "an intake without its row of facts"},
    {"SELECT count(*) FROM referral r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 5)", "a referral without its row of facts"},
    {"SELECT count(*) FROM support_record r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 8)", "a record without its row of facts"},
    {"SELECT count(*) FROM consent r WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = r.id AND s.kind = 10)", "a consent without its row of facts"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 1 AND NOT EXISTS (SELECT 1 FROM household r WHERE r.id = s.id)", "facts of no household"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 2 AND NOT EXISTS (SELECT 1 FROM person r WHERE r.id = s.id)", "facts of no person"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 3 AND NOT EXISTS (SELECT 1 FROM notice r WHERE r.id = s.id)", "facts of no notice"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 4 AND NOT EXISTS (SELECT 1 FROM intake r WHERE r.id = s.id)", "facts of no intake"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 5 AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.id = s.id)", "facts of no referral"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 8 AND NOT EXISTS (SELECT 1 FROM support_record r WHERE r.id = s.id)", "facts of no record"},
    {"SELECT count(*) FROM access_subject s WHERE s.kind = 10 AND NOT EXISTS (SELECT 1 FROM consent r WHERE r.id = s.id)", "facts of no consent"},
    {"SELECT count(*) FROM household h WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.household_id = h.id)", "a household without anybody"},
    {"SELECT count(*) FROM support_record r WHERE NOT EXISTS (SELECT 1 FROM support_record_part p WHERE p.record_id = r.id)", "a record without its text"},
    {"SELECT count(*) FROM notice r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.subject_id = r.id AND a.kind = 'notice.received')", "a notice without its act"},
    {"SELECT count(*) FROM intake r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.subject_id = r.id AND a.kind = 'intake.taken')", "an intake without its act"},
    {"SELECT count(*) FROM referral r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.subject_id = r.id AND a.kind = 'referral.sent')", "a referral without its act"},
    {"SELECT count(*) FROM support_record r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.subject_id = r.id AND a.kind = 'record.contact')", "a record without its act"},
    {"SELECT count(*) FROM consent r WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.subject_id = r.id AND a.kind = 'consent.given')", "a consent without its act"},
    {"SELECT count(*) FROM act a WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = a.subject_id)", "an act about nothing"},
    {"SELECT count(*) FROM notice r WHERE NOT EXISTS (SELECT 1 FROM due_item d WHERE d.subject_id = r.id AND d.kind = 'notice.look')", "a notice that awaits nobody"},
    {"SELECT count(*) FROM referral r WHERE NOT EXISTS (SELECT 1 FROM due_item d WHERE d.subject_id = r.id AND d.kind = 'referral.reply')", "a referral that awaits nobody"},
    {"SELECT count(*) FROM due_item d WHERE NOT EXISTS (SELECT 1 FROM access_subject s WHERE s.id = d.subject_id)", "something due about nothing"},
    {"SELECT count(*) FROM consent r WHERE r.kind = 'sharing' AND NOT EXISTS (SELECT 1 FROM access_ground g WHERE g.source_id = r.id)", "a consent that opens nothing"},
    {"SELECT abs((SELECT count(*) FROM command) - (SELECT count(*) FROM audit_write WHERE action <> 'settings.changed' AND action NOT LIKE 'account.sign%'))", "commands and audited writes differ in number"},
    {"SELECT abs((SELECT count(*) FROM command WHERE result LIKE '%/notices/%') - (SELECT count(*) FROM notice))", "notices stored twice or not at all"},
    {"SELECT abs((SELECT count(*) FROM command WHERE result LIKE '%/intakes/%') - (SELECT count(*) FROM intake))", "intakes stored twice or not at all"},
    {"SELECT abs((SELECT count(*) FROM command WHERE result LIKE '%/referrals/%') - (SELECT count(*) FROM referral))", "referrals stored twice or not at all"},
    {"SELECT abs((SELECT count(*) FROM command WHERE result LIKE '%/records') - (SELECT count(*) FROM support_record))", "records stored twice or not at all"},
    {"SELECT abs(2 * (SELECT count(*) FROM command WHERE result LIKE '%/consents') - (SELECT count(*) FROM consent))", "both facts of a sheet, or neither"},
};

class KilledService : public ::testing::Test {
 protected:
  KilledService() : folder_(std::filesystem::temp_directory_path() / ("kasane-kill-" + id_text(next_id()))), clock_(*Date::from_ymd(2026, 11, 24)) {
    init_crypto();
    app_.data = folder_;
    app_.national = KASANE_SOURCE_DIR "/municipalities/national";
    app_.cities = {{kCity, std::filesystem::path(KASANE_SOURCE_DIR "/municipalities") / kCity, (folder_ / "city.db").string(), folder_ / "audit"}};
    employ_clerks();
  }
  ~KilledService() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// Serves until `count` answers have arrived and a little longer, kills it, and waits until everybody has noticed.
  void round(int count, int extra_microseconds) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t victim = ::fork();
    if (victim == 0) serve(ends[1]);
    ::close(ends[1]);
    std::uint16_t port = 0;
    pollfd wait{ends[0], POLLIN, 0};
    ASSERT_GT(::poll(&wait, 1, 60'000), 0) << "the program does not start again";
    ASSERT_EQ(::read(ends[0], &port, sizeof port), static_cast<ssize_t>(sizeof port)) << "the program ended while it started";
    ::close(ends[0]);
    std::vector<std::thread> desks;
    std::atomic<int> answers = 0;
    for (Clerk& clerk : clerks_) desks.emplace_back([&clerk, &answers, port] { clerk.work(port, answers); });
    // A victim that has fallen silent is found out by the clerks' own deadline.
    for (int waited = 0; answers < count && waited < 20'000; ++waited) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::microseconds(extra_microseconds));  // any moment will do, also a late one
    ::kill(victim, SIGKILL);
    for (std::thread& desk : desks) desk.join();
    int status = 0;
    ASSERT_EQ(::waitpid(victim, &status, 0), victim);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the program ended by itself";
    ASSERT_GE(answers, count) << "the program fell silent";
  }

  void judge() {
    judge_writes();
    judge_reads();
    for (const Clerk& clerk : clerks_)
      for (const std::string& what : clerk.surprises()) FAIL() << what;
  }

  /// Every batch is what its events say, and each follows from the one before.
  void expect_the_chain_to_close() {
    const auto city = open_db(folder_ / "city.db", db::kCityMigrations);
    {
      access::AuditLog log(folder_ / "audit", clock_);
      log.seal_writes(*city);
    }
    const auto file = open_db(audit_file(), db::kAuditMigrations);
    access::Hash chain{};
    std::int64_t number = 0, read_to = 0;
    std::int64_t writes_sealed = 0;
    for (const auto& batch : batches(*file)) {
      const auto events = batch.stream == "read" ? between(*file, batch) : written_between(*city, batch);
      ASSERT_FALSE(events.empty());
      std::vector<access::Hash> leaves;
      for (const auto& e : events) {
        leaves.push_back(access::leaf_hash(e.salt, access::canonical(batch.stream, e.event)));
        ASSERT_TRUE(std::equal(e.leaf.begin(), e.leaf.end(), leaves.back().begin(), [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));
      }
      const access::Hash root = access::merkle_root(std::move(leaves));
      chain = access::chain_hash(chain, batch.stream, batch.first, batch.last, root);
      EXPECT_EQ(batch.number, ++number);
      ASSERT_EQ(batch.chain, std::string(chain.begin(), chain.end())) << "batch " << batch.number;
      if (batch.stream == "read") {
        EXPECT_EQ(batch.first, read_to + 1) << "a read between two batches belongs to none";
        read_to = batch.last;
      } else {
        writes_sealed += static_cast<std::int64_t>(events.size());
      }
    }
    EXPECT_EQ(read_to, file->read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_read"); }));
    EXPECT_EQ(writes_sealed, city->read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_write"); }));
  }

  std::size_t answered() const {
    std::size_t all = 0;
    for (const Clerk& clerk : clerks_) all += clerk.answered().size();
    return all;
  }
  int sent_again() const {
    int all = 0;
    for (const Clerk& clerk : clerks_) all += clerk.sent_again();
    return all;
  }
  int pages() const {
    int all = 0;
    for (const Clerk& clerk : clerks_)
      for (const auto& [household, times] : clerk.read()) all += times;
    return all;
  }

 private:
  static std::unique_ptr<db::Database> open_db(const std::filesystem::path& file, std::string_view migrations) {
    db::Settings settings;
    settings.location = file.string();
    settings.migrations = migrations;
    return db::Database::open(settings);
  }
  std::filesystem::path audit_file() const { return folder_ / "audit" / "audit-2026.db"; }

  void employ_clerks() {
    const auto city = cli::open_city(app_, app_.cities.front(), clock_);
    if (!city) throw std::runtime_error(city.error().front());
    const Date from = *Date::from_ymd(2020, 4, 1);
    const AgencyId here = (*city)->directory.id(kAgency), other = (*city)->directory.id("nikokoro");
    (*city)->db().write([&](db::WriteTx& tx) {
      clerks_.clear();
      for (int n = 0; n < kClerks; ++n) {
        const Clerk& clerk = clerks_.emplace_back(n, fresh_id<AccountTag>(), here, other);
        programme::add_account(tx, {clerk.account, "clerk" + std::to_string(n), "試験 窓口", "-", true, 1}, clock_.now());
        programme::add_post(tx, {fresh_id<PostTag>(), clerk.account, here, Role::window_counsellor, "", "consultation", from, *Date::from_iso(access::kForever)});
        programme::add_session(tx, programme::token_hash(clerk.token()), {clerk.account, clerk.csrf(), clock_.now(), clock_.now()});
      }
    });
  }

  [[noreturn]] void serve(int pipe) {
    try {
      cli::App app(app_, clock_);
      app.start();
      const std::uint16_t port = app.port();
      if (::write(pipe, &port, sizeof port) == sizeof port)
        for (;;) ::pause();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "victim: %s\n", error.what());
    }
    ::_exit(3);
  }

  void judge_writes() {
    const auto city = open_db(folder_ / "city.db", db::kCityMigrations);
    city->read([&](db::ReadTx& tx) {
      for (const Half& half : kHalves) EXPECT_EQ(tx.number(half.count), 0) << half.meaning;
      std::map<std::string, std::string> kept;
      tx.each("SELECT command_id, result FROM command", {}, [&](const db::Row& row) { kept[row.text(0)] = row.text(1); });
      for (const Clerk& clerk : clerks_)
        for (const Answered& a : clerk.answered()) ASSERT_EQ(kept[a.command], a.location) << a.command << " was answered and is lost";
    });
    const std::int64_t records = city->read([](db::ReadTx& tx) {
      return tx.number("SELECT (SELECT count(*) FROM household) + (SELECT count(*) FROM notice) + (SELECT count(*) FROM intake) + (SELECT count(*) FROM referral)");
    });
    EXPECT_GE(records, records_before_) << "something that was there is gone";
    records_before_ = records;
  }

  void judge_reads() {
    const auto file = open_db(audit_file(), db::kAuditMigrations);
    std::map<std::pair<std::int64_t, std::int64_t>, int> noted;  // account and household
    file->read([&](db::ReadTx& tx) {
      for (const auto& e : access::audit_store::newest_reads(tx, 0, std::numeric_limits<std::int32_t>::max())) {
        if (e.event.action != "household.page") continue;
        const auto subjects = access::unpack_subjects(e.event.subjects);
        ASSERT_TRUE(subjects.has_value()) << "event " << e.event.seq << " cannot be read";
        for (const auto& s : *subjects)
          if (s.ref.kind == SubjectKind::household && !s.denied) ++noted[{e.event.account, s.ref.id}];
      }
    });
    for (const Clerk& clerk : clerks_)
      for (const auto& [household, times] : clerk.read())
        ASSERT_GE((noted[{clerk.account.value, household}]), times) << "a page of " << household << " was shown without its event";
  }

  static std::vector<access::audit_store::Batch> batches(db::Database& file) {
    return file.read([](db::ReadTx& tx) {
      std::vector<access::audit_store::Batch> all;
      tx.each("SELECT number, stream, first_seq, last_seq, chain FROM audit_batch ORDER BY number", {}, [&](const db::Row& r) {
        const db::Blob chain = r.blob(4);
        all.push_back({r.i64(0), r.text(1), r.i64(2), r.i64(3), {}, std::string(chain.begin(), chain.end()), 0});
      });
      return all;
    });
  }
  static std::vector<access::audit_store::StoredEvent> between(db::Database& file, const access::audit_store::Batch& batch) {
    auto events = file.read([&](db::ReadTx& tx) { return access::audit_store::newest_reads(tx, batch.last + 1, batch.last - batch.first + 1); });
    std::reverse(events.begin(), events.end());
    return events;
  }
  static std::vector<access::audit_store::StoredEvent> written_between(db::Database& city, const access::audit_store::Batch& batch) {
    auto events = city.read([&](db::ReadTx& tx) { return access::audit_store::writes_after(tx, batch.first - 1, 100'000); });
    std::erase_if(events, [&](const auto& e) { return e.event.seq > batch.last; });
    return events;
  }

  std::filesystem::path folder_;
  ManualClock clock_;
  cli::AppSettings app_;
  std::vector<Clerk> clerks_;
  std::int64_t records_before_ = 0;
};

TEST_F(KilledService, keeps_what_it_answered_stores_nothing_by_half_and_notes_every_page) {
  const auto seed = std::random_device{}();
  RecordProperty("seed", std::to_string(seed));
  std::mt19937 random(seed);
  for (int n = 0; n < kRounds && !HasFailure(); ++n) {
    SCOPED_TRACE("round " + std::to_string(n) + ", seed " + std::to_string(seed));
    round(static_cast<int>(random() % kMostAnswers), static_cast<int>(random() % 5'000));
    if (!HasFatalFailure()) judge();
  }
  expect_the_chain_to_close();
  EXPECT_GT(answered(), static_cast<std::size_t>(kRounds)) << "too little was written to prove anything";
  EXPECT_GT(pages(), kRounds / 10);
  EXPECT_GT(sent_again(), kRounds / 4) << "the kills never met a form on its way";
  RecordProperty("answered", std::to_string(answered()));
  RecordProperty("pages", std::to_string(pages()));
  RecordProperty("sent_again", std::to_string(sent_again()));
}

}  // namespace
}  // namespace kasane
