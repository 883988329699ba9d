#include "access/rules.hpp"

#include <algorithm>

#include "access/groups.hpp"
#include "access/shields.hpp"

namespace kasane::access {

namespace {

constexpr Roles kReaders = kCaseRoles;
constexpr Roles kWriters{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer};
constexpr Roles kSteering{Role::coordinator, Role::city_officer};
constexpr Roles kDeciders{Role::head};
constexpr Roles kOfficersAndHeads{Role::city_officer, Role::head};
constexpr Roles kWritersAndDeciders = kCaseRoles;
constexpr Roles kMeetingReaders{Role::window_counsellor, Role::coordinator, Role::field_worker,
                                Role::city_officer,      Role::head,        Role::meeting_member};

bool changes(Act act) { return act == Act::write || act == Act::create; }

/// Grounds given to look at a household (to decide, to be heard, to answer what was sent), not to work on it. What was
/// put before their holders itself may be answered: that is a direct reach, not one through the household.
bool only_to_read(GroundKind ground) {
  switch (ground) {
    case GroundKind::decision_duty:
    case GroundKind::appointment:
    case GroundKind::danger:
    case GroundKind::own_report:
    case GroundKind::dormant_access:
    case GroundKind::provision:
    case GroundKind::emergency:
    case GroundKind::cooperation:
    case GroundKind::guest:
      return true;
    case GroundKind::consent:
    case GroundKind::transfer_consent:
    case GroundKind::statutory_conference:
    case GroundKind::legal_duty:
    case GroundKind::contract:
    case GroundKind::other_law_meeting:
      return false;
  }
  return true;
}

/// Grounds that lend single records of one holder: on a household they open its own entry and nothing that hangs on it.
bool lends_records(GroundKind ground) { return ground == GroundKind::provision || ground == GroundKind::cooperation; }

/// What goes to and fro between the two sides; all else that they lend is to look at.
bool is_letter(SubjectKind kind) { return kind == SubjectKind::provision || kind == SubjectKind::cooperation_request; }

/// Whether a ground on a household is leave for this act. To decide is the duty of the section that was given it, not of
/// whoever was told of the household to look.
bool leave_through_household(GroundKind ground, Act act) {
  if (changes(act)) return !only_to_read(ground);
  if (act == Act::decide) return !only_to_read(ground) || ground == GroundKind::decision_duty;
  return true;
}

}  // namespace

GroundKind weaker(GroundKind a, GroundKind b) {
  // From the least: what sleeps after closure, leave to look, the duty to decide, leave to work.
  const auto rank = [](GroundKind g) { return g == GroundKind::dormant_access ? 0 : g == GroundKind::decision_duty ? 2 : only_to_read(g) ? 1 : 3; };
  return rank(b) < rank(a) ? b : a;
}

Roles roles_for(SubjectKind kind, Act act) {
  switch (kind) {
    case SubjectKind::household:
    case SubjectKind::person:
    case SubjectKind::membership:
    case SubjectKind::issue:
    case SubjectKind::intake:
    case SubjectKind::referral:
    case SubjectKind::involvement:
    case SubjectKind::support_record:
    case SubjectKind::advice:
    case SubjectKind::consent:
    case SubjectKind::ground_request:
    case SubjectKind::assessment:
    case SubjectKind::support_case:
    case SubjectKind::evaluation:
    case SubjectKind::closure:
    case SubjectKind::protective_measure:
    case SubjectKind::own_view:
      if (act == Act::decide) return {};
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::conflict:  // heads have relatives too; lifting what was declared is for those who write
      if (act == Act::decide) return {};
      return act == Act::write ? kWriters : kReaders;
    case SubjectKind::notice:
      // A commissioner makes a notice but does not read one: the receipt is another record without content.
      if (act == Act::create) return Roles{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer, Role::commissioner, Role::meeting_member};
      if (act == Act::decide) return {};
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::task:
      // A 支援決定 turns the role division into tasks, so heads make them; doing them is for others.
      if (act == Act::decide) return {};
      if (act == Act::create) return kWritersAndDeciders;
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::plan:
      if (act == Act::decide) return kDeciders;
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::decision:
      if (act == Act::decide || changes(act)) return kDeciders;
      return kReaders;
    case SubjectKind::agenda_item:
      if (act == Act::decide) return {};
      return changes(act) ? kSteering : kMeetingReaders;
    case SubjectKind::meeting_session:  // date, place, body: no content
      if (act == Act::decide) return {};
      if (changes(act)) return Roles{Role::coordinator, Role::city_officer, Role::secretary};
      return Roles{Role::window_counsellor, Role::coordinator, Role::field_worker, Role::city_officer,
                   Role::head,              Role::secretary,   Role::meeting_member};
    case SubjectKind::cooperation_request:  // asked by who runs the meeting, answered by whom it is sent to
      if (act == Act::decide) return {};
      if (act == Act::create) return kSteering;
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::guest_link:
      if (act == Act::decide) return {};
      return changes(act) ? kSteering : kMeetingReaders;
    case SubjectKind::meeting_note:  // who sits at the meeting may add a line of its own to an item
      return act == Act::decide ? Roles{} : kMeetingReaders;
    case SubjectKind::provision:
      // One asks, the other answers: who holds the record decides, by an officer or the head of its section.
      if (act == Act::decide) return kOfficersAndHeads;
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::disclosure:
    case SubjectKind::disposal:
    case SubjectKind::legal_hold:
      return kOfficersAndHeads;
    case SubjectKind::emergency_access:
      if (act == Act::decide) return kOfficersAndHeads;  // the review that closes it
      return changes(act) ? kWriters : kReaders;
    case SubjectKind::statistic:
      return act == Act::decide ? Roles{} : Roles{Role::coordinator, Role::city_officer, Role::head};
    case SubjectKind::account:
    case SubjectKind::agency:
    case SubjectKind::post:
    case SubjectKind::settings:
      return act == Act::decide ? Roles{} : Roles{Role::administrator};
    case SubjectKind::audit:
      return changes(act) || act == Act::decide ? Roles{} : Roles{Role::auditor};
  }
  return {};
}

std::vector<std::int64_t> parties_for(const Viewer& viewer, SubjectKind kind, Act act) {
  const Roles allowed = roles_for(kind, act);
  std::vector<std::int64_t> parties;
  for (const Post& post : viewer.posts)
    if (allowed.has(post.role)) parties.push_back(post.agency.value);
  if (parties.empty()) return parties;
  std::sort(parties.begin(), parties.end());
  parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
  parties.push_back(viewer.account.value);
  return parties;
}

bool team_writes(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::support_case:
    case SubjectKind::assessment:
    case SubjectKind::plan:
    case SubjectKind::agenda_item:
    case SubjectKind::meeting_session:
    case SubjectKind::household:
    case SubjectKind::task:
    case SubjectKind::evaluation:
    case SubjectKind::referral:
    case SubjectKind::cooperation_request:
    case SubjectKind::provision:
      return true;
    case SubjectKind::person:
    case SubjectKind::notice:
    case SubjectKind::intake:
    case SubjectKind::involvement:
    case SubjectKind::support_record:
    case SubjectKind::issue:
    case SubjectKind::consent:
    case SubjectKind::ground_request:
    case SubjectKind::decision:
    case SubjectKind::advice:
    case SubjectKind::closure:
    case SubjectKind::membership:
    case SubjectKind::account:
    case SubjectKind::agency:
    case SubjectKind::post:
    case SubjectKind::settings:
    case SubjectKind::audit:
    case SubjectKind::statistic:
    case SubjectKind::protective_measure:
    case SubjectKind::own_view:
    case SubjectKind::disclosure:
    case SubjectKind::disposal:
    case SubjectKind::legal_hold:
    case SubjectKind::emergency_access:
    case SubjectKind::guest_link:
    case SubjectKind::conflict:
    case SubjectKind::meeting_note:
      return false;
  }
  return false;
}

Verdict decide(std::span<const std::int64_t> parties, Act act, const SubjectFacts& subject,
               std::span<const ReachFact> reaches, std::span<const ShieldFact> shields, Date today, Topics needs) {
  const Topics needed = subject.topics | needs;
  const auto mine = [&](std::int64_t party) { return std::find(parties.begin(), parties.end(), party) != parties.end(); };
  if (parties.empty()) return {false, {}, Why::no_role, {}};

  // Ids are unique over all kinds: a shield may also name a root, and then covers everything that hangs on it.
  const auto covered = [&](PersonId about) { return about == subject.person || about.value == subject.root; };
  Topics shielded;
  for (const ShieldFact& s : shields)
    if (mine(s.party) && covered(s.person) && s.from <= today && today <= s.until) shielded = shielded | s.topics;
  if (shielded.meets(needed | matters_of(subject.kind))) return {false, {}, Why::shielded, {}};

  if (mine(subject.holder.value)) return {true, kAllTopics.without(shielded), Why::holder, {}};

  Topics visible;
  Why why = Why::denied;
  std::optional<GroundKind> ground;
  for (const ReachFact& r : reaches) {
    // Reading after closure is no leave to go on writing.
    if ((changes(act) || act == Act::decide) && r.ground == GroundKind::dormant_access) continue;
    if (!mine(r.party) || today < r.from || r.until < today || !r.topics.has_all(needed)) continue;
    const bool direct = r.root == subject.id;
    const bool through_root = r.root == subject.root && subject.sharing == Sharing::team && !lends_records(r.ground) &&
                              (!r.person || !subject.person || *r.person == *subject.person);
    if (!direct && !through_root) continue;
    // The household is what one looks at, never what was put before one to be answered.
    const bool looked_at = subject.kind == SubjectKind::household || (lends_records(r.ground) && !is_letter(subject.kind));
    if ((!direct || looked_at) && !leave_through_household(r.ground, act)) continue;
    visible = visible | r.topics;
    if (why == Why::denied || direct) {
      why = direct ? Why::direct : Why::team;
      ground = r.ground;
    }
  }
  if (why == Why::denied) return {};
  if (changes(act) && !team_writes(subject.kind)) return {};
  return {true, visible.without(shielded), why, ground};
}

}  // namespace kasane::access
