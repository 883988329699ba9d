#include "casework/advice_store.hpp"

namespace kasane::casework::advice_store {

namespace {

using access::SealedRow;
using access::Topic;

Advice map(const SealedRow& r) {
  Advice a;
  a.id = r.id<AdviceTag>(0);
  a.asked_by = r.id<AgencyTag>(1);
  a.asked_on = r.date(2);
  a.to = r.id<AgencyTag>(3);
  a.question = r.personal(4, Topic::basic);
  a.answered_on = r.opt_date(5);
  a.answer = r.personal(6, Topic::basic);
  if (auto f = r.opt_i64(7)) a.referral = ReferralId(*f);
  a.version = r.i64(8);
  return a;
}

}  // namespace

void add(db::WriteTx& tx, const AdvicePermit& permit, const NewAdvice& in, Date on) {
  permit.run(tx, R"sql(INSERT INTO advice (id, asked_by, asked_on, to_agency, pii_question, answered_on, pii_answer, referral_id, version)
                       VALUES ($permit, $1, $2, $3, $4, NULL, '', $5, 1))sql",
             db::params(in.from, on, in.to, in.question, in.referral));
}

std::optional<Advice> read(const AdvicePermit& permit) {
  return permit.one<Advice>(R"sql(SELECT id, asked_by, asked_on, to_agency, pii_question, answered_on, pii_answer, referral_id, version
                                  FROM advice WHERE id = $permit)sql",
                            {}, map);
}

bool set_answer(db::WriteTx& tx, const AdvicePermit& permit, std::int64_t version, const std::string& answer, Date on) {
  return permit.run(tx, R"sql(UPDATE advice SET pii_answer = $1, answered_on = $2, version = version + 1
                              WHERE id = $permit AND version = $3 AND answered_on IS NULL)sql",
                    db::params(answer, on, version)) == 1;
}

std::vector<Advice> list(access::Gate& gate, bool answered, std::int64_t before, int limit) {
  const std::int64_t from = before == 0 ? INT64_MAX : before;
  const auto scope = gate.scope<AdviceTag>();
  if (answered)
    return scope.list<Advice>(R"sql(SELECT v.id, v.asked_by, v.asked_on, v.to_agency, v.pii_question, v.answered_on, v.pii_answer, v.referral_id,
                                      v.version
                                    FROM advice v WHERE v.answered_on IS NOT NULL AND v.id < $1 AND {scope:v.id} ORDER BY v.id DESC LIMIT $2)sql",
                              db::params(from, limit), map);
  return scope.list<Advice>(R"sql(SELECT v.id, v.asked_by, v.asked_on, v.to_agency, v.pii_question, v.answered_on, v.pii_answer, v.referral_id,
                                    v.version
                                  FROM advice v WHERE v.answered_on IS NULL AND v.id < $1 AND {scope:v.id} ORDER BY v.id DESC LIMIT $2)sql",
                            db::params(from, limit), map);
}

}  // namespace kasane::casework::advice_store
