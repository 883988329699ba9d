// 会津若松, 佐瀬家 (2) and (4): the window that serves the son walks every page it can reach, in a world where the mother's
// consultation, report, safe telephone and protection exist and in one where they never did. The two walks are equal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <regex>
#include <set>

#include "casework/abuse_service.hpp"
#include "casework/case_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/issue_service.hpp"
#include "casework/pages.hpp"
#include "casework/record_service.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"
#include "consent/pages.hpp"
#include "consent/service.hpp"
#include "desk/pages.hpp"
#include "measure/pages.hpp"
#include "meeting/pages.hpp"
#include "people/pages.hpp"
#include "people/protection_service.hpp"
#include "people/search_testing.hpp"
#include "people/service.hpp"
#include "planning/pages.hpp"
#include "planning/plan_service.hpp"
#include "programme/testing.hpp"

namespace kasane {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using access::Topic;
using programme::testing::Login;
using programme::testing::TestCity;

/// What must not be read anywhere on the other side.
constexpr const char* kSecrets[] = {"妹の家", "通帳を渡す", "殴られた", "母の相談を聞く", "離れて暮らす", "転居先", "状況を確かめる", "一時保護", "心配な姉"};

class Sase {
 public:
  explicit Sase(bool with_secret) : secret(with_secret) {
    register_home();
    open_case();
    agree();
    matters_of_the_son();
    if (secret) matters_of_the_mother();
  }

  TestCity t{"aizuwakamatsu",
             {people::add_routes, consent::add_routes, casework::add_routes, planning::add_routes, meeting::add_routes, desk::add_routes, measure::add_routes}};
  bool secret;
  Login window = t.account("seikatsu_support", Role::coordinator);
  Login sons_window = t.account("dis_1", Role::window_counsellor);
  Login care = t.account("cgsc_wakamatsu_1", Role::window_counsellor);
  HouseholdId home;
  PersonId mother, son;
  CaseId case_id;
  PlanId plan;
  ProtectiveMeasureId measure;

  template <class F>
  auto as(const Login& who, F&& f) {
    auto done = t.write(who, std::forward<F>(f));
    if (!done) throw std::runtime_error("the story cannot go on: " + done.error().message + (done.error().fields.empty() ? "" : " " + done.error().fields[0].field));
    return *std::move(done);
  }
  casework::InCity city() { return {t.m(), t.city().directory}; }
  planning::Settings settings() { return {t.m(), t.city().directory}; }
  Date today() { return t.clock().today(); }
  std::string path(const std::string& rest = {}) const { return "/households/" + id_text(home) + rest; }

 private:
  void register_home() {
    const auto made = as(window, [&](auto& tx, auto& gate, const auto& actor) {
      people::NewHousehold h;
      h.label = "佐瀬家";
      h.address = "架空町6-6";
      for (const char* given : {"幸子", "亮"}) {
        people::NewPerson p;
        p.fields.family = "佐瀬";
        p.fields.given = given;
        h.persons.push_back(p);
      }
      h.persons[0].contact.phone = secret ? "090-0000-0006" : "";
      h.persons[0].contact.safe = secret ? "妹の家に電話する" : "";
      return people::register_household(tx, gate, actor, h);
    });
    home = made.household;
    mother = made.persons[0];
    son = made.persons[1];
  }
  void involve(const char* agency, std::optional<PersonId> person, const char* what) {
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewInvolvement in;
      in.household = home;
      in.agency = t.agency(agency);
      in.person = person;
      in.what = what;
      in.from_on = today();
      return casework::involve(tx, gate, actor, in);
    });
  }
  void open_case() {
    case_id = as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewCase c = casework::new_case_for(t.m(), home, today());
      c.subjects = {mother, son};
      c.owner = c.coordinating = actor.agency;
      return casework::open_case(tx, gate, actor, c);
    });
    involve("dis_1", son, "息子の仕事の相談");
    involve("cgsc_wakamatsu_1", {}, "暮らしの相談");
  }
  // Both share the standard scope with everybody: nothing but the protection keeps the son's window away. Of hers only the ground
  // is put here: what she signed is a matter of hers.
  void agree() {
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      consent::NewConsent c;
      c.household = home;
      c.person = son;
      c.given_on = today();
      c.form_version = "2026-1";
      return consent::record(tx, gate, actor, c);
    });
    t.db().write([&](db::WriteTx& tx) {
      access::Ground ground;
      ground.root = home.value;
      ground.person = mother;
      ground.topics = access::kStandardScope;
      ground.team = true;
      ground.from = today();
      ground.until = *Date::from_iso(access::kForever);
      ground.source = next_id();
      access::add_ground(tx, ground, {window.account, t.agency("seikatsu_support"), t.clock().now()});
    });
  }
  void record(const Login& who, PersonId about, const char* text, int days_ago = 3) {
    as(who, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewRecord in;
      in.household = home;
      in.person = about;
      in.on_day = today().plus_days(-days_ago);
      in.method = "phone";
      in.text = text;
      in.sharing = access::Sharing::team;
      return casework::write_record(tx, gate, actor, in);
    });
  }
  void matters_of_the_son() {
    record(sons_window, son, "仕事の見学に行くと話した。");
    record(window, son, "息子の就労のことを窓口と話した。");
  }
  void matters_of_the_mother() {
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewIntake in;
      in.agency = t.agency("seikatsu_support");
      in.household = home;
      in.person = mother;
      in.content.taken_on = today();
      in.content.receiver = actor.account;
      in.content.about = {"violence"};
      in.content.summary = "通帳を渡すように言われている。";
      in.content.form_key = "intake";
      in.content.answers = "{}";
      return casework::take_intake(tx, gate, actor, city(), in);
    });
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewAbuseReport report;
      report.kind = casework::AbuseKind::other;
      report.agency = t.agency("seikatsu_support");
      report.reported_to = t.agency("chiiki_fukushi");
      report.reported_on = today();
      report.text = "殴られた跡がある。";
      report.reporter = "心配な姉";
      report.household = home;
      report.person = mother;
      return casework::report_abuse(tx, gate, actor, city(), report);
    });
    measure = as(window, [&](auto& tx, auto& gate, const auto& actor) {
      people::NewMeasure what;
      what.household = home;
      what.person = mother;
      what.kind = people::ProtectionKind::abuse;
      what.from = today();
      what.opponents = {son};
      return people::add_measure(tx, gate, actor, {}, what);
    });
    involve("shohi_seikatsu", mother, "母の相談を聞く");
    record(window, mother, "離れて暮らすことを考えたいと話した。", 0);
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewIssue issue;
      issue.household = home;
      issue.person = mother;
      issue.code = "debt";
      issue.note = "通帳を渡すよう迫られる";
      issue.since_on = today();
      return casework::add_issue(tx, gate, actor, issue);
    });
    as(window, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewTask in;
      in.household = home;
      in.case_id = case_id;
      in.person = mother;
      in.agency = t.agency("seikatsu_support");
      in.source = {SubjectKind::support_case, case_id.value};
      in.what = "一時保護の空きを確かめる";
      in.due_on = today().plus_days(3);
      return casework::add_task(tx, gate, actor, in);
    });
    plan = as(window, [&](auto& tx, auto& gate, const auto& actor) {
      planning::PlanContent c;
      c.wishes = "自分の年金は自分で使いたい。";
      c.persons = {mother};
      c.goals = {{planning::Term::long_term, "life", mother, "年金を自分で管理する", today().plus_months(9), Topic::economy, false},
                 {planning::Term::short_term, "life", mother, "転居先の候補を見る", today().plus_months(2), Topic::housing, false},
                 {planning::Term::short_term, "solve", mother, "一度受診する", today().plus_months(1), Topic::health, false}};
      c.roles = {{t.agency("chiiki_fukushi"), "", "虐待対応の状況を確かめる", "月2回", {}, "", Topic::abuse, false},
                 {t.agency("cgsc_wakamatsu_1"), "", "受診に付きそう", "1回", {}, "", Topic::health, false}};
      return planning::create_plan(tx, gate, actor, settings(), case_id, planning::PlanKind::collaboration, c);
    });
  }
};

/// Ids, tokens and random keys of a page, made alike in both worlds.
std::string plain(std::string body) {
  static const std::regex kHidden("(name=\"(csrf|command_id|draft)\" value=\")[^\"]*");
  static const std::regex kIds("\\b[0-9a-hjkmnp-tv-z]{13}\\b");
  body = std::regex_replace(body, kHidden, "$1");
  return std::regex_replace(body, kIds, "ID");
}

/// Every page that somebody can reach by links from where one starts, and what the searches answer: address to answer.
std::multimap<std::string, std::string> walk(Sase& s, const Login& who) {
  std::multimap<std::string, std::string> seen;
  const std::string base = "/aizuwakamatsu";
  std::deque<std::string> ahead{"/today", "/households", "/cases", "/notices", "/intakes", "/referrals", "/advice", "/abuse", "/meetings",
                                "/tasks", s.path(), s.path("/sheet"), s.path("/protection"), s.path("/consents"), s.path("/records/new"), s.path("/issues/new"),
                                s.path("/persons/new"), "/cases/" + id_text(s.case_id), "/cases/" + id_text(s.case_id) + "/team",
                                "/cases/" + id_text(s.case_id) + "/plans/new", "/cases/" + id_text(s.case_id) + "/assessment",
                                "/persons/" + id_text(s.mother) + "/edit", "/persons/" + id_text(s.mother) + "/move", "/referrals/new?household=" + id_text(s.home),
                                "/intakes/new?household=" + id_text(s.home), "/abuse/new?household=" + id_text(s.home)};
  std::set<std::string> known(ahead.begin(), ahead.end());
  static const std::regex kLink("href=\"" + base + "(/[^\"#]*)");
  while (!ahead.empty() && known.size() < 400) {
    const std::string path = ahead.front();
    ahead.pop_front();
    const auto page = s.t.get(who, path);
    seen.emplace(plain(path), std::to_string(page.status) + " " + plain(page.body));
    for (std::sregex_iterator at(page.body.begin(), page.body.end(), kLink), end; at != end; ++at) {
      std::string next = (*at)[1];
      for (std::size_t amp = next.find("&amp;"); amp != std::string::npos; amp = next.find("&amp;")) next.replace(amp, 5, "&");
      if (next.find("signout") == std::string::npos && known.insert(next).second) ahead.push_back(next);
    }
  }
  for (const char* words : {"佐瀬", "幸子", "佐瀬 幸子", "090", "妹", "架空町", "亮"}) {
    const auto page = people::testing::searched(s.t, who, words);
    seen.emplace(std::string("search ") + words, std::to_string(page.status) + " " + plain(page.body));
  }
  return seen;
}

TEST(ProtectionWalk, the_sons_window_sees_the_same_pages_counts_and_searches_as_where_nothing_ever_happened_W73) {
  Sase with(true), without(false);
  const auto a = walk(with, with.sons_window), b = walk(without, without.sons_window);
  std::set<std::string> addresses;
  for (const auto& [path, answer] : a) addresses.insert(path);
  for (const auto& [path, answer] : b) addresses.insert(path);
  EXPECT_GT(addresses.size(), 40u) << "the walk gets about";
  const auto answers = [](const auto& walked, const std::string& path) {
    std::multiset<std::string> all;
    for (auto [at, end] = walked.equal_range(path); at != end; ++at) all.insert(at->second);
    return all;
  };
  for (const std::string& path : addresses) {
    const auto in_a = answers(a, path), in_b = answers(b, path);
    EXPECT_EQ(in_a.size(), in_b.size()) << path;
    if (in_a != in_b && !in_a.empty() && !in_b.empty()) {
      const std::string &x = *in_a.begin(), &y = *in_b.begin();
      std::size_t at = 0;
      while (at < x.size() && at < y.size() && x[at] == y[at]) ++at;
      const std::size_t from = at > 150 ? at - 150 : 0;
      ADD_FAILURE() << path << "\nwith:    " << x.substr(from, 400) << "\nwithout: " << y.substr(from, 400);
    }
    for (const std::string& answer : in_a)
      for (const char* word : kSecrets) EXPECT_THAT(answer, Not(HasSubstr(word))) << path;
  }
}

TEST(ProtectionWalk, records_of_the_protected_person_are_as_unknown_as_ids_that_never_were) {
  Sase s(true);
  const auto ids = s.t.db().read([&](db::ReadTx& tx) {
    return tx.list<std::pair<std::int64_t, std::int64_t>>(
        R"sql(SELECT kind, id FROM access_subject WHERE (person_id = $1 AND kind <> 2) OR kind = 28)sql", db::params(s.mother),
        [](const db::Row& r) { return std::pair(r.i64(0), r.i64(1)); });
  });
  EXPECT_GT(ids.size(), 6u);
  const std::map<std::int64_t, std::string> pages{{3, "/abuse/"}, {4, "/intakes/"}, {8, "/records/"}, {9, "/issues/"}, {10, "/consents/"}, {12, "/plans/"}, {17, "/tasks/"},
                                                  {28, "/protections/"}};
  for (const auto& [kind, id] : ids) {
    const auto first = pages.find(kind);
    if (first == pages.end()) continue;
    for (const char* rest : {"", "/edit", "/home-copy", "/correct", "/withdraw", "/done"}) {
      const auto page = s.t.get(s.sons_window, first->second + id_text(id) + rest);
      EXPECT_EQ(page.status, 404) << first->second << rest;
      EXPECT_EQ(plain(page.body), plain(s.t.get(s.sons_window, first->second + id_text(next_id()) + rest).body)) << first->second << rest;
    }
  }
}

// The numbers of the whole city count acts of everybody; the list behind a number leads to nothing that is protected.
TEST(ProtectionWalk, lists_behind_the_numbers_of_the_city_lead_the_other_side_to_nothing_of_hers) {
  Sase s(true);
  const Login coordinator = s.t.account("dis_1", Role::coordinator);
  const auto hers = s.t.db().read([&](db::ReadTx& tx) {
    return tx.list<std::int64_t>(R"sql(SELECT id FROM access_subject WHERE (person_id = $1 AND kind <> 2) OR kind = 28)sql", db::params(s.mother),
                                 [](const db::Row& r) { return r.i64(0); });
  });
  const auto counts = s.t.get(coordinator, "/counts");
  ASSERT_EQ(counts.status, 200);
  static const std::regex kList("href=\"/aizuwakamatsu(/counts[^\"]*)");
  for (std::sregex_iterator at(counts.body.begin(), counts.body.end(), kList), end; at != end; ++at) {
    const auto list = s.t.get(coordinator, (*at)[1]);
    for (const std::int64_t id : hers) EXPECT_THAT(list.body, Not(HasSubstr(id_text(id)))) << (*at)[1];
    for (const char* word : kSecrets) EXPECT_THAT(list.body, Not(HasSubstr(word))) << (*at)[1];
  }
}

TEST(ProtectionWalk, her_helpers_see_her_and_the_holder_the_protection) {
  Sase s(true);
  EXPECT_THAT(s.t.get(s.care, s.path()).body, HasSubstr("離れて暮らす"));
  EXPECT_THAT(s.t.get(s.window, "/protections/" + id_text(s.measure)).body, HasSubstr("虐待からの保護"));
  EXPECT_THAT(s.t.get(s.window, s.path("/protection")).body, HasSubstr("佐瀬 幸子"));
  EXPECT_THAT(s.t.get(s.window, s.path("/persons/new")).body, HasSubstr("保護があります"));
  EXPECT_THAT(s.t.get(s.care, s.path("/protection")).body, Not(HasSubstr("虐待からの保護"))) << "not every helper knows of the measure";
}

TEST(ProtectionWalk, the_copy_for_the_home_of_the_other_side_leaves_out_flight_and_report_without_a_gap) {
  Sase s(true);
  const auto copy = s.t.get(s.window, "/plans/" + id_text(s.plan) + "/home-copy");
  ASSERT_EQ(copy.status, 200);
  EXPECT_THAT(copy.body, HasSubstr("一度受診する"));
  EXPECT_THAT(copy.body, HasSubstr("年金を自分で管理する"));
  EXPECT_THAT(copy.body, Not(HasSubstr("転居先")));
  EXPECT_THAT(copy.body, Not(HasSubstr("虐待対応")));
  EXPECT_THAT(s.t.get(s.window, "/plans/" + id_text(s.plan)).body, HasSubstr("転居先")) << "the page for staff keeps it";
  const std::size_t paper = copy.body.find("年金を自分で管理する");
  EXPECT_EQ(copy.body.find(">3<", paper), std::string::npos) << "numbers run on";
}

TEST(ProtectionWalk, a_form_that_a_worker_of_the_other_side_sends_is_answered_as_ever_while_the_holder_is_told) {
  Sase s(true);
  const auto before = s.t.get(s.window, "/today");
  EXPECT_THAT(before.body, Not(HasSubstr("保護の相手方の動きを確かめる")));
  const auto sent = s.t.post(s.window, "/cases/" + id_text(s.case_id) + "/team",
                             {{"agency", id_text(s.t.agency("dis_2"))}, {"role", "member"}, {"what", "就労"}, {"from_on", wareki(s.today())}, {"person", id_text(s.son)}});
  EXPECT_EQ(sent.status, 303);
  EXPECT_THAT(s.t.get(s.window, "/today").body, HasSubstr("保護の相手方の動きを確かめる"));
  EXPECT_THAT(s.t.get(s.window, "/protections/" + id_text(s.measure)).body, HasSubstr("相手方の支援に入りました"));
  EXPECT_THAT(s.t.get(s.care, "/today").body, Not(HasSubstr("保護")));
}

TEST(ProtectionWalk, changing_what_somebody_else_changed_meanwhile_shows_what_is_stored_now) {
  Sase s(true);
  const std::string path = "/protections/" + id_text(s.measure);
  EXPECT_EQ(s.t.post(s.window, path + "/side", {{"agency", id_text(s.t.agency("dis_2"))}, {"standing", "shielded"}, {"version", "1"}}).status, 303);
  EXPECT_EQ(s.t.post(s.window, path + "/end", {{"version", "1"}}).status, 409);
  EXPECT_EQ(s.t.post(s.window, path + "/end", {{"version", "2"}}).status, 303);
  EXPECT_THAT(s.t.get(s.sons_window, s.path()).body, HasSubstr("離れて暮らす")) << "ended: what everybody agreed to is shared again";
}

TEST(ProtectionWalk, who_declares_a_relation_goes_on_with_other_work) {
  Sase s(false);
  EXPECT_THAT(s.t.get(s.care, s.path()).body, HasSubstr("親族・知人の世帯です"));
  EXPECT_EQ(s.t.post(s.care, s.path("/relation"), {}).status, 422);
  const auto told = s.t.post(s.care, s.path("/relation"), {{"declare", "yes"}});
  EXPECT_EQ(told.status, 303);
  EXPECT_EQ(s.t.get(s.care, s.path()).status, 404);
  EXPECT_EQ(s.t.get(s.care, "/today").status, 200);
  EXPECT_THAT(s.t.get(s.window, "/today").body, HasSubstr("親族・知人の申出を確かめる"));
}

}  // namespace
}  // namespace kasane
