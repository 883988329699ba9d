// SQL of invitations and of candidate times. No personal columns: agencies, offices, days.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/tx.hpp"
#include "meeting/poll_model.hpp"

namespace kasane::meeting::store {

// --- who is invited ---

/// False when this agency has invited it already.
bool add_invitee(db::WriteTx& tx, SessionId session, const Invitee& invitee, Date on);
void remove_invitee(db::WriteTx& tx, std::int64_t id);
/// With their answers, agencies first, in the order they were invited.
std::vector<Invitee> invitees(db::ReadTx& tx, SessionId session);
void set_required(db::WriteTx& tx, std::int64_t id, bool required);
void set_link(db::WriteTx& tx, std::int64_t id, const std::string& token_hash, Date until);
void revoke_link(db::WriteTx& tx, std::int64_t id, Date on);
struct LinkedInvitee {
  SessionId session;
  std::int64_t id = 0;
};
/// The invitee of this link while it opens on this day.
std::optional<LinkedInvitee> invitee_by_token(db::ReadTx& tx, const std::string& token_hash, Date today);

// --- candidate times ---

void insert_poll(db::WriteTx& tx, const Poll& poll);
void add_slot(db::WriteTx& tx, SessionId session, const PollSlot& slot);
/// Takes a closed poll away, so that another may be made.
void drop_poll(db::WriteTx& tx, SessionId session);
std::optional<Poll> poll(db::ReadTx& tx, SessionId session);
void close_poll(db::WriteTx& tx, SessionId session, Date on);
void set_reply(db::WriteTx& tx, std::int64_t invitee, std::int64_t slot, PollReply reply, UtcMs now);
/// Planned sittings whose day is still asked about.
std::set<SessionId> being_asked(db::ReadTx& tx);

/// Minutes the sitting takes: as said, else those of its parts, else those of its items; 0 when nothing says so.
int minutes_of(db::ReadTx& tx, SessionId session);
void set_minutes(db::WriteTx& tx, SessionId session, int minutes);

}  // namespace kasane::meeting::store
