#include "casework/task_store.hpp"

#include <limits>

namespace kasane::casework::store {

namespace {

Task map_task(const access::SealedRow& r) {
  Task t;
  t.id = r.id<TaskTag>(0);
  t.household = r.id<HouseholdTag>(1);
  if (auto id = r.opt_i64(2)) t.case_id = CaseId(*id);
  t.label = r.personal(3, access::Topic::basic);
  t.agency = r.id<AgencyTag>(4);
  if (auto id = r.opt_i64(5)) t.account = AccountId(*id);
  t.source = {static_cast<SubjectKind>(r.i64(6)), r.i64(7)};
  t.what = r.personal(8, access::Topic::basic);
  t.how_often = r.text(9);
  t.due_on = r.opt_date(10);
  t.done_on = r.opt_date(11);
  t.done = r.personal(12, access::Topic::basic);
  t.version = r.i64(13);
  t.left_open = !t.done_on && r.opt_text(14).value_or("") == "closed";
  return t;
}

/// Agencies of a filter; 0 in front: no filter.
std::int64_t any(const std::vector<AgencyId>& agencies) { return agencies.empty() ? 1 : 0; }

}  // namespace

void add_task(const access::Permit<TaskTag>& permit, db::WriteTx& tx, const NewTask& in) {
  permit.run(tx, R"sql(INSERT INTO task (id, household_id, case_id, agency_id, account_id, source_kind, source_id, pii_what, how_often, due_on, done_on, pii_done, version)
                   VALUES ($permit, $1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '', 1))sql",
             db::params(in.household, in.case_id, in.agency, in.account, static_cast<std::int64_t>(in.source.kind), in.source.id, in.what, in.how_often,
                        in.due_on));
}

std::optional<Task> task(const access::Permit<TaskTag>& permit) {
  return permit.one<Task>(R"sql(SELECT t.id, t.household_id, t.case_id, h.pii_label, t.agency_id, t.account_id, t.source_kind, t.source_id, t.pii_what,
        t.how_often, t.due_on, t.done_on, t.pii_done, t.version, c.state
      FROM task t JOIN household h ON h.id = t.household_id LEFT JOIN support_case c ON c.id = t.case_id WHERE t.id = $permit)sql",
                          {}, map_task);
}

std::vector<Task> tasks_about(const access::Scope<TaskTag>& scope, HouseholdId household) {
  return scope.list<Task>(R"sql(SELECT t.id, t.household_id, t.case_id, h.pii_label, t.agency_id, t.account_id, t.source_kind, t.source_id, t.pii_what,
        t.how_often, t.due_on, t.done_on, t.pii_done, t.version, c.state
      FROM task t JOIN household h ON h.id = t.household_id LEFT JOIN support_case c ON c.id = t.case_id WHERE t.household_id = $1 AND {scope:t.id}
      ORDER BY CASE WHEN t.done_on IS NULL THEN 0 ELSE 1 END, t.done_on DESC, COALESCE(t.due_on, '9999-12-31'), t.id LIMIT 200)sql",
                          db::params(household), map_task);
}

std::vector<Task> tasks_from(const access::Scope<TaskTag>& scope, SubjectRef source) {
  return scope.list<Task>(R"sql(SELECT t.id, t.household_id, t.case_id, h.pii_label, t.agency_id, t.account_id, t.source_kind, t.source_id, t.pii_what,
        t.how_often, t.due_on, t.done_on, t.pii_done, t.version, c.state
      FROM task t JOIN household h ON h.id = t.household_id LEFT JOIN support_case c ON c.id = t.case_id WHERE t.source_id = $1 AND t.source_kind = $2 AND {scope:t.id}
      ORDER BY COALESCE(t.due_on, '9999-12-31'), t.id LIMIT 200)sql",
                          db::params(source.id, static_cast<std::int64_t>(source.kind)), map_task);
}

std::vector<Task> open_tasks(const access::Scope<TaskTag>& scope, const std::vector<AgencyId>& agencies, Date before, const std::optional<TaskCursor>& from,
                             int limit) {
  const Date first_day = from ? from->due_on : Date::from_days(std::numeric_limits<std::int32_t>::min());
  return scope.list<Task>(R"sql(SELECT t.id, t.household_id, t.case_id, h.pii_label, t.agency_id, t.account_id, t.source_kind, t.source_id, t.pii_what,
        t.how_often, t.due_on, t.done_on, t.pii_done, t.version, c.state
      FROM task t JOIN household h ON h.id = t.household_id LEFT JOIN support_case c ON c.id = t.case_id
      WHERE t.done_on IS NULL AND COALESCE(c.state, '') <> 'closed' AND (CAST($1 AS BIGINT) = 1 OR t.agency_id IN {ids:$2}) AND COALESCE(t.due_on, '9999-12-31') <= $3
        AND (COALESCE(t.due_on, '9999-12-31'), t.id) > ($4, $5) AND {scope:t.id}
      ORDER BY COALESCE(t.due_on, '9999-12-31'), t.id LIMIT $6)sql",
                          db::params(any(agencies), db::id_list(agencies), before, first_day, from ? from->id.value : 0, limit), map_task);
}

std::vector<Task> done_tasks(const access::Scope<TaskTag>& scope, const std::vector<AgencyId>& agencies, const std::optional<TaskCursor>& from, int limit) {
  const Date first_day = from ? from->due_on : *Date::from_iso(access::kForever);
  return scope.list<Task>(R"sql(SELECT t.id, t.household_id, t.case_id, h.pii_label, t.agency_id, t.account_id, t.source_kind, t.source_id, t.pii_what,
        t.how_often, t.due_on, t.done_on, t.pii_done, t.version, c.state
      FROM task t JOIN household h ON h.id = t.household_id LEFT JOIN support_case c ON c.id = t.case_id
      WHERE t.done_on IS NOT NULL AND (CAST($1 AS BIGINT) = 1 OR t.agency_id IN {ids:$2})
        AND (t.done_on, t.id) < ($3, $4) AND {scope:t.id}
      ORDER BY t.done_on DESC, t.id DESC LIMIT $5)sql",
                          db::params(any(agencies), db::id_list(agencies), first_day,
                                     from ? from->id.value : std::numeric_limits<std::int64_t>::max(), limit),
                          map_task);
}

std::vector<OpenTask> open_of_case(db::ReadTx& tx, CaseId id) {
  return tx.list<OpenTask>(R"sql(SELECT id, household_id, COALESCE(account_id, agency_id), due_on FROM task
                             WHERE case_id = $1 AND done_on IS NULL ORDER BY id)sql",
                           db::params(id), [](const db::Row& r) {
                             return OpenTask{r.id<TaskTag>(0), r.id<HouseholdTag>(1), r.i64(2), r.opt_date(3)};
                           });
}

bool finish_task(const access::Permit<TaskTag>& permit, db::WriteTx& tx, Date on, const std::string& note, std::int64_t version) {
  return permit.run(tx, R"sql(UPDATE task SET done_on = $1, pii_done = $2, version = version + 1 WHERE id = $permit AND version = $3)sql",
                    db::params(on, note, version)) > 0;
}

}  // namespace kasane::casework::store
