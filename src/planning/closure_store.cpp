#include "planning/closure_store.hpp"

#include <map>

namespace kasane::planning::store {

using access::Topic;

void add_evaluation(const access::Permit<EvaluationTag>& permit, db::WriteTx& tx, const NewEvaluation& in, CaseId case_id, AgencyId agency) {
  permit.run(tx, R"sql(INSERT INTO evaluation (id, plan_id, case_id, made_on, agency_id, verdict, pii_change, pii_person, pii_left, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, 1))sql",
             db::params(in.plan, case_id, in.made_on, agency, code_of(in.verdict), in.change, in.person_view, in.left));
  for (const auto& [goal, result] : in.goals)
    permit.run(tx, R"sql(INSERT INTO evaluation_goal (evaluation_id, goal_id, result) VALUES ($permit, $1, $2))sql", db::params(goal, result));
  for (const Dimension& d : in.dimensions)
    permit.run(tx, R"sql(INSERT INTO evaluation_dimension (evaluation_id, dimension, before_value, after_value) VALUES ($permit, $1, $2, $3))sql",
               db::params(d.code, d.before, d.after));
}

namespace {

std::optional<int> small(std::optional<std::int64_t> n) { return n ? std::optional<int>(static_cast<int>(*n)) : std::nullopt; }

Closure map_closure(const access::SealedRow& r) {
  Closure c;
  c.id = r.id<ClosureTag>(0);
  c.case_id = r.id<CaseTag>(1);
  c.household = r.id<HouseholdTag>(2);
  c.episode = static_cast<int>(r.i64(3));
  c.proposed_on = r.date(4);
  c.reason = r.text(5);
  c.main_contact = r.id<AgencyTag>(6);
  if (auto watcher = r.opt_i64(7)) c.watcher = AgencyId(*watcher);
  c.watch_channel = r.text(8);
  c.access_until = r.date(9);
  c.note = r.personal(10, Topic::plan);
  c.closed_on = r.opt_date(11);
  c.version = r.i64(12);
  return c;
}

}  // namespace

std::vector<Evaluation> evaluations(db::ReadTx& tx, const access::Scope<EvaluationTag>& scope, PlanId plan) {
  auto all = scope.list<Evaluation>(R"sql(SELECT e.id, e.plan_id, e.case_id, e.made_on, e.agency_id, e.verdict, e.pii_change, e.pii_person, e.pii_left
      FROM evaluation e WHERE e.plan_id = $1 AND {scope:e.id} ORDER BY e.made_on DESC, e.id DESC LIMIT 50)sql",
                                    db::params(plan), [](const access::SealedRow& r) {
                                      Evaluation e;
                                      e.id = r.id<EvaluationTag>(0);
                                      e.plan = r.id<PlanTag>(1);
                                      e.case_id = r.id<CaseTag>(2);
                                      e.made_on = r.date(3);
                                      e.agency = r.id<AgencyTag>(4);
                                      e.verdict = parse_code<Verdict>(r.text(5)).value_or(Verdict::carry_on);
                                      e.change = r.personal(6, Topic::plan);
                                      e.person_view = r.personal(7, Topic::plan);
                                      e.left = r.personal(8, Topic::plan);
                                      return e;
                                    });
  std::vector<EvaluationId> ids;
  std::map<std::int64_t, Evaluation*> by_id;
  for (Evaluation& e : all) {
    ids.push_back(e.id);
    by_id[e.id.value] = &e;
  }
  if (ids.empty()) return all;
  tx.each(R"sql(SELECT evaluation_id, goal_id, result FROM evaluation_goal WHERE evaluation_id IN {ids:$1} ORDER BY evaluation_id, goal_id)sql",
          db::params(db::id_list(ids)), [&](const db::Row& r) { by_id.at(r.i64(0))->goals.emplace_back(r.i64(1), r.text(2)); });
  tx.each(R"sql(SELECT evaluation_id, dimension, before_value, after_value FROM evaluation_dimension WHERE evaluation_id IN {ids:$1} ORDER BY evaluation_id, dimension)sql",
          db::params(db::id_list(ids)),
          [&](const db::Row& r) { by_id.at(r.i64(0))->dimensions.push_back({r.text(1), small(r.opt_i64(2)), small(r.opt_i64(3))}); });
  return all;
}

void add_closure(const access::Permit<ClosureTag>& permit, db::WriteTx& tx, const NewClosure& in, HouseholdId household, int episode) {
  permit.run(tx, R"sql(INSERT INTO closure (id, case_id, household_id, episode, proposed_on, reason, main_contact, watcher_id, watch_channel, access_until, pii_note, closed_on, withdrawn_on, item_id, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, NULL, 1))sql",
             db::params(in.case_id, household, episode, in.proposed_on, in.reason, in.main_contact, in.watcher, in.watch_channel, in.access_until, in.note));
}

std::vector<ClosureLine> closures_waiting(const access::Scope<ClosureTag>& scope) {
  return scope.list<ClosureLine>(R"sql(SELECT x.id, x.case_id, x.household_id, x.episode, x.proposed_on, x.reason, x.main_contact, x.watcher_id, x.watch_channel,
      x.access_until, x.pii_note, x.closed_on, x.version, h.pii_label, c.number
    FROM closure x JOIN household h ON h.id = x.household_id JOIN support_case c ON c.id = x.case_id
    WHERE x.closed_on IS NULL AND x.withdrawn_on IS NULL AND {scope:x.id} ORDER BY x.proposed_on, x.id LIMIT 200)sql",
                                 {}, [](const access::SealedRow& r) { return ClosureLine{map_closure(r), r.personal(13, Topic::basic), r.text(14)}; });
}

std::vector<Closure> closures(const access::Scope<ClosureTag>& scope, CaseId case_id) {
  return scope.list<Closure>(R"sql(SELECT x.id, x.case_id, x.household_id, x.episode, x.proposed_on, x.reason, x.main_contact, x.watcher_id, x.watch_channel,
      x.access_until, x.pii_note, x.closed_on, x.version
    FROM closure x WHERE x.case_id = $1 AND x.withdrawn_on IS NULL AND {scope:x.id} ORDER BY x.proposed_on DESC, x.id DESC LIMIT 50)sql",
                             db::params(case_id), map_closure);
}

std::optional<Closure> closure(const access::Permit<ClosureTag>& permit) {
  return permit.one<Closure>(R"sql(SELECT id, case_id, household_id, episode, proposed_on, reason, main_contact, watcher_id, watch_channel,
      access_until, pii_note, closed_on, version FROM closure WHERE id = $permit AND withdrawn_on IS NULL)sql",
                             {}, map_closure);
}

bool closure_open(db::ReadTx& tx, CaseId case_id) {
  return tx.exists(R"sql(SELECT 1 FROM closure WHERE case_id = $1 AND closed_on IS NULL AND withdrawn_on IS NULL)sql", db::params(case_id));
}

bool set_closed(db::WriteTx& tx, ClosureId id, AgendaItemId item, Date on) {
  return tx.run(R"sql(UPDATE closure SET closed_on = $1, item_id = $2, version = version + 1 WHERE id = $3 AND closed_on IS NULL AND withdrawn_on IS NULL)sql",
                db::params(on, item, id)) > 0;
}

bool set_withdrawn(db::WriteTx& tx, ClosureId id, Date on) {
  return tx.run(R"sql(UPDATE closure SET withdrawn_on = $1, version = version + 1 WHERE id = $2 AND closed_on IS NULL AND withdrawn_on IS NULL)sql",
                db::params(on, id)) > 0;
}

}  // namespace kasane::planning::store
