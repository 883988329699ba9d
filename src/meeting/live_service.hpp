// Running a sitting: begun with its attendance, item after item, ended. Who hosts it works for an agency that may call one of
// its bodies; any host goes on where another stopped, as nothing of it is in a browser. Who follows it may open something
// of it or sits there. Leaving an item, and the part of a body, closes what was open for that long only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/live_model.hpp"
#include "meeting/session_service.hpp"
#include "planning/amend_service.hpp"

namespace kasane::meeting {

/// Whether the viewer may follow the sitting: hosts and those who prepare it, whose agency is invited or there, who may open
/// one of its items.
bool may_follow(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
/// The session, for those who may follow it. Errors: not_found (no such session, or not for the viewer, alike).
Result<Session> followed(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);
/// Where it stands; nothing while it was not begun. The caller may follow it.
std::optional<Live> live_of(db::ReadTx& tx, SessionId id);

/// Begins it: held from now on, with this attendance. One that was marked held before is taken up; beginning twice
/// is beginning once. Errors: as mark_held; conflict (minutes confirmed).
Result<> begin_live(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const Holding& in);
/// Turns to this item, or to none. The item that is left ends for sections that got just it; when another body's part begins,
/// the papers of the part that is left close for those who sat in that part alone; those who were asked and did not come keep them
/// for the days in which they read them. Errors: not_permitted; not_found (no item
/// of this session); stale (somebody has turned already); conflict (not begun; ended).
Result<> turn_to(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version,
                 std::optional<AgendaItemId> item);
/// Ends it: the last item and part are left; who was invited and not there is asked to read the papers, as far as they are
/// still open to it (due session.absent).
/// Errors: as turn_to.
Result<> end_live(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version);

/// Agencies that are there while this body's part runs.
std::vector<AgencyId> there_for(db::ReadTx& tx, SessionId id, const std::string& body);

/// Another wording of the 要点, until the minutes are confirmed. Errors: those of the gate; not_permitted; stale; conflict
/// (not yet treated; confirmed).
Result<> correct_note(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, AgendaItemId id, std::int64_t version,
                      const std::string& text);

/// Other words for goals and roles of a plan of the item that is treated now; whoever had the item on the screen to record its
/// outcome is stale then. Errors: those of the gate (item, plan); not_found (no item of the session, no plan of the item);
/// conflict (no sitting runs, another item is treated, treated already); as planning::amend_plan.
struct PlanChange {
  AgendaItemId item;
  PlanId plan;
  std::int64_t version = 0;         // of the plan
  std::vector<planning::RowChange> rows;
};
Result<> change_plan(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const PlanChange& in);
/// A goal or a role more, at the same time and under the same doors; asks for no version. Errors: as change_plan, but stale; as
/// planning::add_to_plan.
struct PlanAddition {
  AgendaItemId item;
  PlanId plan;
  planning::RowsToAdd rows;
};
Result<> add_plan_rows(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const PlanAddition& in);

/// Those who were invited and not there, whom the viewer may know; for hosts.
std::vector<Absence> absences_of(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
/// Whether the viewer, or an agency of the viewer, was invited and not there and has not said yet that it has read.
bool has_to_read(db::ReadTx& tx, const access::Gate& gate, SessionId id);
/// 読みました. A second time changes nothing. Errors: not_found (nobody asked the viewer).
Result<> acknowledge_reading(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id);

}  // namespace kasane::meeting
