// For the tests of docs/access_matrix.md: one viewer, one record, and what lies between them, said in a line.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "access/rules.hpp"
#include "access/shields.hpp"

namespace kasane::access::matrix {

inline constexpr std::int64_t kOurs = 100, kTheirs = 200, kMe = 900, kColleague = 901, kHome = 50, kRecord = 1;
inline const PersonId kMother{7}, kSon{8};

inline Date day(int d) { return Date::from_ymd(2026, 11, 1)->plus_days(d); }
inline const Date kToday = day(10);

inline const std::vector<Role> kWorkers{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};
inline const std::vector<Role> kOthers{Role::secretary, Role::meeting_member, Role::commissioner, Role::administrator, Role::auditor};
inline const std::vector<Act> kLooks{Act::read, Act::list, Act::search, Act::count, Act::print};
inline const std::vector<Act> kEveryAct{Act::read, Act::list, Act::search, Act::count, Act::print, Act::write, Act::create, Act::decide};

inline const std::vector<GroundKind> kWorking{GroundKind::consent,    GroundKind::transfer_consent, GroundKind::statutory_conference,
                                              GroundKind::legal_duty, GroundKind::contract,         GroundKind::other_law_meeting};
inline const std::vector<GroundKind> kLooking{GroundKind::decision_duty, GroundKind::appointment, GroundKind::danger,      GroundKind::own_report,
                                              GroundKind::provision,     GroundKind::emergency,   GroundKind::cooperation, GroundKind::guest};
/// What they lend is lent record by record: nothing is reached through the household.
inline bool lends(GroundKind ground) { return ground == GroundKind::provision || ground == GroundKind::cooperation; }
inline std::vector<GroundKind> every_ground() {
  std::vector<GroundKind> all = kWorking;
  all.insert(all.end(), kLooking.begin(), kLooking.end());
  all.push_back(GroundKind::dormant_access);
  return all;
}

/// Those that lead from a household to what hangs on it.
inline std::vector<GroundKind> every_ground_on_households() {
  std::vector<GroundKind> all = every_ground();
  std::erase_if(all, lends);
  return all;
}

/// What hangs on a household and is no decision, task, agenda item or matter of the archive.
inline const std::vector<SubjectKind> kAboutHouseholds{
    SubjectKind::household,   SubjectKind::person,       SubjectKind::membership,         SubjectKind::issue,    SubjectKind::intake,
    SubjectKind::referral,    SubjectKind::involvement,  SubjectKind::support_record,     SubjectKind::advice,   SubjectKind::consent,
    SubjectKind::assessment,  SubjectKind::support_case, SubjectKind::evaluation,         SubjectKind::closure,  SubjectKind::ground_request,
    SubjectKind::own_view,    SubjectKind::plan,         SubjectKind::protective_measure, SubjectKind::notice,   SubjectKind::emergency_access,
    SubjectKind::provision};
inline const std::vector<SubjectKind> kWrittenTogether{
    SubjectKind::support_case, SubjectKind::assessment, SubjectKind::plan,     SubjectKind::agenda_item,         SubjectKind::meeting_session, SubjectKind::household,
    SubjectKind::task,         SubjectKind::evaluation, SubjectKind::referral, SubjectKind::cooperation_request, SubjectKind::provision};
inline constexpr int kKinds = 38;

/// By itself: a worker of one agency and a shared record about the mother, held by another agency, and nothing between.
class Scene {
 public:
  explicit Scene(SubjectKind kind, Topics topics = Topic::plan) : subject_{kind, kRecord, kHome, AgencyId(kTheirs), kMother, topics, Sharing::team} {
    if (kind != SubjectKind::household) return;
    subject_.id = kHome;
    subject_.person.reset();
  }
  Scene& as(Role role) { return posts({{PostId(1), AgencyId(kOurs), role}}); }
  Scene& posts(std::vector<Post> posts) {
    viewer_.posts = std::move(posts);
    return *this;
  }
  Scene& held() {
    subject_.holder = AgencyId(kOurs);
    return *this;
  }
  Scene& kept() {
    subject_.sharing = Sharing::own;
    return *this;
  }
  Scene& about(std::optional<PersonId> person) {
    subject_.person = person;
    return *this;
  }
  /// No household is known for it yet.
  Scene& own_root() {
    subject_.root = subject_.id;
    return *this;
  }
  Scene& through(GroundKind ground, Topics topics = kStandardScope) { return reach(ground, subject_.root, topics); }
  Scene& put_before(GroundKind ground, Topics topics = kStandardScope) { return reach(ground, subject_.id, topics); }
  Scene& elsewhere(GroundKind ground) { return reach(ground, kHome + 1, kStandardScope); }
  // The last ground:
  Scene& of(PersonId person) {
    reaches_.back().person = person;
    return *this;
  }
  Scene& to(std::int64_t party) {
    reaches_.back().party = party;
    return *this;
  }
  Scene& days(int from, int until) {
    reaches_.back().from = day(from);
    reaches_.back().until = day(until);
    return *this;
  }
  Scene& shield(Topics topics, std::int64_t about = kMother.value, std::int64_t party = kOurs, int from = 0, int until = 20) {
    shields_.push_back({party, PersonId(about), topics, day(from), day(until)});
    return *this;
  }

  Verdict ask(Act act, Topics needs = {}) const {
    return decide(parties_for(viewer_, subject_.kind, act), act, subject_, reaches_, shields_, kToday, needs);
  }
  bool may(Act act) const { return ask(act).allowed; }
  /// To open, list, search, count and print have one answer.
  bool looks() const {
    for (const Act act : kLooks) EXPECT_EQ(may(act), may(Act::read)) << "act " << int(act) << " on kind " << int(subject_.kind);
    return may(Act::read);
  }
  bool does_nothing() const {
    for (const Act act : kEveryAct)
      if (may(act)) return false;
    return true;
  }
  bool shows(Topics topics) const { return ask(Act::read).visible.has_all(topics); }

 private:
  Scene& reach(GroundKind ground, std::int64_t root, Topics topics) {
    reaches_.push_back({kOurs, root, std::nullopt, topics, day(0), day(20), ground, 1});
    return *this;
  }
  Viewer viewer_{AccountId(kMe), {{PostId(1), AgencyId(kOurs), Role::window_counsellor}}};
  SubjectFacts subject_;
  std::vector<ReachFact> reaches_;
  std::vector<ShieldFact> shields_;
};

}  // namespace kasane::access::matrix
