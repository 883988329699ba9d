// docs/access_matrix.md: the rows that need the door and a database, on every engine; and that each row of the matrix
// has a test of its name, and each such test a row.
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "access/facts.hpp"
#include "access/groups.hpp"
#include "access/matrix_world.hpp"
#include "access/permit.hpp"
#include "db/testing.hpp"

namespace kasane::access::matrix {
namespace {

/// One database on one engine, asked as several people.
class World {
 public:
  explicit World(db::Engine engine) : database_(engine) {}
  template <class F>
  auto as(const Viewer& viewer, F&& f) {
    return database_->write([&](db::WriteTx& tx) {
      Trail trail;
      Gate gate(tx, viewer, start_of(kToday), trail);
      return f(tx, gate);
    });
  }
  /// A change of facts, by nobody in particular.
  template <class F>
  void facts(F&& f) {
    (void)database_->write([&](db::WriteTx& tx) -> Result<int> {
      f(tx);
      return 0;
    });
  }
  template <class Tag>
  Id<Tag> make(const Viewer& maker, NewSubject what) {
    return as(maker, [&](db::WriteTx& tx, Gate& gate) -> Result<Id<Tag>> {
      auto permit = gate.create<Tag>(tx, std::move(what));
      if (!permit) return tl::unexpected(permit.error());
      return permit->id();
    }).value();
  }
  template <class Tag>
  bool may(const Viewer& viewer, Id<Tag> id, Act act = Act::read) {
    bool yes = false;
    as(viewer, [&](db::WriteTx&, Gate& gate) -> Result<int> {
      yes = gate.may(id, act);
      return 0;
    });
    return yes;
  }
  /// Whether a list of that kind holds the record, in both shapes of the predicate. Fails where the shapes differ.
  template <class Tag>
  bool lists(const Viewer& viewer, Id<Tag> id, Topics needs = Topic::basic) {
    bool probed = false, started = false;
    (void)database_->write([&](db::WriteTx& tx) -> Result<int> {
      Trail trail;
      const auto holds = [&](ReachSizes* sizes) {
        Gate gate(tx, viewer, start_of(kToday), trail, sizes);
        return !gate.scope<Tag>(needs).template list<int>(R"sql(SELECT x.id FROM access_subject x WHERE x.id = $1 AND {scope:x.id})sql", db::params(id),
                                                          [](const SealedRow&) { return 0; }).empty();
      };
      ReachSizes sizes;
      probed = holds(nullptr);
      started = holds(&sizes);
      return 0;
    });
    EXPECT_EQ(probed, started);
    return probed;
  }

 private:
  db::TestDatabase database_;
};

void on_every_engine(const std::function<void(World&)>& test) {
  for (const db::Engine engine : db::test_engines()) {
    SCOPED_TRACE(engine == db::Engine::sqlite ? "sqlite" : "postgres");
    World world(engine);
    test(world);
  }
}

Viewer worker(std::int64_t agency, std::int64_t account, Role role = Role::window_counsellor) {
  return {AccountId(account), {{PostId(1), AgencyId(agency), role}}};
}
const Viewer kUs = worker(kOurs, kMe), kThem = worker(kTheirs, 910);
const Actor kSomebody{AccountId(9), AgencyId(9), start_of(kToday)};
const NewSubject kTheirHome{0, AgencyId(kTheirs), {}, Topic::basic, Sharing::team};

Ground ground_on(std::int64_t root, GroundKind kind = GroundKind::consent) {
  return {kind, root, {}, kStandardScope, false, {kOurs}, {}, day(0), day(20), "", 5};
}

// ---- 2 the holder and nobody ----------------------------------------------------------------------------------

TEST(AccessMatrix, M_33_to_be_in_the_team_is_no_ground) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    w.facts([&](db::WriteTx& tx) { join_team(tx, home.value, kOurs, day(0), day(20)); });
    EXPECT_FALSE(w.may(kUs, home));
    EXPECT_FALSE(w.lists(kUs, home));
  });
}
TEST(AccessMatrix, M_34_who_held_it_before_is_nobody) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    EXPECT_TRUE(w.may(kThem, home) && w.lists(kThem, home));
    w.facts([&](db::WriteTx& tx) { set_holder(tx, {SubjectKind::household, home.value}, AgencyId(kOurs)); });
    EXPECT_FALSE(w.may(kThem, home) || w.may(kThem, home, Act::write) || w.lists(kThem, home));
    EXPECT_TRUE(w.may(kUs, home) && w.lists(kUs, home));
  });
}
TEST(AccessMatrix, M_35_an_id_opens_nothing_of_another_kind) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    EXPECT_FALSE(w.may(kThem, PersonId(home.value)) || w.lists(kThem, PersonId(home.value)));
    w.facts([&](db::WriteTx& tx) { add_ground(tx, ground_on(home.value), kSomebody); });
    EXPECT_FALSE(w.may(kUs, PersonId(home.value)) || w.lists(kUs, PersonId(home.value)));
    EXPECT_FALSE(w.may(kUs, CaseId(home.value)) || w.lists(kUs, CaseId(home.value)));
  });
}
TEST(AccessMatrix, M_89_a_record_goes_with_its_household) {
  on_every_engine([](World& w) {
    const auto known = w.make<HouseholdTag>(kThem, kTheirHome), hidden = w.make<HouseholdTag>(kThem, kTheirHome);
    w.facts([&](db::WriteTx& tx) { add_ground(tx, ground_on(known.value), kSomebody); });
    const auto plan = w.make<PlanTag>(kThem, {hidden.value, AgencyId(kTheirs), {}, Topic::plan, Sharing::team});
    EXPECT_FALSE(w.may(kUs, plan) || w.lists(kUs, plan));
    w.facts([&](db::WriteTx& tx) { move_to_root(tx, {SubjectKind::plan, plan.value}, known.value); });
    EXPECT_TRUE(w.may(kUs, plan) && w.lists(kUs, plan) && w.may(kUs, plan, Act::write));
    w.facts([&](db::WriteTx& tx) { set_sharing(tx, {SubjectKind::plan, plan.value}, Sharing::own); });
    EXPECT_FALSE(w.may(kUs, plan) || w.lists(kUs, plan));
  });
}

// ---- 6 protection ---------------------------------------------------------------------------------------------

TEST(AccessMatrix, M_101_an_exempt_account_is_spared_by_that_measure_alone) {
  on_every_engine([](World& w) {
    const auto record = w.make<SupportRecordTag>(kUs, {0, AgencyId(kOurs), kMother, Topic::record, Sharing::team});
    const Viewer colleague = worker(kOurs, kColleague);
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 70, {{{kOurs}, kMother.value, kAllTopics, day(0), day(20)}}, {kUs.account}); });
    EXPECT_TRUE(w.may(kUs, record) && w.lists(kUs, record));
    EXPECT_FALSE(w.may(colleague, record) || w.lists(colleague, record));
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 71, {{{kOurs}, kMother.value, kAllTopics, day(0), day(20)}}, {colleague.account}); });
    EXPECT_FALSE(w.may(kUs, record) || w.lists(kUs, record)) << "another measure spares somebody else";
    EXPECT_FALSE(w.may(colleague, record) || w.lists(colleague, record));
    w.facts([&](db::WriteTx& tx) { EXPECT_EQ(exempt_from(tx, 70), std::vector<AccountId>{kUs.account}); });
  });
}
TEST(AccessMatrix, M_103_what_is_kept_of_one_is_kept_of_both) {
  on_every_engine([](World& w) {
    const auto plan = w.make<PlanTag>(kUs, {0, AgencyId(kOurs), {}, Topic::plan, Sharing::team});
    w.facts([&](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, plan.value}, {kMother, kSon}); });
    EXPECT_TRUE(w.may(kUs, plan) && w.lists(kUs, plan));
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 70, {{{kOurs}, kMother.value, kAllTopics, day(0), day(20)}}, {}); });
    EXPECT_FALSE(w.may(kUs, plan) || w.lists(kUs, plan));
    w.facts([&](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, plan.value}, {kSon}); });
    EXPECT_TRUE(w.may(kUs, plan) && w.lists(kUs, plan)) << "now it is about him alone";
    w.facts([&](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, plan.value}, {kMother, kSon}); });
    EXPECT_FALSE(w.may(kUs, plan) || w.lists(kUs, plan)) << "a shield that was there before";
  });
}
// A head in the office that serves the 相手方 who works for her in a second office: what the first post may look at and
// not write is not written with the second post either.
TEST(AccessMatrix, M_104_who_is_kept_from_looking_by_one_post_does_not_write_with_the_other) {
  on_every_engine([](World& w) {
    const auto plan = w.make<PlanTag>(kUs, {0, AgencyId(kOurs), kMother, Topic::plan, Sharing::team});
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 70, {{{300}, kMother.value, kAllTopics, day(0), day(20)}}, {}); });
    const Viewer both{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::window_counsellor}, {PostId(2), AgencyId(300), Role::head}}};
    EXPECT_FALSE(w.may(both, plan) || w.lists(both, plan));
    EXPECT_FALSE(w.may(both, plan, Act::write));
    w.as(both, [&](db::WriteTx&, Gate& gate) -> Result<int> {
      EXPECT_EQ(gate.write(plan).error().code, ErrorCode::not_found);
      return 0;
    });
    EXPECT_TRUE(w.may(kUs, plan) && w.may(kUs, plan, Act::write));
  });
}
TEST(AccessMatrix, M_105_a_measure_taken_back_keeps_nothing) {
  on_every_engine([](World& w) {
    const auto plan = w.make<PlanTag>(kUs, {0, AgencyId(kOurs), {}, Topic::plan, Sharing::team});
    w.facts([&](db::WriteTx& tx) { set_persons(tx, {SubjectKind::plan, plan.value}, {kMother, kSon}); });
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 70, {{{kOurs}, kMother.value, kAllTopics, day(0), day(20)}}, {}); });
    EXPECT_FALSE(w.may(kUs, plan) || w.lists(kUs, plan));
    w.facts([&](db::WriteTx& tx) { put_shields(tx, 70, {}, {}); });
    EXPECT_TRUE(w.may(kUs, plan) && w.lists(kUs, plan));
  });
}

// ---- 7 fields, lists, answers ---------------------------------------------------------------------------------

TEST(AccessMatrix, M_116_a_row_of_a_list_shows_what_was_asked_for) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kUs, {0, AgencyId(kOurs), {}, Topic::basic, Sharing::team});
    w.as(kUs, [&](db::WriteTx&, Gate& gate) -> Result<int> {
      gate.scope<HouseholdTag>(Topic::basic).list<int>(R"sql(SELECT x.id FROM access_subject x WHERE x.id = $1 AND {scope:x.id})sql", db::params(home), [](const SealedRow& row) {
        EXPECT_TRUE(row.shows(Topic::basic));
        EXPECT_FALSE(row.shows(Topic::contact) || row.shows(Topic::abuse));
        return 0;
      });
      return 0;
    });
  });
}

/// Every way to reach, alone: what the page and the list say must be one thing, for records of every kind.
template <class Tag>
void compare_page_and_list(World& w) {
  const std::int64_t root = next_id();
  const auto id = fresh_id<Tag>();
  const auto with = [&](std::int64_t holder, std::optional<PersonId> person, Topics topics, Sharing sharing, std::int64_t below, const std::function<void(db::WriteTx&)>& more, const char* what) {
    w.facts([&](db::WriteTx& tx) {
      tx.run(R"sql(DELETE FROM access_subject)sql");
      tx.run(R"sql(DELETE FROM access_reach)sql");
      put_shields(tx, 70, {}, {});
      tx.run(R"sql(INSERT INTO access_subject (id, kind, root_id, holder_id, person_id, topics, sharing) VALUES ($1, $2, $3, $4, $5, $6, $7))sql",
             db::params(id, Tag::kind, below, holder, person, static_cast<std::int64_t>(topics.bits()), sharing));
      more(tx);
    });
    for (const Viewer& viewer : {kUs, worker(kOurs, kMe, Role::auditor), kThem})
      EXPECT_EQ(w.may(viewer, id), w.lists(viewer, id, Topics())) << what << ", kind " << int(Tag::kind);
  };
  const auto reach = [](db::WriteTx& tx, std::int64_t on, std::int64_t party, std::int64_t person, Topics topics, int from, int until) {
    tx.run(R"sql(INSERT INTO access_reach (party_id, root_id, person_id, topics, valid_from, valid_until, ground, ground_id) VALUES ($1, $2, $3, $4, $5, $6, 1, 0))sql",
           db::params(party, on, person, static_cast<std::int64_t>(topics.bits()), day(from), day(until)));
  };
  const auto nothing = [](db::WriteTx&) {};
  with(kOurs, kMother, Topic::plan, Sharing::own, root, nothing, "held");
  with(kTheirs, kMother, Topic::plan, Sharing::team, root, nothing, "held by others");
  for (const std::int64_t on : {root, id.value, root + 1})
    for (const std::int64_t below : {root, id.value})
      for (const Sharing sharing : {Sharing::own, Sharing::team})
        for (const std::int64_t person : {std::int64_t{0}, kMother.value, kSon.value})
          with(kTheirs, kMother, Topic::plan, sharing, below, [&](db::WriteTx& tx) { reach(tx, on, kOurs, person, kStandardScope, 0, 20); }, "reached");
  const std::pair<int, int> spans[] = {{11, 20}, {10, 20}, {0, 10}, {0, 9}};
  for (const std::int64_t on : {root, id.value})
    for (const auto& [from, until] : spans) with(kTheirs, {}, Topic::plan, Sharing::team, root, [&](db::WriteTx& tx) { reach(tx, on, kMe, 8, kStandardScope, from, until); }, "days");
  with(kTheirs, {}, Topic::plan | Topic::health, Sharing::team, root, [&](db::WriteTx& tx) { reach(tx, root, kOurs, 0, Topic::plan, 0, 20); }, "half covered");
  for (const std::int64_t about : {kMother.value, root, kSon.value})
    for (const Topics topics : {Topics(Topic::plan), Topics(Topic::contact), kMatters})
      for (const auto& [from, until] : spans)
        for (const std::int64_t party : {kOurs, kMe, kColleague})
          with(kOurs, kMother, Topic::plan, Sharing::team, root, [&](db::WriteTx& tx) { put_shields(tx, 70, {{{party}, about, topics, day(from), day(until)}}, {}); }, "shielded");
}

TEST(AccessMatrix, M_117_a_list_holds_just_the_records_whose_pages_open) {
  on_every_engine([](World& w) {
    compare_page_and_list<HouseholdTag>(w);
    compare_page_and_list<PersonTag>(w);
    compare_page_and_list<PlanTag>(w);
    compare_page_and_list<AgendaItemTag>(w);
  });
}
TEST(AccessMatrix, M_118_forbidden_and_unknown_have_one_answer) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    w.as(kUs, [&](db::WriteTx&, Gate& gate) -> Result<int> {
      const Error unknown = gate.read(HouseholdId(12345)).error();
      EXPECT_EQ(unknown.code, ErrorCode::not_found);
      for (const Error& error : {gate.read(home).error(), gate.write(home).error(), gate.decide(home).error(), gate.read(PersonId(home.value)).error(),
                                 gate.write(HouseholdId(12345)).error(), gate.decide(HouseholdId(12345)).error()}) {
        EXPECT_EQ(error.code, unknown.code);
        EXPECT_EQ(error.message, unknown.message);
      }
      return 0;
    });
  });
}
TEST(AccessMatrix, M_119_who_knows_a_record_is_told_that_it_may_not_change_it) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    w.facts([&](db::WriteTx& tx) { add_ground(tx, ground_on(home.value, GroundKind::danger), kSomebody); });
    w.as(kUs, [&](db::WriteTx&, Gate& gate) -> Result<int> {
      EXPECT_TRUE(gate.read(home));
      EXPECT_EQ(gate.write(home).error().code, ErrorCode::not_permitted);
      EXPECT_EQ(gate.write(HouseholdId(12345)).error().code, ErrorCode::not_found);
      return 0;
    });
  });
}
TEST(AccessMatrix, M_120_below_a_household_that_one_does_not_know_nothing_is_made) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    w.as(kUs, [&](db::WriteTx& tx, Gate& gate) -> Result<int> {
      const Error forbidden = gate.create<IssueTag>(tx, {home.value, AgencyId(kOurs), {}, Topic::basic, Sharing::team}).error();
      const Error unknown = gate.create<IssueTag>(tx, {12345, AgencyId(kOurs), {}, Topic::basic, Sharing::team}).error();
      EXPECT_EQ(forbidden.code, ErrorCode::not_found);
      EXPECT_EQ(forbidden.code, unknown.code);
      EXPECT_EQ(forbidden.message, unknown.message);
      return 0;
    });
  });
}
TEST(AccessMatrix, M_121_only_what_is_made_for_others_is_held_by_others) {
  on_every_engine([](World& w) {
    w.as({AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::coordinator}}}, [](db::WriteTx& tx, Gate& gate) -> Result<int> {
      const NewSubject theirs{0, AgencyId(kTheirs), {}, Topic::basic, Sharing::own};
      EXPECT_TRUE(gate.create<NoticeTag>(tx, theirs) && gate.create<ReferralTag>(tx, theirs) && gate.create<TaskTag>(tx, theirs));
      EXPECT_TRUE(gate.create<AgendaItemTag>(tx, theirs) && gate.create<AdviceTag>(tx, theirs));
      EXPECT_EQ(gate.create<HouseholdTag>(tx, theirs).error().code, ErrorCode::not_permitted);
      EXPECT_EQ(gate.create<SupportRecordTag>(tx, theirs).error().code, ErrorCode::not_permitted);
      EXPECT_EQ(gate.create<PlanTag>(tx, theirs).error().code, ErrorCode::not_permitted);
      EXPECT_EQ(gate.create<ConsentTag>(tx, theirs).error().code, ErrorCode::not_permitted);
      return 0;
    });
    // One post that may is enough: who counsels here may also keep the minutes there.
    w.as({AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::coordinator}, {PostId(2), AgencyId(kTheirs), Role::secretary}}}, [](db::WriteTx& tx, Gate& gate) -> Result<int> {
      EXPECT_TRUE(gate.create<HouseholdTag>(tx, {0, AgencyId(kOurs), {}, Topic::basic, Sharing::own}));
      EXPECT_FALSE(gate.create<HouseholdTag>(tx, {0, AgencyId(kTheirs), {}, Topic::basic, Sharing::own})) << "not by the post that may not";
      return 0;
    });
  });
}
TEST(AccessMatrix, M_122_who_classifies_higher_than_it_reads_does_not_read_it) {
  on_every_engine([](World& w) {
    const auto home = w.make<HouseholdTag>(kThem, kTheirHome);
    w.facts([&](db::WriteTx& tx) { add_ground(tx, ground_on(home.value), kSomebody); });
    const auto task = w.make<TaskTag>(kUs, {home.value, AgencyId(kTheirs), {}, Topic::basic | Topic::abuse, Sharing::team});
    EXPECT_FALSE(w.may(kUs, task) || w.lists(kUs, task));
    EXPECT_TRUE(w.may(kThem, task) && w.lists(kThem, task));
  });
}

// ---- the matrix and its tests ---------------------------------------------------------------------------------

TEST(AccessMatrixRows, every_row_has_its_test_and_every_test_its_row) {
  std::ifstream in(KASANE_SOURCE_DIR "/docs/access_matrix.md");
  const std::regex row(R"(^\| (M-\d+) \|)"), name(R"(^M_(\d+)_\w+$)");
  std::set<std::string> rows, tests;
  std::smatch hit;
  for (std::string line; std::getline(in, line);) {
    if (!std::regex_search(line, hit, row)) continue;
    EXPECT_TRUE(rows.insert(hit[1]).second) << hit[1] << " stands twice";
  }
  const auto* all = ::testing::UnitTest::GetInstance();
  for (int s = 0; s < all->total_test_suite_count(); ++s) {
    const auto* suite = all->GetTestSuite(s);
    if (std::string(suite->name()) != "AccessMatrix") continue;
    for (int t = 0; t < suite->total_test_count(); ++t) {
      const std::string test = suite->GetTestInfo(t)->name();
      ASSERT_TRUE(std::regex_match(test, hit, name)) << test << " names no row";
      EXPECT_TRUE(tests.insert("M-" + hit[1].str()).second) << test << ": its row has another test";
    }
  }
  EXPECT_GE(rows.size(), 90u);
  EXPECT_EQ(rows, tests);
}

}  // namespace
}  // namespace kasane::access::matrix
