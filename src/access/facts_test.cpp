// What is stored of grounds, teams, groups and shields, and what is projected from it, read back from the database.
#include "access/facts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "access/groups.hpp"
#include "access/shields.hpp"
#include "db/testing.hpp"

namespace kasane::access {
namespace {

constexpr std::int64_t kHome = 50, kOtherHome = 51, kUs = 100, kThem = 200, kThird = 300, kPlan = 1000;
const PersonId kMother{7}, kSon{8};
Date day(int d) { return Date::from_ymd(2026, 11, 1)->plus_days(d); }
const Actor kActor{AccountId(9), AgencyId(9), start_of(day(0))};

class Facts : public db::EngineTest {
 protected:
  template <class F>
  void write(F&& f) {
    (void)db().write([&](db::WriteTx& tx) -> Result<int> {
      f(tx);
      return 0;
    });
  }
  using Reach = std::tuple<std::int64_t, std::int64_t, Date, Date>;  // party, person, from, until
  std::vector<Reach> reaches(std::int64_t root = kHome) {
    return db().read([&](db::ReadTx& tx) {
      return tx.list<Reach>(R"sql(SELECT party_id, person_id, valid_from, valid_until FROM access_reach WHERE root_id = $1 ORDER BY party_id, person_id, valid_from)sql",
                            db::params(root), [](const db::Row& r) { return Reach(r.i64(0), r.i64(1), r.date(2), r.date(3)); });
    });
  }
  TeamMember member(std::int64_t party, std::int64_t root = kHome) {
    const auto team = db().read([&](db::ReadTx& tx) { return team_of(tx, root); });
    for (const TeamMember& m : team)
      if (m.party == party) return m;
    throw std::runtime_error("not in the team");
  }
  /// Shields on a person or group: party, source.
  std::vector<std::pair<std::int64_t, std::int64_t>> shields_on(std::int64_t about) {
    return db().read([&](db::ReadTx& tx) {
      return tx.list<std::pair<std::int64_t, std::int64_t>>(R"sql(SELECT party_id, source_id FROM access_shield WHERE person_id = $1 ORDER BY party_id, source_id)sql", db::params(about),
                                                            [](const db::Row& r) { return std::pair(r.i64(0), r.i64(1)); });
    });
  }
  void add_plan(std::int64_t id = kPlan, std::int64_t root = kHome) {
    write([&](db::WriteTx& tx) {
      tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, 13, $2, 9, NULL, 1, 1))sql", db::params(id, root));
    });
  }
};
KASANE_EVERY_ENGINE(Facts);

Ground named(std::int64_t party, std::optional<PersonId> person = {}, std::int64_t source = 5, std::int64_t root = kHome, GroundKind kind = GroundKind::consent) {
  return {kind, root, person, kStandardScope, false, {party}, {}, day(0), day(20), "", source};
}

TEST_P(Facts, whoever_joins_again_stays_from_its_first_day_or_begins_anew) {
  write([](db::WriteTx& tx) {
    join_team(tx, kHome, kUs, day(0), day(10));
    join_team(tx, kHome, kThem, day(0), day(10));
    join_team(tx, kOtherHome, kUs, day(2), day(3));
    join_team(tx, kHome, kUs, day(10), day(20));
    join_team(tx, kHome, kThem, day(12), day(20));
  });
  EXPECT_EQ(member(kUs).from, day(0)) << "it had not left";
  EXPECT_EQ(member(kUs).until, day(20));
  EXPECT_EQ(member(kThem).from, day(12)) << "it was away in between";
  EXPECT_EQ(member(kThem).until, day(20));
  EXPECT_EQ(member(kUs, kOtherHome).until, day(3));
}
TEST_P(Facts, whoever_leaves_is_out_from_that_day_and_no_later_than_before) {
  write([](db::WriteTx& tx) {
    for (const std::int64_t party : {kUs, kThem}) join_team(tx, kHome, party, day(0), day(20));
    join_team(tx, kOtherHome, kUs, day(0), day(20));
    join_team(tx, kHome, kThird, day(0), day(5));
    leave_team(tx, kHome, kUs, day(10));
    leave_team(tx, kHome, kThird, day(10));
  });
  EXPECT_EQ(member(kUs).until, day(9));
  EXPECT_EQ(member(kThird).until, day(5));
  EXPECT_EQ(member(kThem).until, day(20));
  EXPECT_EQ(member(kUs, kOtherHome).until, day(20));
}
TEST_P(Facts, the_team_reaches_as_long_as_it_is_one_and_those_left_out_do_not) {
  Ground team{GroundKind::consent, kHome, kMother, kStandardScope, true, {}, {kThem}, day(2), day(15), "", 5};
  write([&](db::WriteTx& tx) {
    for (const std::int64_t party : {kUs, kThem, kThird}) join_team(tx, kHome, party, day(0), day(10));
    add_ground(tx, team, kActor);
    add_ground(tx, named(400, kSon, 6), kActor);
    add_ground(tx, named(500, {}, 7, kOtherHome), kActor);
  });
  EXPECT_EQ(reaches(), (std::vector<Reach>{{kUs, 7, day(2), day(10)}, {kThird, 7, day(2), day(10)}, {400, 8, day(0), day(20)}}));
  EXPECT_EQ(reaches(kOtherHome), (std::vector<Reach>{{500, 0, day(0), day(20)}}));
}
TEST_P(Facts, a_source_that_is_withdrawn_ends_its_grounds_alone_and_never_makes_them_longer) {
  write([](db::WriteTx& tx) {
    add_ground(tx, named(kUs, kMother, 5), kActor);
    add_ground(tx, named(kThem, kMother, 6), kActor);
    add_ground(tx, named(kThird, {}, 5, kOtherHome), kActor);
    EXPECT_EQ(revoke_grounds(tx, 5, day(10)), 2);
    EXPECT_EQ(revoke_grounds(tx, 5, day(10)), 0) << "it has ended";
    EXPECT_EQ(revoke_grounds(tx, 5, day(12)), 0) << "no later than it was";
    EXPECT_EQ(revoke_grounds(tx, 6, day(12)), 1);
    EXPECT_EQ(revoke_grounds(tx, 6, day(11)), 1) << "earlier than it was";
  });
  EXPECT_EQ(reaches(), (std::vector<Reach>{{kUs, 7, day(0), day(9)}, {kThem, 7, day(0), day(10)}}));
  EXPECT_EQ(reaches(kOtherHome), (std::vector<Reach>{{kThird, 0, day(0), day(9)}}));
}
TEST_P(Facts, a_kind_of_ground_ends_on_one_household) {
  write([](db::WriteTx& tx) {
    add_ground(tx, named(kUs, {}, 5), kActor);
    add_ground(tx, named(kThem, {}, 6, kHome, GroundKind::danger), kActor);
    add_ground(tx, named(kThird, {}, 7, kOtherHome, GroundKind::danger), kActor);
    EXPECT_EQ(end_grounds(tx, kHome, GroundKind::danger, day(10)), 1);
    EXPECT_EQ(end_grounds(tx, kHome, GroundKind::danger, day(10)), 0);
    EXPECT_EQ(end_grounds(tx, kHome, GroundKind::danger, day(12)), 0);
    EXPECT_EQ(end_grounds(tx, kHome, GroundKind::legal_duty, day(8)), 0);
    EXPECT_EQ(end_grounds(tx, kHome, GroundKind::danger, day(8)), 1) << "the last of all: what it ends is projected at once";
  });
  EXPECT_EQ(reaches(), (std::vector<Reach>{{kUs, 0, day(0), day(20)}, {kThem, 0, day(0), day(7)}}));
  EXPECT_EQ(reaches(kOtherHome), (std::vector<Reach>{{kThird, 0, day(0), day(20)}}));
}
TEST_P(Facts, several_records_about_several_persons_each_have_their_own_group) {
  add_plan();
  add_plan(kPlan + 1);
  add_plan(kPlan + 2, kOtherHome);
  const PersonId daughter(9);
  write([&](db::WriteTx& tx) {
    add_ground(tx, named(kUs, kMother, 5), kActor);
    add_ground(tx, named(kUs, kSon, 6), kActor);
    add_ground(tx, named(kUs, daughter, 7, kOtherHome), kActor);
    set_persons(tx, {SubjectKind::plan, kPlan}, {kMother, kSon});
    set_persons(tx, {SubjectKind::plan, kPlan + 1}, {kSon, daughter});
    set_persons(tx, {SubjectKind::plan, kPlan + 2}, {kMother, kSon});
  });
  EXPECT_EQ(reaches(), (std::vector<Reach>{{kUs, 7, day(0), day(20)}, {kUs, 8, day(0), day(20)}, {kUs, kPlan, day(0), day(20)}}));
  // The record goes to the household where she and he are reached; what it was reached by there is gone.
  write([&](db::WriteTx& tx) { move_to_root(tx, {SubjectKind::plan, kPlan + 2}, kHome); });
  EXPECT_EQ(reaches().back(), (Reach{kUs, kPlan + 2, day(0), day(20)}));
  // Now it is about one, then about nobody.
  const auto person_of = [&] {
    return db().read([](db::ReadTx& tx) {
      return tx.one<std::int64_t>(R"sql(SELECT coalesce(person_id, 0) FROM access_subject WHERE id = $1)sql", db::params(kPlan), [](const db::Row& r) { return r.i64(0); });
    });
  };
  EXPECT_EQ(person_of(), kPlan);
  write([](db::WriteTx& tx) {
    EXPECT_FALSE(sole_person(tx, PersonId(kPlan))) << "a group is no person";
    EXPECT_EQ(sole_person(tx, kMother), kMother);
    set_persons(tx, {SubjectKind::plan, kPlan}, {kMother});
  });
  EXPECT_EQ(person_of(), 7);
  EXPECT_EQ(reaches().size(), 3u) << "the group of one is gone, the other is there";
  write([](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, kPlan}, {}); });
  EXPECT_EQ(person_of(), 0);
}
TEST_P(Facts, the_only_record_of_a_home_opens_where_each_of_its_persons_does_and_goes_with_it_to_another_home) {
  add_plan();
  write([](db::WriteTx& tx) {
    for (const std::int64_t home : {kHome, kOtherHome}) {
      add_ground(tx, named(home == kHome ? kUs : kThem, kMother, home + 1000, home), kActor);
      add_ground(tx, named(home == kHome ? kUs : kThem, kSon, home + 2000, home), kActor);
    }
    set_persons(tx, {SubjectKind::plan, kPlan}, {kMother, kSon});
  });
  const auto holds = [&](std::int64_t home, std::int64_t party) {
    const auto all = reaches(home);
    return std::count(all.begin(), all.end(), Reach{party, kPlan, day(0), day(20)});
  };
  EXPECT_EQ(holds(kHome, kUs), 1);
  EXPECT_EQ(holds(kOtherHome, kThem), 0) << "it is not of that home";
  write([](db::WriteTx& tx) { move_to_root(tx, {SubjectKind::plan, kPlan}, kOtherHome); });
  EXPECT_EQ(holds(kOtherHome, kThem), 1) << "what was agreed to there leads to it from now on";
}
TEST_P(Facts, grounds_on_a_record_about_several_open_it_where_each_of_them_does) {
  add_plan();
  write([](db::WriteTx& tx) {
    add_ground(tx, named(kUs, kMother, 5, kPlan), kActor);
    add_ground(tx, named(kThem, kMother, 5, kPlan), kActor);
    add_ground(tx, named(kUs, kSon, 6, kPlan), kActor);
    add_ground(tx, named(kThird, {}, 7, kPlan), kActor);
  });
  EXPECT_EQ(reaches(kPlan).size(), 4u) << "about nobody in particular: each ground by itself";
  write([](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, kPlan}, {kMother, kSon}); });
  auto now = reaches(kPlan);
  EXPECT_NE(std::find(now.begin(), now.end(), Reach{kUs, kPlan, day(0), day(20)}), now.end());
  EXPECT_NE(std::find(now.begin(), now.end(), Reach{kThird, 0, day(0), day(20)}), now.end()) << "on what is about no single person";
  EXPECT_EQ(now.size(), 2u) << "hers alone is no way to it";
  const auto stopped = db().read([](db::ReadTx& tx) { return reached_by_source(tx, 6); });
  EXPECT_EQ(stopped, std::vector<std::int64_t>{kUs});
  write([](db::WriteTx& tx) { revoke_grounds(tx, 6, day(0)); });
  EXPECT_EQ(reaches(kPlan), (std::vector<Reach>{{kThird, 0, day(0), day(20)}}));
  const auto ever = db().read([](db::ReadTx& tx) { return ever_reached(tx, {SubjectKind::plan, kPlan}); });
  EXPECT_EQ(ever.size(), 2u) << "also whom a ground let in that has ended; not who knew of her alone";
}
TEST_P(Facts, a_group_is_shielded_while_one_of_its_persons_is) {
  add_plan();
  write([](db::WriteTx& tx) {
    put_shields(tx, 70, {{{kUs, kThem}, kMother.value, kAllTopics, day(0), day(20)}}, {});
    put_shields(tx, 71, {{{kThird}, kSon.value, kAllTopics, day(0), day(20)}}, {});
    put_shields(tx, 72, {{{400}, 9, kAllTopics, day(0), day(20)}}, {});
    set_persons(tx, {SubjectKind::plan, kPlan}, {kMother, kSon});
  });
  using Shields = std::vector<std::pair<std::int64_t, std::int64_t>>;
  EXPECT_EQ(shields_on(kPlan), (Shields{{kUs, 70}, {kThem, 70}, {kThird, 71}}));
  write([](db::WriteTx& tx) { put_shields(tx, 73, {{{500}, kSon.value, Topic::contact, day(0), day(20)}}, {}); });
  EXPECT_EQ(shields_on(kPlan), (Shields{{kUs, 70}, {kThem, 70}, {kThird, 71}, {500, 73}})) << "each once";
  write([](db::WriteTx& tx) { put_shields(tx, 70, {{{kUs}, kMother.value, kAllTopics, day(0), day(20)}}, {}); });
  EXPECT_EQ(shields_on(kPlan), (Shields{{kUs, 70}, {kThird, 71}, {500, 73}}));
  EXPECT_EQ(shields_on(kMother.value), (Shields{{kUs, 70}}));
  write([](db::WriteTx& tx) {
    end_shields(tx, 71, day(5));
    EXPECT_EQ(tx.number(R"sql(SELECT count(*) FROM access_shield WHERE source_id = 71 AND valid_until = $1)sql", db::params(day(4))), 2) << "his and the group's";
    EXPECT_EQ(tx.number(R"sql(SELECT count(*) FROM access_shield WHERE source_id <> 71 AND valid_until = $1)sql", db::params(day(4))), 0);
    set_persons(tx, {SubjectKind::plan, kPlan}, {kSon});
  });
  EXPECT_TRUE(shields_on(kPlan).empty());
}
TEST_P(Facts, accounts_that_are_spared_are_put_with_their_source) {
  write([](db::WriteTx& tx) {
    put_shields(tx, 70, {{{kUs}, kMother.value, kAllTopics, day(0), day(20)}}, {AccountId(2), AccountId(1), AccountId(2)});
    put_shields(tx, 71, {{{kUs}, kMother.value, kAllTopics, day(0), day(20)}}, {AccountId(3)});
    EXPECT_EQ(exempt_from(tx, 70), (std::vector<AccountId>{AccountId(1), AccountId(2)}));
    put_shields(tx, 70, {}, {AccountId(1)});
    EXPECT_EQ(exempt_from(tx, 70), std::vector<AccountId>{AccountId(1)});
    EXPECT_EQ(exempt_from(tx, 71), std::vector<AccountId>{AccountId(3)});
  });
  EXPECT_EQ(shields_on(kMother.value), (std::vector<std::pair<std::int64_t, std::int64_t>>{{kUs, 71}}));
}

}  // namespace
}  // namespace kasane::access
