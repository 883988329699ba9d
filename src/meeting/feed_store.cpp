#include "meeting/feed_store.hpp"

namespace kasane::meeting::store {

void set_feed(db::WriteTx& tx, AccountId account, const std::string& token_hash, UtcMs now) {
  tx.run(R"sql(INSERT INTO calendar_feed (account_id, token_hash, made_at) VALUES ($1, $2, $3)
           ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at)sql",
         db::params(account, token_hash, now));
}

void drop_feed(db::WriteTx& tx, AccountId account) { tx.run(R"sql(DELETE FROM calendar_feed WHERE account_id = $1)sql", db::params(account)); }

std::optional<UtcMs> feed_made_at(db::ReadTx& tx, AccountId account) {
  return tx.one<UtcMs>(R"sql(SELECT made_at FROM calendar_feed WHERE account_id = $1)sql", db::params(account), [](const db::Row& r) { return r.i64(0); });
}

std::optional<AccountId> account_of_feed(db::ReadTx& tx, const std::string& token_hash) {
  return tx.one<AccountId>(R"sql(SELECT account_id FROM calendar_feed WHERE token_hash = $1)sql", db::params(token_hash), [](const db::Row& r) { return r.id<AccountTag>(0); });
}

std::vector<FeedLine> sittings_of(db::ReadTx& tx, const std::vector<AgencyId>& agencies, AccountId account, Date from, Date to) {
  std::vector<FeedLine> all;
  tx.each(R"sql(SELECT s.id, s.held_on, s.at_time, s.place, s.state, s.version, b.body, b.function,
              COALESCE((SELECT l.minutes FROM session_length l WHERE l.session_id = s.id),
                       (SELECT CAST(sum(p.minutes) AS BIGINT) FROM session_slice p WHERE p.session_id = s.id), 0),
              EXISTS (SELECT 1 FROM meeting_poll q WHERE q.session_id = s.id AND q.closed_on IS NULL)
            FROM (SELECT t.id, t.held_on, t.at_time, t.place, t.state, t.version FROM meeting_session t
                  WHERE t.held_on >= $3 AND t.held_on <= $4
                    AND (EXISTS (SELECT 1 FROM session_invitee i WHERE i.session_id = t.id AND i.agency_id IN {ids:$1})
                      OR EXISTS (SELECT 1 FROM agenda_item g JOIN agenda_attendee a ON a.item_id = g.id
                                 WHERE g.session_id = t.id AND g.state <> 'withdrawn' AND (a.party_id IN {ids:$1} OR a.party_id = $2))
                      OR EXISTS (SELECT 1 FROM slice_attendee e WHERE e.session_id = t.id AND e.agency_id IN {ids:$1} AND e.expected = 1)
                      OR EXISTS (SELECT 1 FROM access_subject x WHERE x.id = t.id AND x.holder_id IN {ids:$1}))
                  ORDER BY t.held_on, t.at_time, t.id LIMIT 500) s
            JOIN session_body b ON b.session_id = s.id ORDER BY s.held_on, s.at_time, s.id, b.body)sql",
          db::params(db::id_list(agencies), account, from, to), [&](const db::Row& r) {
            if (all.empty() || all.back().session.id != r.id<SessionTag>(0)) {
              FeedLine& line = all.emplace_back();
              line.session.id = r.id<SessionTag>(0);
              line.session.held_on = r.date(1);
              line.session.at_time = r.text(2);
              line.session.place = r.text(3);
              line.session.state = parse_code<SessionState>(r.text(4)).value_or(SessionState::planned);
              line.session.version = r.i64(5);
              line.minutes = static_cast<int>(r.i64(8));
              line.asking = r.boolean(9) && line.session.state == SessionState::planned;
            }
            all.back().session.bodies.push_back({r.text(6), programme::parse_word<programme::BodyFunction>(r.text(7)).value_or(programme::BodyFunction::liaison)});
          });
  return all;
}

}  // namespace kasane::meeting::store
