#include "meeting/proposal_store.hpp"

namespace kasane::meeting::store {

using access::SealedRow;
using access::Topic;

namespace {

/// Columns id, household_id, pii_label, number, opened_on, last_contact_on, contact_by, next_look_on.
CaseLine line_of(const SealedRow& r) {
  CaseLine line;
  line.id = r.id<CaseTag>(0);
  line.household = r.id<HouseholdTag>(1);
  line.label = r.personal(2, Topic::basic);
  line.number = r.text(3);
  line.signs.opened_on = r.date(4);
  line.signs.last_contact_on = r.opt_date(5);
  line.signs.contact_by = r.date(6);
  line.signs.next_look_on = r.opt_date(7);
  return line;
}

}  // namespace

std::unordered_map<PlanId, std::vector<PersonId>> persons_of_plans(db::ReadTx& tx, const std::vector<PlanId>& plans) {
  std::unordered_map<PlanId, std::vector<PersonId>> all;
  if (plans.empty()) return all;
  tx.each(R"sql(SELECT plan_id, person_id FROM plan_person WHERE plan_id IN {ids:$1} ORDER BY plan_id, person_id)sql", db::params(db::id_list(plans)),
          [&](const db::Row& r) { all[r.id<PlanTag>(0)].push_back(r.id<PersonTag>(1)); });
  return all;
}

std::unordered_map<CaseId, std::vector<PersonId>> persons_of_cases(db::ReadTx& tx, const std::vector<CaseId>& cases) {
  std::unordered_map<CaseId, std::vector<PersonId>> all;
  if (cases.empty()) return all;
  tx.each(R"sql(SELECT case_id, person_id FROM case_person WHERE case_id IN {ids:$1} AND until_on IS NULL ORDER BY case_id, person_id)sql",
          db::params(db::id_list(cases)), [&](const db::Row& r) { all[r.id<CaseTag>(0)].push_back(r.id<PersonTag>(1)); });
  return all;
}

std::vector<CaseLine> cases_to_look_at(const access::Scope<CaseTag>& scope, Date since, Date on, int limit) {
  return scope.list<CaseLine>(R"sql(SELECT c.id, c.household_id, h.pii_label, c.number, c.opened_on, c.last_contact_on, c.contact_by, c.next_look_on
      FROM support_case c JOIN household h ON h.id = c.household_id
      WHERE c.state <> 'closed' AND (c.contact_by < $2 OR c.opened_on >= $1 OR c.last_contact_on >= $1 OR c.next_look_on <= $2)
        AND {scope:c.id} ORDER BY c.contact_by, c.id LIMIT $3)sql",
                              db::params(since, on, limit), line_of);
}

std::vector<CaseLine> case_lines(const access::Scope<CaseTag>& scope, const std::vector<CaseId>& cases) {
  if (cases.empty()) return {};
  return scope.list<CaseLine>(R"sql(SELECT c.id, c.household_id, h.pii_label, c.number, c.opened_on, c.last_contact_on, c.contact_by, c.next_look_on
      FROM support_case c JOIN household h ON h.id = c.household_id
      WHERE c.state <> 'closed' AND c.id IN {ids:$1} AND {scope:c.id} ORDER BY c.contact_by, c.id LIMIT 200)sql",
                              db::params(db::id_list(cases)), line_of);
}

std::unordered_map<CaseId, Date> overdue_tasks(const access::Scope<TaskTag>& scope, Date on) {
  std::unordered_map<CaseId, Date> oldest;
  scope.list<int>(R"sql(SELECT t.id, t.case_id, t.due_on FROM task t
      WHERE t.done_on IS NULL AND t.due_on < $1 AND t.case_id IS NOT NULL AND {scope:t.id} ORDER BY t.due_on, t.id LIMIT 500)sql",
                  db::params(on), [&](const SealedRow& r) {
                    oldest.emplace(r.id<CaseTag>(1), r.date(2));
                    return 0;
                  });
  return oldest;
}

std::unordered_map<CaseId, Date> referred_since(const access::Scope<ReferralTag>& scope, Date since) {
  std::unordered_map<CaseId, Date> newest;
  scope.list<int>(R"sql(SELECT r.id, r.case_id, r.answered_on FROM referral r
      WHERE r.outcome IN ('accept', 'join_open_case') AND r.answered_on >= $1 AND r.case_id IS NOT NULL AND {scope:r.id}
      ORDER BY r.answered_on DESC, r.id LIMIT 500)sql",
                  db::params(since), [&](const SealedRow& r) {
                    newest.emplace(r.id<CaseTag>(1), r.date(2));
                    return 0;
                  });
  return newest;
}

std::unordered_map<CaseId, Date> quiet_in_support(const access::Scope<PlanTag>& scope, Date before) {
  std::unordered_map<CaseId, Date> last;
  scope.list<int>(R"sql(SELECT p.id, p.case_id, coalesce(c.last_contact_on, c.opened_on) FROM plan p JOIN support_case c ON c.id = p.case_id
      WHERE p.state IN ('active', 'under_review') AND c.state <> 'closed' AND coalesce(c.last_contact_on, c.opened_on) < $1 AND {scope:p.id}
      ORDER BY 3, p.id LIMIT 200)sql",
                  db::params(before), [&](const SealedRow& r) {
                    last.emplace(r.id<CaseTag>(1), r.date(2));
                    return 0;
                  });
  return last;
}

std::vector<WatchedHousehold> to_look_at_again(const access::Scope<AgendaItemTag>& scope, const std::string& body, Date on) {
  return scope.list<WatchedHousehold>(R"sql(SELECT i.id, i.household_id, h.pii_label, r.due_on
      FROM agenda_item i JOIN item_result r ON r.item_id = i.id JOIN household h ON h.id = i.household_id
      WHERE i.body = $1 AND i.state = 'treated' AND i.case_id IS NULL AND r.kind = 'connect' AND r.due_on <= $2
        AND NOT EXISTS (SELECT 1 FROM agenda_item n WHERE n.household_id = i.household_id AND n.id > i.id AND n.state IN ('treated', 'waiting'))
        AND {scope:i.id} ORDER BY r.due_on, i.id LIMIT 200)sql",
                                      db::params(body, on),
                                      [](const SealedRow& r) { return WatchedHousehold{r.id<HouseholdTag>(1), r.personal(2, Topic::basic), r.date(3)}; });
}

std::set<HouseholdId> with_case(const access::Scope<CaseTag>& scope, const std::vector<HouseholdId>& households) {
  std::set<HouseholdId> all;
  if (households.empty()) return all;
  scope.list<int>(R"sql(SELECT c.id, c.household_id FROM support_case c WHERE c.household_id IN {ids:$1} AND {scope:c.id} LIMIT 1000)sql",
                  db::params(db::id_list(households)), [&](const SealedRow& r) {
                    all.insert(r.id<HouseholdTag>(1));
                    return 0;
                  });
  return all;
}

std::set<HouseholdId> looked_at_on(db::ReadTx& tx, const std::string& body, Date on) {
  std::set<HouseholdId> all;
  tx.each(R"sql(SELECT i.household_id FROM agenda_item i JOIN meeting_session s ON s.id = i.session_id
            WHERE i.body = $1 AND s.held_on = $2 AND s.state = 'held' AND i.state IN ('treated', 'waiting') AND i.household_id IS NOT NULL)sql",
          db::params(body, on), [&](const db::Row& r) { all.insert(r.id<HouseholdTag>(0)); });
  return all;
}

std::optional<Date> last_sitting(db::ReadTx& tx, const std::string& body, Date before) {
  return tx.one<Date>(R"sql(SELECT s.held_on FROM meeting_session s JOIN session_body b ON b.session_id = s.id
                        WHERE b.body = $1 AND s.state = 'held' AND s.held_on <= $2 ORDER BY s.held_on DESC LIMIT 1)sql",
                      db::params(body, before), [](const db::Row& r) { return r.date(0); });
}

}  // namespace kasane::meeting::store
