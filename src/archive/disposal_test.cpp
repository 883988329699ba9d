// From the closed case to the certificate, in the invented city that has set its years; what is gone is gone everywhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <latch>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "access/audit_verify.hpp"
#include "access/groups.hpp"
#include "access/shields.hpp"
#include "archive/disposal_service.hpp"
#include "archive/pages.hpp"
#include "archive/registry.hpp"
#include "casework/case_service.hpp"
#include "casework/record_service.hpp"
#include "db/testing.hpp"
#include "due/service.hpp"
#include "people/protection_service.hpp"
#include "people/search.hpp"
#include "people/service.hpp"
#include "programme/account_store.hpp"
#include "programme/testing.hpp"
#include "programme/testing_engine.hpp"

namespace kasane::archive {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return std::move(all).str();
}

class DisposalStory : public ::testing::TestWithParam<db::Engine> {
 protected:
  static constexpr const char* kFamily = "廃棄野";
  // PostgreSQL: a database of its own. SQLite: the city's own file, whose bytes a copy is asked for.
  std::unique_ptr<db::TestDatabase> server = GetParam() == db::Engine::postgres ? std::make_unique<db::TestDatabase>(GetParam()) : nullptr;
  std::unique_ptr<programme::testing::CityOn> there = server ? std::make_unique<programme::testing::CityOn>(server->settings()) : nullptr;
  TestCity city{"mitsuhama", {archive::add_disposal_routes}, *Date::from_ymd(2020, 5, 11)};
  std::string section = city.m().owner_sections.at(0);
  Login officer = city.account(section, Role::city_officer);
  Login head = city.account(section, Role::head);
  Login worker = city.account({{section, Role::coordinator}});
  HouseholdId household;

  Settings settings() { return {city.m(), city.city().directory}; }

  template <class F>
  auto as(const Login& who, F&& f) {
    auto done = city.write(who, std::forward<F>(f));
    EXPECT_TRUE(done) << done.error().message;
    return done;
  }

  void live_and_close() {
    people::NewHousehold what;
    what.persons.resize(1);
    what.persons[0].fields.family = kFamily;
    what.persons[0].fields.given = "太郎";
    const auto made = as(worker, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); });
    household = made->household;
    const auto id = as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      auto in = casework::new_case_for(city.m(), household, gate.today());
      in.owner = in.coordinating = in.originating = actor.agency;
      in.subjects = made->persons;
      return casework::open_case(tx, gate, actor, in);
    });
    as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
      casework::NewRecord in;
      in.household = household;
      in.on_day = gate.today();
      in.method = "office";
      in.text = std::string(kFamily) + "さんは仕事を見つけた。";
      return casework::write_record(tx, gate, actor, in);
    });
    as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
      casework::CloseCase in;
      in.on = gate.today();
      in.reason = "resolved";
      in.main_contact = actor.agency;
      const auto closed = casework::close_case(tx, gate, actor, *id, in);
      if (!closed) return tl::unexpected(closed.error());
      return true;
    });
  }
  /// Years later; whoever was signed in is not any more.
  void later(int year, int month, int day) {
    city.clock().set(*Date::from_ymd(year, month, day));
    officer = city.account(section, Role::city_officer);
    head = city.account(section, Role::head);
    worker = city.account(section, Role::coordinator);
  }
  std::vector<store::Line> due() {
    return city.read(officer, [&](db::ReadTx& tx, access::Gate& gate) { return due_lines(tx, gate, settings()); });
  }
  std::string proposed() {
    web::Pairs fields;
    for (const store::Line& l : due()) fields.emplace_back("line", key_of(l));
    const auto reply = city.post(officer, "/disposals", fields);
    EXPECT_EQ(reply.status, 303) << reply.body.substr(0, 2000);
    return std::string(reply.header_value("location")).substr(std::string("/mitsuhama").size());
  }
  /// Everything that can be asked for, table by table. PostgreSQL leaves dead rows in its files until it sweeps them, which
  /// no statement shows (docs/operators/retention.md).
  std::map<std::string, std::string> tables() {
    std::map<std::string, std::string> all;
    city.db().read([&](db::ReadTx& tx) {
      tx.each(R"sql(/* postgres */ SELECT CAST(c.relname AS TEXT), CAST(query_to_xml(format('SELECT * FROM %I', c.relname), true, false, '') AS TEXT)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r')sql",
              {}, [&](const db::Row& r) { all[r.text(0)] = r.text(1); });
    });
    return all;
  }
  /// The audit's files are of SQLite whatever the engine of the city.
  std::filesystem::path audit_folder() {
    std::filesystem::path folder;
    city.city().audit.file_for(city.clock().now()).read([&](db::ReadTx& tx) {
      tx.each("SELECT file FROM pragma_database_list WHERE name = 'main'", {}, [&](const db::Row& r) { folder = std::filesystem::path(r.text(0)).parent_path(); });
    });
    return folder;
  }
  /// What a copy made now would hold.
  std::string backup() {
    if (server) {
      std::string all;
      for (const auto& [table, rows] : tables()) all += rows;
      return all;
    }
    const auto file = std::filesystem::temp_directory_path() / ("kasane-backup-" + id_text(next_id()) + ".db");
    city.db().backup_to(file);
    std::string bytes = bytes_of(file);
    std::filesystem::remove(file);
    return bytes;
  }
};

KASANE_EVERY_ENGINE(DisposalStory);

TEST_P(DisposalStory, a_list_is_proposed_by_one_and_approved_by_another_and_the_data_are_gone_everywhere) {
  live_and_close();
  later(2026, 3, 31);
  EXPECT_THAT(due(), IsEmpty()) << "the last day of the period belongs to it";
  later(2026, 4, 1);
  ASSERT_FALSE(due().empty());
  EXPECT_THAT(backup(), HasSubstr(kFamily));

  const std::string path = proposed();
  EXPECT_THAT(due(), IsEmpty()) << "what waits on a list is not offered twice";
  EXPECT_THAT(city.get(officer, path).body, Not(HasSubstr(kFamily)));
  EXPECT_EQ(city.post(officer, path + "/approve", {{"version", "1"}}).status, 409) << "not the one who proposed it";
  EXPECT_EQ(city.get(officer, path + "/certificate.pdf").status, 409);
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);

  EXPECT_THAT(backup(), Not(HasSubstr(kFamily))) << "no later copy holds the name";
  if (server) {
    // Which table would still know of it: ids remain where counts and the certificate rest on them, and nowhere else.
    const auto kept = kept_tables();
    for (const auto& [table, rows] : tables()) {
      EXPECT_THAT(rows, Not(HasSubstr(kFamily))) << table;
      if (std::ranges::find(kept, table) == kept.end()) { EXPECT_THAT(rows, Not(HasSubstr(std::to_string(household.value)))) << table; }
    }
  }
  const auto rest = city.read(officer, [&](db::ReadTx& tx, access::Gate&) {
    return tx.number("SELECT count(*) FROM access_subject WHERE root_id = $1", db::params(household)) + tx.number("SELECT count(*) FROM household") +
           tx.number("SELECT count(*) FROM membership") + tx.number("SELECT count(*) FROM access_reach WHERE root_id = $1", db::params(household));
  });
  EXPECT_EQ(rest, 0);
  const auto acts = city.read(officer, [&](db::ReadTx& tx, access::Gate&) {
    return tx.number("SELECT count(*) FROM act WHERE root_id = $1", db::params(household));
  });
  EXPECT_GT(acts, 0) << "what is counted stays";
  EXPECT_EQ(city.get(head, path + "/certificate.pdf").status, 200);
  EXPECT_THAT(city.get(head, path + "/certificate.pdf").body, Not(HasSubstr(kFamily)));
}

TEST_P(DisposalStory, a_legal_hold_keeps_what_is_due_also_after_it_was_proposed) {
  live_and_close();
  later(2026, 4, 1);
  const std::string path = proposed();
  const std::string number = city.read(worker, [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, household)->number; });
  EXPECT_EQ(city.post(officer, "/holds", {{"number", number}, {"reason", ""}}).status, 422);
  EXPECT_EQ(city.post(officer, "/holds", {{"number", "世R99-99999"}, {"reason", "訴訟"}}).status, 422);
  ASSERT_EQ(city.post(officer, "/holds", {{"number", number}, {"reason", "訴訟のため"}}).status, 303);
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_THAT(city.get(head, path).body, HasSubstr("除いた"));
  EXPECT_THAT(backup(), HasSubstr(kFamily));
  EXPECT_THAT(due(), IsEmpty());
  const auto holds = city.read(officer, [](db::ReadTx&, access::Gate& gate) { return store::holds(gate, 10); });
  ASSERT_EQ(city.post(head, "/holds/" + id_text(holds.at(0).id) + "/end", {{"version", "1"}}).status, 303);
  EXPECT_FALSE(due().empty());
}

// An older copy that was restored holds the data again; the log, kept apart, removes them again.
TEST_P(DisposalStory, the_log_disposes_again_after_an_older_copy_was_restored) {
  live_and_close();
  later(2026, 4, 1);
  std::vector<LogLine> log;
  for (const store::Line& l : due()) log.push_back({"廃棄R08-0001", l.root, l.what});
  const auto read_back = parse_log(log_text(log));
  ASSERT_TRUE(read_back);
  const auto again = dispose_again(city.city(), *read_back, city.clock().now());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_THAT(backup(), Not(HasSubstr(kFamily)));
  EXPECT_THAT(city.get(officer, "/disposals").body, HasSubstr(*again));
  EXPECT_TRUE(dispose_again(city.city(), *read_back, city.clock().now())) << "twice does no harm";
}

// A household that is still worked with is not a closed file, whatever its case says.
TEST_P(DisposalStory, work_after_the_case_was_closed_keeps_the_household) {
  live_and_close();
  later(2022, 6, 1);
  as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    casework::NewRecord in;
    in.household = household;
    in.on_day = gate.today();
    in.method = "office";
    in.text = "終結の後も相談に来た。";
    return casework::write_record(tx, gate, actor, in);
  });
  later(2026, 4, 1);
  EXPECT_THAT(due(), IsEmpty());
  later(2028, 4, 1);
  EXPECT_FALSE(due().empty()) << "five years after the fiscal year of the last work";
}

TEST_P(DisposalStory, a_household_written_down_without_consultation_or_case_is_offered_too) {
  people::NewHousehold what;
  what.persons.resize(1);
  what.persons[0].fields.family = kFamily;
  what.persons[0].fields.given = "花子";
  const auto made = as(worker, [&](auto& tx, auto& gate, const auto& actor) { return people::register_household(tx, gate, actor, what); });
  later(2024, 3, 31);
  EXPECT_THAT(due(), IsEmpty());
  later(2024, 4, 1);
  ASSERT_EQ(due().size(), 1u) << "as a consultation: nobody opened a case";
  EXPECT_EQ(due().at(0).root, made->household.value);
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_THAT(backup(), Not(HasSubstr(kFamily)));
  EXPECT_THAT(due(), IsEmpty());
}

// The numbered list that a council sees goes on; whom a line was about is forgotten after the years of that class.
TEST_P(DisposalStory, a_provision_loses_whom_it_was_about_and_keeps_its_line) {
  live_and_close();
  const auto id = as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<ProvisionId> {
    const auto permit = gate.create<ProvisionTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    permit->run(tx, R"sql(INSERT INTO provision (id, number, fiscal_year, serial, asked_by, holder_id, asked_on, recipient, recipient_id, pii_about, items, reason_class,
                            pii_reason, basis, from_on, until_on, state, household_id, person_id, topics, decided_on, decided_by, harm_checked, pii_harm, pii_answer,
                            read_on, version, pii_consent)
                          VALUES ($permit, '2-1', 2020, 1, $1, $1, '2020-05-12', '税務課', NULL, $2, '住所', '', $2, '', '2020-05-12', '2020-06-12', 'refused', $3, NULL, 0,
                            '2020-05-20', 1, 0, '', $2, NULL, 1, $2))sql",
                db::params(actor.agency, std::string(kFamily) + "太郎", household));
    return permit->id();
  });
  later(2026, 4, 1);
  std::set<std::string> classes;
  for (const store::Line& l : due()) classes.insert(std::string(code_of(l.what)) + (l.root == id->value ? " of itself" : ""));
  EXPECT_TRUE(classes.contains("provision of itself"));
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_THAT(backup(), Not(HasSubstr(kFamily)));
  const auto line = city.read(officer, [&](db::ReadTx& tx, access::Gate&) {
    return tx.list<std::string>("SELECT number || ' ' || items FROM provision", {}, [](const db::Row& r) { return r.text(0); });
  });
  EXPECT_THAT(line, ::testing::ElementsAre("2-1 住所"));
  EXPECT_TRUE(city.read(officer, [&](db::ReadTx&, access::Gate& gate) { return gate.read(*id).has_value(); })) << "still listed";
  EXPECT_THAT(due(), IsEmpty()) << "and not offered again";
}

TEST_P(DisposalStory, what_was_asked_of_an_office_about_nobody_named_is_offered) {
  as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
    const auto permit = gate.create<CooperationRequestTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
    if (!permit) return tl::unexpected(permit.error());
    permit->run(tx, R"sql(INSERT INTO cooperation_request (id, number, fiscal_year, body, asked_by, asked_on, due_on, agency_id, pii_outside, household_id, person_id,
                            pii_question, topics, told_id, basis, state, answered_on, answered_by, pii_answer, read_on, version)
                          VALUES ($permit, '協R02-0001', 2020, 'shien_kaigi', $1, '2020-05-12', '2020-06-12', NULL, $2, NULL, NULL, '似た相談があるか', 0, 0, '', 'answered',
                            '2020-05-20', 1, 'ない', '2020-05-21', 1))sql",
                db::params(actor.agency, std::string(kFamily) + "診療所"));
    return true;
  });
  later(2024, 4, 1);
  ASSERT_EQ(due().size(), 1u);
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_THAT(backup(), Not(HasSubstr(kFamily)));
}

TEST_P(DisposalStory, whatever_is_open_keeps_the_household) {
  live_and_close();
  later(2026, 4, 1);
  ASSERT_FALSE(due().empty());
  const SubjectRef subject{SubjectKind::household, household.value};
  city.db().write([&](db::WriteTx& tx) { due::await(tx, {"task.due", city.agency(section).value, household.value, subject, city.clock().today()}, city.clock().now()); });
  EXPECT_THAT(due(), IsEmpty()) << "something waits";
  city.db().write([&](db::WriteTx& tx) { due::settle(tx, subject, "", {worker.account, city.agency(section), city.clock().now()}); });
  ASSERT_FALSE(due().empty());
  const auto referral_answered = [&](const std::optional<std::string>& on) {
    as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
      const auto permit = gate.create<ReferralTag>(tx, {household.value, actor.agency, {}, access::Topic::basic, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      permit->run(tx, R"sql(INSERT INTO referral (id, kind, passing, from_agency, inbox, reasons, pii_reason, pii_text, criteria, judge_result, answered_on, outcome,
                              pii_reply, pii_passing, duty_kind, ground_code, version)
                            VALUES ($permit, 'network', 'anonymous', 1, '', '', '', '', '', '', $1, '', '', '', '', '', 1))sql",
                  db::params(on));
      return true;
    });
  };
  referral_answered("2020-06-01");
  EXPECT_FALSE(due().empty());
  referral_answered({});
  EXPECT_THAT(due(), IsEmpty()) << "a referral waits for its answer";
}

// W-73: who is protected is not deleted from the register because a file has grown old.
TEST_P(DisposalStory, a_standing_protection_keeps_the_household_and_wherever_the_person_lives) {
  live_and_close();
  const auto person = city.read(worker, [&](db::ReadTx& tx, access::Gate& gate) { return people::household_view(tx, gate, household)->members.at(0).person; });
  as(worker, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) {
    people::NewMeasure what;
    what.household = household;
    what.person = person;
    what.kind = people::ProtectionKind::abuse;
    what.from = gate.today();
    what.opponent_names = {"海野"};
    return people::add_measure(tx, gate, actor, {12, 30, "要領"}, what);
  });
  later(2026, 4, 1);
  city.db().write([&](db::WriteTx& tx) { tx.run("UPDATE due_item SET done_on = '2020-06-01'", {}); });
  EXPECT_THAT(due(), IsEmpty());
  city.db().write([&](db::WriteTx& tx) { tx.run("UPDATE protective_measure SET household_id = $1", db::params(next_id())); });
  EXPECT_THAT(due(), IsEmpty()) << "made for another household, of which the person was a member, too";
  city.db().write([&](db::WriteTx& tx) { tx.run("UPDATE protective_measure SET ended_on = '2020-06-01'", {}); });
  EXPECT_FALSE(due().empty());
}

// What is kept from somebody is kept on lists of old files, too; whoever sees a number leaves a trail.
TEST_P(DisposalStory, whoever_is_kept_from_somebody_does_not_find_the_list_either) {
  live_and_close();
  later(2026, 4, 1);
  const Login relative = city.account(section, Role::head);
  city.db().write([&](db::WriteTx& tx) {
    access::put_shields(tx, next_id(), {{{relative.account.value}, household.value, access::kAllTopics, city.clock().today(), *Date::from_iso(access::kForever)}}, {});
  });
  const std::string label = due().at(0).label;
  EXPECT_THAT(city.get(officer, "/disposals").body, HasSubstr(label));
  EXPECT_THAT(city.get(relative, "/disposals").body, Not(HasSubstr(label)));
  const std::string path = proposed();
  EXPECT_THAT(city.get(head, "/disposals").body, HasSubstr(path.substr(path.rfind('/') + 1)));
  EXPECT_THAT(city.get(relative, "/disposals").body, Not(HasSubstr(path.substr(path.rfind('/') + 1))));
  EXPECT_EQ(city.get(relative, path).status, 404);
  EXPECT_EQ(city.post(relative, path + "/approve", {{"version", "1"}}).status, 404);
  const access::Viewer viewer = city.viewer(head);
  access::Trail trail;
  city.db().read([&](db::ReadTx& tx) {
    access::Gate gate(tx, viewer, city.clock().now(), trail);
    const auto id = parse_id<DisposalTag>(path.substr(path.rfind('/') + 1));
    ASSERT_TRUE(disposal(tx, gate, *id));
  });
  const auto seen = access::unpack_subjects(trail.packed());
  ASSERT_TRUE(seen);
  EXPECT_THAT(*seen, ::testing::Contains(access::PackedSubject{{SubjectKind::household, household.value}, false}));
  EXPECT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
}

TEST_P(DisposalStory, no_fact_of_access_remains_when_its_classes_go_one_after_the_other) {
  live_and_close();
  std::int64_t record = 0;
  city.db().write([&](db::WriteTx& tx) {
    record = tx.number("SELECT min(id) FROM access_subject WHERE kind = 8");
    const auto person = PersonId(tx.number("SELECT min(id) FROM access_subject WHERE kind = 2"));
    access::set_persons(tx, {SubjectKind::support_record, record}, {person, PersonId(next_id())});
    const Date today = city.clock().today();
    const Date forever = *Date::from_iso(access::kForever);
    access::Ground ground;
    ground.root = record;
    ground.topics = access::kAllTopics;
    ground.named = {next_id()};
    ground.from = today;
    ground.until = forever;
    ground.basis = "同意";
    access::add_ground(tx, ground, {worker.account, city.agency(section), city.clock().now()});
    const std::int64_t measure = next_id();
    tx.run("INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, 1, NULL, 1, 0)",
           db::params(next_id(), SubjectKind::agenda_item, household));
    tx.run("INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, 1, NULL, 1, 0)",
           db::params(measure, SubjectKind::protective_measure, household));
    access::put_shields(tx, measure, {{{next_id()}, person.value, access::kAllTopics, today, forever}}, {AccountId(next_id())});
  });
  const auto rows = [&](db::PlainSql sql) { return city.db().read([&](db::ReadTx& tx) { return tx.number(sql, {}); }); };
  ASSERT_GT(rows("SELECT count(*) FROM access_ground WHERE root_id IN (SELECT id FROM access_subject WHERE kind = 8)"), 0);
  ASSERT_GE(rows("SELECT count(*) FROM access_shield"), 2) << "of the person and of the group";
  for (const RetentionClass what : {RetentionClass::case_file, RetentionClass::meeting})
    as(officer, [&](db::WriteTx& tx, access::Gate& gate, const access::Actor& actor) -> Result<bool> {
      const auto permit = gate.create<DisposalTag>(tx, {0, actor.agency, {}, access::Topic::basic, access::Sharing::own});
      if (!permit) return tl::unexpected(permit.error());
      store::remove(tx, *permit, household.value, what, true);
      return true;
    });
  EXPECT_EQ(rows("SELECT count(*) FROM access_subject WHERE kind <> 33"), 0) << "of the disposals alone";
  EXPECT_EQ(rows("SELECT count(*) FROM access_ground") + rows("SELECT count(*) FROM access_ground_party"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM access_reach"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM access_group"), 0);
  EXPECT_EQ(rows("SELECT count(*) FROM access_shield") + rows("SELECT count(*) FROM access_shield_exempt"), 0);
}

// A name that found nobody is a name all the same; it goes with its age.
TEST_P(DisposalStory, words_of_searches_that_found_nobody_go_when_they_are_old) {
  const auto search = [&](const char* words) {
    access::Trail trail;
    trail.action("people.search", access::Act::search);
    trail.words(words);
    std::latch kept(1);
    city.city().audit.submit(officer.account, trail, city.clock().now(), [&](bool) { kept.count_down(); });
    kept.wait();
  };
  const UtcMs first = city.clock().now();
  search(kFamily);
  live_and_close();
  later(2026, 4, 1);
  search("ほかの人");
  const auto words = [&](UtcMs at) { return city.city().audit.file_for(at).read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_words"); }); };
  ASSERT_EQ(words(first), 1);
  const auto lately = words(city.clock().now());
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_EQ(words(first), 0);
  EXPECT_EQ(words(city.clock().now()), lately) << "this year's stay";
}

TEST_P(DisposalStory, papers_are_prints_and_sweeping_again_is_a_step_of_its_own) {
  live_and_close();
  later(2026, 4, 1);
  const std::string path = proposed();
  EXPECT_EQ(city.post(officer, path + "/sweep", {{"version", "1"}}).status, 409) << "nothing was disposed of yet";
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  for (const char* paper : {"/certificate.pdf", "/log.csv"}) {
    const auto reply = city.get(head, path + paper);
    ASSERT_EQ(reply.status, 200);
    std::latch kept(1);
    reply.before_send([&](bool) { kept.count_down(); });
    kept.wait();
  }
  const auto prints = city.city().audit.file_for(city.clock().now()).read([](db::ReadTx& tx) {
    return tx.number("SELECT count(*) FROM audit_read WHERE action = 'disposal.paper' AND act = $1", db::params(static_cast<std::int64_t>(access::Act::print)));
  });
  EXPECT_EQ(prints, 2);
  EXPECT_EQ(city.post(officer, path + "/sweep", {{"version", "1"}}).status, 409) << "an older version";
  const auto version = city.db().read([](db::ReadTx& tx) { return tx.number("SELECT version FROM disposal"); });
  EXPECT_EQ(city.post(officer, path + "/sweep", {{"version", std::to_string(version)}}).status, 303);
  const auto written = city.db().read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_write WHERE action = 'disposal.sweep'"); });
  EXPECT_EQ(written, 1);
}

TEST_P(DisposalStory, words_of_searches_about_it_are_forgotten) {
  access::Trail about, other;
  about.action("people.search", access::Act::search);
  about.words(kFamily);
  live_and_close();
  about.note(SubjectKind::household, household.value);
  other.action("people.search", access::Act::search);
  other.words("ほかの人");
  other.note(SubjectKind::household, next_id());
  later(2026, 4, 1);
  std::latch kept(2);
  for (access::Trail* trail : {&about, &other}) city.city().audit.submit(officer.account, *trail, city.clock().now(), [&](bool) { kept.count_down(); });
  kept.wait();
  db::Database& file = city.city().audit.file_for(city.clock().now());
  const auto words = [&] { return file.read([](db::ReadTx& tx) { return tx.number("SELECT count(*) FROM audit_words"); }); };
  const auto before = words();
  ASSERT_GE(before, 2);
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  EXPECT_EQ(words(), before - 1);
}

TEST_P(DisposalStory, the_audit_still_verifies_and_drafts_about_it_are_gone) {
  live_and_close();
  later(2026, 4, 1);
  city.db().write([&](db::WriteTx& tx) {
    programme::put_draft(tx, worker.account, "record-" + id_text(household), "cipher", city.clock().now());
    programme::put_draft(tx, worker.account, "record-" + id_text(next_id()), "cipher", city.clock().now());
  });
  access::Trail seen;
  seen.action("people.search", access::Act::search);
  seen.words(kFamily);
  seen.note(SubjectKind::household, household.value);
  std::latch kept(1);
  city.city().audit.submit(officer.account, seen, city.clock().now(), [&](bool) { kept.count_down(); });
  kept.wait();
  const std::string path = proposed();
  ASSERT_EQ(city.post(head, path + "/approve", {{"version", "1"}}).status, 303);
  city.city().audit.seal_writes(city.db(), true);
  int drafts = 0;
  city.db().read([&](db::ReadTx& tx) {
    drafts = static_cast<int>(tx.number("SELECT count(*) FROM draft"));
  });
  EXPECT_EQ(drafts, 1) << "only what was about others";
  const auto report = access::verify_audit(audit_folder(), city.db(), "mitsuhama");
  EXPECT_GT(report.events, 0);
  EXPECT_TRUE(report.whole()) << access::words_of(report.findings.front());
  EXPECT_EQ(report.words_forgotten, 1) << "told as lawful: the disposal says which";
}

TEST_P(DisposalStory, only_keepers_see_disposals_and_only_the_owner_section_makes_them) {
  live_and_close();
  later(2026, 4, 1);
  const std::string path = proposed();
  EXPECT_EQ(city.get(worker, "/disposals").status, 404);
  EXPECT_EQ(city.get(worker, path).status, 404);
  std::string other;
  for (const auto& agency : city.m().agencies)
    if (std::find(city.m().owner_sections.begin(), city.m().owner_sections.end(), agency.code) == city.m().owner_sections.end()) other = agency.code;
  const Login stranger = city.account(other, Role::city_officer);
  EXPECT_EQ(city.get(stranger, path).status, 404);
  EXPECT_EQ(city.post(stranger, path + "/approve", {{"version", "1"}}).status, 404);
  EXPECT_EQ(city.post(stranger, "/disposals", {{"line", "x"}}).status, 403);
  EXPECT_THAT(city.get(stranger, "/disposals").body, HasSubstr("所管課"));
  EXPECT_EQ(city.post(officer, path + "/withdraw", {{"version", "1"}}).status, 303);
  EXPECT_EQ(city.post(head, path + "/approve", {{"version", "2"}}).status, 409);
}

TEST(DisposalOfRealCities, have_no_list_until_the_city_sets_its_years) {
  TestCity city("tsuruoka", {archive::add_disposal_routes});
  const Login officer = city.account(city.m().owner_sections.at(0), Role::city_officer);
  EXPECT_THAT(city.get(officer, "/retention").body, HasSubstr("計画に記載なし"));
  EXPECT_THAT(city.get(officer, "/retention").body, HasSubstr("未確認"));
  EXPECT_THAT(city.get(officer, "/disposals").body, HasSubstr("計画に記載なし"));
}

}  // namespace
}  // namespace kasane::archive
