// Records about several persons at once (a plan for mother and son): what one of them agreed to does not open what is
// about the other. Such a record is about a group, which stands where a person stands in the facts; a party reaches the
// group where it reaches each of its persons. Those reaches are projected, so that the decision knows nothing of groups.
#pragma once
#include <optional>
#include <vector>

#include "access/facts.hpp"

namespace kasane::access {

/// Whom the record is about. Nobody: nobody in particular. Several: reached only by who reaches each of them; and kept
/// from whoever is kept from one of them. Projects the root of the record anew.
void set_persons(db::WriteTx& tx, SubjectRef subject, const std::vector<PersonId>& persons);
/// Whom the record is about, as set_persons keeps it; nobody when it is about nobody in particular.
std::vector<PersonId> persons_of(db::ReadTx& tx, SubjectRef subject);
/// The parties whom some ground, whether it stands or has ended, let reach the record itself or what hangs on its root.
/// Whom a ground leaves out is not among them. By id, each once; without the holder.
std::vector<std::int64_t> ever_reached(db::ReadTx& tx, SubjectRef subject);
/// The person of a record's facts, when it is one and not a group: for registers that count persons.
std::optional<PersonId> sole_person(db::ReadTx& tx, std::optional<PersonId> person);

/// Whoever is kept from the person is kept from every group with it: to be called after the person's shields changed.
void shield_groups_with(db::WriteTx& tx, PersonId person);

struct Group {
  PersonId id;                      // stands for all of them in subjects, reaches and shields
  std::vector<PersonId> persons;    // at least two
};
/// Pure: what the parties of `reaches` (all of one root) reach of the group: on the days, in the topics in which one
/// party reaches every person of it. `source` of the result is 0: it rests on more than one ground.
std::vector<ReachFact> reaches_of_group(const Group& group, const std::vector<ReachFact>& reaches);

/// Of two grounds that are needed together, the one that allows less. Defined beside the decision.
GroundKind weaker(GroundKind a, GroundKind b);

}  // namespace kasane::access
