#include "meeting/register_store.hpp"

namespace kasane::meeting::store {

namespace {
programme::BodyFunction function_of(const std::string& word) { return programme::parse_word<programme::BodyFunction>(word).value_or(programme::BodyFunction::liaison); }
int number(const db::Row& r, int column) { return static_cast<int>(r.i64(column)); }
}  // namespace

std::vector<AttendanceLine> attendance(db::ReadTx& tx, FiscalYear year) {
  return tx.list<AttendanceLine>(R"sql(SELECT x.body, x.agency_id, count(*), CAST(sum(x.present) AS BIGINT) FROM (
                                     SELECT t.session_id, t.body, t.agency_id, max(t.present) AS present FROM (
                                       SELECT a.session_id, b.body, a.agency_id, a.present FROM session_attendee a JOIN session_body b ON b.session_id = a.session_id
                                       WHERE NOT EXISTS (SELECT 1 FROM slice_attendee e WHERE e.session_id = a.session_id AND e.body = b.body)
                                       UNION ALL SELECT e.session_id, e.body, e.agency_id, e.present FROM slice_attendee e
                                       UNION ALL SELECT i.session_id, b.body, i.agency_id, 0 FROM session_invitee i JOIN session_body b ON b.session_id = i.session_id
                                       WHERE i.agency_id IS NOT NULL AND i.guarded = 0
                                         AND NOT EXISTS (SELECT 1 FROM slice_attendee e WHERE e.session_id = i.session_id AND e.body = b.body)
                                     ) t JOIN meeting_session s ON s.id = t.session_id
                                     WHERE s.state = 'held' AND s.held_on >= $1 AND s.held_on <= $2
                                     GROUP BY t.session_id, t.body, t.agency_id) x
                                   GROUP BY x.body, x.agency_id ORDER BY x.body, x.agency_id)sql",
                                 db::params(year.first(), year.last()),
                                 [](const db::Row& r) { return AttendanceLine{r.text(0), r.id<AgencyTag>(1), number(r, 2), number(r, 3)}; });
}

std::vector<HeldLine> held(db::ReadTx& tx, FiscalYear year) {
  return tx.list<HeldLine>(R"sql(SELECT b.body, b.function, count(*), CAST(sum(CASE WHEN s.manner = 'phone' THEN 1 ELSE 0 END) AS BIGINT),
                               CAST(sum((SELECT count(*) FROM agenda_item i WHERE i.session_id = s.id AND i.body = b.body AND i.state = 'treated')) AS BIGINT)
                             FROM meeting_session s JOIN session_body b ON b.session_id = s.id
                             WHERE s.state = 'held' AND s.held_on >= $1 AND s.held_on <= $2 GROUP BY b.body, b.function ORDER BY b.body, b.function)sql",
                           db::params(year.first(), year.last()),
                           [](const db::Row& r) { return HeldLine{r.text(0), function_of(r.text(1)), number(r, 2), number(r, 3), number(r, 4)}; });
}

std::vector<GroundLine> grounds(db::ReadTx& tx, FiscalYear year) {
  return tx.list<GroundLine>(R"sql(SELECT i.body, i.function, i.ground_code, min(i.ground_text), count(*)
                               FROM agenda_item i JOIN meeting_session s ON s.id = i.session_id
                               WHERE s.state = 'held' AND i.state = 'treated' AND s.held_on >= $1 AND s.held_on <= $2
                               GROUP BY i.body, i.function, i.ground_code ORDER BY i.body, i.function, i.ground_code)sql",
                             db::params(year.first(), year.last()),
                             [](const db::Row& r) { return GroundLine{r.text(0), function_of(r.text(1)), r.text(2), r.text(3), number(r, 4)}; });
}

std::vector<SittingLine> sittings(db::ReadTx& tx, const std::string& body, FiscalYear year) {
  return tx.list<SittingLine>(R"sql(SELECT s.id, s.held_on, s.manner FROM meeting_session s JOIN session_body b ON b.session_id = s.id
                                WHERE b.body = $1 AND s.state = 'held' AND s.held_on >= $2 AND s.held_on <= $3 ORDER BY s.held_on, s.id LIMIT 500)sql",
                              db::params(body, year.first(), year.last()),
                              [](const db::Row& r) { return SittingLine{r.id<SessionTag>(0), r.date(1), parse_code<Manner>(r.text(2)).value_or(Manner::sitting)}; });
}

std::vector<TreatedLine> treated(const access::Scope<AgendaItemTag>& scope, const std::string& body, const std::string& ground, FiscalYear year) {
  return scope.list<TreatedLine>(R"sql(SELECT i.id, i.number, s.held_on FROM agenda_item i JOIN meeting_session s ON s.id = i.session_id
                                   WHERE i.body = $1 AND i.ground_code = $2 AND i.state = 'treated' AND s.state = 'held' AND s.held_on >= $3 AND s.held_on <= $4
                                     AND {scope:i.id} ORDER BY s.held_on, i.number, i.id LIMIT 500)sql",
                                 db::params(body, ground, year.first(), year.last()), [](const access::SealedRow& r) {
                                   return TreatedLine{r.id<AgendaItemTag>(0), static_cast<int>(r.i64(1)), r.date(2)};
                                 });
}

std::vector<SecrecyLine> secrecy(db::ReadTx& tx, FiscalYear year, Date today) {
  return tx.list<SecrecyLine>(R"sql(SELECT g.body, p.agency_id, p.role, c.display_name,
                                  (SELECT k.on_day FROM secrecy_acknowledgement k WHERE k.account_id = c.id AND k.body = g.body AND k.fiscal_year = $3)
                                FROM (SELECT DISTINCT i.body, a.party_id FROM agenda_item i JOIN agenda_attendee a ON a.item_id = i.id JOIN meeting_session s ON s.id = i.session_id
                                      WHERE i.state <> 'withdrawn' AND s.state <> 'cancelled' AND s.held_on >= $1 AND s.held_on <= $2
                                      UNION SELECT i.body, h.holder_id FROM agenda_item i JOIN access_subject h ON h.id = i.id JOIN meeting_session s ON s.id = i.session_id
                                      WHERE i.state <> 'withdrawn' AND s.state <> 'cancelled' AND s.held_on >= $1 AND s.held_on <= $2) g
                                JOIN post p ON p.agency_id = g.party_id AND p.valid_from <= $4 AND p.valid_until >= $4
                                JOIN account c ON c.id = p.account_id AND c.active = 1
                                ORDER BY g.body, p.agency_id, c.display_name, p.role LIMIT 2000)sql",
                              db::params(year.first(), year.last(), year.year, today),
                              [](const db::Row& r) { return SecrecyLine{r.text(0), r.id<AgencyTag>(1), r.i64(2), r.text(3), r.opt_date(4)}; });
}

}  // namespace kasane::meeting::store
