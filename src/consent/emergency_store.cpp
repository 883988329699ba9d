#include "consent/emergency_store.hpp"

namespace kasane::consent::store {

using access::SealedRow;
using access::Topic;

namespace {

/// Columns id, household_id, account_id, display_name, agency_id, holder_id, reason_code, opened_at, until_at, ended_at,
/// review_by, reviewed_on, verdict, version, from the first on.
template <class AnyRow>
EmergencyFacts facts_of(const AnyRow& r) {
  EmergencyFacts f;
  f.id = r.template id<EmergencyAccessTag>(0);
  f.household = r.template id<HouseholdTag>(1);
  f.account = r.template id<AccountTag>(2);
  f.account_name = r.opt_text(3).value_or("");
  f.agency = r.template id<AgencyTag>(4);
  f.holder = r.template id<AgencyTag>(5);
  f.reason_code = r.text(6);
  f.opened_at = r.i64(7);
  f.until_at = r.i64(8);
  f.ended_at = r.opt_i64(9);
  f.review_by = r.date(10);
  f.reviewed_on = r.opt_date(11);
  f.verdict = parse_verdict(r.text(12)).value_or(Verdict::open);
  f.version = r.i64(13);
  return f;
}

}  // namespace

std::optional<HouseholdId> household_of_number(db::ReadTx& tx, const std::string& number) {
  return tx.one<HouseholdId>(R"sql(SELECT id FROM household WHERE number = $1)sql", db::params(number), [](const db::Row& r) { return r.id<HouseholdTag>(0); });
}

std::vector<Match> households_of_person(const EmergencyPermit& permit, const std::string& name, const std::string& birth, Date on) {
  return permit.list<Match>(
      R"sql(SELECT DISTINCT m.household_id, p.id FROM person p JOIN membership m ON m.person_id = p.id
            WHERE p.pii_birth = $1 AND replace(replace(p.pii_family || p.pii_given, ' ', ''), '　', '') = $2 AND p.deceased_on IS NULL
              AND (m.valid_until IS NULL OR m.valid_until >= $3) AND CAST($permit AS BIGINT) <> 0 LIMIT 3)sql",
      db::params(birth, name, on), [](const SealedRow& r) { return Match{r.id<HouseholdTag>(0), r.id<PersonTag>(1)}; });
}

void insert_emergency(db::WriteTx& tx, const EmergencyPermit& permit, const EmergencyFacts& f, const std::string& reason) {
  permit.run(tx, R"sql(INSERT INTO emergency_access (id, household_id, account_id, agency_id, holder_id, reason_code, pii_reason, opened_at, until_at, ended_at,
                         review_by, reviewed_on, reviewed_by, verdict, pii_note, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, NULL, NULL, '', '', 1))sql",
             db::params(f.household, f.account, f.agency, f.holder, f.reason_code, reason, f.opened_at, f.until_at, f.review_by));
}

std::optional<EmergencyFacts> emergency(db::ReadTx& tx, EmergencyAccessId id) {
  return tx.one<EmergencyFacts>(R"sql(SELECT e.id, e.household_id, e.account_id, a.display_name, e.agency_id, e.holder_id, e.reason_code, e.opened_at, e.until_at,
                                        e.ended_at, e.review_by, e.reviewed_on, e.verdict, e.version
                                      FROM emergency_access e LEFT JOIN account a ON a.id = e.account_id WHERE e.id = $1)sql",
                                db::params(id), [](const db::Row& r) { return facts_of(r); });
}

Emergency view(const EmergencyPermit& permit, const EmergencyFacts& facts) {
  Emergency e{facts, {}, {}, {}};
  permit.list<int>(R"sql(SELECT h.pii_label, e.pii_reason, e.pii_note FROM emergency_access e LEFT JOIN household h ON h.id = e.household_id WHERE e.id = $permit)sql", {},
                   [&](const SealedRow& r) {
                     e.label = r.personal(0, Topic::basic);
                     e.reason = r.personal(1, Topic::basic);
                     e.note = r.personal(2, Topic::basic);
                     return 0;
                   });
  return e;
}

std::vector<EmergencyFacts> to_review(const access::Scope<EmergencyAccessTag>& scope) {
  return scope.list<EmergencyFacts>(
      R"sql(SELECT e.id, e.household_id, e.account_id, a.display_name, e.agency_id, e.holder_id, e.reason_code, e.opened_at, e.until_at, e.ended_at, e.review_by,
              e.reviewed_on, e.verdict, e.version
            FROM emergency_access e LEFT JOIN account a ON a.id = e.account_id
            WHERE e.verdict = '' AND {scope:e.id} ORDER BY e.opened_at, e.id LIMIT 100)sql",
      {}, [](const SealedRow& r) { return facts_of(r); });
}

std::vector<EmergencyFacts> of_account(db::ReadTx& tx, AccountId account) {
  return tx.list<EmergencyFacts>(R"sql(SELECT e.id, e.household_id, e.account_id, a.display_name, e.agency_id, e.holder_id, e.reason_code, e.opened_at, e.until_at,
                                         e.ended_at, e.review_by, e.reviewed_on, e.verdict, e.version
                                       FROM emergency_access e LEFT JOIN account a ON a.id = e.account_id
                                       WHERE e.account_id = $1 ORDER BY e.opened_at DESC LIMIT 20)sql",
                                 db::params(account), [](const db::Row& r) { return facts_of(r); });
}

std::vector<EmergencyFacts> newest(db::ReadTx& tx) {
  return tx.list<EmergencyFacts>(R"sql(SELECT e.id, e.household_id, e.account_id, a.display_name, e.agency_id, e.holder_id, e.reason_code, e.opened_at, e.until_at,
                                         e.ended_at, e.review_by, e.reviewed_on, e.verdict, e.version
                                       FROM emergency_access e LEFT JOIN account a ON a.id = e.account_id ORDER BY e.opened_at DESC LIMIT 200)sql",
                                 {}, [](const db::Row& r) { return facts_of(r); });
}

std::int64_t count_unreviewed(db::ReadTx& tx) { return tx.number(R"sql(SELECT count(*) FROM emergency_access WHERE verdict = '')sql"); }

bool set_reviewed(db::WriteTx& tx, const EmergencyPermit& permit, std::int64_t version, Date on, AccountId by, Verdict verdict, const std::string& note) {
  return permit.run(tx, R"sql(UPDATE emergency_access SET reviewed_on = $1, reviewed_by = $2, verdict = $3, pii_note = $4, version = version + 1
                              WHERE id = $permit AND version = $5 AND verdict = '')sql",
                    db::params(on, by, code_of(verdict), note, version)) == 1;
}

void set_ended(db::WriteTx& tx, EmergencyAccessId id, UtcMs at) {
  tx.run(R"sql(UPDATE emergency_access SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL)sql", db::params(id, at));
}

std::vector<EmergencyAccessId> run_out(db::ReadTx& tx, UtcMs now) {
  return tx.list<EmergencyAccessId>(R"sql(SELECT id FROM emergency_access WHERE ended_at IS NULL AND until_at <= $1)sql", db::params(now),
                                    [](const db::Row& r) { return r.id<EmergencyAccessTag>(0); });
}

}  // namespace kasane::consent::store
