// The desk as people use it: Today, the household's page, its sheet, the case. The 佐瀬家 of 会津若松 is the household
// in which one window must see no trace of what another does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "casework/case_service.hpp"
#include "casework/intake_service.hpp"
#include "casework/issue_service.hpp"
#include "casework/notice_service.hpp"
#include "casework/record_service.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"
#include "consent/service.hpp"
#include "desk/due_words.hpp"
#include "desk/pages.hpp"
#include "due/service.hpp"
#include "people/service.hpp"
#include "programme/testing.hpp"

namespace kasane::desk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using programme::testing::Login;
using programme::testing::TestCity;

people::NewPerson person(std::string given, std::string phone = {}) {
  people::NewPerson p;
  p.fields.family = "佐瀬";
  p.fields.given = std::move(given);
  p.fields.birth = PartialDate{1963, 4, 2};
  p.contact.safe = std::move(phone);
  return p;
}

/// A household with mother and son, held by the window that first heard of it; both agree to sharing, the mother
/// without the son's window.
struct Desk : ::testing::Test {
  TestCity t{"aizuwakamatsu", {add_routes}};
  Login window = t.account("seikatsu_support", Role::coordinator);
  Login sons_window = t.account("dis_1", Role::window_counsellor);
  Login cgsc = t.account("cgsc_wakamatsu_1", Role::window_counsellor);
  Login stranger = t.account("cgsc_wakamatsu_2", Role::window_counsellor);
  HouseholdId home;
  PersonId mother, son;
  CaseId case_id;

  template <class F>
  auto write(const Login& who, F&& f) {
    auto result = t.write(who, std::forward<F>(f));
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
    return result;
  }
  void agree(PersonId who, std::vector<AgencyId> exceptions) {
    write(window, [&](auto& tx, auto& gate, const auto& actor) {
      consent::NewConsent c;
      c.household = home;
      c.person = who;
      c.given_on = t.clock().today();
      c.exceptions = exceptions;
      return consent::record(tx, gate, actor, c);
    });
  }
  void SetUp() override {
    write(window, [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
      people::NewHousehold h;
      h.label = "佐瀬家";
      h.persons = {person("とみ", "秘密の電話 090-0000-0000"), person("健太")};
      auto made = people::register_household(tx, gate, actor, h);
      if (!made) return tl::unexpected(made.error());
      home = made->household;
      mother = made->persons.at(0);
      son = made->persons.at(1);
      casework::NewCase c = casework::new_case_for(t.m(), home, t.clock().today());
      c.subjects = {mother};
      c.owner = actor.agency;
      c.coordinating = actor.agency;
      auto opened = casework::open_case(tx, gate, actor, c);
      if (!opened) return tl::unexpected(opened.error());
      case_id = *opened;
      for (const char* code : {"dis_1", "cgsc_wakamatsu_1"}) {
        casework::NewInvolvement in;
        in.household = home;
        in.agency = t.agency(code);
        in.what = "相談";
        in.from_on = t.clock().today();
        if (auto done = casework::involve(tx, gate, actor, in); !done) return tl::unexpected(done.error());
      }
      casework::NewInvolvement guarded;
      guarded.household = home;
      guarded.agency = t.agency("shohi_seikatsu");
      guarded.person = mother;
      guarded.what = "年金の取り上げへの対応";
      guarded.from_on = t.clock().today();
      guarded.guarded = true;
      if (auto done = casework::involve(tx, gate, actor, guarded); !done) return tl::unexpected(done.error());
      casework::NewIssue issue;
      issue.household = home;
      issue.person = mother;
      issue.code = "debt";
      issue.note = "母の借金のこと";
      issue.since_on = t.clock().today();
      if (auto done = casework::add_issue(tx, gate, actor, issue); !done) return tl::unexpected(done.error());
      return true;
    });
    agree(mother, {t.agency("dis_1")});
    agree(son, {});
  }
  IntakeId take(const Login& who, std::string_view agency, std::optional<HouseholdId> household) {
    const auto taken = write(who, [&](auto& tx, auto& gate, const auto& actor) {
      casework::NewIntake in;
      in.agency = t.agency(agency);
      in.household = household;
      in.content.taken_on = t.clock().today();
      in.content.receiver = who.account;
      in.content.summary = "電話で相談があった";
      in.content.answers = "{}";
      return casework::take_intake(tx, gate, actor, {t.m(), t.city().directory}, in);
    });
    return taken.value_or(IntakeId());
  }
  std::string path(const std::string& rest = {}) { return "/households/" + id_text(home) + rest; }
};

TEST_F(Desk, the_holder_sees_the_whole_household) {
  const auto page = t.get(window, path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("佐瀬家"), HasSubstr("佐瀬 とみ"), HasSubstr("佐瀬 健太"), HasSubstr("母の借金のこと"),
                               HasSubstr("秘密の電話"), HasSubstr("年金の取り上げへの対応"), HasSubstr("<svg")));
}

TEST_F(Desk, another_agency_finds_nothing) {
  for (const std::string& p : {path(), path("/sheet"), "/cases/" + id_text(case_id)}) EXPECT_EQ(t.get(stranger, p).status, 404) << p;
  EXPECT_EQ(t.get(window, "/households/0000000000000").status, 404);
  EXPECT_EQ(t.get(t.account("chiiki_fukushi", Role::administrator), path()).status, 404);
}

// W-73: no trace of her safe phone, of the guarded agency or of what is hers, on any of the pages.
TEST_F(Desk, the_sons_window_sees_no_trace_of_the_mothers_matters) {
  for (const std::string& p : {path(), path("/sheet"), "/cases/" + id_text(case_id)}) {
    const auto page = t.get(sons_window, p);
    if (page.status == 404) continue;
    EXPECT_THAT(page.body, AllOf(Not(HasSubstr("秘密の電話")), Not(HasSubstr("年金の取り上げ")), Not(HasSubstr("消費生活センター")),
                                 Not(HasSubstr("母の借金")), Not(HasSubstr("とみ")))) << p;
  }
  const auto page = t.get(sons_window, path());
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("健太"));
}

TEST_F(Desk, the_team_sees_what_was_agreed_but_not_what_is_guarded) {
  const auto page = t.get(cgsc, path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("佐瀬 とみ"), HasSubstr("母の借金のこと"), Not(HasSubstr("年金の取り上げ"))));
}

TEST_F(Desk, a_shielded_person_is_not_there) {
  t.db().write([&](db::WriteTx& tx) {
    access::add_shield(tx, {{t.agency("cgsc_wakamatsu_1").value}, mother, access::kAllTopics, t.clock().today(), *Date::from_iso(access::kForever), 1});
  });
  const auto page = t.get(cgsc, path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(Not(HasSubstr("とみ")), Not(HasSubstr("母の借金")), HasSubstr("健太")));
  EXPECT_THAT(t.get(cgsc, path("/sheet")).body, Not(HasSubstr("とみ")));
}

TEST_F(Desk, the_safety_note_is_for_those_who_visit_and_never_on_paper) {  // W-72
  write(window, [&](auto& tx, auto& gate, const auto& actor) -> Result<bool> {
    auto done = people::set_safety(tx, gate, actor, home, {{"excessive_complaints"}, "玄関で長くなる", 0});
    if (!done) return tl::unexpected(done.error());
    return true;
  });
  EXPECT_THAT(t.get(window, path()).body, AllOf(HasSubstr("過度の苦情"), HasSubstr("玄関で長くなる")));
  EXPECT_THAT(t.get(window, path()).body, HasSubstr("<div class=\"not-printed\"><div class=\"banner"));
  EXPECT_THAT(t.get(window, path("/sheet")).body, Not(HasSubstr("過度の苦情")));
  EXPECT_THAT(t.get(t.account("seikatsu_support", Role::head), path()).body, Not(HasSubstr("過度の苦情")));
}

TEST_F(Desk, the_sheet_bears_reader_and_secrecy_and_is_audited_as_a_print) {  // KN-53
  const auto page = t.get(window, path("/sheet"));
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("世帯シート"), HasSubstr("試験 test1"), HasSubstr("ほかの人に見せたり"), HasSubstr("佐瀬 とみ")));
}

TEST_F(Desk, no_difficulty_written_yet_is_said_and_not_an_empty_heading) {
  const auto lone = write(window, [&](auto& tx, auto& gate, const auto& actor) {
    people::NewHousehold h;
    h.label = "新しい家";
    h.persons = {person("一")};
    return people::register_household(tx, gate, actor, h);
  });
  const auto page = t.get(window, "/households/" + id_text(lone->household));
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("まだ書かれていません。"), HasSubstr("困りごとを加える")));
}

TEST_F(Desk, who_writes_starts_an_intake_and_a_report_of_abuse_from_the_household_and_heads_are_offered_neither) {
  const std::string intake = "/intakes/new?household=" + id_text(home), abuse = "/abuse/new?household=" + id_text(home);
  EXPECT_THAT(t.get(window, path()).body, AllOf(HasSubstr(intake), HasSubstr(abuse), HasSubstr("/issues/")));
  const Login head = t.account("seikatsu_support", Role::head);
  const auto page = t.get(head, path());
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(Not(HasSubstr(intake)), Not(HasSubstr(abuse)), Not(HasSubstr("/issues/"))));
}

TEST_F(Desk, a_far_day_is_named_once) {
  t.db().write([&](db::WriteTx& tx) {
    due::await(tx, {"task.due", t.agency("seikatsu_support").value, home.value, {SubjectKind::task, next_id()}, t.clock().today().plus_days(20)}, t.clock().now());
  });
  EXPECT_THAT(t.get(window, "/cases/" + id_text(case_id)).body, AllOf(HasSubstr("R8.12.14"), Not(HasSubstr("R8.12.14まで"))));
}

TEST_F(Desk, the_case_says_where_it_stands) {
  const auto page = t.get(window, "/cases/" + id_text(case_id));
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("佐瀬 とみ"), HasSubstr("支援チーム"), HasSubstr("1回目"), HasSubstr("連絡をとる")));
}

TEST_F(Desk, today_holds_one_line_per_household_and_puts_it_off_in_one_click) {
  t.db().write([&](db::WriteTx& tx) {
    due::await(tx, {"task.due", t.agency("seikatsu_support").value, home.value, {SubjectKind::task, next_id()}, t.clock().today().plus_days(-3)}, t.clock().now());
    due::await(tx, {"task.due", t.agency("cgsc_wakamatsu_2").value, home.value, {SubjectKind::task, next_id()}, t.clock().today()}, t.clock().now());
  });
  const auto page = t.get(window, "/today");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("佐瀬家"), HasSubstr("期限を3日過ぎています"), HasSubstr("分担したことをする")));
  const std::string label = "佐瀬家</a>";
  EXPECT_EQ(page.body.find(label), page.body.rfind(label)) << "one line for the household";
  EXPECT_THAT(t.get(stranger, "/today").body, Not(HasSubstr("佐瀬家")));
  EXPECT_EQ(t.post(stranger, "/today/snooze", {{"command_id", id_text(next_id()) + "-a-first-press"}}).status, 404);
  EXPECT_EQ(t.post(window, "/today/snooze", {{"command_id", id_text(home) + "-a-first-press"}}).status, 303);
  EXPECT_THAT(t.get(window, "/today").body, Not(HasSubstr("佐瀬家")));
  EXPECT_THAT(t.get(t.account("seikatsu_support", Role::window_counsellor), "/today").body, HasSubstr("佐瀬家")) << "for others it stays";
}

TEST_F(Desk, the_household_shows_what_was_taken_and_by_which_window_so_that_it_is_not_taken_twice) {
  const Login taker = t.account("cgsc_wakamatsu_2", Role::coordinator);
  const auto home_of_taker = write(taker, [&](auto& tx, auto& gate, const auto& actor) {
    people::NewHousehold h;
    h.label = "電話の家";
    h.persons = {person("よし")};
    return people::register_household(tx, gate, actor, h);
  });
  const std::string page = "/households/" + id_text(home_of_taker->household);
  EXPECT_THAT(t.get(taker, page).body, Not(HasSubstr("id=\"intakes\"")));
  const auto id = take(taker, "cgsc_wakamatsu_2", home_of_taker->household);
  const std::string window_name = t.city().directory.name(t.agency("cgsc_wakamatsu_2"));
  EXPECT_THAT(t.get(taker, page).body, AllOf(HasSubstr("id=\"intakes\""), HasSubstr("/intakes/" + id_text(id)), HasSubstr("R8.11.24 " + window_name), HasSubstr("判断前"),
                                             HasSubstr("相談を受けた窓口")));
}

TEST_F(Desk, an_intake_is_no_more_on_the_household_than_its_window_lets_out) {
  const auto id = take(cgsc, "cgsc_wakamatsu_1", home);
  EXPECT_THAT(t.get(cgsc, path()).body, HasSubstr("/intakes/" + id_text(id)));
  EXPECT_THAT(t.get(window, path()).body, AllOf(Not(HasSubstr("/intakes/" + id_text(id))), Not(HasSubstr("相談を受けた窓口"))));
}

TEST_F(Desk, a_household_leads_to_another_agency_and_to_the_operators_but_not_to_oneself) {
  const std::string network = "/referrals/new?kind=network&amp;household=", together = "/referrals/new?kind=collaboration&amp;household=";
  EXPECT_THAT(t.get(cgsc, path()).body, AllOf(HasSubstr(network), HasSubstr(together), HasSubstr("多機関協働につなぐ")));
  const Login head = t.account("cgsc_wakamatsu_1", Role::head);
  EXPECT_THAT(t.get(head, path()).body, AllOf(Not(HasSubstr(network)), Not(HasSubstr(together))));
}

TEST_F(Desk, what_stands_without_a_household_is_told_apart_by_kind_and_day) {
  const auto id = take(window, "seikatsu_support", {});
  write(window, [&](auto& tx, auto& gate, const auto& actor) {
    casework::NewNotice in;
    in.source = "resident";
    in.received_on = t.clock().today().plus_days(-4);
    in.text = "新聞がたまっている";
    in.owner = t.agency("seikatsu_support");
    return casework::receive_notice(tx, gate, actor, {t.m(), t.city().directory}, in);
  });
  const auto page = t.get(window, "/today");
  EXPECT_THAT(page.body, AllOf(HasSubstr("相談受付 R8.11.24"), HasSubstr("/intakes/" + id_text(id)), HasSubstr("相談受付の判断をする"), HasSubstr("気づき R8.11.20"),
                               Not(HasSubstr("が決まる前"))));
}

TEST_F(Desk, a_task_is_named_by_its_own_words_on_the_case) {
  write(window, [&](auto& tx, auto& gate, const auto& actor) {
    casework::NewTask in;
    in.household = home;
    in.agency = t.agency("seikatsu_support");
    in.what = "債務整理の相談に同行する";
    in.due_on = t.clock().today().plus_days(2);
    return casework::add_task(tx, gate, actor, in);
  });
  const auto page = t.get(window, "/cases/" + id_text(case_id)).body;
  const auto due = page.find("id=\"due\"");
  ASSERT_NE(due, std::string::npos);
  EXPECT_THAT(page.substr(due), HasSubstr("債務整理の相談に同行する"));
  EXPECT_THAT(t.get(window, "/today").body, HasSubstr("分担したことをする"));
}

TEST_F(Desk, every_kind_of_due_item_has_its_words_and_stands_in_the_list) {
  std::ifstream file(KASANE_SOURCE_DIR "/docs/due.md");
  std::stringstream text;
  text << file.rdbuf();
  for (std::string_view kind : due_kinds()) {
    EXPECT_NE(due_words(t.m(), kind), "確かめること") << kind;
    EXPECT_THAT(text.str(), HasSubstr("| " + std::string(kind) + " |"));
  }
}

TEST(DueWords, say_how_long_is_left) {
  const Date today = *Date::from_ymd(2026, 11, 24);
  EXPECT_EQ(day_words(today.plus_days(-1), today), "期限を1日過ぎています");
  EXPECT_EQ(day_words(today, today), "今日まで");
  EXPECT_EQ(day_words(today.plus_days(7), today), "あと7日");
  EXPECT_EQ(day_words(today.plus_days(8), today), "R8.12.2まで");
}

}  // namespace
}  // namespace kasane::desk
