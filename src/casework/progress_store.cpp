#include "casework/progress_store.hpp"

namespace kasane::casework::store {

void add_progress(const access::Permit<CaseTag>& permit, db::WriteTx& tx, std::int64_t id, AgencyId to, AgencyId by, Date asked_on, Date due_on) {
  permit.run(tx, R"sql(INSERT INTO progress_request (id, case_id, to_agency, asked_by, asked_on, due_on, answered_on, pii_answer)
                   VALUES ($1, $permit, $2, $3, $4, $5, NULL, ''))sql",
             db::params(id, to, by, asked_on, due_on));
}

std::vector<Progress> progress(const access::Permit<CaseTag>& permit) {
  return permit.list<Progress>(R"sql(SELECT id, case_id, to_agency, asked_by, asked_on, due_on, answered_on, pii_answer
      FROM progress_request WHERE case_id = $permit ORDER BY id DESC LIMIT 50)sql",
                               {}, [](const access::SealedRow& r) {
                                 Progress p;
                                 p.id = r.i64(0);
                                 p.case_id = r.id<CaseTag>(1);
                                 p.to_agency = r.id<AgencyTag>(2);
                                 p.asked_by = r.id<AgencyTag>(3);
                                 p.asked_on = r.date(4);
                                 p.due_on = r.date(5);
                                 p.answered_on = r.opt_date(6);
                                 p.answer = r.personal(7, access::Topic::record);
                                 return p;
                               });
}

bool answer_progress(const access::Permit<CaseTag>& permit, db::WriteTx& tx, std::int64_t id, Date on, const std::string& answer) {
  return permit.run(tx, R"sql(UPDATE progress_request SET answered_on = $2, pii_answer = $3 WHERE id = $1 AND case_id = $permit AND answered_on IS NULL)sql",
                    db::params(id, on, answer)) > 0;
}

bool agency_sees(db::ReadTx& tx, std::int64_t subject, AgencyId agency, Date on) {
  return tx.exists(R"sql(SELECT 1 FROM access_subject s WHERE s.id = $1 AND (s.holder_id = $2 OR EXISTS (SELECT 1 FROM access_reach r
                       WHERE r.root_id IN (s.root_id, s.id) AND r.party_id = $2 AND (r.topics & s.topics) = s.topics
                         AND r.valid_from <= $3 AND r.valid_until >= $3)) LIMIT 1)sql",
                   db::params(subject, agency, on));
}

}  // namespace kasane::casework::store
