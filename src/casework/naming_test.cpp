// That a guarded agency is involved is told nowhere to whoever may not know its involvement: not by a row of the team, a
// task, a question, an owner, and not by a refusal (W-73).
#include "casework/naming.hpp"

#include "access/guarded.hpp"
#include "casework/case_store.hpp"
#include "casework/progress_service.hpp"
#include "casework/referral_testing.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class NamingOnTeam : public testing::InCityTest {
 protected:
  Worker swc = staff("swc", Role::coordinator);
  Worker josei = staff("josei", Role::window_counsellor);
  Worker cgsc = staff("cgsc_fujishima", Role::window_counsellor);
  Home at = home(swc);
  CaseId id = open(swc, a_case(at, swc));

  void join(AgencyId agency) {
    const auto done = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, agency, InvolvementRole::member); });
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }
  /// Both windows are on the team, and the person shares with all of it.
  void work_together() {
    join(josei.agency);
    join(cgsc.agency);
    agree(swc, at, at.son);
  }
  bool on_team(const Worker& who, AgencyId agency) {
    const auto all = read(who, [&](auto& tx, auto& gate) { return involvements(tx, gate, at.id); });
    return std::any_of(all.begin(), all.end(), [&](const Involvement& i) { return i.agency == agency; });
  }
  bool may_name(const Worker& who, AgencyId agency) {
    return read(who, [&](auto& tx, auto& gate) { return Naming(tx, gate).may_name(at.id, agency); });
  }
  std::size_t asked(const Worker& who) {
    return read(who, [&](auto& tx, auto& gate) { return progress_of(tx, gate, id).value().size(); });
  }
  Result<> ask(const Worker& who, AgencyId agency) {
    return write(who, [&](auto& tx, auto& gate, const auto& actor) { return ask_progress(tx, gate, actor, id, {agency}, today().plus_days(7)); });
  }
};
KASANE_EVERY_ENGINE(NamingOnTeam);

TEST_P(NamingOnTeam, the_folder_says_which_agencies_are_guarded) {
  db().read([&](db::ReadTx& tx) {
    EXPECT_TRUE(access::is_guarded(tx, josei.agency));
    EXPECT_FALSE(access::is_guarded(tx, cgsc.agency));
  });
}

TEST_P(NamingOnTeam, joining_a_case_guards_the_row_without_anybody_thinking_of_it) {
  work_together();
  EXPECT_TRUE(on_team(swc, josei.agency)) << "who wrote it down knows it";
  EXPECT_FALSE(on_team(cgsc, josei.agency));
  EXPECT_TRUE(on_team(josei, cgsc.agency));
  EXPECT_FALSE(may_name(cgsc, josei.agency));
  EXPECT_TRUE(may_name(swc, josei.agency));
  EXPECT_TRUE(may_name(josei, josei.agency));
  EXPECT_TRUE(may_name(cgsc, swc.agency));
}

TEST_P(NamingOnTeam, whoever_sees_matters_of_abuse_there_is_told) {
  work_together();
  db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::legal_duty;
    g.root = at.id.value;
    g.topics = access::Topic::basic | access::Topic::abuse;
    g.named = {cgsc.agency.value};
    g.from = today();
    g.until = forever();
    g.source = next_id();
    access::add_ground(tx, g, {swc.viewer.account, swc.agency, clock.now()});
  });
  EXPECT_TRUE(may_name(cgsc, josei.agency));
}

TEST_P(NamingOnTeam, a_task_of_a_guarded_agency_is_no_task_to_others) {
  work_together();
  NewTask task;
  task.household = at.id;
  task.case_id = id;
  task.agency = josei.agency;
  task.what = "避難先をさがす";
  task.due_on = today().plus_days(3);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, task); }).has_value()) << "written up";
  const auto seen = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return tasks_of(tx, gate, at.id).size(); }); };
  EXPECT_EQ(seen(josei), 1u);
  EXPECT_EQ(seen(cgsc), 0u);
}

TEST_P(NamingOnTeam, a_question_to_a_guarded_agency_is_seen_by_both_sides_alone) {
  work_together();
  ASSERT_TRUE(ask(swc, josei.agency).has_value());
  EXPECT_EQ(asked(swc), 1u);
  EXPECT_EQ(asked(josei), 1u);
  EXPECT_EQ(asked(cgsc), 0u);
  const auto of_hidden = ask(cgsc, josei.agency), of_stranger = ask(cgsc, agency("gyakutai"));
  ASSERT_EQ(code_of_error(of_hidden), ErrorCode::invalid);
  EXPECT_EQ(of_hidden.error().fields.at(0).message, of_stranger.error().fields.at(0).message) << "a refusal tells nothing";
}

TEST_P(NamingOnTeam, a_guarded_owner_is_named_to_nobody_else_and_not_taken_off_by_them) {
  work_together();
  const auto change = [&](const Worker& by, std::optional<AgencyId> owner) {
    CaseChange c;
    c.owner = owner;
    if (!owner) c.owner_by = today().plus_days(7);
    c.cadence_days = 30;
    c.subjects = {at.son};
    const auto version = facts(by, id).version;
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return change_case(tx, gate, actor, id, version, c); });
  };
  ASSERT_TRUE(change(swc, josei.agency).has_value());
  EXPECT_EQ(facts(josei, id).owner, josei.agency);
  EXPECT_EQ(facts(cgsc, id).owner, std::nullopt);
  const auto lines = read(cgsc, [&](auto& tx, auto& gate) { return cases(tx, gate, {}, {}).lines; });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].owner, std::nullopt);
  ASSERT_TRUE(change(cgsc, {}).has_value());
  EXPECT_EQ(facts(josei, id).owner, josei.agency);
}

TEST_P(NamingOnTeam, closing_and_reopening_keep_it_guarded) {
  work_together();
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = josei.agency;
  close.watchers = {cgsc.agency};
  close.access_until = today().plus_days(90);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_FALSE(on_team(cgsc, josei.agency));
  ASSERT_TRUE(write(josei, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); }).has_value());
  EXPECT_FALSE(on_team(cgsc, josei.agency));
  EXPECT_TRUE(on_team(josei, josei.agency));
}

// An involvement guarded for its own sake stays so on every path that writes the next row.
TEST_P(NamingOnTeam, an_involvement_that_was_guarded_by_choice_stays_guarded_when_the_case_closes) {
  const Worker city_office = staff("city", Role::city_officer);
  join(cgsc.agency);
  agree(swc, at, at.son);
  NewInvolvement quiet;
  quiet.household = at.id;
  quiet.agency = city_office.agency;
  quiet.from_on = today();
  quiet.guarded = true;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, quiet); }).has_value());
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = cgsc.agency;
  close.watchers = {city_office.agency};
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_FALSE(on_team(cgsc, city_office.agency));
  EXPECT_FALSE(may_name(cgsc, city_office.agency));
}

}  // namespace
}  // namespace kasane::casework
