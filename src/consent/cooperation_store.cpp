#include "consent/cooperation_store.hpp"

namespace kasane::consent::store {

using access::SealedRow;
using access::Topic;

namespace {

Cooperation map(const SealedRow& r) {
  Cooperation c;
  c.id = r.id<CooperationRequestTag>(0);
  c.number = r.text(1);
  c.body = r.text(2);
  c.asked_by = r.id<AgencyTag>(3);
  c.asked_on = r.date(4);
  c.due_on = r.date(5);
  if (const auto to = r.opt_i64(6)) c.to = AgencyId(*to);
  c.outside = r.personal(7, Topic::meeting);
  if (const auto household = r.opt_i64(8)) c.household = HouseholdId(*household);
  if (const auto person = r.opt_i64(9)) c.person = PersonId(*person);
  c.question = r.personal(10, Topic::meeting);
  c.topics = access::Topics(static_cast<std::uint32_t>(r.i64(11)));
  c.basis = r.text(12);
  c.state = cooperation_state(r.text(13));
  c.answered_on = r.opt_date(14);
  c.answer = r.personal(15, Topic::meeting);
  c.read_on = r.opt_date(16);
  c.told_id = r.i64(17);
  c.version = r.i64(18);
  return c;
}

}  // namespace

std::int64_t next_ground_serial(db::WriteTx& tx, const char* series, FiscalYear year) {
  tx.run(R"sql(INSERT INTO ground_serial (series, fiscal_year, last) VALUES ($1, $2, 1)
           ON CONFLICT (series, fiscal_year) DO UPDATE SET last = ground_serial.last + 1)sql",
         db::params(series, year.year));
  return tx.number(R"sql(SELECT last FROM ground_serial WHERE series = $1 AND fiscal_year = $2)sql", db::params(series, year.year));
}

void insert_cooperation(db::WriteTx& tx, const CooperationPermit& permit, const NewCooperation& what, const CooperationRow& row) {
  permit.run(tx, R"sql(INSERT INTO cooperation_request (id, number, fiscal_year, body, asked_by, asked_on, due_on, agency_id, pii_outside, household_id,
                         person_id, pii_question, topics, told_id, basis, state, answered_on, answered_by, pii_answer, read_on, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'waiting', NULL, NULL, '', NULL, 1))sql",
             db::params(row.number, row.year.year, what.body, row.asked_by, row.asked_on, what.due_on, what.to, what.outside, what.household, what.person,
                        what.question, static_cast<std::int64_t>(what.topics.bits()), row.told_id, row.basis));
}

std::optional<Cooperation> load_cooperation(const CooperationPermit& permit) {
  return permit.one<Cooperation>(
      R"sql(SELECT c.id, c.number, c.body, c.asked_by, c.asked_on, c.due_on, c.agency_id, c.pii_outside, c.household_id, c.person_id, c.pii_question,
              c.topics, c.basis, c.state, c.answered_on, c.pii_answer, c.read_on, c.told_id, c.version
            FROM cooperation_request c WHERE c.id = $permit)sql",
      {}, map);
}

std::vector<Cooperation> list_cooperations(access::Gate& gate, FiscalYear year) {
  return gate.scope<CooperationRequestTag>(Topic::basic | Topic::meeting)
      .list<Cooperation>(
          R"sql(SELECT c.id, c.number, c.body, c.asked_by, c.asked_on, c.due_on, c.agency_id, c.pii_outside, c.household_id, c.person_id, c.pii_question,
                  c.topics, c.basis, c.state, c.answered_on, c.pii_answer, c.read_on, c.told_id, c.version
                FROM cooperation_request c WHERE c.fiscal_year = $1 AND {scope:c.id} ORDER BY c.number, c.id LIMIT 1000)sql",
          db::params(year.year), map);
}

bool set_cooperation_answer(db::WriteTx& tx, const CooperationPermit& permit, const CooperationAnswer& answer, AccountId by) {
  return permit.run(tx, R"sql(UPDATE cooperation_request SET state = $1, answered_on = $2, answered_by = $3, pii_answer = $4, version = version + 1
                              WHERE id = $permit AND state = 'waiting' AND version = $5)sql",
                    db::params(code_of(answer.cannot ? CooperationState::cannot : CooperationState::answered), answer.on, by, answer.text, answer.version)) == 1;
}

bool set_cooperation_withdrawn(db::WriteTx& tx, CooperationRequestId id, std::int64_t version) {
  return tx.run(R"sql(UPDATE cooperation_request SET state = 'withdrawn', version = version + 1 WHERE id = $1 AND state = 'waiting' AND version = $2)sql",
                db::params(id, version)) == 1;
}

bool set_cooperation_read(db::WriteTx& tx, CooperationRequestId id, Date on) {
  return tx.run(R"sql(UPDATE cooperation_request SET read_on = $2, version = version + 1
                      WHERE id = $1 AND state IN ('answered', 'cannot') AND read_on IS NULL)sql",
                db::params(id, on)) == 1;
}

}  // namespace kasane::consent::store
