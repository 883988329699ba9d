#include "consent/provision_store.hpp"

namespace kasane::consent::store {

using access::SealedRow;
using access::Topic;

namespace {

Provision map(const SealedRow& r) {
  Provision p;
  p.id = r.id<ProvisionTag>(0);
  p.number = r.text(1);
  p.asked_by = r.id<AgencyTag>(2);
  p.holder = r.id<AgencyTag>(3);
  p.asked_on = r.date(4);
  p.recipient = r.text(5);
  if (const auto agency = r.opt_i64(6)) p.recipient_id = AgencyId(*agency);
  p.about = r.personal(7, Topic::basic);
  p.items = r.text(8);
  p.reason_class = r.text(9);
  p.reason = r.personal(10, Topic::basic);
  p.basis = r.text(11);
  p.from = r.date(12);
  p.until = r.date(13);
  p.state = provision_state(r.text(14));
  if (const auto household = r.opt_i64(15)) p.household = HouseholdId(*household);
  if (const auto person = r.opt_i64(16)) p.person = PersonId(*person);
  p.topics = access::Topics(static_cast<std::uint32_t>(r.i64(17)));
  p.decided_on = r.opt_date(18);
  p.harm_checked = r.i64(19) != 0;
  p.harm_reason = r.personal(20, Topic::basic);
  p.answer = r.personal(21, Topic::basic);
  p.read_on = r.opt_date(22);
  p.version = r.i64(23);
  p.ended_on = r.opt_date(24);
  p.recipient_kind = programme::parse_recipient_kind(r.text(25));
  p.consent_note = r.personal(26, Topic::basic);
  return p;
}

}  // namespace

void insert_provision(db::WriteTx& tx, const ProvisionPermit& permit, const NewProvision& what, const ProvisionRow& row) {
  permit.run(tx, R"sql(INSERT INTO provision (id, number, fiscal_year, serial, asked_by, holder_id, asked_on, recipient, recipient_id, pii_about, items,
                         reason_class, pii_reason, basis, from_on, until_on, state, household_id, person_id, topics, decided_on, decided_by, harm_checked,
                         pii_harm, pii_answer, read_on, version, recipient_kind, pii_consent)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'asked', NULL, NULL, 0, NULL, NULL, 0, '', '',
                         NULL, 1, $16, ''))sql",
             db::params(row.number, row.year.year, row.serial, row.asked_by, what.holder, row.asked_on, row.recipient, row.recipient_id, what.about, what.items,
                        what.reason_class, what.reason, row.basis, what.from, what.until, programme::code_of(row.recipient_kind)));
}

std::optional<Provision> load_provision(const ProvisionPermit& permit) {
  return permit.one<Provision>(
      R"sql(SELECT p.id, p.number, p.asked_by, p.holder_id, p.asked_on, p.recipient, p.recipient_id, p.pii_about, p.items, p.reason_class, p.pii_reason,
              p.basis, p.from_on, p.until_on, p.state, p.household_id, p.person_id, p.topics, p.decided_on, p.harm_checked, p.pii_harm, p.pii_answer,
              p.read_on, p.version, p.ended_on, p.recipient_kind, p.pii_consent
            FROM provision p WHERE p.id = $permit)sql",
      {}, map);
}

std::vector<Provision> list_provisions(access::Gate& gate) {
  return gate.scope<ProvisionTag>(Topic::basic).list<Provision>(
      R"sql(SELECT p.id, p.number, p.asked_by, p.holder_id, p.asked_on, p.recipient, p.recipient_id, p.pii_about, p.items, p.reason_class, p.pii_reason,
              p.basis, p.from_on, p.until_on, p.state, p.household_id, p.person_id, p.topics, p.decided_on, p.harm_checked, p.pii_harm, p.pii_answer,
              p.read_on, p.version, p.ended_on, p.recipient_kind, p.pii_consent
            FROM provision p WHERE {scope:p.id} ORDER BY p.asked_on DESC, p.id DESC LIMIT 200)sql",
      {}, map);
}

std::vector<LedgerLine> ledger_lines(db::ReadTx& tx, FiscalYear year) {
  return tx.list<LedgerLine>(R"sql(SELECT id, number, holder_id, asked_on, recipient, items, reason_class, basis, from_on, until_on, ended_on, state, decided_on
                                   FROM provision WHERE fiscal_year = $1 ORDER BY serial LIMIT 2000)sql",
                             db::params(year.year), [](const db::Row& r) {
                               return LedgerLine{r.id<ProvisionTag>(0), r.text(1), r.id<AgencyTag>(2), r.date(3), r.text(4), r.text(5), r.text(6), r.text(7),
                                                 r.date(8), r.date(9), r.opt_date(10), provision_state(r.text(11)), r.opt_date(12), false};
                             });
}

std::vector<ProvisionId> known_provisions(access::Gate& gate, FiscalYear year) {
  return gate.scope<ProvisionTag>(Topic::basic).list<ProvisionId>(
      R"sql(SELECT p.id FROM provision p WHERE p.fiscal_year = $1 AND {scope:p.id} ORDER BY p.id LIMIT 2000)sql", db::params(year.year),
      [](const SealedRow& r) { return r.id<ProvisionTag>(0); });
}

bool set_household(db::WriteTx& tx, const ProvisionPermit& permit, HouseholdId household, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE provision SET household_id = $1, person_id = NULL, version = version + 1
                              WHERE id = $permit AND state = 'asked' AND version = $2)sql",
                    db::params(household, version)) == 1;
}

bool set_provision_decision(db::WriteTx& tx, const ProvisionPermit& permit, const ProvisionDecision& d, std::string_view basis, Date on, AccountId by) {
  if (!d.grant)
    return permit.run(tx, R"sql(UPDATE provision SET state = 'refused', decided_on = $1, decided_by = $2, pii_answer = $3, version = version + 1
                                WHERE id = $permit AND state = 'asked' AND version = $4)sql",
                      db::params(on, by, d.answer, d.version)) == 1;
  return permit.run(tx, R"sql(UPDATE provision SET state = 'granted', decided_on = $1, decided_by = $2, basis = $3, items = $4, from_on = $5, until_on = $6,
                                person_id = $7, topics = $8, harm_checked = $9, pii_harm = $10, pii_answer = $11, pii_consent = $13, version = version + 1
                              WHERE id = $permit AND state = 'asked' AND version = $12)sql",
                    db::params(on, by, basis, d.items, d.from, d.until, d.person, static_cast<std::int64_t>(d.topics.bits()),
                               std::int64_t{d.harm_checked ? 1 : 0}, d.harm_reason, d.answer, d.version, d.consent_note)) == 1;
}

bool set_provision_withdrawn(db::WriteTx& tx, ProvisionId id, std::int64_t version) {
  return tx.run(R"sql(UPDATE provision SET state = 'withdrawn', version = version + 1 WHERE id = $1 AND state = 'asked' AND version = $2)sql",
                db::params(id, version)) == 1;
}

bool set_provision_ended(db::WriteTx& tx, const ProvisionPermit& permit, Date on, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE provision SET ended_on = $1, version = version + 1
                              WHERE id = $permit AND state = 'granted' AND ended_on IS NULL AND until_on >= $1 AND version = $2)sql",
                    db::params(on, version)) == 1;
}

bool set_provision_read(db::WriteTx& tx, ProvisionId id, Date on) {
  return tx.run(R"sql(UPDATE provision SET read_on = $2, version = version + 1 WHERE id = $1 AND state IN ('granted', 'refused') AND read_on IS NULL)sql",
                db::params(id, on)) == 1;
}

}  // namespace kasane::consent::store
