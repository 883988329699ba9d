#include "planning/early_store.hpp"

namespace kasane::planning::store {

using access::Topic;

namespace {

EarlyStart map_early(const access::SealedRow& r) {
  EarlyStart e;
  e.case_id = r.id<CaseTag>(0);
  e.id = r.i64(1);
  e.household = r.id<HouseholdTag>(2);
  if (auto plan = r.opt_i64(3)) e.plan = PlanId(*plan);
  e.service = r.text(4);
  e.agency = r.id<AgencyTag>(5);
  e.started_on = r.date(6);
  e.reason = r.text(7);
  e.free_reason = r.personal(8, Topic::plan);
  e.ratify_by = r.date(9);
  e.ratified_on = r.opt_date(10);
  if (auto item = r.opt_i64(11)) e.item = AgendaItemId(*item);
  return e;
}

}  // namespace

void add_early(const access::Permit<CaseTag>& permit, db::WriteTx& tx, const EarlyStart& e, const std::string& free_reason) {
  permit.run(tx, R"sql(INSERT INTO early_start (id, case_id, household_id, plan_id, service, agency_id, started_on, reason, pii_reason, ratify_by, ratified_on, item_id)
                   VALUES ($1, $permit, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL))sql",
             db::params(e.id, e.household, e.plan, e.service, e.agency, e.started_on, e.reason, free_reason, e.ratify_by));
}

std::vector<EarlyStart> early_of_case(const access::Permit<CaseTag>& permit) {
  return permit.list<EarlyStart>(R"sql(SELECT case_id, id, household_id, plan_id, service, agency_id, started_on, reason, pii_reason, ratify_by, ratified_on, item_id
      FROM early_start WHERE case_id = $permit ORDER BY started_on DESC, id DESC)sql",
                                 {}, map_early);
}

std::vector<EarlyStartLine> to_ratify(const access::Scope<CaseTag>& scope) {
  return scope.list<EarlyStartLine>(R"sql(SELECT e.case_id, e.id, e.household_id, e.plan_id, e.service, e.agency_id, e.started_on, e.reason, e.pii_reason,
      e.ratify_by, e.ratified_on, e.item_id, h.pii_label, c.number
    FROM early_start e JOIN support_case c ON c.id = e.case_id JOIN household h ON h.id = e.household_id
    WHERE e.ratified_on IS NULL AND {scope:e.case_id} ORDER BY e.ratify_by, e.id LIMIT 200)sql",
                                    {}, [](const access::SealedRow& r) {
                                      return EarlyStartLine{map_early(r), r.personal(12, Topic::basic), r.text(13)};
                                    });
}

std::optional<EarlyFacts> early_facts(db::ReadTx& tx, std::int64_t id) {
  return tx.one<EarlyFacts>(R"sql(SELECT case_id, household_id, service, agency_id, ratified_on FROM early_start WHERE id = $1)sql", db::params(id),
                            [](const db::Row& r) {
                              return EarlyFacts{r.id<CaseTag>(0), r.id<HouseholdTag>(1), r.text(2), r.id<AgencyTag>(3), r.opt_date(4)};
                            });
}

std::optional<AgencyId> holder_of_case(db::ReadTx& tx, CaseId id) {
  return tx.one<AgencyId>(R"sql(SELECT holder_id FROM access_subject WHERE id = $1)sql", db::params(id), [](const db::Row& r) { return r.id<AgencyTag>(0); });
}

void set_ratified(db::WriteTx& tx, std::int64_t id, AgendaItemId item, Date on) {
  tx.run(R"sql(UPDATE early_start SET ratified_on = $1, item_id = $2 WHERE id = $3)sql", db::params(on, item, id));
}

std::optional<Date> next_to_ratify(db::ReadTx& tx, CaseId case_id) {
  return tx.one<Date>(R"sql(SELECT ratify_by FROM early_start WHERE case_id = $1 AND ratified_on IS NULL ORDER BY ratify_by LIMIT 1)sql",
                      db::params(case_id), [](const db::Row& r) { return r.date(0); });
}

}  // namespace kasane::planning::store
