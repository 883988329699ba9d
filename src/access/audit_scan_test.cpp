// Who has seen what, and unusual reading: gathered from kept events, without a page waiting for it.
#include "access/audit_scan.hpp"

#include <gtest/gtest.h>

#include <future>

#include "access/audit.hpp"
#include "access/audit_store.hpp"
#include "access/facts.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

constexpr std::int64_t kWorker = 11, kOther = 12, kOffice = 501, kHolder = 502;
constexpr std::int64_t kHousehold = 900, kMother = 901;

class AuditScan : public ::testing::Test {
 protected:
  AuditScan() : folder_(std::filesystem::temp_directory_path() / ("kasane-scan-" + id_text(next_id()))), clock_(*Date::from_ymd(2026, 11, 24), 10) {
    std::filesystem::create_directories(folder_);
    log_ = std::make_unique<AuditLog>(folder_, clock_);
    subject(SubjectKind::household, kHousehold, kHousehold, {});
    subject(SubjectKind::person, kMother, kHousehold, kMother);
  }
  ~AuditScan() override {
    log_.reset();
    std::filesystem::remove_all(folder_);
  }

  void subject(SubjectKind kind, std::int64_t id, std::int64_t root, std::optional<std::int64_t> person) {
    city_->write([&](db::WriteTx& tx) {
      tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, $4, $5, 1, 1))sql",
             db::params(id, static_cast<std::int64_t>(kind), root, kHolder, person));
    });
  }
  void look(std::int64_t account, Act act, const std::vector<SubjectRef>& shown, const std::vector<SubjectRef>& refused = {}) {
    Trail trail;
    trail.action("household.page", act);
    for (const auto& s : shown) trail.note(s.kind, s.id);
    for (const auto& s : refused) trail.denied(s.kind, s.id);
    if (act == Act::search) trail.words("千代");
    std::promise<bool> kept;
    log_->submit(AccountId(account), trail, clock_.now(), [&](bool ok) { kept.set_value(ok); });
    ASSERT_TRUE(kept.get_future().get());
  }
  void scan() {
    const AgenciesOf agencies = [](db::ReadTx&, std::int64_t account, Date) { return account == kWorker ? std::vector<std::int64_t>{kOffice} : std::vector<std::int64_t>{}; };
    while (scan_reads(file(), *city_, agencies, limits_) > 0) {
    }
  }
  db::Database& file() { return log_->file_for(clock_.now()); }
  std::vector<SeenLine> seen(std::int64_t root = kHousehold) {
    return file().read([&](db::ReadTx& tx) { return seen_of(tx, root, {}, 50); });
  }
  std::vector<std::string> unusual() {
    std::vector<std::string> out;
    for (const auto& line : file().read([](db::ReadTx& tx) { return unusual_lines(tx, true, 50); })) out.push_back(std::to_string(line.account) + " " + line.rule);
    return out;
  }

  std::filesystem::path folder_;
  ManualClock clock_;
  db::TestDatabase city_;
  std::unique_ptr<AuditLog> log_;
  UnusualLimits limits_;
};

TEST_F(AuditScan, tells_who_opened_printed_or_only_passed_a_household_in_a_list) {
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}, {SubjectKind::person, kMother}});
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  look(kWorker, Act::print, {{SubjectKind::household, kHousehold}});
  look(kOther, Act::list, {{SubjectKind::household, kHousehold}});
  scan();
  const auto lines = seen();
  ASSERT_EQ(lines.size(), 2u);
  for (const SeenLine& line : lines) {
    EXPECT_EQ(line.opened, line.account == kWorker ? 2 : 0);
    EXPECT_EQ(line.printed, line.account == kWorker ? 1 : 0);
    EXPECT_EQ(line.listed, line.account == kWorker ? 0 : 1);
  }
}

TEST_F(AuditScan, takes_each_event_once) {
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  scan();
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  ASSERT_EQ(seen().size(), 1u);
  EXPECT_EQ(seen()[0].opened, 2);
}

TEST_F(AuditScan, a_refused_look_is_not_a_look) {
  look(kOther, Act::read, {}, {{SubjectKind::household, kHousehold}});
  scan();
  EXPECT_TRUE(seen().empty());
}

TEST_F(AuditScan, lists_unusual_reading_with_its_rule) {
  city_->write([&](db::WriteTx& tx) { join_team(tx, kHousehold, kOffice, *Date::from_ymd(2026, 4, 1), *Date::from_ymd(2026, 10, 31)); });
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  EXPECT_EQ(unusual(), std::vector<std::string>{"11 after_leaving"});

  city_->write([&](db::WriteTx& tx) { add_shield(tx, {{kOther}, PersonId(kMother), kAllTopics, clock_.today(), *Date::from_iso(kForever), 1}); });
  look(kOther, Act::read, {}, {{SubjectKind::household, kHousehold}});
  clock_.set(*Date::from_ymd(2026, 11, 25), 23);
  look(kOther, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  EXPECT_EQ(unusual(), (std::vector<std::string>{"12 night", "11 after_leaving", "12 own_relatives"}));
}

TEST_F(AuditScan, many_households_and_many_refusals_of_one_day_are_counted_together_over_several_scans) {
  limits_.households = 3;
  limits_.refused = 2;
  for (std::int64_t i = 1; i <= 4; ++i) {
    subject(SubjectKind::household, 1000 + i, 1000 + i, {});
    look(kWorker, Act::read, {{SubjectKind::household, 1000 + i}});
    look(kOther, Act::read, {}, {{SubjectKind::household, 1000 + i}});
    scan();
  }
  EXPECT_EQ(unusual(), (std::vector<std::string>{"11 many_households", "12 many_refused"}));
}

TEST_F(AuditScan, an_account_still_in_the_team_or_at_the_holder_is_nothing_unusual) {
  city_->write([&](db::WriteTx& tx) { join_team(tx, kHousehold, kOffice, *Date::from_ymd(2026, 4, 1), *Date::from_iso(kForever)); });
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  EXPECT_TRUE(unusual().empty());
}

TEST_F(AuditScan, pages_through_what_one_account_did_on_all_its_days_and_since) {
  std::vector<std::int64_t> own;
  for (int day = 1; day <= 4; ++day) {
    clock_.set(*Date::from_ymd(2026, 11, day), 10);
    for (int i = 0; i < 3; ++i) {
      look(kOther, Act::read, {{SubjectKind::household, kHousehold}});
      if (day != 2) look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
    }
    if (day != 4) scan();  // the last day is not gathered yet
  }
  std::vector<std::int64_t> seqs;
  for (std::int64_t before = 0;;) {
    const auto page = file().read([&](db::ReadTx& tx) { return audit_store::newest_reads(tx, before, 2, kWorker); });
    if (page.empty()) break;
    for (const auto& e : page) {
      EXPECT_EQ(e.event.account, kWorker);
      seqs.push_back(e.event.seq);
    }
    before = page.back().event.seq;
  }
  EXPECT_EQ(seqs, (std::vector<std::int64_t>{21, 19, 17, 15, 13, 11, 6, 4, 2}));
}

TEST_F(AuditScan, a_line_is_settled_once_with_its_outcome) {
  clock_.set(*Date::from_ymd(2026, 11, 24), 23);
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  const auto settle = [&] {
    return file().write([&](db::WriteTx& tx) { return settle_unusual(tx, kWorker, *Date::from_ymd(2026, 11, 24), "night", "explained", 77, clock_.now()); });
  };
  EXPECT_TRUE(settle());
  EXPECT_FALSE(settle());
  EXPECT_TRUE(unusual().empty());
}

// A relation that is declared late: the days before are looked up, and the day of declaring is not held against anybody.
TEST_F(AuditScan, what_was_opened_before_a_relation_was_declared_is_looked_up) {
  constexpr std::int64_t kAunt = 903, kAuntsHome = 904, kDeclared = 77;
  subject(SubjectKind::person, kAunt, kAuntsHome, kAunt);
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  look(kOther, Act::read, {{SubjectKind::household, kHousehold}});
  look(kWorker, Act::list, {{SubjectKind::person, kAunt}});
  clock_.set(*Date::from_ymd(2026, 11, 25));
  look(kWorker, Act::read, {{SubjectKind::household, kHousehold}});
  scan();
  ASSERT_TRUE(unusual().empty());
  city_->write([](db::WriteTx& tx) {
    for (const std::int64_t person : {kMother, kAunt})
      add_shield(tx, {{kWorker}, PersonId(person), kAllTopics, *Date::from_ymd(2026, 11, 25), *Date::from_iso(kForever), kDeclared});
  });
  EXPECT_EQ(look_back(file(), *city_, kWorker, kDeclared, *Date::from_ymd(2026, 11, 25)), 1);
  EXPECT_EQ(unusual(), std::vector<std::string>{std::to_string(kWorker) + " before_declaring"});
  const auto line = file().read([](db::ReadTx& tx) { return unusual_lines(tx, true, 50); }).at(0);
  EXPECT_EQ(line.day, *Date::from_ymd(2026, 11, 24));
  EXPECT_EQ(line.events, 1);
  EXPECT_EQ(line.roots, 1);
  EXPECT_EQ(look_back(file(), *city_, kOther, kDeclared, *Date::from_ymd(2026, 11, 25)), 0) << "only whoever declared it";
}

}  // namespace
}  // namespace kasane::access
