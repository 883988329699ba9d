// Writing the facts that decisions rest on. Higher rooms call these in their own transaction, after a permit; each
// change projects the reach of its root anew, so that a withdrawal works with the commit.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/model.hpp"
#include "db/tx.hpp"

namespace kasane::access {

/// A lawful ground on which others than the holder may see what hangs on a root (or just one record, when root is
/// that record's id).
struct Ground {
  GroundKind kind = GroundKind::consent;
  std::int64_t root = 0;
  std::optional<PersonId> person;      // whose consent; nothing: whoever is concerned
  Topics topics;
  bool team = false;                   // true: all who are in the team except `excluded`; false: just `named`
  std::vector<std::int64_t> named;
  std::vector<std::int64_t> excluded;
  Date from;
  Date until;                          // inclusive; Date::from_iso(kForever) for open end
  std::string basis;                   // statute or form text version it rests on, e.g. "社会福祉法106条の6 (R3.4.1)"
  std::int64_t source = 0;             // consent, referral, session item … that carries it
};

/// A ground as stored, for the projection.
struct StoredGround {
  std::int64_t id = 0;
  Ground ground;
  std::optional<Date> revoked_on;
};
struct TeamMember {
  std::int64_t party = 0;
  Date from;
  Date until;
};

/// Pure: which parties reach the root through these grounds. A revoked ground gives nothing from its day on.
std::vector<ReachFact> project(const std::vector<StoredGround>& grounds, const std::vector<TeamMember>& team);

/// Who writes: for acts, grounds and audit.
struct Actor {
  AccountId account;
  AgencyId agency;
  UtcMs now = 0;
};

/// Stores the ground and projects. The id of the ground.
std::int64_t add_ground(db::WriteTx& tx, const Ground& ground, const Actor& actor);
/// Ends every ground that this source carries, from `on` (that day included: sharing stops at once). Number ended.
std::int64_t revoke_grounds(db::WriteTx& tx, std::int64_t source, Date on);
/// Ends every ground of this kind on this root, from `on` (that day included), whatever its source: when the work ends
/// for which it was given. Number ended.
std::int64_t end_grounds(db::WriteTx& tx, std::int64_t root, GroundKind kind, Date on);
/// Ends what rests on spoken consent (and what sleeps after closure on that) on this root, as far as it is about this
/// person or about whoever is concerned, from `on` (that day included). The parties whom it reached, each once.
std::vector<std::int64_t> end_spoken_consent(db::WriteTx& tx, std::int64_t root, PersonId person, Date on);
/// Parties who reach the root today through grounds of this source (what a withdrawal will stop).
std::vector<std::int64_t> reached_by_source(db::ReadTx& tx, std::int64_t source);

/// Adds or extends membership of the team around a root.
void join_team(db::WriteTx& tx, std::int64_t root, std::int64_t party, Date from, Date until);
/// Ends membership with the day before `on`.
void leave_team(db::WriteTx& tx, std::int64_t root, std::int64_t party, Date on);
std::vector<TeamMember> team_of(db::ReadTx& tx, std::int64_t root);

/// A record gets another root, when a household becomes known for it.
void move_to_root(db::WriteTx& tx, SubjectRef subject, std::int64_t root);
void set_sharing(db::WriteTx& tx, SubjectRef subject, Sharing sharing);
void set_holder(db::WriteTx& tx, SubjectRef subject, AgencyId holder);
/// Whom the record is about; nothing: nobody in particular, or several.
void set_person(db::WriteTx& tx, SubjectRef subject, std::optional<PersonId> person);

struct NewShield {
  std::vector<std::int64_t> parties;
  PersonId person;
  Topics topics;
  Date from;
  Date until;
  std::int64_t source = 0;
};
void add_shield(db::WriteTx& tx, const NewShield& shield);
void end_shields(db::WriteTx& tx, std::int64_t source, Date on);

/// The register of acts: what indicators are counted from. `kind` and `code` are codes, never text about a person.
struct ActEntry {
  const char* kind = "";           // e.g. "plan.decided"; the list is in docs/acts.md
  Date held_on;
  std::int64_t root = 0;
  std::optional<PersonId> person;
  SubjectRef subject;
  std::string code;                // e.g. kind of plan, outcome
  std::string service;             // statutory service code, when attributed
  std::optional<std::int64_t> undoes;  // an earlier act that this one corrects
};
std::int64_t note_act(db::WriteTx& tx, const ActEntry& entry, const Actor& actor);

}  // namespace kasane::access
