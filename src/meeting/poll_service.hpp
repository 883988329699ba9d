// Calling a sitting: who is invited, and for a sitting that has no day yet, when they can come. The host puts candidate times
// to agencies and to offices outside; each answers for itself; the time that keeps all who have to be there is taken.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/facts.hpp"
#include "access/permit.hpp"
#include "base/result.hpp"
#include "db/tx.hpp"
#include "meeting/model.hpp"
#include "meeting/poll_rules.hpp"
#include "meeting/session_service.hpp"

namespace kasane::meeting {

// --- invitations ---

/// Agencies and offices invited that the viewer may know: a guarded agency shows to itself and to who invited it.
std::vector<Invitee> invitees_of(db::ReadTx& tx, access::Gate& gate, SessionId id);
/// Agencies of the agenda that the viewer may know, the members that the city's plan names, and who has to be there; without
/// those invited already.
std::vector<AgencyId> agencies_to_invite(db::ReadTx& tx, access::Gate& gate, const Settings& city, const Session& session);
/// While dates are asked about, they are asked too (due poll.answer). Errors: not_permitted; conflict (not planned); invalid
/// (agencies, offices).
Result<> invite(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const std::vector<AgencyId>& agencies,
                const std::vector<std::string>& offices);
/// Errors: not_found; not_permitted; conflict.
Result<> take_back_invitation(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t invitee);
/// Whether the host does without no day on which this one is missing. Errors: as take_back_invitation.
Result<> require_invitee(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee, bool required);

// --- dates ---

/// Puts candidate times to the invited. Act poll.asked; due poll.answer for each agency but the host's, which can at each.
/// Errors: not_permitted; conflict (not planned; asked already; a body with a fixed cycle); invalid (faults_of).
Result<> ask_dates(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, const NewPoll& poll);
/// A sitting that has no day yet: planned on its first candidate, and asked about. Errors: as plan_session and ask_dates.
Result<SessionId> plan_by_asking(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, NewSession session, const NewPoll& poll);

struct SlotLine {
  PollSlot slot;
  int yes = 0, maybe = 0, no = 0, waiting = 0;
  std::vector<std::string> missing;  // who has to be there and is not
  bool past = false;
};
struct PollView {
  Session session;
  std::optional<Poll> poll;         // nothing: not asked
  bool open = false;                // asked, not closed, sitting planned
  bool may_arrange = false;
  std::vector<Invitee> invitees;    // for who arranges: all that it may know; for others: their own
  std::vector<SlotLine> lines;      // for who arranges, as the slots
  Choice choice;                    // for who arranges
};
/// Errors: not_found.
Result<PollView> poll_view(db::ReadTx& tx, access::Gate& gate, const Settings& city, SessionId id);

using SlotReplies = std::vector<std::pair<std::int64_t, PollReply>>;
/// By the invited agency, or by who arranges (what was said by telephone). Settles poll.answer when no slot is left open.
/// Errors: not_found; not_permitted; conflict (not open); invalid (answer).
Result<> answer_dates(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t invitee, const SlotReplies& replies);
/// Takes this time: the sitting is moved there, the question is closed. Errors: as move_session; conflict (not open; past;
/// somebody is missing without whom the body cannot be held).
Result<> take_slot(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id, std::int64_t version, std::int64_t slot);
/// Stops asking; the day stays as it stands. Errors: not_permitted; conflict.
Result<> stop_asking(db::WriteTx& tx, access::Gate& gate, const access::Actor& actor, const Settings& city, SessionId id);

// --- the link of an office outside ---

/// The token of a fresh address, shown once and kept nowhere; an earlier one opens no more. It opens until the last candidate
/// day. Errors: not_found; not_permitted; conflict (an agency of the city, not open).
Result<std::string> hand_link(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee);
/// Errors: not_found; not_permitted.
Result<> revoke_link(db::WriteTx& tx, access::Gate& gate, const Settings& city, SessionId id, std::int64_t invitee);

/// What an office sees: the sitting by the names of its bodies, its place, the candidate times and its own answers.
struct OfficeView {
  Session session;
  Poll poll;
  Invitee self;
  bool open = false;
};
/// Nothing for an unknown, revoked or expired token alike.
std::optional<OfficeView> office_view(db::ReadTx& tx, std::string_view token, Date today);
/// False when the token opens nothing or the question is closed.
bool answer_as_office(db::WriteTx& tx, std::string_view token, const SlotReplies& replies, UtcMs now);

}  // namespace kasane::meeting
