// Opening, owning, closing and reopening cases, on every engine.
#include "casework/case_service.hpp"

#include "casework/case_testing.hpp"
#include "casework/task_service.hpp"
#include "casework/team_service.hpp"

namespace kasane::casework {
namespace {

using testing::Home;
using testing::Worker;

class CaseService : public testing::CaseworkTest {};
KASANE_EVERY_ENGINE(CaseService);

std::optional<Involvement> row_of(const std::vector<Involvement>& team, AgencyId agency, InvolvementRole role) {
  for (const Involvement& i : team)
    if (i.agency == agency && i.role == role) return i;
  return std::nullopt;
}

TEST_P(CaseService, opens_one_case_per_household_with_number_team_and_episode) {
  const Worker swc = worker();
  const Home aso = home(swc);
  const CaseId id = open(swc, a_case(aso, swc));
  const CaseFacts c = facts(swc, id);
  EXPECT_EQ(c.number, "R08-0001");
  EXPECT_EQ(c.state, CaseState::before_consent);
  EXPECT_EQ(c.subjects, (std::vector<PersonId>{aso.son}));
  ASSERT_EQ(c.episodes.size(), 1u);
  EXPECT_EQ(c.contact_by, today().plus_days(30));
  EXPECT_EQ(acts("case.opened", aso.id), 1);
  EXPECT_EQ(dues("case.contact", aso.id), 1);
  EXPECT_EQ(dues("consent.seek", aso.id), 1);
  EXPECT_EQ(dues("case.owner", aso.id), 0);

  const auto again = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, a_case(aso, swc)); });
  EXPECT_EQ(code_of_error(again), ErrorCode::conflict);
}

TEST_P(CaseService, numbers_run_on_within_the_year_and_start_anew_in_the_next) {
  const Worker swc = worker();
  EXPECT_EQ(facts(swc, open(swc, a_case(home(swc), swc))).number, "R08-0001");
  EXPECT_EQ(facts(swc, open(swc, a_case(home(swc), swc))).number, "R08-0002");
  clock.set(*Date::from_ymd(2027, 4, 1));
  EXPECT_EQ(facts(swc, open(swc, a_case(home(swc), swc))).number, "R09-0001");
}

// T-15: the originating agency stays on the team.
TEST_P(CaseService, keeps_the_originating_agency_on_the_team) {
  const Worker swc = worker();
  const AgencyId cgsc = fresh_id<AgencyTag>();
  const Home aso = home(swc);
  NewCase in = a_case(aso, swc);
  in.originating = cgsc;
  open(swc, in);
  const auto team = read(swc, [&](auto& tx, auto& gate) { return involvements(tx, gate, aso.id); });
  EXPECT_TRUE(row_of(team, cgsc, InvolvementRole::originating).has_value());
  EXPECT_TRUE(row_of(team, swc.agency, InvolvementRole::coordinating).has_value());
}

// T-97: a gap case that nobody owns yet, with a day by which an owner is found.
TEST_P(CaseService, a_gap_case_waits_for_an_owner_until_a_day) {
  const Worker swc = worker();
  const Home aso = home(swc);
  NewCase in = a_case(aso, swc);
  in.owner = std::nullopt;
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, in); });
  EXPECT_EQ(code_of_error(refused), ErrorCode::invalid);
  in.owner_by = today().plus_days(7);
  in.category = "gap";
  const CaseId id = open(swc, in);
  EXPECT_FALSE(facts(swc, id).owner.has_value());
  EXPECT_EQ(dues("case.owner", aso.id), 1);

  const AgencyId owner = fresh_id<AgencyTag>();
  CaseChange change;
  change.owner = owner;
  change.subjects = {aso.son};
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_case(tx, gate, actor, id, 1, change); }).has_value());
  EXPECT_EQ(facts(swc, id).owner, owner);
  EXPECT_EQ(dues("case.owner", aso.id), 0);
  const auto team = read(swc, [&](auto& tx, auto& gate) { return involvements(tx, gate, aso.id); });
  EXPECT_TRUE(row_of(team, owner, InvolvementRole::member).has_value());
}

TEST_P(CaseService, names_as_subjects_only_people_of_the_household) {
  const Worker swc = worker();
  const Home aso = home(swc);
  const Home other = home(swc);
  NewCase in = a_case(aso, swc);
  in.subjects = {aso.mother, other.son};
  const auto refused = write(swc, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, in); });
  EXPECT_EQ(code_of_error(refused), ErrorCode::invalid);
}

TEST_P(CaseService, is_unknown_to_an_agency_without_a_ground) {
  const Worker swc = worker();
  const Worker stranger = worker();
  const Home aso = home(swc);
  const CaseId id = open(swc, a_case(aso, swc));
  EXPECT_EQ(code_of_error(read(stranger, [&](auto& tx, auto& gate) { return case_facts(tx, gate, id); })), ErrorCode::not_found);
  EXPECT_FALSE(read(stranger, [&](auto& tx, auto& gate) { return case_of(tx, gate, aso.id); }).has_value());
  EXPECT_TRUE(read(stranger, [&](auto& tx, auto& gate) { return cases(tx, gate, {}, {}); }).lines.empty());
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, a_case(aso, stranger)); })),
            ErrorCode::not_found);
  EXPECT_EQ(code_of_error(write(stranger, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); })),
            ErrorCode::not_found);
}

// Being on the team gives nothing without consent; with consent it does, except for those the person left out.
TEST_P(CaseService, is_shared_with_the_team_on_consent_only) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Worker school = worker();
  const Home aso = home(swc);
  NewCase in = a_case(aso, swc);
  in.originating = cgsc.agency;
  const CaseId id = open(swc, in);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, school.agency, InvolvementRole::member); }).has_value());
  const auto sees = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return case_of(tx, gate, aso.id).has_value(); }); };
  EXPECT_FALSE(sees(cgsc));
  const ConsentId consent = agree(swc, aso, aso.son, {school.agency});
  EXPECT_TRUE(sees(cgsc));
  EXPECT_FALSE(sees(school));
  EXPECT_EQ(facts(swc, id).state, CaseState::preparing);
  EXPECT_EQ(dues("consent.seek", aso.id), 0);
  take_back(swc, aso, consent);
  EXPECT_FALSE(sees(cgsc));
  EXPECT_EQ(facts(swc, id).state, CaseState::before_consent);
}

TEST_P(CaseService, a_withdrawal_leaves_a_decided_plan_in_force) {
  const Worker swc = worker();
  const Home aso = home(swc);
  const CaseId id = open(swc, a_case(aso, swc));
  const ConsentId consent = agree(swc, aso, aso.son);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return set_state(tx, gate, actor, id, CaseState::active); }).has_value());
  take_back(swc, aso, consent);
  EXPECT_EQ(facts(swc, id).state, CaseState::active);
}

TEST_P(CaseService, does_not_become_active_before_consent) {
  const Worker swc = worker();
  const CaseId id = open(swc, a_case(home(swc), swc));
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return set_state(tx, gate, actor, id, CaseState::active); })),
            ErrorCode::conflict);
}

// KN-4, W-11, N-8: 伴走 is a state without a term, and back.
TEST_P(CaseService, can_go_on_without_a_term) {
  const Worker swc = worker();
  const Home aso = home(swc);
  const CaseId id = open(swc, a_case(aso, swc));
  CaseChange change;
  change.owner = swc.agency;
  change.subjects = {aso.son, aso.mother};
  change.cadence_days = 90;
  change.approach = "accompany";
  change.watching = true;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_case(tx, gate, actor, id, 1, change); }).has_value());
  const CaseFacts c = facts(swc, id);
  EXPECT_EQ(c.state, CaseState::watching);
  EXPECT_EQ(c.contact_by, today().plus_days(90));
  EXPECT_EQ(c.subjects.size(), 2u);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_case(tx, gate, actor, id, 1, change); })),
            ErrorCode::stale);
  change.watching = false;
  change.subjects = {aso.mother};
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return change_case(tx, gate, actor, id, 2, change); }).has_value());
  EXPECT_EQ(facts(swc, id).state, CaseState::before_consent);
  EXPECT_EQ(facts(swc, id).subjects, (std::vector<PersonId>{aso.mother}));
}

// K-52: after closure a main contact stays, and the others keep reading for a time what they could read, no more.
TEST_P(CaseService, closing_leaves_a_main_contact_and_reading_for_a_time) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Worker work = worker();
  const Home oikawa = home(swc);
  NewCase in = a_case(oikawa, swc);
  in.originating = cgsc.agency;
  const CaseId id = open(swc, in);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, work.agency, InvolvementRole::member); }).has_value());
  const ConsentId consent = agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = cgsc.agency;
  close.access_until = today().plus_days(180);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_EQ(facts(swc, id).state, CaseState::closed);
  EXPECT_EQ(facts(swc, id).episodes.at(0).closed_on, today());
  EXPECT_EQ(acts("case.closed", oikawa.id), 1);
  EXPECT_EQ(dues("case.contact", oikawa.id), 0);
  const auto team = read(cgsc, [&](auto& tx, auto& gate) { return involvements(tx, gate, oikawa.id); });
  EXPECT_TRUE(row_of(team, cgsc.agency, InvolvementRole::main_contact).has_value());
  EXPECT_TRUE(row_of(team, work.agency, InvolvementRole::member)->until_on.has_value());

  const auto sees = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return case_of(tx, gate, oikawa.id).has_value(); }); };
  EXPECT_TRUE(sees(work));
  clock.set(today().plus_days(181));
  EXPECT_FALSE(sees(work)) << "the time is over";
  EXPECT_TRUE(sees(cgsc)) << "the main contact stays on the team";
  clock.set(today().plus_days(-100));
  EXPECT_TRUE(sees(work));
  take_back(swc, oikawa, consent);
  EXPECT_FALSE(sees(work)) << "a withdrawal ends the reading after closure too";
}

// K-52: reading after closure is never longer than what was given, and not for whom the conference alone was told.
TEST_P(CaseService, closing_lengthens_nobodys_access) {
  const Worker swc = worker();
  const Worker brief = worker();
  const Worker conference = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  const auto give = [&](access::GroundKind kind, const Worker& to, Date until) {
    access::Ground g;
    g.kind = kind;
    g.root = oikawa.id.value;
    g.topics = access::kStandardScope;
    g.named = {to.agency.value};
    g.from = today();
    g.until = until;
    g.source = next_id();
    db().write([&](db::WriteTx& tx) { access::add_ground(tx, g, {swc.viewer.account, swc.agency, clock.now()}); });
  };
  give(access::GroundKind::transfer_consent, brief, today().plus_days(30));
  give(access::GroundKind::statutory_conference, conference, forever());
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  close.access_until = today().plus_days(180);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  const auto sees = [&](const Worker& who) { return read(who, [&](auto& tx, auto& gate) { return case_of(tx, gate, oikawa.id).has_value(); }); };
  EXPECT_TRUE(sees(brief));
  EXPECT_FALSE(sees(conference));
  clock.set(today().plus_days(31));
  EXPECT_FALSE(sees(brief)) << "its time was up";
}

TEST_P(CaseService, a_case_that_one_may_not_know_is_not_told_by_a_refusal) {
  const Worker window = worker();
  const Worker swc = worker();
  const Home oikawa = home(window);
  db().write([&](db::WriteTx& tx) {
    access::Ground g;
    g.kind = access::GroundKind::transfer_consent;
    g.root = oikawa.id.value;
    g.topics = access::kStandardScope;
    g.named = {swc.agency.value};
    g.from = today();
    g.until = forever();
    g.source = next_id();
    access::add_ground(tx, g, {swc.viewer.account, swc.agency, clock.now()});
  });
  open(swc, a_case(oikawa, swc));
  const auto again = write(window, [&](auto& tx, auto& gate, const auto& actor) { return open_case(tx, gate, actor, a_case(oikawa, window)); });
  ASSERT_EQ(code_of_error(again), ErrorCode::conflict);
  EXPECT_EQ(again.error().message.find("もうケースがあります"), std::string::npos) << again.error().message;
  EXPECT_EQ(again.error().message.find("終結"), std::string::npos);
}

// Whoever closes may know the household by nothing but the team.
TEST_P(CaseService, is_closed_by_an_agency_of_the_team_that_goes_with_it) {
  const Worker swc = worker();
  const Worker city = worker();
  const Worker cgsc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, city.agency, InvolvementRole::member); }).has_value());
  agree(swc, oikawa, oikawa.son);
  clock.set(today().plus_days(10));
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = cgsc.agency;
  close.watchers = {swc.agency};
  ASSERT_TRUE(write(city, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_FALSE(read(city, [&](auto& tx, auto& gate) { return case_of(tx, gate, oikawa.id).has_value(); }));
  const auto team = read(cgsc, [&](auto& tx, auto& gate) { return involvements(tx, gate, oikawa.id); });
  EXPECT_EQ(team_agencies(team, today()).size(), 2u);
  EXPECT_TRUE(row_of(team, cgsc.agency, InvolvementRole::main_contact).has_value());
  EXPECT_TRUE(row_of(team, swc.agency, InvolvementRole::watching).has_value());
}

TEST_P(CaseService, closing_without_a_time_ends_access_at_once) {
  const Worker swc = worker();
  const Worker work = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, work.agency, InvolvementRole::member); }).has_value());
  agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "resolved";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_FALSE(read(work, [&](auto& tx, auto& gate) { return case_of(tx, gate, oikawa.id).has_value(); }));
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); })), ErrorCode::conflict);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return set_state(tx, gate, actor, id, CaseState::active); })),
            ErrorCode::conflict);
}

// K-51, K-53: the same number, history kept, consent checked.
TEST_P(CaseService, reopens_under_its_number_and_before_consent_when_consent_has_lapsed) {
  const Worker swc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) -> Result<> {
                if (auto done = close_case(tx, gate, actor, id, close); !done) return done;
                if (auto lapsed = consent::let_lapse(tx, gate, actor, oikawa.id, today()); !lapsed) return tl::unexpected(lapsed.error());
                return {};
              }).has_value());
  clock.set(today().plus_months(5));
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, ""); })), ErrorCode::invalid);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "surroundings"); }).has_value());
  const CaseFacts c = facts(swc, id);
  EXPECT_EQ(c.number, "R08-0001");
  EXPECT_EQ(c.state, CaseState::before_consent);
  ASSERT_EQ(c.episodes.size(), 2u);
  EXPECT_EQ(c.episodes[1].trigger, "surroundings");
  EXPECT_EQ(acts("case.reopened", oikawa.id), 1);
  EXPECT_EQ(dues("consent.seek", oikawa.id), 1);
  EXPECT_EQ(code_of_error(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); })), ErrorCode::conflict);
}

TEST_P(CaseService, reopens_into_preparing_while_consent_stands) {
  const Worker swc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); }).has_value());
  EXPECT_EQ(facts(swc, id).state, CaseState::preparing);
}

// Who has posts in two agencies reopens for the one that knows the household.
TEST_P(CaseService, is_reopened_for_the_agency_that_knows_the_household) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = cgsc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  Worker both = worker();  // first post elsewhere
  const AgencyId elsewhere = both.agency;
  both.viewer.posts.push_back({fresh_id<PostTag>(), cgsc.agency, Role::coordinator});
  ASSERT_TRUE(write(both, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); }).has_value());
  const auto team = read(cgsc, [&](auto& tx, auto& gate) { return involvements(tx, gate, oikawa.id); });
  EXPECT_TRUE(row_of(team, cgsc.agency, InvolvementRole::coordinating).has_value());
  EXPECT_FALSE(row_of(team, elsewhere, InvolvementRole::coordinating).has_value());
}

// What the conference told the team sleeps for the main contact too; when that is over, only the holder reopens.
TEST_P(CaseService, is_reopened_by_the_main_contact_while_its_reading_stands_and_then_by_the_holder_alone) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, cgsc.agency, InvolvementRole::member); }).has_value());
  access::Ground told;
  told.kind = access::GroundKind::statutory_conference;
  told.root = oikawa.id.value;
  told.topics = access::kStandardScope;
  told.team = true;
  told.from = today();
  told.until = forever();
  told.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, told, {swc.viewer.account, swc.agency, clock.now()}); });
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = cgsc.agency;
  close.access_until = today().plus_days(90);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  const auto reopen = [&](const Worker& by) {
    return write(by, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); });
  };
  const Date closed = today();
  clock.set(closed.plus_days(91));
  EXPECT_EQ(code_of_error(reopen(cgsc)), ErrorCode::not_found);
  clock.set(closed.plus_days(89));
  ASSERT_TRUE(reopen(cgsc).has_value());
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  clock.set(closed.plus_days(400));
  EXPECT_EQ(code_of_error(reopen(cgsc)), ErrorCode::not_found);
  EXPECT_TRUE(reopen(swc).has_value());
}

TEST_P(CaseService, is_not_reopened_by_who_had_left_before_it_was_closed) {
  const Worker swc = worker();
  const Worker cgsc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  db().write([&](db::WriteTx& tx) {
    access::join_team(tx, oikawa.id.value, cgsc.agency.value, today().plus_days(-60), forever());
    access::leave_team(tx, oikawa.id.value, cgsc.agency.value, today().plus_days(-30));
  });
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  access::Ground looks;
  looks.kind = access::GroundKind::emergency;
  looks.root = oikawa.id.value;
  looks.topics = access::kStandardScope;
  looks.named = {cgsc.agency.value};
  looks.from = looks.until = today();
  looks.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, looks, {swc.viewer.account, swc.agency, clock.now()}); });
  EXPECT_EQ(code_of_error(write(cgsc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); })),
            ErrorCode::not_permitted);
}

TEST_P(CaseService, what_was_told_for_a_request_for_cooperation_ends_with_the_case) {
  const Worker swc = worker();
  const Worker clinic = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  access::Ground told;
  told.kind = access::GroundKind::cooperation;
  told.root = oikawa.id.value;
  told.topics = access::kStandardScope;
  told.named = {clinic.agency.value};
  told.from = today();
  told.until = forever();
  told.source = next_id();
  db().write([&](db::WriteTx& tx) { access::add_ground(tx, told, {swc.viewer.account, swc.agency, clock.now()}); });
  const auto knows = [&] { return read(clinic, [&](auto&, auto& gate) { return gate.may(oikawa.id, access::Act::read); }); };
  EXPECT_TRUE(knows());
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_FALSE(knows());
}

// Nobody waits for what a closed case left open; the case still shows it, and a reopened one awaits it again.
TEST_P(CaseService, closing_lets_open_tasks_rest_and_reopening_wakes_them) {
  const Worker swc = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  NewTask task;
  task.household = oikawa.id;
  task.case_id = id;
  task.agency = swc.agency;
  task.what = "受診に同行";
  task.due_on = today().plus_days(3);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return add_task(tx, gate, actor, task); }).has_value());
  const auto open_tasks = [&] { return read(swc, [&](auto& tx, auto& gate) { return tasks(tx, gate, {}, {}).lines.size(); }); };
  const auto left_open = [&] { return read(swc, [&](auto& tx, auto& gate) { return tasks_of(tx, gate, oikawa.id).at(0).left_open; }); };
  EXPECT_EQ(dues("task.due", oikawa.id), 1);
  EXPECT_FALSE(left_open());
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  EXPECT_EQ(dues("task.due", oikawa.id), 0);
  EXPECT_TRUE(left_open());
  EXPECT_EQ(open_tasks(), 0u);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); }).has_value());
  EXPECT_EQ(dues("task.due", oikawa.id), 1);
  EXPECT_EQ(open_tasks(), 1u);
}

// K-52, K-53: who keeps reading after closure cannot go on writing, but takes the work up again by reopening.
TEST_P(CaseService, is_reopened_by_an_agency_of_the_former_team_that_only_reads) {
  const Worker swc = worker();
  const Worker work = worker();
  const Home oikawa = home(swc);
  const CaseId id = open(swc, a_case(oikawa, swc));
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return join_case(tx, gate, actor, id, work.agency, InvolvementRole::member); }).has_value());
  agree(swc, oikawa, oikawa.son);
  CloseCase close;
  close.on = today();
  close.reason = "settled";
  close.main_contact = swc.agency;
  close.access_until = today().plus_days(90);
  ASSERT_TRUE(write(swc, [&](auto& tx, auto& gate, const auto& actor) { return close_case(tx, gate, actor, id, close); }).has_value());
  clock.set(today().plus_days(10));
  EXPECT_TRUE(read(work, [&](auto&, auto& gate) { return gate.may(id, access::Act::read); }));
  EXPECT_FALSE(read(work, [&](auto&, auto& gate) { return gate.may(id, access::Act::write); }));
  ASSERT_TRUE(write(work, [&](auto& tx, auto& gate, const auto& actor) { return reopen_case(tx, gate, actor, id, "person"); }).has_value());
  EXPECT_EQ(facts(work, id).state, CaseState::preparing);
  EXPECT_TRUE(read(work, [&](auto&, auto& gate) { return gate.may(id, access::Act::write); }));
  const auto team = read(work, [&](auto& tx, auto& gate) { return involvements(tx, gate, oikawa.id); });
  EXPECT_TRUE(row_of(team, work.agency, InvolvementRole::coordinating).has_value());
}

// W-68
TEST_P(CaseService, lists_by_page_state_and_silence) {
  const Worker swc = worker();
  for (int i = 0; i < kCasesPerPage + 3; ++i) open(swc, a_case(home(swc), swc));
  const auto page = [&](const CaseFilter& filter, const std::optional<CaseCursor>& from) {
    return read(swc, [&](auto& tx, auto& gate) { return cases(tx, gate, filter, from); });
  };
  const CasePage first = page({}, {});
  EXPECT_EQ(first.lines.size(), static_cast<std::size_t>(kCasesPerPage));
  ASSERT_TRUE(first.next.has_value());
  EXPECT_EQ(first.lines[0].label.shown(), "試験家");
  const CasePage second = page({}, first.next);
  EXPECT_EQ(second.lines.size(), 3u);
  EXPECT_FALSE(second.next.has_value());
  EXPECT_EQ(page({CaseState::active, false, false, {}}, {}).lines.size(), 0u);
  EXPECT_EQ(page({CaseState::before_consent, true, false, {}}, {}).lines.size(), 50u);
  EXPECT_TRUE(page({{}, false, true, {}}, {}).lines.empty());
  EXPECT_EQ(read(swc, [&](auto& tx, auto& gate) { return count_cases(tx, gate, {}); }), kCasesPerPage + 3);
  clock.set(today().plus_days(31));
  EXPECT_EQ(page({{}, false, true, {}}, {}).lines.size(), 50u);
  EXPECT_EQ(page({CaseState::before_consent, false, true, {}}, {}).lines.size(), 50u);
}

}  // namespace
}  // namespace kasane::casework
