#include "meeting/live_store.hpp"

namespace kasane::meeting::store {

bool insert_live(db::WriteTx& tx, SessionId session, UtcMs now, AccountId by) {
  return tx.run(R"sql(INSERT INTO live_session (session_id, started_at, started_by, item_id, item_started_at, body, ended_at, change_number, version)
                      VALUES ($1, $2, $3, NULL, $2, '', NULL, 1, 1) ON CONFLICT (session_id) DO NOTHING)sql",
                db::params(session, now, by)) == 1;
}

std::optional<Live> live(db::ReadTx& tx, SessionId session) {
  return tx.one<Live>(R"sql(SELECT session_id, started_at, started_by, item_id, item_started_at, body, ended_at, change_number, version
                            FROM live_session WHERE session_id = $1)sql",
                      db::params(session), [](const db::Row& r) {
                        Live l;
                        l.session = r.id<SessionTag>(0);
                        l.started_at = r.i64(1);
                        l.started_by = r.id<AccountTag>(2);
                        if (const auto item = r.opt_i64(3)) l.item = AgendaItemId(*item);
                        l.item_started_at = r.i64(4);
                        l.body = r.text(5);
                        l.ended_at = r.opt_i64(6);
                        l.change = r.i64(7);
                        l.version = r.i64(8);
                        return l;
                      });
}

bool set_live(db::WriteTx& tx, const Live& l, std::int64_t version) {
  return tx.run(R"sql(UPDATE live_session SET item_id = $3, item_started_at = $4, body = $5, ended_at = $6, change_number = change_number + 1,
                        version = version + 1
                      WHERE session_id = $1 AND version = $2)sql",
                db::params(l.session, version, l.item, l.item_started_at, l.body, l.ended_at)) == 1;
}

std::int64_t touch_live(db::WriteTx& tx, SessionId session) {
  tx.run(R"sql(UPDATE live_session SET change_number = change_number + 1 WHERE session_id = $1)sql", db::params(session));
  const auto now = live(tx, session);
  return now ? now->change : 0;
}

bool knows_an_item(const access::Scope<AgendaItemTag>& scope, SessionId session) {
  return scope.count(R"sql(SELECT count(*) FROM agenda_item i WHERE i.session_id = $1 AND {scope:i.id} LIMIT 1)sql", db::params(session)) > 0;
}

bool set_note_text(db::WriteTx& tx, const ItemPermit& permit, std::int64_t version, const std::string& note) {
  return permit.run(tx, R"sql(UPDATE agenda_item SET pii_note = $2, version = version + 1 WHERE id = $permit AND version = $1)sql",
                    db::params(version, note)) == 1;
}

std::set<std::int64_t> away(db::ReadTx& tx, SessionId session) {
  const auto all = tx.list<std::int64_t>(R"sql(SELECT party_id FROM live_away WHERE session_id = $1)sql", db::params(session), [](const db::Row& r) { return r.i64(0); });
  return {all.begin(), all.end()};
}

void set_away(db::WriteTx& tx, SessionId session, std::int64_t party, bool away) {
  if (away)
    tx.run(R"sql(INSERT INTO live_away (session_id, party_id) VALUES ($1, $2) ON CONFLICT (session_id, party_id) DO NOTHING)sql", db::params(session, party));
  else
    tx.run(R"sql(DELETE FROM live_away WHERE session_id = $1 AND party_id = $2)sql", db::params(session, party));
}

void set_absences(db::WriteTx& tx, SessionId session, const std::vector<std::int64_t>& parties) {
  for (const std::int64_t party : parties)
    tx.run(R"sql(INSERT INTO session_absence (session_id, party_id, read_at, read_by) VALUES ($1, $2, NULL, NULL)
                 ON CONFLICT (session_id, party_id) DO NOTHING)sql",
           db::params(session, party));
}

std::vector<Absence> absences(db::ReadTx& tx, SessionId session) {
  return tx.list<Absence>(R"sql(SELECT party_id, read_at, read_by FROM session_absence WHERE session_id = $1 ORDER BY party_id)sql", db::params(session),
                          [](const db::Row& r) {
                            Absence a{r.i64(0), r.opt_i64(1), {}};
                            if (const auto by = r.opt_i64(2)) a.read_by = AccountId(*by);
                            return a;
                          });
}

bool set_read(db::WriteTx& tx, SessionId session, std::int64_t party, UtcMs at, AccountId by) {
  return tx.run(R"sql(UPDATE session_absence SET read_at = $3, read_by = $4 WHERE session_id = $1 AND party_id = $2 AND read_at IS NULL)sql",
                db::params(session, party, at, by)) == 1;
}

}  // namespace kasane::meeting::store
