// What a submitted plan waits for: first the sitting that judges it, then the 支援決定. The deciders' clock runs from the
// finding; until then their line says that a sitting comes first, and when. The meeting room tells planning of its agendas.
#pragma once
#include <optional>

#include "access/facts.hpp"
#include "base/date.hpp"
#include "db/tx.hpp"
#include "planning/model.hpp"

namespace kasane::planning {

/// The sitting before which a plan lies.
struct Laid {
  AgendaItemId item;
  Date on;
};

/// A submitted plan is on the agenda of a sitting on that day, also when the day is moved. Any other plan: nothing.
void lay_before_sitting(db::WriteTx& tx, PlanId id, const Laid& laid, UtcMs now);
/// Off that agenda again without a finding: some other sitting is waited for.
void take_from_sitting(db::WriteTx& tx, PlanId id, AgendaItemId item, Date today, UtcMs now);
/// The sitting found that it may be decided: the deciders have their days from then on.
void wait_for_decision(db::WriteTx& tx, const PlanHead& plan, Date found_on, const access::Actor& actor);
std::optional<Laid> laid_before(db::ReadTx& tx, PlanId id);

}  // namespace kasane::planning
