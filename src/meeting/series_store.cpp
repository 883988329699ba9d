#include "meeting/series_store.hpp"

namespace kasane::meeting::store {

std::vector<HeldBefore> held_before(db::ReadTx& tx) {
  return tx.list<HeldBefore>(R"sql(SELECT s.id, b.body, s.held_on, s.at_time, s.place, s.facilitator
                               FROM meeting_session s JOIN session_body b ON b.session_id = s.id
                               WHERE s.state = 'held' ORDER BY s.held_on DESC, s.id DESC, b.body LIMIT 400)sql",
                             {}, [](const db::Row& r) {
                               return HeldBefore{r.id<SessionTag>(0), r.text(1), r.date(2), r.text(3), r.text(4), r.text(5)};
                             });
}

std::set<std::string> planned_bodies(db::ReadTx& tx, Date from) {
  std::set<std::string> bodies;
  tx.each(R"sql(SELECT DISTINCT b.body FROM meeting_session s JOIN session_body b ON b.session_id = s.id
            WHERE s.state = 'planned' AND s.held_on >= $1)sql",
          db::params(from), [&](const db::Row& r) { bodies.insert(r.text(0)); });
  return bodies;
}

}  // namespace kasane::meeting::store
