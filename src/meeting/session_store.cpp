#include "meeting/session_store.hpp"

#include <algorithm>
#include <unordered_map>

namespace kasane::meeting::store {

namespace {

Session session_of(const db::Row& r) {
  Session s;
  s.id = r.id<SessionTag>(0);
  s.held_on = r.date(1);
  s.at_time = r.text(2);
  s.place = r.text(3);
  s.manner = parse_code<Manner>(r.text(4)).value_or(Manner::sitting);
  s.state = parse_code<SessionState>(r.text(5)).value_or(SessionState::planned);
  s.confirmed_on = r.opt_date(6);
  s.version = r.i64(7);
  s.facilitator = r.text(8);
  s.items = static_cast<int>(r.i64(9));
  return s;
}

void add_bodies(db::ReadTx& tx, std::vector<Session>& sessions) {
  std::vector<SessionId> ids;
  std::unordered_map<SessionId, Session*> by_id;
  for (Session& s : sessions) {
    ids.push_back(s.id);
    by_id[s.id] = &s;
  }
  tx.each(R"sql(SELECT session_id, body, function FROM session_body WHERE session_id IN {ids:$1} ORDER BY session_id, body)sql",
          db::params(db::id_list(ids)), [&](const db::Row& r) {
            by_id.at(r.id<SessionTag>(0))
                ->bodies.push_back({r.text(1), programme::parse_word<programme::BodyFunction>(r.text(2)).value_or(programme::BodyFunction::liaison)});
          });
}

}  // namespace

void insert_session(db::WriteTx& tx, const Session& s) {
  tx.run(R"sql(INSERT INTO meeting_session (id, held_on, at_time, place, manner, state, facilitator, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1))sql",
         db::params(s.id, s.held_on, s.at_time, s.place, code_of(s.manner), code_of(s.state), s.facilitator));
  for (const SessionBody& b : s.bodies)
    tx.run(R"sql(INSERT INTO session_body (session_id, body, function) VALUES ($1, $2, $3))sql",
           db::params(s.id, b.body, programme::word_of(b.function)));
}

bool set_session(db::WriteTx& tx, const Session& s, std::int64_t version) {
  return tx.run(R"sql(UPDATE meeting_session SET held_on = $3, at_time = $4, place = $5, manner = $6, state = $7, facilitator = $8,
                    version = version + 1
                  WHERE id = $1 AND version = $2)sql",
                db::params(s.id, version, s.held_on, s.at_time, s.place, code_of(s.manner), code_of(s.state), s.facilitator)) == 1;
}

bool set_confirmed(db::WriteTx& tx, SessionId id, std::int64_t version, Date on, AccountId by) {
  return tx.run(R"sql(UPDATE meeting_session SET minutes_confirmed_on = $3, confirmed_by = $4, version = version + 1
                  WHERE id = $1 AND version = $2)sql",
                db::params(id, version, on, by)) == 1;
}

void set_presence(db::WriteTx& tx, SessionId id, const std::vector<AgencyId>& present) {
  tx.run(R"sql(UPDATE session_attendee SET present = 0 WHERE session_id = $1)sql", db::params(id));
  for (const AgencyId agency : present)
    tx.run(R"sql(INSERT INTO session_attendee (session_id, agency_id, present) VALUES ($1, $2, 1)
             ON CONFLICT (session_id, agency_id) DO UPDATE SET present = 1)sql",
           db::params(id, agency));
}

void set_slices(db::WriteTx& tx, SessionId id, const std::vector<Slice>& slices) {
  tx.run(R"sql(DELETE FROM session_slice WHERE session_id = $1)sql", db::params(id));
  tx.run(R"sql(DELETE FROM slice_attendee WHERE session_id = $1)sql", db::params(id));
  int number = 0;
  for (const Slice& s : slices) {
    tx.run(R"sql(INSERT INTO session_slice (session_id, body, number, starts_at, minutes) VALUES ($1, $2, $3, $4, $5))sql",
           db::params(id, s.body, ++number, s.starts_at, s.minutes));
    for (const Slice::Seat& seat : s.seats)
      tx.run(R"sql(INSERT INTO slice_attendee (session_id, body, agency_id, expected, present) VALUES ($1, $2, $3, $4, $5))sql",
             db::params(id, s.body, seat.agency, static_cast<std::int64_t>(seat.expected), static_cast<std::int64_t>(seat.present)));
  }
}

std::vector<Slice> slices(db::ReadTx& tx, SessionId id) {
  auto all = tx.list<Slice>(R"sql(SELECT body, starts_at, minutes FROM session_slice WHERE session_id = $1 ORDER BY number)sql", db::params(id),
                            [](const db::Row& r) { return Slice{r.text(0), r.text(1), static_cast<int>(r.i64(2)), {}}; });
  if (all.empty()) return all;
  tx.each(R"sql(SELECT body, agency_id, expected, present FROM slice_attendee WHERE session_id = $1 ORDER BY body, agency_id)sql", db::params(id),
          [&](const db::Row& r) {
            const auto part = std::find_if(all.begin(), all.end(), [&](const Slice& s) { return s.body == r.text(0); });
            if (part != all.end()) part->seats.push_back({r.id<AgencyTag>(1), r.boolean(2), r.boolean(3)});
          });
  return all;
}

std::optional<Session> session(db::ReadTx& tx, SessionId id) {
  auto all = tx.list(R"sql(SELECT s.id, s.held_on, s.at_time, s.place, s.manner, s.state, s.minutes_confirmed_on, s.version, s.facilitator,
                       (SELECT count(*) FROM agenda_item i WHERE i.session_id = s.id AND i.state <> 'withdrawn')
                     FROM meeting_session s WHERE s.id = $1)sql",
                     db::params(id), session_of);
  if (all.empty()) return std::nullopt;
  add_bodies(tx, all);
  return std::move(all.front());
}

std::vector<Session> planned(db::ReadTx& tx, int limit) {
  auto all = tx.list(R"sql(SELECT s.id, s.held_on, s.at_time, s.place, s.manner, s.state, s.minutes_confirmed_on, s.version, s.facilitator,
                       (SELECT count(*) FROM agenda_item i WHERE i.session_id = s.id AND i.state <> 'withdrawn')
                     FROM meeting_session s WHERE s.state = 'planned' ORDER BY s.held_on, s.at_time, s.id LIMIT $1)sql",
                     db::params(limit), session_of);
  add_bodies(tx, all);
  return all;
}

std::vector<Session> past(db::ReadTx& tx, Date before, int limit) {
  auto all = tx.list(R"sql(SELECT s.id, s.held_on, s.at_time, s.place, s.manner, s.state, s.minutes_confirmed_on, s.version, s.facilitator,
                       (SELECT count(*) FROM agenda_item i WHERE i.session_id = s.id AND i.state <> 'withdrawn')
                     FROM meeting_session s WHERE s.state <> 'planned' AND s.held_on < $1 ORDER BY s.held_on DESC, s.id DESC LIMIT $2)sql",
                     db::params(before, limit), session_of);
  add_bodies(tx, all);
  return all;
}

std::vector<Presence> presence(db::ReadTx& tx, SessionId id) {
  return tx.list<Presence>(R"sql(SELECT agency_id, present FROM session_attendee WHERE session_id = $1 ORDER BY agency_id)sql", db::params(id),
                           [](const db::Row& r) { return Presence{r.id<AgencyTag>(0), r.boolean(1)}; });
}

}  // namespace kasane::meeting::store
