// Sessions: calling one body or several into one sitting, marking it held, confirming the minutes. Everybody with a
// meeting role sees date, place and the number of items; content is a matter of the items.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"

namespace kasane::meeting {

struct NewSession {
  std::vector<std::string> bodies;  // one, or several in one sitting
  Date held_on;
  std::string at_time;              // "13:30"; ''
  std::string place;
  std::string facilitator = {};     // 進行役
};
/// Due session.prepare for the calling agency. Errors: not_permitted (none of the viewer's agencies may call one of
/// the bodies; no role); invalid (bodies, held_on).
Result<SessionId> plan_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, const NewSession& in);
/// Another day, time or place, before it was held; packets and the times of its parts move along. Errors: not_permitted; stale; conflict (held); invalid.
Result<> move_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id,
                      std::int64_t version, const NewSession& in);
/// Its waiting items become proposals again. Errors: as move_session.
Result<> cancel_session(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version);

struct Holding {
  std::int64_t version = 0;
  Manner manner = Manner::sitting;
  std::vector<AgencyId> present;
  /// Who was there in which part, where that differs; a body that is not named had all of `present`. What the city's plan
  /// asks for is asked of each part (北上: never without the city).
  std::map<std::string, std::vector<AgencyId>> present_in = {};
};
/// Act session.held(function) once for each body (T-86, T-87); due item.result for each item. Errors: not_permitted;
/// stale; conflict (not planned); invalid (present: a party is missing without whom the city's plan does not let the
/// body be held, or a telephone call of fewer than two; held_on in the future).
Result<> mark_held(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const Holding& in);
/// Nothing changes afterwards. Errors: not_permitted; stale; conflict (not held; an item still waits; confirmed already).
Result<> confirm_minutes(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version);

/// Errors: not_found (also for those without a meeting role).
Result<Session> session(db::ReadTx& tx, access::Gate& gate, SessionId id);
/// Those that were there.
std::vector<Presence> presence(db::ReadTx& tx, SessionId id);
/// Who comes late or goes: attendance of a sitting that was begun, until its minutes are confirmed; the same is asked of
/// it as when it began. Errors: as mark_held; conflict (not held; confirmed).
Result<> change_presence(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const Holding& in);
/// Parts of the sitting in their order; empty when its bodies sit together.
std::vector<Slice> slices(db::ReadTx& tx, SessionId id);
/// Planned ones, soonest first, at most 100.
std::vector<Session> upcoming(db::ReadTx& tx, access::Gate& gate);
/// Held and cancelled ones, newest first; 50 + 1 before `before` (nothing: from the newest).
std::vector<Session> past(db::ReadTx& tx, access::Gate& gate, std::optional<Date> before);
/// Whether the viewer runs this session: coordinator or city officer of an agency that may call one of its bodies.
bool may_manage(const access::Gate& gate, const Settings& city, const Session& session);
/// The viewer's agency that runs this body, as coordinator or city officer; nothing when it has none.
std::optional<AgencyId> running_agency(const access::Gate& gate, const Settings& city, const programme::Body& body);
/// As may_manage, and the secretary: date and place only.
bool may_arrange(const access::Gate& gate, const Settings& city, const Session& session);

}  // namespace kasane::meeting
