// docs/access_matrix.md, parts 5 to 7 as far as they need no database: days, persons and roots, protection, fields.
#include <algorithm>

#include "access/facts.hpp"
#include "access/groups.hpp"
#include "access/matrix_world.hpp"

namespace kasane::access::matrix {
namespace {

using enum GroundKind;

StoredGround stored(Ground g, std::optional<Date> revoked = std::nullopt) { return {1, std::move(g), revoked}; }
Ground team_consent(int from, int until, std::vector<std::int64_t> excluded = {}) {
  return {consent, kHome, kMother, kStandardScope, true, {}, std::move(excluded), day(from), day(until), "", 5};
}
bool reaches(const std::vector<ReachFact>& all, std::int64_t party, Date on) {
  return std::any_of(all.begin(), all.end(), [&](const ReachFact& r) { return r.party == party && r.from <= on && on <= r.until; });
}

// ---- 5 days, persons, several persons, roots ------------------------------------------------------------------

TEST(AccessMatrix, M_75_a_ground_holds_on_its_days) {
  for (const GroundKind ground : every_ground())
    for (const bool direct : {false, true}) {
      if (!direct && lends(ground)) continue;
      const auto on = [&](int from, int until) {
        Scene scene(SubjectKind::plan);
        if (direct) scene.put_before(ground);
        else scene.through(ground);
        return scene.days(from, until).looks();
      };
      EXPECT_FALSE(on(11, 20)) << "the day before its first day";
      EXPECT_TRUE(on(10, 20)) << "its first day";
      EXPECT_TRUE(on(0, 10)) << "its last day";
      EXPECT_TRUE(on(10, 10)) << "its only day";
      EXPECT_FALSE(on(0, 9)) << "the day after its last";
    }
}
TEST(AccessMatrix, M_76_a_withdrawal_ends_with_its_own_day) {
  const auto left = project({stored(team_consent(0, 20), kToday)}, {{kOurs, day(0), day(20)}});
  EXPECT_FALSE(reaches(left, kOurs, kToday));
  EXPECT_TRUE(reaches(left, kOurs, day(9)));
  const auto later = project({stored(team_consent(0, 5), kToday)}, {{kOurs, day(0), day(20)}});
  EXPECT_FALSE(reaches(later, kOurs, day(6))) << "a withdrawal does not make longer what was over";
}
TEST(AccessMatrix, M_77_withdrawn_before_it_began_it_never_was) {
  EXPECT_TRUE(project({stored(team_consent(10, 20), day(10))}, {{kOurs, day(0), day(20)}}).empty());
  EXPECT_TRUE(project({stored(team_consent(10, 20), day(3))}, {{kOurs, day(0), day(20)}}).empty());
  EXPECT_EQ(project({stored(team_consent(10, 20), day(11))}, {{kOurs, day(0), day(20)}}).size(), 1u) << "one day was left";
}
TEST(AccessMatrix, M_78_whom_the_consent_leaves_out_gets_nothing) {
  const auto got = project({stored(team_consent(0, 20, {kTheirs}))}, {{kOurs, day(0), day(20)}, {kTheirs, day(0), day(20)}});
  EXPECT_TRUE(reaches(got, kOurs, kToday));
  EXPECT_FALSE(reaches(got, kTheirs, kToday));
  Ground named = team_consent(0, 20);
  named.team = false;
  named.named = {300};
  const auto by_name = project({stored(named)}, {{kOurs, day(0), day(20)}});
  EXPECT_TRUE(reaches(by_name, 300, kToday));
  EXPECT_FALSE(reaches(by_name, kOurs, kToday)) << "what is given by name is not the team's";
}
TEST(AccessMatrix, M_79_only_while_in_the_team) {
  const auto got = project({stored(team_consent(2, 15))}, {{kOurs, day(5), day(12)}, {kTheirs, day(0), day(20)}, {300, day(16), day(20)}});
  EXPECT_FALSE(reaches(got, kOurs, day(4)));
  EXPECT_TRUE(reaches(got, kOurs, day(5)));
  EXPECT_TRUE(reaches(got, kOurs, day(12)));
  EXPECT_FALSE(reaches(got, kOurs, day(13)));
  EXPECT_FALSE(reaches(got, kTheirs, day(1))) << "before the ground";
  EXPECT_TRUE(reaches(got, kTheirs, day(2)));
  EXPECT_FALSE(reaches(got, kTheirs, day(16))) << "after the ground";
  EXPECT_FALSE(reaches(got, 300, day(16)));
  EXPECT_TRUE(std::all_of(got.begin(), got.end(), [](const ReachFact& r) {
    return r.root == kHome && r.person == kMother && r.topics == kStandardScope && r.ground == consent && r.source == 1;
  }));
}
TEST(AccessMatrix, M_80_her_consent_opens_nothing_about_him) {
  for (const GroundKind ground : every_ground()) EXPECT_TRUE(Scene(SubjectKind::plan).about(kSon).through(ground).of(kMother).does_nothing());
}
TEST(AccessMatrix, M_81_her_consent_opens_what_is_about_nobody) {
  for (const GroundKind ground : every_ground_on_households()) EXPECT_TRUE(Scene(SubjectKind::plan).about({}).through(ground).of(kMother).looks());
}
TEST(AccessMatrix, M_82_a_ground_about_nobody_opens_what_is_about_him) {
  for (const GroundKind ground : every_ground_on_households()) EXPECT_TRUE(Scene(SubjectKind::plan).about(kSon).through(ground).looks());
}
TEST(AccessMatrix, M_83_what_is_put_before_one_is_known_whoever_it_is_about) {
  for (const GroundKind ground : every_ground()) EXPECT_TRUE(Scene(SubjectKind::plan).about(kSon).put_before(ground).of(kMother).looks());
}
TEST(AccessMatrix, M_84_about_both_only_who_knows_both) {
  const Group both{PersonId(kRecord), {kMother, kSon}};
  const ReachFact hers{kOurs, kHome, kMother, Topic::basic | Topic::plan, day(0), day(12), consent, 1};
  const ReachFact his{kOurs, kHome, kSon, Topic::plan | Topic::health, day(8), day(20), consent, 2};
  EXPECT_TRUE(reaches_of_group(both, {hers}).empty());
  EXPECT_TRUE(reaches_of_group(both, {his}).empty());
  const auto got = reaches_of_group(both, {hers, his});
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].person, both.id);
  EXPECT_EQ(got[0].topics, Topics(Topic::plan));
  EXPECT_EQ(got[0].from, day(8));
  EXPECT_EQ(got[0].until, day(12));
  EXPECT_EQ(got[0].source, 0) << "it rests on more than one ground";
  ReachFact never = his;
  never.from = day(13);
  EXPECT_TRUE(reaches_of_group(both, {hers, never}).empty()) << "no day in common";
  never.from = day(12);
  EXPECT_EQ(reaches_of_group(both, {hers, never}).size(), 1u) << "one day in common";
  ReachFact apart = his;
  apart.topics = Topic::health;
  EXPECT_TRUE(reaches_of_group(both, {hers, apart}).empty()) << "no topic in common";
  ReachFact whole = hers;
  whole.person.reset();
  EXPECT_EQ(reaches_of_group(both, {whole}).size(), 1u) << "a ground about nobody opens it as it is";
  EXPECT_EQ(reaches_of_group(both, {hers, hers, his, his}).size(), 1u) << "said twice it is one";
  // Several grounds for each of them: every pair, each once, and rows that differ in one thing are not one.
  ReachFact hers_on_duty = hers;
  hers_on_duty.ground = legal_duty;
  EXPECT_EQ(reaches_of_group(both, {hers, hers_on_duty, his}).size(), 2u);
  ReachFact his_longer = his;
  his_longer.from = day(1);
  EXPECT_EQ(reaches_of_group(both, {hers, his, his_longer}).size(), 2u);
  ReachFact hers_shorter = hers;
  hers_shorter.until = day(10);
  EXPECT_EQ(reaches_of_group(both, {hers, hers_shorter, his}).size(), 2u);
}
TEST(AccessMatrix, M_85_two_agencies_that_know_one_each_know_nothing_together) {
  const Group both{PersonId(kRecord), {kMother, kSon}};
  const ReachFact hers{kOurs, kHome, kMother, kStandardScope, day(0), day(20), consent, 1};
  const ReachFact his{300, kHome, kSon, kStandardScope, day(0), day(20), consent, 2};
  EXPECT_TRUE(reaches_of_group(both, {hers, his}).empty());
}
TEST(AccessMatrix, M_86_the_weaker_ground_of_the_two_counts) {
  const Group both{PersonId(kRecord), {kMother, kSon}};
  const std::vector<std::int64_t> parties{kOurs, kMe};
  const SubjectFacts plan{SubjectKind::plan, kRecord, kHome, AgencyId(kTheirs), both.id, Topic::plan, Sharing::team};
  for (const GroundKind a : every_ground_on_households())
    for (const GroundKind b : every_ground_on_households()) {
      const auto got = reaches_of_group(both, {{kOurs, kHome, kMother, kStandardScope, day(0), day(20), a, 1}, {kOurs, kHome, kSon, kStandardScope, day(0), day(20), b, 2}});
      const auto works = [](GroundKind g) { return std::find(kWorking.begin(), kWorking.end(), g) != kWorking.end(); };
      EXPECT_TRUE(decide(parties, Act::read, plan, got, {}, kToday).allowed);
      EXPECT_EQ(decide(parties, Act::write, plan, got, {}, kToday).allowed, works(a) && works(b)) << int(a) << ' ' << int(b);
      const auto decides = [&](GroundKind g) { return works(g) || g == decision_duty; };
      EXPECT_EQ(decide(parties, Act::decide, plan, got, {}, kToday).allowed, decides(a) && decides(b)) << int(a) << ' ' << int(b);
    }
}
TEST(AccessMatrix, M_87_the_household_is_its_own_root) {
  for (const GroundKind ground : every_ground()) {
    EXPECT_TRUE(Scene(SubjectKind::household, Topic::basic).through(ground).looks());
    EXPECT_TRUE(Scene(SubjectKind::household, Topic::basic).kept().through(ground).looks()) << "named itself, it is known";
    const bool works = std::find(kWorking.begin(), kWorking.end(), ground) != kWorking.end();
    EXPECT_EQ(Scene(SubjectKind::household, Topic::basic).through(ground).may(Act::write), works) << int(ground);
    EXPECT_EQ(Scene(SubjectKind::household, Topic::basic).kept().through(ground).may(Act::write), works) << int(ground);
  }
}
TEST(AccessMatrix, M_88_before_a_household_is_known_the_record_stands_for_itself) {
  for (const GroundKind ground : every_ground()) {
    const Scene referral = Scene(SubjectKind::referral).own_root().kept().through(ground);
    EXPECT_TRUE(referral.looks());
    EXPECT_EQ(referral.may(Act::write), ground != dormant_access && !lends(ground)) << int(ground);
    EXPECT_FALSE(Scene(SubjectKind::intake).own_root().kept().through(ground).may(Act::write));
  }
}

// ---- 6 protection ---------------------------------------------------------------------------------------------

Scene on_every_way(int way, SubjectKind kind = SubjectKind::support_record, Topics topics = Topic::plan) {
  Scene scene(kind, topics);
  if (way == 0) scene.held();
  else if (way == 1) scene.through(consent, kAllTopics);
  else scene.put_before(consent, kAllTopics);
  return scene;
}

TEST(AccessMatrix, M_90_a_shield_keeps_even_the_holder_away_W73) {
  const Scene scene = Scene(SubjectKind::support_record).held().shield(Topic::plan);
  EXPECT_TRUE(scene.does_nothing());
  EXPECT_EQ(scene.ask(Act::read).why, Why::shielded);
  EXPECT_TRUE(scene.ask(Act::read).visible.empty());
}
TEST(AccessMatrix, M_91_a_shield_beats_every_ground) {
  for (const GroundKind ground : every_ground()) {
    EXPECT_TRUE(Scene(SubjectKind::plan).through(ground).shield(Topic::plan).does_nothing());
    EXPECT_TRUE(Scene(SubjectKind::plan).put_before(ground).shield(Topic::plan).does_nothing());
  }
}
TEST(AccessMatrix, M_92_a_shield_stops_writing_and_deciding) {
  for (const Role role : {Role::coordinator, Role::head})
    for (const Act act : {Act::write, Act::create, Act::decide}) {
      EXPECT_FALSE(Scene(SubjectKind::plan).as(role).held().shield(Topic::plan).may(act));
      EXPECT_FALSE(Scene(SubjectKind::plan).as(role).through(consent).shield(Topic::plan).may(act));
    }
}
TEST(AccessMatrix, M_93_a_shield_on_another_topic_masks_that_field) {
  for (int way = 0; way < 3; ++way) {
    const Scene scene = on_every_way(way).shield(Topic::contact);
    EXPECT_TRUE(scene.looks()) << way;
    EXPECT_EQ(scene.ask(Act::read).visible, kAllTopics.without(Topic::contact)) << way;
  }
}
TEST(AccessMatrix, M_94_a_shield_on_somebody_else_hides_nothing) {
  for (int way = 0; way < 3; ++way) {
    const Scene scene = on_every_way(way).shield(kAllTopics | kMatters, kSon.value);
    EXPECT_TRUE(scene.looks() && scene.shows(kAllTopics)) << way;
  }
}
TEST(AccessMatrix, M_95_a_shield_on_a_household_covers_what_hangs_on_it) {
  for (int way = 0; way < 3; ++way) {
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kHome).does_nothing()) << way;
    EXPECT_TRUE(on_every_way(way).about({}).shield(kAllTopics, kHome).does_nothing()) << way;
    EXPECT_TRUE(on_every_way(way, SubjectKind::household, Topic::basic).shield(kAllTopics, kHome).does_nothing()) << way;
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kHome + 1).looks()) << way;
  }
}
TEST(AccessMatrix, M_96_a_shield_on_a_person_leaves_the_household) {
  for (int way = 0; way < 3; ++way) {
    EXPECT_TRUE(on_every_way(way, SubjectKind::household, Topic::basic).shield(kAllTopics | kMatters).looks()) << way;
    EXPECT_TRUE(on_every_way(way).about({}).shield(kAllTopics | kMatters).looks()) << way;
  }
}
TEST(AccessMatrix, M_97_a_shield_on_her_matters_leaves_her_entry_in_the_register) {
  for (int way = 0; way < 3; ++way) {
    for (const SubjectKind kind : kAboutHouseholds) {
      if (kind == SubjectKind::household) continue;  // it is about nobody in particular
      EXPECT_EQ(on_every_way(way, kind, Topic::basic).shield(kMatters).looks(), kind == SubjectKind::person) << way << ' ' << int(kind);
    }
    EXPECT_FALSE(on_every_way(way, SubjectKind::person, Topic::basic).shield(kMatters | Topic::contact).shows(Topic::contact));
    EXPECT_TRUE(on_every_way(way, SubjectKind::person, Topic::basic).shield(kMatters | Topic::basic).does_nothing());
  }
}
TEST(AccessMatrix, M_98_a_shield_on_all_matters_below_a_household) {
  for (int way = 0; way < 3; ++way)
    for (const SubjectKind kind : kAboutHouseholds)
      EXPECT_EQ(on_every_way(way, kind, Topic::basic).shield(kMatters, kHome).looks(), kind == SubjectKind::person) << way << ' ' << int(kind);
}
TEST(AccessMatrix, M_99_a_shield_of_others_touches_nobody_else) {
  for (int way = 0; way < 3; ++way)
    for (const std::int64_t party : {kTheirs, kColleague}) {
      const Scene scene = on_every_way(way).shield(kAllTopics, kMother.value, party).shield(kAllTopics, kHome, party);
      EXPECT_TRUE(scene.looks() && scene.shows(kAllTopics)) << way;
    }
}
TEST(AccessMatrix, M_100_a_shield_of_one_account) {
  for (int way = 0; way < 3; ++way) {
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kMother.value, kMe).does_nothing()) << way;
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kMother.value, kColleague).looks()) << way;
  }
}
TEST(AccessMatrix, M_102_a_shield_holds_on_its_days) {
  for (int way = 0; way < 3; ++way) {
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kMother.value, kOurs, 11, 20).looks()) << "not begun";
    EXPECT_FALSE(on_every_way(way).shield(kAllTopics, kMother.value, kOurs, 10, 20).looks()) << "its first day";
    EXPECT_FALSE(on_every_way(way).shield(kAllTopics, kMother.value, kOurs, 0, 10).looks()) << "its last day";
    EXPECT_TRUE(on_every_way(way).shield(kAllTopics, kMother.value, kOurs, 0, 9).looks()) << "over";
    EXPECT_FALSE(on_every_way(way).shield(Topic::contact).shield(Topic::plan).looks()) << "two shields add up";
    EXPECT_FALSE(on_every_way(way).shield(Topic::plan).shield(Topic::contact).looks()) << "two shields add up";
  }
}
// ---- 7 fields -------------------------------------------------------------------------------------------------

TEST(AccessMatrix, M_110_one_topic_that_is_not_covered_hides_the_record) {
  for (const GroundKind ground : every_ground())
    for (const bool direct : {false, true}) {
      Scene scene(SubjectKind::plan, Topic::plan | Topic::health);
      if (direct) scene.put_before(ground, Topic::plan | Topic::basic);
      else scene.through(ground, Topic::plan | Topic::basic);
      EXPECT_TRUE(scene.does_nothing());
    }
}
TEST(AccessMatrix, M_111_a_field_that_is_not_covered_is_masked) {
  for (const GroundKind ground : every_ground_on_households()) {
    const Scene scene = Scene(SubjectKind::plan).through(ground, Topic::plan | Topic::basic);
    EXPECT_TRUE(scene.looks());
    EXPECT_EQ(scene.ask(Act::read).visible, Topic::plan | Topic::basic);
  }
}
TEST(AccessMatrix, M_112_the_standard_scope_holds_no_abuse_safety_tax_or_reporter) {
  for (std::uint32_t bit = 0; bit < 16; ++bit) {
    const auto topic = static_cast<Topic>(1u << bit);
    const bool apart = topic == Topic::abuse || topic == Topic::safety || topic == Topic::tax || topic == Topic::reporter;
    EXPECT_EQ(Scene(SubjectKind::support_record, topic).through(consent).looks(), !apart) << bit;
  }
}
TEST(AccessMatrix, M_113_two_halves_are_no_whole) {
  EXPECT_FALSE(Scene(SubjectKind::plan, Topic::plan | Topic::health).through(consent, Topic::plan).through(consent, Topic::health).looks());
  EXPECT_FALSE(Scene(SubjectKind::plan, Topic::plan | Topic::health).through(consent, Topic::plan).put_before(consent, Topic::health).looks());
}
TEST(AccessMatrix, M_114_two_grounds_show_the_fields_of_both) {
  const Scene scene = Scene(SubjectKind::plan).through(consent, Topic::plan | Topic::work).put_before(contract, Topic::plan | Topic::tax);
  EXPECT_EQ(scene.ask(Act::read).visible, Topics(Topic::plan) | Topic::work | Topic::tax);
  const Scene half = Scene(SubjectKind::plan).through(consent, Topic::plan | Topic::work).through(contract, Topic::health);
  EXPECT_EQ(half.ask(Act::read).visible, Topic::plan | Topic::work) << "a ground that does not open the record shows none of its fields";
}
TEST(AccessMatrix, M_115_a_list_leaves_out_whose_field_it_may_not_show) {
  const Scene scene = Scene(SubjectKind::plan).through(consent, Topic::plan | Topic::basic);
  EXPECT_TRUE(scene.ask(Act::list, Topic::basic).allowed);
  EXPECT_FALSE(scene.ask(Act::list, Topic::contact).allowed);
  EXPECT_FALSE(Scene(SubjectKind::plan).held().shield(Topic::contact).ask(Act::list, Topic::contact).allowed);
  EXPECT_TRUE(Scene(SubjectKind::plan).held().shield(Topic::contact).ask(Act::list, Topic::basic).allowed);
}

}  // namespace
}  // namespace kasane::access::matrix
