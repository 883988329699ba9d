#include "meeting/poll_store.hpp"

#include <algorithm>

namespace kasane::meeting::store {

bool add_invitee(db::WriteTx& tx, SessionId session, const Invitee& in, Date on) {
  return tx.run(R"sql(INSERT INTO session_invitee (id, session_id, agency_id, office, guarded, required, invited_by, made_on, token_hash, until_on, revoked_on, answered_at)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL, NULL) ON CONFLICT (session_id, agency_id, invited_by) DO NOTHING)sql",
                db::params(in.id, session, in.agency, in.office, std::int64_t{in.guarded ? 1 : 0}, std::int64_t{in.required ? 1 : 0}, in.invited_by, on)) == 1;
}

void remove_invitee(db::WriteTx& tx, std::int64_t id) {
  tx.run(R"sql(DELETE FROM poll_answer WHERE invitee_id = $1)sql", db::params(id));
  tx.run(R"sql(DELETE FROM session_invitee WHERE id = $1)sql", db::params(id));
}

std::vector<Invitee> invitees(db::ReadTx& tx, SessionId session) {
  auto all = tx.list<Invitee>(R"sql(SELECT id, agency_id, office, guarded, required, invited_by, token_hash IS NOT NULL, until_on, revoked_on, answered_at
                              FROM session_invitee WHERE session_id = $1 ORDER BY CASE WHEN agency_id IS NULL THEN 1 ELSE 0 END, id)sql",
                              db::params(session), [](const db::Row& r) {
                                Invitee i;
                                i.id = r.i64(0);
                                if (!r.is_null(1)) i.agency = r.id<AgencyTag>(1);
                                i.office = r.text(2);
                                i.guarded = r.i64(3) != 0;
                                i.required = r.i64(4) != 0;
                                i.invited_by = r.id<AgencyTag>(5);
                                i.has_link = r.boolean(6);
                                i.until = r.opt_date(7);
                                i.revoked_on = r.opt_date(8);
                                i.answered_at = r.opt_i64(9);
                                return i;
                              });
  tx.each(R"sql(SELECT a.invitee_id, a.slot_id, a.answer FROM poll_answer a JOIN session_invitee i ON i.id = a.invitee_id WHERE i.session_id = $1)sql", db::params(session),
          [&](const db::Row& r) {
            const auto who = std::find_if(all.begin(), all.end(), [&](const Invitee& i) { return i.id == r.i64(0); });
            if (who != all.end()) who->replies[r.i64(1)] = parse_reply(r.text(2)).value_or(PollReply::none);
          });
  return all;
}

void set_required(db::WriteTx& tx, std::int64_t id, bool required) {
  tx.run(R"sql(UPDATE session_invitee SET required = $2 WHERE id = $1)sql", db::params(id, std::int64_t{required ? 1 : 0}));
}

void set_link(db::WriteTx& tx, std::int64_t id, const std::string& token_hash, Date until) {
  tx.run(R"sql(UPDATE session_invitee SET token_hash = $2, until_on = $3, revoked_on = NULL WHERE id = $1)sql", db::params(id, token_hash, until));
}

void revoke_link(db::WriteTx& tx, std::int64_t id, Date on) {
  tx.run(R"sql(UPDATE session_invitee SET revoked_on = $2 WHERE id = $1 AND token_hash IS NOT NULL AND revoked_on IS NULL)sql", db::params(id, on));
}

std::optional<LinkedInvitee> invitee_by_token(db::ReadTx& tx, const std::string& token_hash, Date today) {
  return tx.one<LinkedInvitee>(R"sql(SELECT session_id, id FROM session_invitee WHERE token_hash = $1 AND revoked_on IS NULL AND until_on >= $2)sql",
                               db::params(token_hash, today), [](const db::Row& r) { return LinkedInvitee{r.id<SessionTag>(0), r.i64(1)}; });
}

void insert_poll(db::WriteTx& tx, const Poll& poll) {
  tx.run(R"sql(INSERT INTO meeting_poll (session_id, answer_by, asked_by, asked_on, closed_on) VALUES ($1, $2, $3, $4, NULL))sql",
         db::params(poll.session, poll.answer_by, poll.asked_by, poll.asked_on));
  for (const PollSlot& slot : poll.slots) add_slot(tx, poll.session, slot);
}

void add_slot(db::WriteTx& tx, SessionId session, const PollSlot& slot) {
  tx.run(R"sql(INSERT INTO poll_slot (id, session_id, on_day, at_time, minutes) VALUES ($1, $2, $3, $4, $5))sql",
         db::params(next_id(), session, slot.on, slot.at_time, slot.minutes));
}

void drop_poll(db::WriteTx& tx, SessionId session) {
  tx.run(R"sql(DELETE FROM poll_answer WHERE slot_id IN (SELECT id FROM poll_slot WHERE session_id = $1))sql", db::params(session));
  tx.run(R"sql(DELETE FROM poll_slot WHERE session_id = $1)sql", db::params(session));
  tx.run(R"sql(DELETE FROM meeting_poll WHERE session_id = $1)sql", db::params(session));
}

std::optional<Poll> poll(db::ReadTx& tx, SessionId session) {
  auto found = tx.one<Poll>(R"sql(SELECT answer_by, asked_by, asked_on, closed_on FROM meeting_poll WHERE session_id = $1)sql", db::params(session),
                            [&](const db::Row& r) { return Poll{session, r.date(0), r.id<AgencyTag>(1), r.date(2), r.opt_date(3), {}}; });
  if (!found) return found;
  found->slots = tx.list<PollSlot>(R"sql(SELECT id, on_day, at_time, minutes FROM poll_slot WHERE session_id = $1 ORDER BY on_day, at_time)sql", db::params(session),
                                   [](const db::Row& r) { return PollSlot{r.i64(0), r.date(1), r.text(2), static_cast<int>(r.i64(3))}; });
  return found;
}

void close_poll(db::WriteTx& tx, SessionId session, Date on) {
  tx.run(R"sql(UPDATE meeting_poll SET closed_on = $2 WHERE session_id = $1 AND closed_on IS NULL)sql", db::params(session, on));
}

void set_reply(db::WriteTx& tx, std::int64_t invitee, std::int64_t slot, PollReply reply, UtcMs now) {
  tx.run(R"sql(INSERT INTO poll_answer (invitee_id, slot_id, answer) VALUES ($1, $2, $3)
           ON CONFLICT (invitee_id, slot_id) DO UPDATE SET answer = excluded.answer)sql",
         db::params(invitee, slot, code_of(reply)));
  tx.run(R"sql(UPDATE session_invitee SET answered_at = $2 WHERE id = $1)sql", db::params(invitee, now));
}

std::set<SessionId> being_asked(db::ReadTx& tx) {
  std::set<SessionId> ids;
  tx.each(R"sql(SELECT p.session_id FROM meeting_poll p JOIN meeting_session s ON s.id = p.session_id WHERE p.closed_on IS NULL AND s.state = 'planned')sql", {},
          [&](const db::Row& r) { ids.insert(r.id<SessionTag>(0)); });
  return ids;
}

int minutes_of(db::ReadTx& tx, SessionId session) {
  return static_cast<int>(tx.number(R"sql(SELECT COALESCE((SELECT minutes FROM session_length WHERE session_id = $1),
                                      (SELECT NULLIF(CAST(sum(minutes) AS BIGINT), 0) FROM session_slice WHERE session_id = $1),
                                      (SELECT NULLIF(CAST(sum(minutes) AS BIGINT), 0) FROM agenda_item WHERE session_id = $1 AND state <> 'withdrawn'), 0))sql",
                                    db::params(session)));
}

void set_minutes(db::WriteTx& tx, SessionId session, int minutes) {
  tx.run(R"sql(INSERT INTO session_length (session_id, minutes) VALUES ($1, $2) ON CONFLICT (session_id) DO UPDATE SET minutes = excluded.minutes)sql",
         db::params(session, minutes));
}

}  // namespace kasane::meeting::store
