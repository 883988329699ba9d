// Each access rule has a test that it denies; the pure decision and the SQL predicate are held equal over random facts.
#include "access/rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "access/facts.hpp"
#include "access/groups.hpp"
#include "access/guarded.hpp"
#include "access/permit.hpp"
#include "access/shields.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

Date day(int d) { return Date::from_ymd(2026, 11, 1)->plus_days(d); }
const Date kToday = day(10);
constexpr std::int64_t kOurs = 100, kOther = 200, kMe = 900;

SubjectFacts record(std::int64_t holder, Sharing sharing = Sharing::team, Topics topics = Topic::record) {
  return {SubjectKind::support_record, 1, 50, AgencyId(holder), PersonId(7), topics, sharing};
}
ReachFact reach(std::int64_t party, std::int64_t root, Topics topics = kStandardScope) {
  return {party, root, std::nullopt, topics, day(0), day(20), GroundKind::consent, 1};
}
Verdict ask(const SubjectFacts& s, std::vector<ReachFact> reaches = {}, std::vector<ShieldFact> shields = {}, Act act = Act::read, Topics needs = {}) {
  const std::vector<std::int64_t> parties{kOurs, kMe};
  return decide(parties, act, s, reaches, shields, kToday, needs);
}

TEST(Access, no_rule_matching_means_no) { EXPECT_FALSE(ask(record(kOther)).allowed); }
TEST(Access, the_holder_sees_and_writes_its_own) {
  EXPECT_TRUE(ask(record(kOurs, Sharing::own)).allowed);
  EXPECT_TRUE(ask(record(kOurs, Sharing::own), {}, {}, Act::write).allowed);
}
TEST(Access, a_team_member_on_a_ground_sees_what_is_shared_T15) { EXPECT_TRUE(ask(record(kOther), {reach(kOurs, 50)}).allowed); }
TEST(Access, a_team_member_never_sees_what_its_holder_keeps) { EXPECT_FALSE(ask(record(kOther, Sharing::own), {reach(kOurs, 50)}).allowed); }
TEST(Access, a_ground_for_somebody_else_gives_nothing) { EXPECT_FALSE(ask(record(kOther), {reach(300, 50)}).allowed); }
TEST(Access, a_ground_on_another_household_gives_nothing) { EXPECT_FALSE(ask(record(kOther), {reach(kOurs, 51)}).allowed); }
TEST(Access, a_ground_begins_and_ends_with_its_days) {
  ReachFact late = reach(kOurs, 50);
  late.from = day(11);
  EXPECT_FALSE(ask(record(kOther), {late}).allowed);
  ReachFact over = reach(kOurs, 50);
  over.until = day(9);
  EXPECT_FALSE(ask(record(kOther), {over}).allowed);
  over.until = kToday;
  EXPECT_TRUE(ask(record(kOther), {over}).allowed);
}
TEST(Access, the_standard_scope_does_not_reach_abuse_safety_tax_or_reporter) {
  for (Topic t : {Topic::abuse, Topic::safety, Topic::tax, Topic::reporter}) EXPECT_FALSE(ask(record(kOther, Sharing::team, t), {reach(kOurs, 50)}).allowed);
}
TEST(Access, consent_of_one_person_does_not_open_what_is_about_another) {
  ReachFact mothers = reach(kOurs, 50);
  mothers.person = PersonId(8);
  EXPECT_FALSE(ask(record(kOther), {mothers}).allowed);
  mothers.person = PersonId(7);
  EXPECT_TRUE(ask(record(kOther), {mothers}).allowed);
}
TEST(Access, a_shield_beats_every_ground_and_even_holding_W73) {
  const ShieldFact shield{kOurs, PersonId(7), Topic::record, day(0), day(20)};
  EXPECT_FALSE(ask(record(kOther), {reach(kOurs, 50)}, {shield}).allowed);
  EXPECT_FALSE(ask(record(kOurs), {}, {shield}).allowed);
  EXPECT_TRUE(ask(record(kOther), {reach(kOurs, 50)}, {{kOurs, PersonId(8), Topic::record, day(0), day(20)}}).allowed);
}
TEST(Access, a_shield_on_one_topic_masks_that_topic_only) {
  const Verdict v = ask(record(kOurs), {}, {{kOurs, PersonId(7), Topic::contact, day(0), day(20)}});
  EXPECT_TRUE(v.allowed);
  EXPECT_FALSE(v.visible.has_all(Topic::contact));
  EXPECT_TRUE(v.visible.has_all(Topic::health));
}
TEST(Access, a_shield_on_a_root_covers_what_hangs_on_it_also_what_is_about_nobody) {
  SubjectFacts of_household = record(kOurs);
  of_household.person.reset();
  const ShieldFact whole{kOurs, PersonId(of_household.root), kAllTopics, day(0), day(20)};
  EXPECT_FALSE(ask(of_household, {}, {whole}).allowed);
  EXPECT_FALSE(ask(record(kOurs), {}, {whole}).allowed);
  EXPECT_TRUE(ask(of_household, {}, {{kOurs, PersonId(7), kAllTopics, day(0), day(20)}}).allowed) << "a person's shield leaves the household";
  of_household.root = 51;
  EXPECT_TRUE(ask(of_household, {}, {whole}).allowed) << "another household is untouched";
}
TEST(Access, a_shield_on_her_matters_leaves_her_entry_in_the_register_W73) {
  const ShieldFact matters{kOurs, PersonId(7), kMatters | Topic::contact, day(0), day(20)};
  EXPECT_FALSE(ask(record(kOther, Sharing::team, Topic::basic), {reach(kOurs, 50)}, {matters}).allowed);
  EXPECT_FALSE(ask(record(kOurs, Sharing::own, Topic::basic), {}, {matters}).allowed);
  SubjectFacts entry = record(kOther, Sharing::team, Topic::basic);
  entry.kind = SubjectKind::person;
  const Verdict v = ask(entry, {reach(kOurs, 50)}, {matters});
  EXPECT_TRUE(v.allowed);
  EXPECT_FALSE(v.visible.has_all(Topic::contact));
}
TEST(Access, a_list_that_shows_a_topic_leaves_out_records_whose_topic_is_not_reached) {
  EXPECT_FALSE(ask(record(kOther), {reach(kOurs, 50, Topic::record | Topic::basic)}, {}, Act::list, Topic::contact).allowed);
}
TEST(Access, one_who_reaches_does_not_write_what_another_holds) {
  EXPECT_FALSE(ask(record(kOther), {reach(kOurs, 50)}, {}, Act::write).allowed);
  SubjectFacts plan = record(kOther, Sharing::team, Topic::plan);
  plan.kind = SubjectKind::plan;
  EXPECT_TRUE(ask(plan, {reach(kOurs, 50)}, {}, Act::write).allowed);
}
TEST(Access, access_after_closure_reads_and_does_not_write_K52) {
  SubjectFacts plan = record(kOther, Sharing::team, Topic::plan);
  plan.kind = SubjectKind::plan;
  ReachFact dormant = reach(kOurs, 50);
  dormant.ground = GroundKind::dormant_access;
  EXPECT_TRUE(ask(plan, {dormant}).allowed);
  EXPECT_FALSE(ask(plan, {dormant}, {}, Act::write).allowed);
  EXPECT_FALSE(ask(plan, {dormant}, {}, Act::decide).allowed);
}
TEST(Access, who_is_told_of_a_household_to_decide_or_to_be_heard_reads_it_and_answers_just_what_was_put_before_it) {
  SubjectFacts plan = record(kOther, Sharing::team, Topic::plan);
  plan.kind = SubjectKind::plan;
  for (GroundKind kind : {GroundKind::decision_duty, GroundKind::appointment, GroundKind::danger, GroundKind::own_report}) {
    ReachFact r = reach(kOurs, 50);
    r.ground = kind;
    EXPECT_TRUE(ask(plan, {r}).allowed);
    EXPECT_FALSE(ask(plan, {r}, {}, Act::write).allowed);
    EXPECT_FALSE(ask(plan, {r}, {}, Act::create).allowed);
    r.root = plan.id;
    EXPECT_TRUE(ask(plan, {r}, {}, Act::write).allowed);
  }
  ReachFact duty = reach(kOurs, 50);
  duty.ground = GroundKind::decision_duty;
  EXPECT_TRUE(ask(plan, {duty}, {}, Act::decide).allowed) << "the head decides on that very duty";
  EXPECT_TRUE(ask(plan, {duty, reach(kOurs, 50)}, {}, Act::write).allowed) << "who is also on the team writes with it";
}
TEST(Access, a_reach_to_one_record_opens_just_that_record) {
  SubjectFacts own = record(kOther, Sharing::own);
  EXPECT_TRUE(ask(own, {reach(kMe, own.id)}).allowed);
  own.id = 2;
  EXPECT_FALSE(ask(own, {reach(kMe, 1)}).allowed);
}
TEST(Access, administrators_auditors_secretaries_and_commissioners_have_no_party_for_case_content) {
  for (Role role : {Role::administrator, Role::auditor, Role::secretary, Role::commissioner, Role::meeting_member}) {
    const Viewer v{AccountId(kMe), {{PostId(1), AgencyId(kOurs), role}}};
    for (SubjectKind kind : {SubjectKind::household, SubjectKind::person, SubjectKind::support_case, SubjectKind::support_record, SubjectKind::plan,
                             SubjectKind::referral, SubjectKind::notice, SubjectKind::consent})
      EXPECT_TRUE(parties_for(v, kind, Act::read).empty());
  }
}
TEST(Access, only_heads_decide) {
  for (int r = 1; r <= kRoleCount; ++r) {
    const Viewer v{AccountId(kMe), {{PostId(1), AgencyId(kOurs), static_cast<Role>(r)}}};
    EXPECT_EQ(!parties_for(v, SubjectKind::plan, Act::decide).empty(), static_cast<Role>(r) == Role::head);
  }
}
TEST(Access, a_post_works_only_in_its_own_agency) {
  const Viewer v{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::auditor}, {PostId(2), AgencyId(kOther), Role::window_counsellor}}};
  EXPECT_EQ(parties_for(v, SubjectKind::household, Act::read), (std::vector<std::int64_t>{kOther, kMe}));
}

TEST(Grounds, a_withdrawal_ends_reach_with_its_day) {
  StoredGround g{1, {GroundKind::consent, 50, std::nullopt, kStandardScope, true, {}, {}, day(0), day(20), "", 5}, std::nullopt};
  const std::vector<TeamMember> team{{kOurs, day(0), day(20)}};
  EXPECT_EQ(project({g}, team).size(), 1u);
  g.revoked_on = kToday;
  ASSERT_EQ(project({g}, team).size(), 1u);
  EXPECT_EQ(project({g}, team)[0].until, day(9));
  g.revoked_on = day(0);
  EXPECT_TRUE(project({g}, team).empty());
}
TEST(Grounds, an_agency_excepted_from_the_consent_gets_nothing) {
  const StoredGround g{1, {GroundKind::consent, 50, std::nullopt, kStandardScope, true, {}, {kOther}, day(0), day(20), "", 5}, std::nullopt};
  const auto reaches = project({g}, {{kOurs, day(0), day(20)}, {kOther, day(0), day(20)}});
  ASSERT_EQ(reaches.size(), 1u);
  EXPECT_EQ(reaches[0].party, kOurs);
}
TEST(Grounds, reach_lasts_only_while_in_the_team) {
  const StoredGround g{1, {GroundKind::consent, 50, std::nullopt, kStandardScope, true, {}, {}, day(0), day(20), "", 5}, std::nullopt};
  const auto reaches = project({g}, {{kOurs, day(3), day(7)}});
  ASSERT_EQ(reaches.size(), 1u);
  EXPECT_EQ(reaches[0].from, day(3));
  EXPECT_EQ(reaches[0].until, day(7));
}

// ---- the door on a database ----------------------------------------------------------------------------------

class Door : public db::EngineTest {
 protected:
  Viewer counsellor(std::int64_t agency) { return {AccountId(kMe + agency), {{PostId(1), AgencyId(agency), Role::window_counsellor}}}; }
  template <class F>
  auto as(const Viewer& v, F&& f) {
    return db().write([&](db::WriteTx& tx) {
      Trail trail;
      Gate gate(tx, v, start_of(kToday), trail);
      return f(tx, gate, trail);
    });
  }
};
KASANE_EVERY_ENGINE(Door);

TEST_P(Door, unknown_and_forbidden_answer_alike_and_are_noted_as_denied) {
  const auto id = as(counsellor(kOurs), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<HouseholdId> {
    auto p = gate.create<HouseholdTag>(tx, {0, AgencyId(kOurs), {}, Topic::basic, Sharing::team});
    return p->id();
  });
  ASSERT_TRUE(id);
  as(counsellor(kOther), [&](db::WriteTx&, Gate& gate, Trail& trail) -> Result<int> {
    const auto forbidden = gate.read(*id), unknown = gate.read(HouseholdId(12345));
    EXPECT_EQ(forbidden.error().code, ErrorCode::not_found);
    EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
    EXPECT_EQ(forbidden.error().message, unknown.error().message);
    const auto noted = unpack_subjects(trail.packed());
    EXPECT_TRUE(noted && noted->size() == 2 && noted->front().denied && noted->back().denied);
    return 0;
  });
}

TEST_P(Door, an_id_of_one_kind_does_not_open_a_record_of_another_kind) {
  const auto id = as(counsellor(kOurs), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<HouseholdId> {
    return gate.create<HouseholdTag>(tx, {0, AgencyId(kOurs), {}, Topic::basic, Sharing::team})->id();
  });
  as(counsellor(kOurs), [&](db::WriteTx&, Gate& gate, Trail&) -> Result<int> {
    EXPECT_FALSE(gate.read(PersonId(id->value)));
    return 0;
  });
}

TEST_P(Door, nobody_makes_records_for_another_agency_or_below_a_household_unknown_to_them) {
  as(counsellor(kOurs), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<int> {
    EXPECT_EQ(gate.create<HouseholdTag>(tx, {0, AgencyId(kOther), {}, Topic::basic, Sharing::team}).error().code, ErrorCode::not_permitted);
    return 0;
  });
  const auto theirs = as(counsellor(kOther), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<HouseholdId> {
    return gate.create<HouseholdTag>(tx, {0, AgencyId(kOther), {}, Topic::basic, Sharing::team})->id();
  });
  as(counsellor(kOurs), [&](db::WriteTx& tx, Gate& gate, Trail&) -> Result<int> {
    EXPECT_EQ(gate.create<IssueTag>(tx, {theirs->value, AgencyId(kOurs), {}, Topic::basic, Sharing::team}).error().code, ErrorCode::not_found);
    return 0;
  });
}

TEST_P(Door, who_has_two_posts_acts_for_the_agency_that_knows_the_household) {
  const auto theirs = as(counsellor(kOther), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<HouseholdId> {
    return gate.create<HouseholdTag>(tx, {0, AgencyId(kOther), {}, Topic::basic, Sharing::team})->id();
  });
  const Viewer both{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::window_counsellor}, {PostId(2), AgencyId(kOther), Role::window_counsellor}}};
  as(both, [&](db::WriteTx&, Gate& gate, Trail&) -> Result<int> {
    EXPECT_EQ(gate.acting_agency(SubjectKind::support_record, Act::create), AgencyId(kOurs));
    EXPECT_EQ(gate.acting_agency(SubjectKind::support_record, Act::create, theirs->value), AgencyId(kOther));
    EXPECT_EQ(gate.acting_agency(SubjectKind::audit, Act::create, theirs->value), std::nullopt);
    return 0;
  });
}

TEST_P(Door, shields_of_an_office_spare_the_accounts_named_for_that_source_and_no_other) {
  const auto id = as(counsellor(kOurs), [](db::WriteTx& tx, Gate& gate, Trail&) -> Result<IssueId> {
    return gate.create<IssueTag>(tx, {0, AgencyId(kOurs), PersonId(7), Topic::basic, Sharing::team})->id();
  });
  const Viewer helper = counsellor(kOurs), colleague{AccountId(1), {{PostId(9), AgencyId(kOurs), Role::coordinator}}};
  const auto put = [&](std::int64_t source, std::vector<AccountId> spared) {
    as(helper, [&](db::WriteTx& tx, Gate&, Trail&) -> Result<int> {
      put_shields(tx, source, {{{kOurs}, 7, kAllTopics, day(0), day(20)}}, spared);
      return 0;
    });
  };
  const auto sees = [&](const Viewer& who) {
    bool known = false;
    as(who, [&](db::WriteTx&, Gate& gate, Trail&) -> Result<int> {
      known = gate.read(*id).has_value();
      return 0;
    });
    return known;
  };
  put(70, {helper.account});
  EXPECT_TRUE(sees(helper));
  EXPECT_FALSE(sees(colleague));
  put(71, {});
  EXPECT_FALSE(sees(helper)) << "an exemption from one measure says nothing about another";
  put(71, {helper.account});
  put(70, {});
  EXPECT_FALSE(sees(helper)) << "an exemption taken back is gone";
}

TEST_P(Door, a_shield_of_an_agency_where_the_post_is_no_case_role_keeps_the_account_away_W73) {
  const auto id = as(counsellor(kOurs), [&](db::WriteTx& tx, Gate& gate, Trail&) -> Result<IssueId> {
    return gate.create<IssueTag>(tx, {0, AgencyId(kOurs), PersonId(7), Topic::basic, Sharing::team}).value().id();
  });
  // A worker of ours who also sits in the meeting for the agency of the other side.
  Viewer both = counsellor(kOurs);
  both.posts.push_back({PostId(8), AgencyId(kOther), Role::meeting_member});
  struct Sees {
    bool one, may_write, probed, started, would;
    bool operator==(const Sees&) const = default;
  };
  const auto sees = [&](const Viewer& who) {
    Sees seen{};
    as(who, [&](db::WriteTx& tx, Gate& gate, Trail& trail) -> Result<int> {
      const auto listed = [&](ReachSizes* sizes) {
        Gate other(tx, who, start_of(kToday), trail, sizes);
        return !other.scope<IssueTag>().list<int>(R"sql(SELECT x.id FROM access_subject x WHERE x.id = $1 AND {scope:x.id})sql", db::params(*id), [](const SealedRow&) { return 0; }).empty();
      };
      ReachSizes sizes;
      const SubjectFacts facts{SubjectKind::issue, id->value, id->value, AgencyId(kOurs), {}, Topic::basic, Sharing::team};
      seen = {gate.may(*id, Act::read), gate.may(*id, Act::write), listed(nullptr), listed(&sizes), would_see(tx, gate, facts, {PersonId(7)})};
      return 0;
    });
    return seen;
  };
  EXPECT_EQ(sees(both), (Sees{true, true, true, true, true}));
  as(both, [&](db::WriteTx& tx, Gate&, Trail&) -> Result<int> {
    put_shields(tx, 70, {{{kOther}, 7, kAllTopics, day(0), day(20)}}, {});
    return 0;
  });
  EXPECT_EQ(sees(both), (Sees{false, false, false, false, false}));
  EXPECT_EQ(sees(counsellor(kOurs)), (Sees{true, true, true, true, true})) << "colleagues without a post there go on";
}

TEST_P(Door, decide_and_the_sql_predicate_agree_over_random_facts) {
  // Random worlds of few parties, roots, persons and topics, so that every rule meets every other.
  const auto topics = rc::gen::map(rc::gen::weightedElement<int>({{4, 1}, {2, 3}, {1, 2}}), [](int bits) { return Topics(static_cast<std::uint32_t>(bits)); });
  bool held = true;
  for (int round = 0; round < 5 && held; ++round) held = rc::check([&] {
    const int n = 6;  // RapidCheck begins with small worlds, in which few rules meet
    std::vector<SubjectFacts> subjects;
    std::vector<ReachFact> reaches;
    std::vector<ShieldFact> shields;
    for (int i = 0; i < n; ++i) {
      SubjectFacts s;
      s.kind = SubjectKind::issue;
      s.id = 1000 + i;
      s.root = *rc::gen::inRange(50, 53);
      s.holder = AgencyId(*rc::gen::inRange(1, 4));
      if (*rc::gen::arbitrary<bool>()) s.person = PersonId(*rc::gen::inRange(7, 10));
      s.topics = *topics;
      s.sharing = *rc::gen::element(Sharing::own, Sharing::team);
      subjects.push_back(s);
    }
    for (int i = 0, k = *rc::gen::inRange(3, 12); i < k; ++i) {
      ReachFact r;
      r.party = *rc::gen::element<std::int64_t>(1, 2, 3, kMe);
      r.root = *rc::gen::arbitrary<bool>() ? *rc::gen::inRange(50, 53) : 1000 + *rc::gen::inRange(0, 6);
      if (*rc::gen::arbitrary<bool>()) r.person = PersonId(*rc::gen::inRange(7, 10));
      r.topics = *topics;
      r.from = day(*rc::gen::weightedElement<int>({{3, 8}, {3, 10}, {1, 11}}));
      r.until = day(*rc::gen::weightedElement<int>({{1, 9}, {3, 10}, {3, 12}}));
      r.source = 2000 + i;
      reaches.push_back(r);
    }
    // A shield is about a person or about a root; the one at place i comes from source i.
    for (int i = 0, k = *rc::gen::inRange(0, 5); i < k; ++i)
      shields.push_back({*rc::gen::element<std::int64_t>(1, 2, kMe), PersonId(*rc::gen::element<std::int64_t>(7, 8, 9, 50, 51)), *rc::gen::element(*topics, kMatters),
                         day(*rc::gen::inRange(8, 12)), day(*rc::gen::inRange(8, 13))});
    std::set<std::int64_t> exempt;  // sources that do not touch this account
    for (std::size_t i = 0; i < shields.size(); ++i)
      if (*rc::gen::weightedElement<int>({{1, 1}, {3, 0}}) == 1) exempt.insert(static_cast<std::int64_t>(i));
    Viewer viewer{AccountId(kMe), {}};
    for (int a = 1; a <= 2; ++a)
      if (*rc::gen::arbitrary<bool>()) viewer.posts.push_back({PostId(a), AgencyId(a), *rc::gen::weightedElement<Role>({{5, Role::window_counsellor}, {2, Role::auditor}})});
    std::vector<ShieldFact> touching;
    for (std::size_t i = 0; i < shields.size(); ++i) {
      if (exempt.contains(static_cast<std::int64_t>(i))) continue;
      touching.push_back(shields[i]);
      // A shield of any own agency keeps the account away, also where the post there gives nothing.
      if (viewer.in_agency(AgencyId(shields[i].party))) touching.back().party = kMe;
    }
    const Topics needs = *topics;

    const auto parties = parties_for(viewer, SubjectKind::issue, Act::list);
    std::set<std::int64_t> expected;
    for (const SubjectFacts& s : subjects) {
      std::vector<ReachFact> of;
      for (const ReachFact& r : reaches)
        if (r.root == s.root || r.root == s.id) of.push_back(r);
      if (decide(parties, Act::list, s, of, touching, kToday, needs).allowed) expected.insert(s.id);
    }

    std::set<std::int64_t> probed, started;
    (void)db().write([&](db::WriteTx& tx) -> Result<int> {
      for (const SubjectFacts& s : subjects)
        tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
               db::params(s.id, s.kind, s.root, s.holder, s.person, static_cast<std::int64_t>(s.topics.bits()), s.sharing));
      for (const ReachFact& r : reaches)
        tx.run(R"sql(INSERT INTO access_reach (party_id, root_id, person_id, topics, valid_from, valid_until, ground, ground_id) VALUES ($1, $2, $3, $4, $5, $6, 1, $7))sql",
               db::params(r.party, r.root, r.person ? r.person->value : std::int64_t{0}, static_cast<std::int64_t>(r.topics.bits()), r.from, r.until, r.source));
      for (std::size_t i = 0; i < shields.size(); ++i) {
        const ShieldFact& s = shields[i];
        const auto source = static_cast<std::int64_t>(i);
        std::vector<AccountId> spared{AccountId(kMe + 1)};  // somebody else's exemption is not ours
        if (exempt.contains(source)) spared.push_back(AccountId(kMe));
        put_shields(tx, source, {{{s.party}, s.person.value, s.topics, s.from, s.until}}, spared);
      }
      Trail trail;
      const auto listed = [&](ReachSizes* sizes) {
        Gate gate(tx, viewer, start_of(kToday), trail, sizes);
        const auto ids = gate.scope<IssueTag>(needs).list<std::int64_t>(
            R"sql(SELECT x.id FROM access_subject x WHERE x.kind = 9 AND {scope:x.id})sql", {}, [](const SealedRow& r) { return r.i64(0); });
        return std::set<std::int64_t>(ids.begin(), ids.end());
      };
      probed = listed(nullptr);
      ReachSizes sizes;  // few rows: the other shape of the predicate
      started = listed(&sizes);
      return fail(ErrorCode::conflict, "undo");
    });
    RC_ASSERT(probed == expected);
    RC_ASSERT(started == expected);
  });
  EXPECT_TRUE(held);
}

// ---- records about several persons ---------------------------------------------------------------------------

TEST(Grounds, what_one_of_two_agreed_to_opens_nothing_about_both) {
  const PersonId mother(7), son(8);
  const Group both{PersonId(1000), {mother, son}};
  const ReachFact of_mother{kOurs, 50, mother, kStandardScope, day(0), day(20), GroundKind::consent, 1};
  const ReachFact of_son{kOurs, 50, son, Topic::basic | Topic::plan, day(5), day(30), GroundKind::consent, 2};
  EXPECT_TRUE(reaches_of_group(both, {of_mother}).empty());
  const auto shared = reaches_of_group(both, {of_mother, of_son});
  ASSERT_EQ(shared.size(), 1u);
  EXPECT_EQ(shared[0].person, both.id);
  EXPECT_EQ(shared[0].topics, Topic::basic | Topic::plan);
  EXPECT_EQ(shared[0].from, day(5));
  EXPECT_EQ(shared[0].until, day(20));
  // Two agencies that know one of them each know nothing about both.
  ReachFact other = of_son;
  other.party = kOther;
  EXPECT_TRUE(reaches_of_group(both, {of_mother, other}).empty());
}
TEST(Grounds, reading_leave_for_one_of_two_is_reading_leave_for_both) {
  EXPECT_EQ(weaker(GroundKind::consent, GroundKind::danger), GroundKind::danger);
  EXPECT_EQ(weaker(GroundKind::decision_duty, GroundKind::consent), GroundKind::decision_duty);
  EXPECT_EQ(weaker(GroundKind::danger, GroundKind::dormant_access), GroundKind::dormant_access);
  EXPECT_EQ(weaker(GroundKind::consent, GroundKind::legal_duty), GroundKind::consent);
}

TEST_P(Door, a_record_about_several_is_reached_by_who_reaches_each_of_them_over_random_grounds) {
  const auto some_day = [](int at) { return day(at); };
  bool held = true;
  for (int round = 0; round < 4 && held; ++round) held = rc::check([&] {
    const std::int64_t root = 50;
    struct About {
      std::int64_t id;
      std::vector<PersonId> persons;
      Topics topics;
    };
    std::vector<About> records;
    for (int i = 0; i < 4; ++i) {
      About a{1000 + i, {}, *rc::gen::element(Topics(Topic::basic), Topic::basic | Topic::contact)};
      for (int p = 7; p <= 9; ++p)
        if (*rc::gen::arbitrary<bool>()) a.persons.push_back(PersonId(p));
      records.push_back(a);
    }
    std::vector<Ground> grounds;
    for (int i = 0, k = *rc::gen::inRange(2, 8); i < k; ++i) {
      Ground g;
      g.root = root;
      if (*rc::gen::inRange(0, 4) != 0) g.person = PersonId(*rc::gen::inRange(7, 10));
      g.topics = *rc::gen::element(Topics(Topic::basic), Topic::basic | Topic::contact);
      g.team = *rc::gen::arbitrary<bool>();
      if (!g.team) g.named = {*rc::gen::element<std::int64_t>(2, 3)};
      g.from = some_day(*rc::gen::weightedElement<int>({{5, 8}, {1, 11}}));
      g.until = some_day(*rc::gen::weightedElement<int>({{1, 9}, {5, 12}}));
      g.source = 2000 + i;
      grounds.push_back(g);
    }
    std::vector<NewShield> shields;
    for (int i = 0, k = *rc::gen::inRange(0, 2); i < k; ++i)
      shields.push_back({{2}, PersonId(*rc::gen::inRange(7, 10)), *rc::gen::element(Topics(Topic::basic), Topics(Topic::contact)), day(8), day(12), 3000 + i});
    const bool withdrawn = *rc::gen::arbitrary<bool>();
    const bool persons_first = *rc::gen::arbitrary<bool>();
    Viewer viewer{AccountId(kMe), {{PostId(1), AgencyId(2), Role::window_counsellor}}};
    if (*rc::gen::arbitrary<bool>()) viewer.posts.push_back({PostId(2), AgencyId(3), Role::window_counsellor});
    const auto parties = parties_for(viewer, SubjectKind::issue, Act::read);

    // What must hold, from the rows of single persons alone.
    const auto reaches = project([&] {
      std::vector<StoredGround> stored;
      for (const Ground& g : grounds) stored.push_back({g.source, g, withdrawn && &g == &grounds.front() ? std::optional(kToday) : std::nullopt});
      return stored;
    }(), {{2, day(0), day(20)}});
    const auto expected = [&](const About& a) {
      const auto fits = [&](std::int64_t party, std::optional<PersonId> person) {
        return std::any_of(reaches.begin(), reaches.end(), [&](const ReachFact& r) {
          return r.party == party && (!r.person || !person || r.person == person) && r.topics.has_all(a.topics) && r.from <= kToday && kToday <= r.until;
        });
      };
      for (const NewShield& s : shields)
        if (std::find(a.persons.begin(), a.persons.end(), s.person) != a.persons.end() && s.topics.meets(a.topics)) return false;
      return std::any_of(parties.begin(), parties.end(), [&](std::int64_t party) {
        if (a.persons.empty()) return fits(party, std::nullopt);
        return std::all_of(a.persons.begin(), a.persons.end(), [&](PersonId p) { return fits(party, p); });
      });
    };

    std::vector<std::string> wrong;
    (void)db().write([&](db::WriteTx& tx) -> Result<int> {
      const Actor actor{AccountId(9), AgencyId(9), start_of(kToday)};
      const auto put_persons = [&] {
        for (const About& a : records) set_persons(tx, {SubjectKind::issue, a.id}, a.persons);
      };
      for (const About& a : records)
        tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, 9, NULL, $4, 1))sql",
               db::params(a.id, SubjectKind::issue, root, static_cast<std::int64_t>(a.topics.bits())));
      if (persons_first) put_persons();
      join_team(tx, root, 2, day(0), day(20));
      for (const Ground& g : grounds) add_ground(tx, g, actor);
      for (const NewShield& s : shields) add_shield(tx, s);
      if (withdrawn) revoke_grounds(tx, grounds.front().source, kToday);
      if (!persons_first) put_persons();
      Trail trail;
      Gate gate(tx, viewer, start_of(kToday), trail);
      const auto listed = [&](ReachSizes* sizes) {
        Gate door(tx, viewer, start_of(kToday), trail, sizes);
        const auto ids = door.scope<IssueTag>().list<std::int64_t>(
            R"sql(SELECT x.id FROM access_subject x WHERE x.kind = 9 AND {scope:x.id})sql", {}, [](const SealedRow& r) { return r.i64(0); });
        return std::set<std::int64_t>(ids.begin(), ids.end());
      };
      ReachSizes sizes;
      const auto probed = listed(nullptr), started = listed(&sizes);
      for (const About& a : records) {
        const bool should = expected(a);
        const SubjectFacts facts{SubjectKind::issue, a.id, root, AgencyId(9), {}, a.topics, Sharing::team};
        if (gate.may(IssueId(a.id), Act::read) != should) wrong.push_back("one");
        if ((probed.count(a.id) > 0) != (started.count(a.id) > 0)) wrong.push_back("shapes");
        // A list needs basic besides, which a shield may hide.
        if (probed.count(a.id) > 0 && !should) wrong.push_back("list");
        if (would_see(tx, gate, facts, a.persons) != should) wrong.push_back("would_see");
      }
      return fail(ErrorCode::conflict, "undo");
    });
    RC_ASSERT(wrong == std::vector<std::string>{});
  });
  EXPECT_TRUE(held);
}

TEST_P(Door, who_makes_a_record_may_classify_it_higher_than_it_may_read) {
  const Viewer us = counsellor(kOurs);
  as(us, [&](db::WriteTx& tx, Gate& gate, Trail&) -> Result<int> {
    const auto home = gate.create<HouseholdTag>(tx, {0, AgencyId(kOurs), {}, Topic::basic, Sharing::team});
    const auto task = gate.create<TaskTag>(tx, {home->id().value, AgencyId(kOther), {}, Topic::basic | Topic::abuse, Sharing::team});
    EXPECT_TRUE(task.has_value());
    EXPECT_FALSE(gate.may(task->id(), Act::read));  // written up, not read
    return 0;
  });
}

TEST(Trail, packs_what_was_shown_and_what_was_denied_and_unpacks_the_same) {
  rc::check([](std::vector<std::pair<std::uint8_t, std::int64_t>> shown, std::vector<std::int64_t> denied) {
    Trail trail;
    std::set<std::pair<int, std::int64_t>> expected;
    for (const auto& [kind, id] : shown) {
      trail.note(static_cast<SubjectKind>(kind % 28 + 1), id);
      expected.insert({kind % 28 + 1, id});
    }
    std::set<std::int64_t> expected_denied(denied.begin(), denied.end());
    for (std::int64_t id : denied) trail.denied(SubjectKind::household, id);
    const auto back = unpack_subjects(trail.packed());
    RC_ASSERT(back);
    std::set<std::pair<int, std::int64_t>> got;
    std::set<std::int64_t> got_denied;
    for (const PackedSubject& p : *back) {
      if (p.denied) got_denied.insert(p.ref.id);
      else got.insert({static_cast<int>(p.ref.kind), p.ref.id});
    }
    RC_ASSERT(got == expected);
    RC_ASSERT(got_denied == expected_denied);
  });
}

}  // namespace
}  // namespace kasane::access
