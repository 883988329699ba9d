#include "planning/assessment_store.hpp"

#include <algorithm>

namespace kasane::planning::store {

void add_assessment(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, HouseholdId household, CaseId case_id, Date on) {
  permit.run(tx, R"sql(INSERT INTO assessment (id, household_id, case_id, made_on) VALUES ($permit, $1, $2, $3))sql",
             db::params(household, case_id, on));
}

std::optional<AssessmentId> assessment_id(db::ReadTx& tx, CaseId case_id) {
  return tx.one<AssessmentId>(R"sql(SELECT id FROM assessment WHERE case_id = $1 ORDER BY id LIMIT 1)sql", db::params(case_id),
                              [](const db::Row& r) { return r.id<AssessmentTag>(0); });
}

std::vector<Part> parts(const access::Permit<AssessmentTag>& permit, const std::vector<AgencyId>& guarded) {
  auto rows = permit.list<std::optional<Part>>(R"sql(SELECT section, agency_id, account_id, pii_text, saved_at, version
      FROM assessment_section WHERE assessment_id = $permit ORDER BY section, agency_id)sql",
                                               {}, [&](const access::SealedRow& r) -> std::optional<Part> {
                                                 const Section* known = section(r.text(0));
                                                 const AgencyId agency = r.id<AgencyTag>(1);
                                                 if (known == nullptr || !r.shows(known->topic)) return std::nullopt;
                                                 const bool secret = std::find(guarded.begin(), guarded.end(), agency) != guarded.end();
                                                 if (secret && !r.shows(access::Topic::abuse)) return std::nullopt;
                                                 Part p;
                                                 p.section = r.text(0);
                                                 p.agency = agency;
                                                 p.account = r.id<AccountTag>(2);
                                                 p.text = r.personal(3, known->topic);
                                                 p.saved_at = r.i64(4);
                                                 p.version = r.i64(5);
                                                 return p;
                                               });
  std::vector<Part> out;
  for (auto& row : rows)
    if (row) out.push_back(std::move(*row));
  return out;
}

bool add_part(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, const PartIn& part, AgencyId agency, AccountId account, UtcMs now) {
  return permit.run(tx, R"sql(INSERT INTO assessment_section (assessment_id, section, agency_id, account_id, pii_text, saved_at, version)
                          VALUES ($permit, $1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING)sql",
                    db::params(part.section, agency, account, part.text, now)) > 0;
}

bool set_part(const access::Permit<AssessmentTag>& permit, db::WriteTx& tx, const PartIn& part, AgencyId agency, AccountId account, UtcMs now) {
  return permit.run(tx, R"sql(UPDATE assessment_section SET pii_text = $1, account_id = $2, saved_at = $3, version = version + 1
                          WHERE assessment_id = $permit AND section = $4 AND agency_id = $5 AND version = $6)sql",
                    db::params(part.text, account, now, part.section, agency, part.version)) > 0;
}

}  // namespace kasane::planning::store
