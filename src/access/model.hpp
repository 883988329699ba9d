// Who may see or do what, on which ground: the types. Facts (subject, reach, shield) are rows that higher rooms
// write through access/facts.hpp in their own transaction; access never calls up.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/role.hpp"

namespace kasane::access {

/// What a record or a field is about. A consent names topics; a field is masked for those who may not see its topic.
/// The bit is stored: never reuse one.
enum class Topic : std::uint32_t {
  basic = 1u << 0,          // who lives there: names, age, relation; that the household is known
  contact = 1u << 1,        // address, telephone, safe contact
  health = 1u << 2,         // illness, disability, care
  economy = 1u << 3,        // income, debts, arrears
  work = 1u << 4,           // work, school
  family = 1u << 5,         // relations inside the family
  child = 1u << 6,          // child rearing, own view of a child
  abuse = 1u << 7,          // reports of abuse and what follows from them
  safety = 1u << 8,         // visit-safety note, for those who visit
  housing = 1u << 9,        // dwelling, hygiene
  plan = 1u << 10,          // assessment, plan, goals, roles
  record = 1u << 11,        // support records
  meeting = 1u << 12,       // agenda items and what was found
  tax = 1u << 13,           // items of tax and fee sections
  reporter = 1u << 14,      // who reported or consulted on behalf
  participation = 1u << 15, // participation support: menus, host organisations
};

class Topics {
 public:
  constexpr Topics() = default;
  constexpr Topics(Topic t) : bits_(static_cast<std::uint32_t>(t)) {}  // NOLINT: a topic is a set of one
  constexpr explicit Topics(std::uint32_t bits) : bits_(bits) {}
  constexpr bool has_all(Topics o) const { return (bits_ & o.bits_) == o.bits_; }
  constexpr bool meets(Topics o) const { return (bits_ & o.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  friend constexpr Topics operator|(Topics a, Topics b) { return Topics(a.bits_ | b.bits_); }
  friend constexpr Topics operator&(Topics a, Topics b) { return Topics(a.bits_ & b.bits_); }
  constexpr Topics without(Topics o) const { return Topics(bits_ & ~o.bits_); }
  friend constexpr bool operator==(Topics, Topics) = default;

 private:
  std::uint32_t bits_ = 0;
};
constexpr Topics operator|(Topic a, Topic b) { return Topics(a) | Topics(b); }
inline constexpr Topics kAllTopics{0xffffu};
/// What one tick 「標準の範囲」 covers unless the city's sheet says otherwise.
inline constexpr Topics kStandardScope = kAllTopics.without(Topic::abuse | Topic::safety | Topic::tax | Topic::reporter);

enum class Act : std::uint8_t { read = 1, write = 2, create = 3, decide = 4, print = 5, list = 6, search = 7, count = 8 };

/// Whether a record leaves its holder at all. `own`: only the holder's staff (and those reached for this very record).
/// `team`: also those who reach its root on a ground.
enum class Sharing : std::uint8_t { own = 0, team = 1 };

/// Why somebody other than the holder may see. The number is stored: never reuse one.
enum class GroundKind : std::uint8_t {
  consent = 1,            // 情報共有同意 of the person
  transfer_consent = 2,   // spoken consent to pass this referral on
  statutory_conference = 3,  // 社会福祉法106条の6: asked for, or on the agenda of, a 支援会議
  legal_duty = 4,         // 通告・通報 and other legal duties
  danger = 5,             // danger to life, body or property
  own_report = 6,         // addressee of a notice or an anonymous referral without identifiers
  decision_duty = 7,      // the city's section that takes the 支援決定
  contract = 8,           // entrusted programme (個人情報保護法27条 and the contract), within the purpose
  dormant_access = 9,     // time-boxed access after closure
  appointment = 10,       // appointed (委嘱) for one agenda item
  other_law_meeting = 11, // a meeting under another law (介護保険法115条の48 and the like), for that law's persons and matters
  provision = 12,         // 個人情報保護法69条: use or provision outside the purpose, asked for, answered and numbered
  emergency = 13,         // opened in an emergency by one account, with a reason, for hours, reviewed afterwards
  cooperation = 14,       // 社会福祉法106条の6第3項: what somebody must know to answer a numbered 協力依頼
  guest = 15,             // one link to the packet of one agenda item
};

/// One post of the signed-in account: a role in an agency. Only posts valid today are in a Viewer.
struct Post {
  PostId id;
  AgencyId agency;
  Role role;
};

/// The signed-in account with all its posts at once.
struct Viewer {
  AccountId account;
  std::vector<Post> posts;
  Roles roles() const {
    Roles r;
    for (const Post& p : posts) r.add(p.role);
    return r;
  }
  bool in_agency(AgencyId a) const {
    for (const Post& p : posts)
      if (p.agency == a) return true;
    return false;
  }
};

inline constexpr const char* kForever = "9999-12-31";

/// Every controlled record has one row of these facts.
struct SubjectFacts {
  SubjectKind kind;
  std::int64_t id = 0;
  std::int64_t root = 0;         // household id, or the record's own id while no household is known
  AgencyId holder;               // the agency that holds the record (保有者)
  std::optional<PersonId> person;  // whom it is about, when it is about one person
  Topics topics;                 // what one must be allowed to see to know the record exists
  Sharing sharing = Sharing::own;
};

/// A projection of grounds: `party` (an agency or an account) may see what hangs on `root` within `topics`.
struct ReachFact {
  std::int64_t party = 0;
  std::int64_t root = 0;            // household id; or one record's id for a reach to just that record
  std::optional<PersonId> person;   // only what is about this person or about nobody in particular
  Topics topics;
  Date from;
  Date until;                       // inclusive
  GroundKind ground = GroundKind::consent;
  std::int64_t source = 0;          // id of the ground row
};

/// Keeps `party` from what is about `person` within `topics`, whatever else allows it. Never shown.
struct ShieldFact {
  std::int64_t party = 0;
  PersonId person;
  Topics topics;
  Date from;
  Date until;  // inclusive
};

enum class Why : std::uint8_t { denied, no_role, shielded, holder, team, direct };

struct Verdict {
  bool allowed = false;
  Topics visible;   // fields of these topics are shown
  Why why = Why::denied;
  std::optional<GroundKind> ground;
};

}  // namespace kasane::access
