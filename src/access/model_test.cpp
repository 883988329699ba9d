// The decision a second time, in another shape: from two tables typed by hand (tests/access/kinds.tsv, grounds.tsv) it
// puts together, for one viewer and one record, the set of all acts that are allowed and the topics shown with each.
// decide() is compared with it over the whole product of what can lie between a viewer and a record, and over random
// facts with several posts, grounds and shields at once.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <bitset>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "access/matrix_world.hpp"

namespace kasane::access::matrix {
namespace {

constexpr std::int64_t kThird = 300, kFourth = 400;  // agencies besides

// ---- the tables -----------------------------------------------------------------------------------------------

/// Bits in the order of Act: read 1, write 2, create 3, decide 4, print 5, list 6, search 7, count 8.
using Acts = std::uint16_t;
constexpr Acts kLook = (1u << 1) | (1u << 5) | (1u << 6) | (1u << 7) | (1u << 8), kWrite = 1u << 2, kCreate = 1u << 3, kDecide = 1u << 4;

struct Tables {
  std::array<std::array<Acts, kRoleCount + 1>, kKinds + 1> by_role{};  // [kind][role]
  std::array<bool, kKinds + 1> by_holder{};                            // written by its holder alone
  struct Gives {
    Acts household = 0, record = 0, itself = 0;
  };
  std::array<Gives, 16> grounds{};
};

std::vector<std::vector<std::string>> rows_of(const char* file) {
  std::ifstream in(std::string(KASANE_SOURCE_DIR "/tests/access/") + file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, '\t');) rows.back().push_back(field);
  }
  return rows;
}

Tables read_tables() {
  Tables t;
  const std::string letters = "-WCFOHSMNAU";  // at the number of the role
  const auto kinds = rows_of("kinds.tsv"), grounds = rows_of("grounds.tsv");
  EXPECT_EQ(kinds.size(), std::size_t{kKinds});
  for (const auto& row : kinds) {
    const auto kind = static_cast<std::size_t>(std::stoi(row.at(0)));
    const std::pair<std::size_t, Acts> columns[] = {{2, kLook}, {3, kWrite}, {4, kCreate}, {5, kDecide}};
    for (const auto& [column, acts] : columns)
      for (const char letter : row.at(column))
        if (letter != '-') t.by_role.at(kind).at(letters.find(letter)) |= acts;
    t.by_holder.at(kind) = row.at(6) == "holder";
  }
  EXPECT_EQ(grounds.size(), 15u);
  const auto acts_in = [](const std::string& letters_of) {
    Acts acts = 0;
    for (const char c : letters_of)
      if (c != '-') acts |= c == 'l' ? kLook : c == 'w' ? Acts(kWrite | kCreate) : kDecide;
    return acts;
  };
  for (const auto& row : grounds) t.grounds.at(static_cast<std::size_t>(std::stoi(row.at(0)))) = {acts_in(row.at(2)), acts_in(row.at(3)), acts_in(row.at(4))};
  return t;
}

// ---- the second decision --------------------------------------------------------------------------------------

/// What one viewer may do to one record: the acts, and what each shows.
struct Allowed {
  Acts acts = 0;
  std::array<std::uint32_t, 9> shown{};
};

bool holds_on(const Date& from, const Date& until) { return !(kToday < from) && !(until < kToday); }

/// What the shields of one party take away: the acts that its post gives, when they hide the record, and topics of each.
struct Kept {
  Acts hidden = 0;
  std::array<std::uint32_t, 9> topics{};
};
Kept kept_from(const Viewer& viewer, const SubjectFacts& record, Topics fields, const std::array<Acts, kRoleCount + 1>& roles, std::span<const ShieldFact> shields) {
  Kept kept;
  const std::uint32_t meets = fields.bits() | (record.kind == SubjectKind::person ? 0 : 1u << 16);
  for (const ShieldFact& s : shields) {
    const bool about = s.person.value == record.root || (record.person.has_value() && s.person.value == record.person->value);
    if (!about || !holds_on(s.from, s.until)) continue;
    Acts touched = 0;
    for (const Post& post : viewer.posts)
      if (s.party == post.agency.value || s.party == viewer.account.value) touched |= roles[static_cast<std::size_t>(post.role)];
    if ((s.topics.bits() & meets) != 0) kept.hidden |= touched;
    for (std::size_t a = 1; a < kept.topics.size(); ++a)
      if ((touched >> a & 1) != 0) kept.topics[a] |= s.topics.bits();
  }
  return kept;
}

/// What a ground gives to its party, by where it leads.
Acts given(const Tables& t, const ReachFact& r, const SubjectFacts& record, Topics fields) {
  if (!holds_on(r.from, r.until)) return 0;
  if ((fields.bits() & ~r.topics.bits()) != 0) return 0;
  const auto& gives = t.grounds[static_cast<std::size_t>(r.ground)];
  Acts acts = 0;
  if (r.root == record.id) {
    const bool letter = record.kind == SubjectKind::provision || record.kind == SubjectKind::cooperation_request;
    const bool lent = r.ground == GroundKind::provision || r.ground == GroundKind::cooperation;
    acts = record.kind == SubjectKind::household ? gives.itself : lent && letter ? Acts(kLook | kWrite | kCreate | kDecide) : gives.record;
  } else if (r.root == record.root && record.sharing == Sharing::team) {
    const bool of_somebody_else = r.person.has_value() && record.person.has_value() && r.person->value != record.person->value;
    acts = of_somebody_else ? 0 : gives.household;
  }
  return t.by_holder[static_cast<std::size_t>(record.kind)] ? Acts(acts & ~(kWrite | kCreate)) : acts;
}

/// `more`: what a list shows besides the topics of the record.
Allowed reference(const Tables& t, const Viewer& viewer, const SubjectFacts& record, std::span<const ReachFact> reaches, std::span<const ShieldFact> shields, Topics more = {}) {
  Allowed out;
  const Topics fields = record.topics | more;
  const auto& roles = t.by_role[static_cast<std::size_t>(record.kind)];
  const Kept kept = kept_from(viewer, record, fields, roles, shields);
  Acts any = 0;
  const auto add = [&](Acts given_acts, std::uint32_t topics) {
    const Acts acts = given_acts & ~kept.hidden;
    out.acts |= acts;
    for (std::size_t a = 1; a < out.shown.size(); ++a)
      if ((acts >> a & 1) != 0) out.shown[a] |= topics & ~kept.topics[a];
  };
  Acts held = 0;
  for (const Post& post : viewer.posts) {
    const Acts mine = roles[static_cast<std::size_t>(post.role)];
    any |= mine;
    if (post.agency == record.holder) held |= mine;
  }
  add(held, kAllTopics.bits());
  for (const ReachFact& r : reaches) {
    Acts mine = r.party == viewer.account.value ? any : Acts(0);
    for (const Post& post : viewer.posts)
      if (post.agency.value == r.party) mine |= roles[static_cast<std::size_t>(post.role)];
    add(Acts(mine & given(t, r, record, fields)), r.topics.bits());
  }
  return out;
}

/// Parties for each act, made outside the loops.
using Parties = std::array<std::vector<std::int64_t>, 9>;
Parties parties_of(const Viewer& viewer, SubjectKind kind) {
  Parties all;
  for (const Act act : kEveryAct) all[static_cast<std::size_t>(act)] = parties_for(viewer, kind, act);
  return all;
}

class Model : public ::testing::Test {
 protected:
  /// Compares these acts; counts them. Says of the first ten differences what they are.
  void compare(const Viewer& viewer, const Parties& parties, std::span<const Act> acts, const SubjectFacts& record, std::span<const ReachFact> reaches,
               std::span<const ShieldFact> shields, const char* product, Topics more = {}) {
    const Allowed wanted = reference(tables_, viewer, record, reaches, shields, more);
    for (const Act act : acts) {
      const auto a = static_cast<std::size_t>(act);
      const Verdict got = decide(parties[a], act, record, reaches, shields, kToday, more);
      ++compared_;
      const bool allowed = (wanted.acts >> a & 1) != 0;
      if (got.allowed == allowed && got.visible.bits() == wanted.shown[a]) continue;
      if (++different_ > 10) continue;
      ADD_FAILURE() << product << ": kind " << int(record.kind) << " act " << a << " role " << int(viewer.posts.front().role) << " sharing " << int(record.sharing)
                    << " ground " << (reaches.empty() ? 0 : int(reaches.front().ground)) << " on " << (reaches.empty() ? 0 : reaches.front().root) << " shields "
                    << shields.size() << ": decide() says " << got.allowed << ", the tables " << allowed;
    }
  }
  void every_kind_and_role();
  void every_kind_role_ground_and_shield();
  void every_ground_and_shield();

  Tables tables_ = read_tables();
  std::int64_t compared_ = 0, different_ = 0;
};

SubjectFacts record_of(SubjectKind kind) {
  SubjectFacts record{kind, kRecord, kHome, AgencyId(kTheirs), std::nullopt, Topic::plan, Sharing::team};
  if (kind == SubjectKind::household) record.id = kHome;
  return record;
}

// Every kind, role and act; who holds it, whether it is kept, is its own root, is about somebody; each ground on the
// household or on the record.
void Model::every_kind_and_role() {
  for (int k = 1; k <= kKinds; ++k)
    for (int r = 1; r <= kRoleCount; ++r) {
      const auto kind = static_cast<SubjectKind>(k);
      const Viewer viewer{AccountId(kMe), {{PostId(1), AgencyId(kOurs), static_cast<Role>(r)}}};
      const Parties parties = parties_of(viewer, kind);
      for (int bits = 0; bits < 16; ++bits) {
        SubjectFacts record = record_of(kind);
        if (bits & 1) record.holder = AgencyId(kOurs);
        if (bits & 2) record.sharing = Sharing::own;
        if (bits & 4) record.root = record.id;
        if (bits & 8) record.person = kMother;
        compare(viewer, parties, kEveryAct, record, {}, {}, "no ground");
        for (int ground = 1; ground <= 15; ++ground)
          for (const std::int64_t on : {kHome, kRecord}) {
            const ReachFact reach{kOurs, on, std::nullopt, kStandardScope, day(0), day(20), static_cast<GroundKind>(ground), 1};
            compare(viewer, parties, kEveryAct, record, {&reach, 1}, {}, "every kind");
          }
      }
    }
}

/// Each way in which a shield can meet a record, or just miss it.
std::vector<std::vector<ShieldFact>> shield_cases() {
  const auto one = [](std::int64_t party, std::int64_t about, Topics topics, int from, int until) { return ShieldFact{party, PersonId(about), topics, day(from), day(until)}; };
  return {{},
          {one(kOurs, kMother.value, Topic::plan, 0, 20)},
          {one(kOurs, kMother.value, Topic::contact, 0, 20)},
          {one(kOurs, kSon.value, kAllTopics | kMatters, 0, 20)},
          {one(kOurs, kHome, Topic::plan, 10, 10)},
          {one(kMe, kMother.value, kMatters, 10, 10)},
          {one(kOurs, kHome, kMatters | Topic::contact, 0, 20)},
          {one(kOurs, kMother.value, kAllTopics, 11, 20), one(kMe, kMother.value, kAllTopics, 0, 9)},
          {one(kOurs, kMother.value, Topic::health, 0, 20), one(kMe, kHome, Topic::work, 0, 20)}};
}

// The whole product: kind, role, relation of the record to viewer and household, ground, shield, act and what the page shows.
// One day: what dates do is in the others.
void Model::every_kind_role_ground_and_shield() {
  const auto shields = shield_cases();
  const Topics shown[] = {{}, Topic::contact, Topic::health | Topic::family};
  enum : std::size_t { of_team, about_mother, own_root, ours, relations };
  for (int k = 1; k <= kKinds; ++k)
    for (int r = 1; r <= kRoleCount; ++r) {
      const auto kind = static_cast<SubjectKind>(k);
      const Viewer viewer{AccountId(kMe), {{PostId(1), AgencyId(kOurs), static_cast<Role>(r)}}};
      const Parties parties = parties_of(viewer, kind);
      for (std::size_t relation = of_team; relation < relations; ++relation) {
        SubjectFacts record = record_of(kind);
        if (relation == about_mother) record.person = kMother;
        if (relation == own_root) record.root = record.id;
        if (relation == ours) record.holder = AgencyId(kOurs);
        // Who holds it looks on no ground; without a ground nobody else looks at all.
        const int last_ground = relation == ours ? 0 : 15;
        for (int ground = 0; ground <= last_ground; ++ground) {
          const ReachFact reach{kOurs, relation == own_root ? record.id : kHome, std::nullopt, kStandardScope, day(0), day(20), static_cast<GroundKind>(std::max(ground, 1)), 1};
          const std::span<const ReachFact> reaches(&reach, ground == 0 ? 0 : 1);
          for (const auto& shield : shields)
            for (const Topics more : shown) compare(viewer, parties, kEveryAct, record, reaches, shield, "whole product", more);
        }
      }
    }
}

// What a ground can differ in, times what a shield can differ in, for the kinds that differ in anything.
void Model::every_ground_and_shield() {
  const auto shields = shield_cases();
  constexpr Act kWorkerActs[] = {Act::read, Act::list, Act::write, Act::create}, kHeadActs[] = {Act::decide};
  const Viewer worker{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::coordinator}}}, head{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::head}}};
  constexpr GroundKind kGrounds[] = {GroundKind::consent, GroundKind::danger, GroundKind::decision_duty, GroundKind::dormant_access, GroundKind::guest};
  const std::pair<int, int> spans[] = {{11, 20}, {10, 10}, {0, 9}};
  for (const SubjectKind kind : {SubjectKind::household, SubjectKind::person, SubjectKind::plan, SubjectKind::support_record}) {
    const Parties of_worker = parties_of(worker, kind), of_head = parties_of(head, kind);
    for (int bits = 0; bits < 16; ++bits) {
      SubjectFacts record = record_of(kind);
      if (bits & 1) record.sharing = Sharing::own;
      if (bits & 2) record.root = record.id;
      if (bits & 4) record.person = kMother;
      if (bits & 8) record.holder = AgencyId(kOurs);
      for (const auto& shield : shields)
        for (const GroundKind ground : kGrounds)
          for (const std::int64_t on : {kHome, kRecord, kHome + 1})
            for (const std::int64_t person : {std::int64_t{0}, kMother.value, kSon.value})
              for (const auto& [from, until] : spans)
                for (const Topics topics : {kStandardScope, kStandardScope.without(Topic::plan)})
                  for (const std::int64_t party : {kOurs, kMe, kColleague}) {
                    ReachFact reach{party, on, std::nullopt, topics, day(from), day(until), ground, 1};
                    if (person != 0) reach.person = PersonId(person);
                    // Where the holder looks on, the ground does not matter: once is enough.
                    if ((bits & 8) != 0 && (ground != GroundKind::consent || person != 0 || party != kOurs)) continue;
                    compare(worker, of_worker, kWorkerActs, record, {&reach, 1}, shield, "grounds and shields");
                    compare(head, of_head, kHeadActs, record, {&reach, 1}, shield, "grounds and shields");
                  }
    }
  }
}

TEST_F(Model, says_the_same_as_decide_over_the_whole_product) {
  every_kind_and_role();
  const std::int64_t first = compared_;
  every_kind_role_ground_and_shield();
  const std::int64_t second = compared_;
  EXPECT_GE(second - first, 1'000'000);
  every_ground_and_shield();
  EXPECT_EQ(different_, 0);
  std::printf("compared %lld combinations (kinds, roles and relations: %lld; these with grounds, shields and fields: %lld; dates and parties: %lld), %lld different\n",
              static_cast<long long>(compared_), static_cast<long long>(first), static_cast<long long>(second - first), static_cast<long long>(compared_ - second),
              static_cast<long long>(different_));
  RecordProperty("compared", static_cast<int>(compared_));
}

// Several posts, several grounds, several shields at once, the household among the records that are asked for.
TEST_F(Model, says_the_same_as_decide_over_random_facts) {
  const auto topics = rc::gen::map(rc::gen::inRange<std::uint32_t>(1, 8), [](std::uint32_t bits) { return Topics(bits); });
  bool held = true;
  for (int round = 0; round < 20 && held; ++round) held = rc::check([&] {
    Viewer viewer{AccountId(kMe), {}};
    for (int i = 0, n = *rc::gen::inRange(1, 4); i < n; ++i)
      viewer.posts.push_back({PostId(i + 1), AgencyId(*rc::gen::element(kOurs, kTheirs, kThird)), static_cast<Role>(*rc::gen::weightedElement<int>({{3, 2}, {2, 4}, {4, 5}, {1, 6}, {1, 9}}))});
    SubjectFacts record = record_of(*rc::gen::arbitrary<bool>() ? SubjectKind::plan : static_cast<SubjectKind>(*rc::gen::inRange(1, kKinds + 1)));
    record.holder = AgencyId(*rc::gen::element(kOurs, kTheirs, kFourth));
    record.topics = *topics;
    record.sharing = *rc::gen::element(Sharing::own, Sharing::team);
    if (*rc::gen::inRange(0, 3) != 0) record.person = *rc::gen::element(kMother, kSon);
    if (*rc::gen::inRange(0, 4) == 0) record.root = record.id;
    std::vector<ReachFact> reaches;
    for (int i = 0, n = *rc::gen::inRange(0, 6); i < n; ++i) {
      ReachFact r{*rc::gen::element(kOurs, kTheirs, kThird, kMe, kColleague), *rc::gen::element(kHome, kRecord, kHome + 1), std::nullopt, *topics | *topics,
                  day(*rc::gen::weightedElement<int>({{5, 8}, {2, 10}, {1, 11}})), day(*rc::gen::weightedElement<int>({{1, 9}, {2, 10}, {5, 12}})),
                  static_cast<GroundKind>(*rc::gen::inRange(1, 16)), 1};
      if (*rc::gen::arbitrary<bool>()) r.person = *rc::gen::element(kMother, kSon);
      reaches.push_back(r);
    }
    std::vector<ShieldFact> shields;
    for (int i = 0, n = *rc::gen::inRange(0, 3); i < n; ++i)
      shields.push_back({*rc::gen::element(kOurs, kTheirs, kThird, kMe, kColleague), PersonId(*rc::gen::element(kMother.value, kSon.value, kHome)),
                     *rc::gen::element(*topics, kMatters), day(*rc::gen::weightedElement<int>({{5, 8}, {2, 10}, {1, 11}})), day(*rc::gen::weightedElement<int>({{1, 9}, {2, 10}, {5, 12}}))});
    const Allowed wanted = reference(tables_, viewer, record, reaches, shields);
    Acts got = 0;
    for (const Act act : kEveryAct) {
      const Verdict v = decide(parties_for(viewer, record.kind, act), act, record, reaches, shields, kToday);
      if (v.allowed) got |= Acts(1u << static_cast<unsigned>(act));
      RC_ASSERT(v.visible.bits() == wanted.shown[static_cast<std::size_t>(act)]);
    }
    RC_ASSERT(got == wanted.acts);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace kasane::access::matrix
