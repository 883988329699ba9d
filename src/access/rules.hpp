// The decision, pure and small enough to read in one sitting. The SQL predicate in scope.cpp says the same for many
// records; a property test holds the two equal.
#pragma once
#include <span>

#include "access/model.hpp"

namespace kasane::access {

/// Roles that may do `act` to records of `kind` at all (within the posts' own agencies and reach).
Roles roles_for(SubjectKind kind, Act act);

/// Agencies of those posts of the viewer whose role may do this, then the account itself. The account is a party so
/// that one person can be reached (an adviser for one item); it comes only with a role that may do this.
std::vector<std::int64_t> parties_for(const Viewer& viewer, SubjectKind kind, Act act);

/// May a viewer whose parties are `parties` do `act` to this record on `today`?
/// `reaches`: rows whose root is the record's root or the record itself. `shields`: rows about the record's person.
/// `needs`: topics that a list will show, besides those of the record; a reach that lacks one does not count.
/// No rule matching means no.
Verdict decide(std::span<const std::int64_t> parties, Act act, const SubjectFacts& subject,
               std::span<const ReachFact> reaches, std::span<const ShieldFact> shields, Date today, Topics needs = {});

/// Records that a team writes together once they can see them (assessment, plan, case, agenda); all others are
/// written by their holder only.
bool team_writes(SubjectKind kind);

}  // namespace kasane::access
