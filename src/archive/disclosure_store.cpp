#include "archive/disclosure_store.hpp"

namespace kasane::archive::store {

using access::SealedRow;
using access::Topic;

namespace {

Disclosure map(const SealedRow& r) {
  Disclosure d;
  d.id = r.id<DisclosureTag>(0);
  d.number = r.text(1);
  d.household = r.id<HouseholdTag>(2);
  d.person = r.id<PersonTag>(3);
  d.holder = r.id<AgencyTag>(4);
  d.asker = asker_of(r.text(5));
  d.asker_name = r.personal(6, Topic::basic);
  d.identity = r.text(7);
  d.received_on = r.date(8);
  d.due_on = r.date(9);
  d.extended_on = r.opt_date(10);
  d.extension = r.personal(11, Topic::basic);
  d.law = r.text(12);
  d.state = disclosure_state(r.text(13));
  if (const auto by = r.opt_i64(14)) d.proposed_by = AccountId(*by);
  d.proposed_on = r.opt_date(15);
  d.returned = r.personal(16, Topic::basic);
  d.result = disclosure_result(r.text(17));
  if (const auto by = r.opt_i64(18)) d.approved_by = AccountId(*by);
  d.decided_on = r.opt_date(19);
  d.handed_on = r.opt_date(20);
  d.version = r.i64(21);
  d.person_name = r.personal(22, Topic::basic);
  return d;
}

Part map_part(const SealedRow& r) {
  Part p;
  p.number = static_cast<int>(r.i64(0));
  p.subject = {static_cast<SubjectKind>(r.i64(1)), r.i64(2)};
  p.held_on = r.opt_date(3);
  p.source = r.text(4);
  p.part = r.text(5);
  p.text = r.personal(6, Topic::basic);
  p.proposal = r.text(7) == "open" ? Proposal::open : Proposal::review;
  p.why = r.text(8);
  p.ground = r.text(9);
  p.decision = part_decision(r.text(10));
  p.hidden = r.personal(11, Topic::basic);
  return p;
}

}  // namespace

std::int64_t next_disclosure_serial(db::WriteTx& tx, FiscalYear year) {
  tx.run(R"sql(INSERT INTO disclosure_serial (fiscal_year, last) VALUES ($1, 1)
           ON CONFLICT (fiscal_year) DO UPDATE SET last = disclosure_serial.last + 1)sql",
         db::params(year.year));
  return tx.number(R"sql(SELECT last FROM disclosure_serial WHERE fiscal_year = $1)sql", db::params(year.year));
}

void add(db::WriteTx& tx, const DisclosurePermit& permit, const DisclosureRow& d) {
  permit.run(tx, R"sql(INSERT INTO disclosure (id, number, household_id, person_id, holder_id, asker, pii_asker, identity, received_on, due_on,
                         extended_on, pii_extension, law, state, proposed_by, proposed_on, pii_returned, result, approved_by, decided_on, handed_on, version)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '', $10, 'sorting', NULL, NULL, '', '', NULL, NULL, NULL, 1))sql",
             db::params(d.number, d.household, d.person, d.holder, code_of(d.asker), d.asker_name, d.identity, d.received_on, d.due_on, d.law));
}

void add_part(db::WriteTx& tx, const DisclosurePermit& permit, int number, const FoundPart& part, const std::string& words, const Proposed& proposed) {
  const bool open = proposed.proposal == Proposal::open;
  permit.run(tx, R"sql(INSERT INTO disclosure_part (disclosure_id, number, subject_kind, subject_id, held_on, source, part, pii_text, proposal, why, ground,
                         decision, pii_hidden, decided_by)
                       VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', NULL))sql",
             db::params(number, part.subject.kind, part.subject.id, part.held_on, part.source, part.part, words, code_of(proposed.proposal),
                        proposed.why, proposed.ground, code_of(open ? PartDecision::open : PartDecision::none)));
}

void add_elsewhere(db::WriteTx& tx, DisclosureId id, AgencyId agency) {
  tx.run(R"sql(INSERT INTO disclosure_elsewhere (disclosure_id, agency_id) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql", db::params(id, agency));
}

std::optional<Disclosure> load(const DisclosurePermit& permit) {
  return permit.one<Disclosure>(
      R"sql(SELECT d.id, d.number, d.household_id, d.person_id, d.holder_id, d.asker, d.pii_asker, d.identity, d.received_on, d.due_on, d.extended_on,
              d.pii_extension, d.law, d.state, d.proposed_by, d.proposed_on, d.pii_returned, d.result, d.approved_by, d.decided_on, d.handed_on, d.version,
              p.pii_family || ' ' || p.pii_given AS pii_name
            FROM disclosure d LEFT JOIN person p ON p.id = d.person_id WHERE d.id = $permit)sql",
      {}, map);
}

std::vector<Part> parts(const DisclosurePermit& permit) {
  return permit.list<Part>(R"sql(SELECT number, subject_kind, subject_id, held_on, source, part, pii_text, proposal, why, ground, decision, pii_hidden
                                 FROM disclosure_part WHERE disclosure_id = $permit ORDER BY number)sql",
                           {}, map_part);
}

std::vector<Origin> origins(db::ReadTx& tx, DisclosureId id) {
  return tx.list<Origin>(R"sql(SELECT DISTINCT p.subject_id, p.source, COALESCE(s.root_id, d.household_id), CASE WHEN s.id IS NULL THEN 1 ELSE 0 END
                           FROM disclosure_part p JOIN disclosure d ON d.id = p.disclosure_id LEFT JOIN access_subject s ON s.id = p.subject_id
                           WHERE p.disclosure_id = $1)sql",
                         db::params(id), [](const db::Row& r) { return Origin{r.i64(0), r.text(1), r.i64(2), r.boolean(3)}; });
}

std::vector<AgencyId> elsewhere(db::ReadTx& tx, DisclosureId id) {
  return tx.list<AgencyId>(R"sql(SELECT agency_id FROM disclosure_elsewhere WHERE disclosure_id = $1 ORDER BY agency_id)sql", db::params(id),
                           [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

std::vector<DisclosureLine> disclosure_lines(access::Gate& gate, int limit) {
  return gate.scope<DisclosureTag>().list<DisclosureLine>(
      R"sql(SELECT d.id, d.number, d.received_on, d.due_on, d.state, d.result, p.pii_family || ' ' || p.pii_given AS pii_name
            FROM disclosure d LEFT JOIN person p ON p.id = d.person_id
            WHERE {scope:d.id} ORDER BY CASE WHEN d.handed_on IS NULL THEN 0 ELSE 1 END, d.due_on, d.id DESC LIMIT $1)sql",
      db::params(limit), [](const SealedRow& r) {
        return DisclosureLine{r.id<DisclosureTag>(0), r.text(1), r.date(2), r.date(3), disclosure_state(r.text(4)), disclosure_result(r.text(5)),
                              r.personal(6, Topic::basic)};
      });
}

std::optional<std::string> open_number(access::Gate& gate, PersonId person, AgencyId holder) {
  const auto found = gate.scope<DisclosureTag>().list<std::string>(
      R"sql(SELECT d.id, d.number FROM disclosure d WHERE d.person_id = $1 AND d.holder_id = $2 AND d.decided_on IS NULL AND {scope:d.id} LIMIT 1)sql",
      db::params(person, holder), [](const SealedRow& r) { return r.text(1); });
  if (found.empty()) return std::nullopt;
  return found.front();
}

void set_choice(db::WriteTx& tx, const DisclosurePermit& permit, const PartChoice& c, AccountId by) {
  permit.run(tx, R"sql(UPDATE disclosure_part SET decision = $1, ground = $2, pii_hidden = $3, decided_by = $4
                       WHERE disclosure_id = $permit AND number = $5)sql",
             db::params(code_of(c.decision), c.ground, c.hidden, by, c.number));
}

bool touch(db::WriteTx& tx, DisclosureId id, std::int64_t version) {
  return tx.run(R"sql(UPDATE disclosure SET version = version + 1 WHERE id = $1 AND version = $2 AND state = 'sorting')sql", db::params(id, version)) == 1;
}

bool set_extended(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, Date on, Date due_on, const std::string& reason) {
  return permit.run(tx, R"sql(UPDATE disclosure SET extended_on = $1, due_on = $2, pii_extension = $3, version = version + 1
                              WHERE id = $permit AND version = $4 AND extended_on IS NULL AND decided_on IS NULL)sql",
                    db::params(on, due_on, reason, version)) == 1;
}

bool set_proposed(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, AccountId by, Date on) {
  return permit.run(tx, R"sql(UPDATE disclosure SET state = 'proposed', proposed_by = $1, proposed_on = $2, pii_returned = '', version = version + 1
                              WHERE id = $permit AND version = $3 AND state = 'sorting')sql",
                    db::params(by, on, version)) == 1;
}

bool set_returned(db::WriteTx& tx, const DisclosurePermit& permit, std::int64_t version, const std::string& why) {
  return permit.run(tx, R"sql(UPDATE disclosure SET state = 'sorting', pii_returned = $1, version = version + 1
                              WHERE id = $permit AND version = $2 AND state = 'proposed')sql",
                    db::params(why, version)) == 1;
}

bool set_approved(db::WriteTx& tx, DisclosureId id, std::int64_t version, DisclosureResult result, AccountId by, Date on) {
  return tx.run(R"sql(UPDATE disclosure SET state = 'approved', result = $1, approved_by = $2, decided_on = $3, version = version + 1
                  WHERE id = $4 AND version = $5 AND state = 'proposed')sql",
                db::params(code_of(result), by, on, id, version)) == 1;
}

bool set_handed(db::WriteTx& tx, DisclosureId id, std::int64_t version, Date on) {
  return tx.run(R"sql(UPDATE disclosure SET state = 'handed', handed_on = $1, version = version + 1
                  WHERE id = $2 AND version = $3 AND state = 'approved')sql",
                db::params(on, id, version)) == 1;
}

}  // namespace kasane::archive::store
