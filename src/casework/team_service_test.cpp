// Joining and leaving the team, and what is protected about it, on every engine.
#include "casework/team_service.hpp"

#include "casework/case_testing.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class TeamService : public testing::CaseworkTest {
 protected:
  NewInvolvement member(const Home& at, AgencyId agency) {
    NewInvolvement in;
    in.household = at.id;
    in.agency = agency;
    in.what = "月に一度の訪問";
    in.from_on = today();
    return in;
  }
  InvolvementId join(const Worker& by, const NewInvolvement& in) {
    const auto done = write(by, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, in); });
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    return done.value_or(InvolvementId());
  }
  std::vector<Involvement> team(const Worker& who, const Home& at) {
    return read(who, [&](auto& tx, auto& gate) { return involvements(tx, gate, at.id); });
  }
};
KASANE_EVERY_ENGINE(TeamService);

// T-10: the team says who is involved, in what, since when and until when next.
TEST_P(TeamService, tells_what_each_agency_does_since_when) {
  const Worker swc = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  NewInvolvement in = member(at, fresh_id<AgencyTag>());
  in.next_on = today().plus_days(14);
  join(swc, in);
  const auto rows = team(swc, at);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].role, InvolvementRole::coordinating) << "the coordinating agency comes first";
  EXPECT_EQ(rows[1].agency, in.agency);
  EXPECT_EQ(rows[1].what.shown(), "月に一度の訪問");
  EXPECT_EQ(rows[1].from_on, today());
  EXPECT_EQ(rows[1].next_on, today().plus_days(14));
  EXPECT_EQ(acts("team.joined", at.id), 2);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, in); })), ErrorCode::conflict);
}

TEST_P(TeamService, leaving_ends_access_at_once) {
  const Worker swc = worker();
  const Worker work = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  const InvolvementId id = join(swc, member(at, work.agency));
  agree(swc, at, at.son);
  EXPECT_FALSE(team(work, at).empty());
  EXPECT_EQ(code_of_error(write(work, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 9, gate.today()); })), ErrorCode::stale);
  ASSERT_TRUE(write(work, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 1, gate.today()); }).has_value());
  EXPECT_TRUE(team(work, at).empty());
  EXPECT_EQ(acts("team.left", at.id), 1);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 2, gate.today()); })),
            ErrorCode::conflict);
}

TEST_P(TeamService, access_stays_while_another_role_lasts) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Home at = home(swc);
  NewCase in = a_case(at, swc);
  in.originating = cgsc.agency;
  open(swc, in);
  NewInvolvement watching = member(at, cgsc.agency);
  watching.role = InvolvementRole::watching;
  const InvolvementId id = join(swc, watching);
  agree(swc, at, at.son);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 1, gate.today()); }).has_value());
  EXPECT_FALSE(team(cgsc, at).empty());
}

TEST_P(TeamService, the_last_coordinating_agency_does_not_leave) {
  const Worker swc = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  const InvolvementId id = team(swc, at).at(0).id;
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 1, gate.today()); })),
            ErrorCode::conflict);
}

// W-73: that a shelter is involved is itself protected, in lists, single reads and refusals alike.
TEST_P(TeamService, the_last_coordinating_agency_stays_it_until_another_is) {
  const Worker swc = worker();
  const Worker work = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  const auto rows = team(swc, at);
  const auto own = std::find_if(rows.begin(), rows.end(), [](const Involvement& i) { return i.role == InvolvementRole::coordinating; });
  ASSERT_NE(own, rows.end());
  InvolvementChange change;
  change.role = InvolvementRole::member;
  const auto step_down = [&] {
    return write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_involvement(tx, gate, actor, own->id, own->version, change); });
  };
  EXPECT_EQ(code_of_error(step_down()), ErrorCode::conflict);
  NewInvolvement other = member(at, work.agency);
  other.role = InvolvementRole::coordinating;
  join(swc, other);
  EXPECT_TRUE(step_down().has_value());
}

TEST_P(TeamService, a_protected_involvement_is_seen_only_by_those_who_may_know) {
  const Worker swc = worker();
  const Worker sons_window = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  join(swc, member(at, sons_window.agency));
  NewInvolvement shelter = member(at, fresh_id<AgencyTag>());
  shelter.guarded = true;
  shelter.person = at.mother;
  const InvolvementId id = join(swc, shelter);
  agree(swc, at, at.mother);
  agree(swc, at, at.son);
  EXPECT_EQ(team(swc, at).size(), 3u);
  const auto seen = team(sons_window, at);
  EXPECT_EQ(seen.size(), 2u);
  for (const Involvement& i : seen) EXPECT_NE(i.agency, shelter.agency);
  EXPECT_EQ(code_of_error(read(sons_window, [&](auto& tx, auto& gate) { return involvement(tx, gate, id); })), ErrorCode::not_found);
  shelter.guarded = false;
  const auto again = write(sons_window, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, shelter); });
  EXPECT_TRUE(again.has_value()) << "a refusal would tell that it is there";
}

TEST_P(TeamService, is_changed_by_the_team_and_tells_who_saved_first) {
  const Worker swc = worker();
  const Worker work = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  const InvolvementId id = join(swc, member(at, work.agency));
  agree(swc, at, at.son);
  InvolvementChange change;
  change.what = "就労の相談";
  change.last_contact_on = today();
  ASSERT_TRUE(write(work, [&](auto& tx, auto& gate, const auto& actor) { return change_involvement(tx, gate, actor, id, 1, change); }).has_value());
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_involvement(tx, gate, actor, id, 1, change); })),
            ErrorCode::stale);
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return involvement(tx, gate, id); })->what.shown(), "就労の相談");
  change.account = fresh_id<AccountTag>();
  change.last_contact_on = today().plus_days(1);
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_involvement(tx, gate, actor, id, 2, change); });
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.size(), 2u) << "nobody of another agency as contact, no contact in the future";
}

TEST_P(TeamService, is_closed_to_strangers) {
  const Worker swc = worker();
  const Worker stranger = worker();
  const Home at = home(swc);
  open(swc, a_case(at, swc));
  const InvolvementId id = team(swc, at).at(0).id;
  EXPECT_TRUE(team(stranger, at).empty());
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, member(at, stranger.agency)); })),
            ErrorCode::not_found);
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return leave(tx, gate, actor, id, 1, gate.today()); })),
            ErrorCode::not_found);
}

TEST_P(TeamService, names_every_fault) {
  const Worker swc = worker();
  const Home at = home(swc);
  const Home other = home(swc);
  NewInvolvement in = member(at, AgencyId());
  in.from_on = today().plus_days(1);
  in.person = other.son;
  in.what = std::string(401, 'x');
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return involve(tx, gate, actor, in); });
  ASSERT_EQ(code_of_error(refused), ErrorCode::invalid);
  EXPECT_EQ(refused.error().fields.size(), 4u);
}

}  // namespace
}  // namespace kasane::casework
